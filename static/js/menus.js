// Menus are <details>: one open at a time; Escape, a press elsewhere or Tab out of them closes them.
// Nothing is closed between press and release: a menu that shuts there takes the click with it.
const ouverts = () => document.querySelectorAll("details.q-menu[open]");
const fermer = (present) => {
  for (const menu of ouverts()) if (!menu.contains(present)) menu.open = false;
};
let presse = null; // where the press began: a text selected from inside a menu ends outside it

document.addEventListener("pointerdown", (e) => (presse = e.target));
// Not « click »: some telephones send none where nothing is clickable. A scroll sends no « pointerup ».
document.addEventListener("pointerup", () => fermer(presse));
document.addEventListener("keyup", (e) => e.key === "Tab" && fermer(document.activeElement));
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const menu of ouverts()) {
    const dedans = menu.contains(document.activeElement) || document.activeElement.contains(menu);
    menu.open = false;
    if (dedans) menu.querySelector("summary").focus();
  }
});
