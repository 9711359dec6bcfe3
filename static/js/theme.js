// Theme: "light", "dark", or the system's when nothing is kept. Loaded before the first paint.
(() => {
  const CLE = "quatuor-theme";
  const racine = document.documentElement;
  racine.classList.add("avec-js");
  const lire = () => {
    try { return localStorage.getItem(CLE) || "auto"; } catch { return "auto"; }
  };
  const systeme = matchMedia("(prefers-color-scheme: dark)");
  const appliquer = () => {
    const choix = lire();
    racine.dataset.bsTheme = choix === "auto" ? (systeme.matches ? "dark" : "light") : choix;
    for (const bouton of document.querySelectorAll("[data-theme-choix]")) bouton.checked = bouton.value === choix;
  };
  appliquer();
  systeme.addEventListener("change", appliquer);
  addEventListener("storage", appliquer);
  document.addEventListener("DOMContentLoaded", appliquer);
  document.addEventListener("change", (e) => {
    if (!e.target.matches?.("[data-theme-choix]")) return;
    try {
      if (e.target.value === "auto") localStorage.removeItem(CLE);
      else localStorage.setItem(CLE, e.target.value);
    } catch { /* private window: the choice lasts as long as the page */ }
    appliquer();
    if (lire() !== e.target.value) racine.dataset.bsTheme = e.target.value;
  });
})();
