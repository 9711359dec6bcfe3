// Long forms keep a draft on the device until they are sent: nothing of it goes to the server.
// Kept under the account and the address: no other account is offered it. Behind the wall of the
// coaching (data-mur) it lives in the tab alone, and goes with it.
const { compte } = document.body.dataset;
const PREFIXE = `quatuor-brouillon-${compte}-`;
const JOURS = 7; // after which a draft that nobody took up again is dropped
const memoire = "mur" in document.body.dataset ? sessionStorage : localStorage;
const LONGS = "main form[method=post]:has(textarea), main form[method=post][data-brouillon]";
const offre = document.querySelector("[data-brouillon-offre]");
const touches = new Set(); // forms changed since the page came

const cle = (form) => `${PREFIXE}${location.pathname}#${[...document.querySelectorAll(LONGS)].indexOf(form)}`;
const utile = (champ) => champ.name && !["hidden", "password", "file", "submit", "button"].includes(champ.type);
const coche = (champ) => champ.type === "checkbox" || champ.type === "radio";

// [name, value] of what is filled or ticked, in the order of the page.
const lire = (form) =>
  [...form.elements].filter((c) => utile(c) && (!coche(c) || c.checked)).flatMap((c) =>
    c.multiple && c.options ? [...c.selectedOptions].map((o) => [c.name, o.value]) : [[c.name, c.value]],
  );

function ecrire(form, champs) {
  const reste = champs.map(([nom, valeur]) => ({ nom, valeur }));
  const prendre = (nom, valeur) => {
    const i = reste.findIndex((c) => c.nom === nom && (valeur === undefined || c.valeur === valeur));
    return i < 0 ? undefined : reste.splice(i, 1)[0].valeur;
  };
  for (const champ of [...form.elements].filter(utile)) {
    if (coche(champ)) champ.checked = prendre(champ.name, champ.value) !== undefined;
    else if (champ.multiple && champ.options) for (const o of champ.options) o.selected = prendre(champ.name, o.value) !== undefined;
    else champ.value = prendre(champ.name) ?? champ.value;
    champ.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// A device that keeps nothing (private window, full) is no fault: the warning before leaving remains.
const essayer = (geste) => {
  try { return geste(); } catch { return null; }
};
const garder = (cle, valeur) => essayer(() => memoire.setItem(cle, JSON.stringify(valeur)));
const garde = (cle) => essayer(() => JSON.parse(memoire.getItem(cle)));
const oublier = (cle) => essayer(() => memoire.removeItem(cle));
const miennes = (ou) => essayer(() => Object.keys(ou).filter((c) => c.startsWith(PREFIXE))) ?? [];

// --- What was sent, or is too old, goes ---------------------------------------------------------------

const refusee = "sansSuite" in document.body.dataset; // an error page: nothing was taken
for (const nom of miennes(memoire)) {
  const brouillon = garde(nom);
  const revenu = document.querySelector("[data-erreurs]") && nom.startsWith(`${PREFIXE}${location.pathname}#`);
  if (!brouillon || Date.now() - brouillon.quand > JOURS * 864e5) oublier(nom);
  else if (brouillon.envoye && !refusee && !revenu) oublier(nom);
  else if (brouillon.envoye) garder(nom, { ...brouillon, envoye: false });
}

// --- While one types -----------------------------------------------------------------------------------

const minuteurs = new WeakMap();
document.addEventListener("input", (e) => {
  const form = e.target.form;
  if (!form?.matches(LONGS) || !utile(e.target)) return;
  touches.add(form);
  clearTimeout(minuteurs.get(form));
  minuteurs.set(form, setTimeout(() => touches.has(form) && garder(cle(form), { quand: Date.now(), champs: lire(form) }), 300));
});

// After session.js has found whose session it is, and if nothing stops the form.
document.addEventListener("submit", (e) => {
  const form = e.target;
  if ("sortie" in form.dataset && !form.closest("dialog")) {
    for (const ou of [localStorage, sessionStorage]) for (const nom of miennes(ou)) essayer(() => ou.removeItem(nom));
    touches.clear();
  }
  if (e.defaultPrevented || !form.matches(LONGS)) return;
  if (touches.has(form)) garder(cle(form), { quand: Date.now(), champs: lire(form), envoye: true });
  else if (garde(cle(form))) garder(cle(form), { ...garde(cle(form)), envoye: true });
  touches.delete(form);
});

addEventListener("beforeunload", (e) => {
  for (const form of touches) if (!form.isConnected) touches.delete(form);
  if (touches.size) e.preventDefault();
});

// --- Coming back ------------------------------------------------------------------------------------------

const JOUR = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long" });
const quand = (date) =>
  `${JOUR.format(date)} à ${date.getHours()}\u00a0h\u00a0${String(date.getMinutes()).padStart(2, "0")}`;
const identiques = (a, b) => JSON.stringify(a) === JSON.stringify(b);

for (const form of document.querySelectorAll(LONGS)) {
  const brouillon = garde(cle(form));
  if (!brouillon || document.querySelector("[data-erreurs]")) continue;
  if (identiques(brouillon.champs, lire(form))) continue;
  const ou = memoire === sessionStorage ? "dans cet onglet seulement" : "sur cet appareil seulement";
  offre.querySelector("[data-brouillon-texte]").textContent =
    `Un texte commencé ici le ${quand(new Date(brouillon.quand))} n’a pas été envoyé. Il est gardé ${ou}.`;
  offre.hidden = false;
  offre.querySelector("[data-brouillon-reprendre]").addEventListener("click", () => {
    ecrire(form, brouillon.champs);
    touches.add(form);
    offre.hidden = true;
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  });
  offre.querySelector("[data-brouillon-effacer]").addEventListener("click", () => {
    oublier(cle(form));
    offre.hidden = true;
  });
  break;
}
