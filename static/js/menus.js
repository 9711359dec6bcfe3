// Menus are <details>: one open at a time; Escape or a click elsewhere closes them.
const ouverts = () => document.querySelectorAll("details.q-menu[open]");

document.addEventListener("click", (e) => {
  for (const menu of ouverts()) if (!menu.contains(e.target)) menu.open = false;
});
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const menu of ouverts()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});
document.addEventListener("focusout", (e) => {
  const menu = e.target.closest?.("details.q-menu[open]");
  if (menu && e.relatedTarget && !menu.contains(e.relatedTarget)) menu.open = false;
});
