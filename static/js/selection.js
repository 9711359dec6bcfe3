// Row selection kept over the pages of one list, until the tab closes.
// <div data-selection="registre"> around the table: boxes name="choix" value=pk in rows, a box
// data-tout in the head, a box name="tous" data-selection-tous="filters" under it when there are
// several pages: all that match those filters, which the server reads again.
// <form data-selection-actions hidden> (the dark bar): <span data-selection-compte>, a button
// data-selection-vider, and its submit buttons, sent with every chosen pk as "choix".
// Without script the boxes belong to the form by their form="…" attribute: one page, or all.
const zones = () => document.querySelectorAll("[data-selection]");
const cle = (zone) => `quatuor-selection-${zone.dataset.selection}`;
const lire = (zone) => new Set(JSON.parse(sessionStorage.getItem(cle(zone)) || "[]"));
const ecrire = (zone, choix) => sessionStorage.setItem(cle(zone), JSON.stringify([...choix]));
const cases = (zone) => [...zone.querySelectorAll("input[name=choix][type=checkbox]")];
const caseTous = (zone) => zone.querySelector("[data-selection-tous]");
const cleTous = (zone) => `${cle(zone)}-tous`;
let derniere = null;

// « All » holds while the filters are those under which it was said.
function tousChoisis(zone) {
  const boite = caseTous(zone);
  return boite !== null && sessionStorage.getItem(cleTous(zone)) === boite.dataset.selectionTous;
}
function choisirTous(zone, oui) {
  if (oui) sessionStorage.setItem(cleTous(zone), caseTous(zone).dataset.selectionTous);
  else sessionStorage.removeItem(cleTous(zone));
}

function afficher(zone) {
  const tous = tousChoisis(zone);
  const choix = lire(zone);
  const boites = cases(zone);
  if (caseTous(zone)) caseTous(zone).checked = tous;
  for (const boite of boites) boite.checked = tous || choix.has(boite.value);
  const tout = zone.querySelector("[data-tout]");
  if (tout) {
    const n = boites.filter((b) => b.checked).length;
    tout.checked = n > 0 && n === boites.length;
    tout.indeterminate = n > 0 && n < boites.length;
  }
  const barre = zone.querySelector("[data-selection-actions]");
  if (!barre) return;
  barre.hidden = !tous && choix.size === 0;
  const compte = barre.querySelector("[data-selection-compte]");
  const nom = compte.dataset.nom || "ligne";
  const nombre = tous ? caseTous(zone).dataset.nombre : String(choix.size);
  const s = tous || choix.size > 1 ? "s" : "";
  compte.textContent = `${nombre}\u00a0${nom}${s} choisi${compte.dataset.accord || ""}${s}`;
  const visibles = new Set(boites.map((b) => b.value));
  barre.querySelector("[data-ailleurs]")?.remove();
  const ailleurs = tous ? [] : [...choix].filter((pk) => !visibles.has(pk)); // its own box is sent
  if (ailleurs.length === 0) return;
  // One field for them all: a server takes a thousand fields and no more.
  const champ = Object.assign(document.createElement("input"), { type: "hidden", name: "choix", value: ailleurs.join(",") });
  champ.dataset.ailleurs = "";
  barre.append(champ);
}

function changer(zone, boites, coche) {
  const choix = lire(zone);
  if (tousChoisis(zone)) {
    // One row out of « all »: what stays chosen is what is seen.
    choisirTous(zone, false);
    choix.clear();
    for (const boite of cases(zone)) choix.add(boite.value);
  }
  for (const boite of boites) coche ? choix.add(boite.value) : choix.delete(boite.value);
  ecrire(zone, choix);
  afficher(zone);
}

document.addEventListener("click", (e) => {
  const zone = e.target.closest?.("[data-selection]");
  if (!zone) return;
  if (e.target.matches("[data-tout]")) changer(zone, cases(zone), e.target.checked);
  else if (e.target.matches("[data-selection-tous]")) {
    choisirTous(zone, e.target.checked);
    ecrire(zone, []);
    afficher(zone);
  } else if (e.target.matches("input[name=choix]")) {
    const boites = cases(zone);
    const ici = boites.indexOf(e.target);
    const la = boites.indexOf(derniere);
    // Shift extends from the last box, as in a spreadsheet.
    const plage = e.shiftKey && la >= 0 ? boites.slice(Math.min(ici, la), Math.max(ici, la) + 1) : [e.target];
    changer(zone, plage, e.target.checked);
    derniere = e.target;
  } else if (e.target.closest("[data-selection-vider]")) {
    e.preventDefault();
    if (caseTous(zone)) choisirTous(zone, false);
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
// A cell that is being corrected is left by Escape, as in a spreadsheet.
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") e.target.closest?.("td > .q-saisie")?.querySelector("[hx-get]")?.click();
});
const tout = () => zones().forEach(afficher);
document.addEventListener("htmx:afterSettle", tout);
addEventListener("pageshow", tout);
tout();
