// Row selection kept over the pages of one list, until the tab closes.
// <div data-selection="registre"> around the table: boxes name="choix" value=pk in rows, a box
// data-tout in the head. <form data-selection-actions hidden> (the dark bar): <span data-selection-compte>,
// a button data-selection-vider, and its submit buttons, sent with every chosen pk as "choix".
// Without script the boxes belong to the form by their form="…" attribute: one page at a time.
const zones = () => document.querySelectorAll("[data-selection]");
const cle = (zone) => `quatuor-selection-${zone.dataset.selection}`;
const lire = (zone) => new Set(JSON.parse(sessionStorage.getItem(cle(zone)) || "[]"));
const ecrire = (zone, choix) => sessionStorage.setItem(cle(zone), JSON.stringify([...choix]));
const cases = (zone) => [...zone.querySelectorAll("input[name=choix][type=checkbox]")];
let derniere = null;

function afficher(zone) {
  const choix = lire(zone);
  const boites = cases(zone);
  for (const boite of boites) boite.checked = choix.has(boite.value);
  const tout = zone.querySelector("[data-tout]");
  if (tout) {
    const n = boites.filter((b) => b.checked).length;
    tout.checked = n > 0 && n === boites.length;
    tout.indeterminate = n > 0 && n < boites.length;
  }
  const barre = zone.querySelector("[data-selection-actions]");
  if (!barre) return;
  barre.hidden = choix.size === 0;
  const compte = barre.querySelector("[data-selection-compte]");
  const nom = compte.dataset.nom || "ligne";
  const s = choix.size > 1 ? "s" : "";
  compte.textContent = `${choix.size}\u00a0${nom}${s} choisi${compte.dataset.accord || ""}${s}`;
  const visibles = new Set(boites.map((b) => b.value));
  for (const ancien of barre.querySelectorAll("[data-ailleurs]")) ancien.remove();
  for (const pk of choix) {
    if (visibles.has(pk)) continue; // its own box is sent
    const champ = Object.assign(document.createElement("input"), { type: "hidden", name: "choix", value: pk });
    champ.dataset.ailleurs = "";
    barre.append(champ);
  }
}

function changer(zone, boites, coche) {
  const choix = lire(zone);
  for (const boite of boites) coche ? choix.add(boite.value) : choix.delete(boite.value);
  ecrire(zone, choix);
  afficher(zone);
}

document.addEventListener("click", (e) => {
  const zone = e.target.closest?.("[data-selection]");
  if (!zone) return;
  if (e.target.matches("[data-tout]")) changer(zone, cases(zone), e.target.checked);
  else if (e.target.matches("input[name=choix]")) {
    const boites = cases(zone);
    const ici = boites.indexOf(e.target);
    const la = boites.indexOf(derniere);
    // Shift extends from the last box, as in a spreadsheet.
    const plage = e.shiftKey && la >= 0 ? boites.slice(Math.min(ici, la), Math.max(ici, la) + 1) : [e.target];
    changer(zone, plage, e.target.checked);
    derniere = e.target;
  } else if (e.target.closest("[data-selection-vider]")) {
    e.preventDefault();
    ecrire(zone, []);
    afficher(zone);
    cases(zone)[0]?.focus();
  }
});
// Arrows go from box to box.
document.addEventListener("keydown", (e) => {
  if (!e.target.matches?.("[data-selection] input[name=choix]") || !["ArrowDown", "ArrowUp"].includes(e.key)) return;
  const boites = cases(e.target.closest("[data-selection]"));
  const suivante = boites[boites.indexOf(e.target) + (e.key === "ArrowDown" ? 1 : -1)];
  if (suivante) {
    e.preventDefault();
    suivante.focus();
  }
});
const tout = () => zones().forEach(afficher);
document.addEventListener("htmx:afterSettle", tout);
addEventListener("pageshow", tout);
tout();
