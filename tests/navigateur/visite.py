"""What a page must be for whoever opens it: silent, at home, accessible, not too
wide, and its focus seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, Request

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
LARGEURS = (320, 390, 1440)
#: WCAG 2.2 A and AA, and axe's good practices.
REGLES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: What a theme may change: the rest is looked at once.
REGLES_DU_THEME = ["color-contrast", "link-in-text-block"]

LANCER_AXE = """async ([type, values]) => {
  const {violations} = await axe.run(document, {
    runOnly: {type, values}, resultTypes: ["violations"],
  });
  return violations.map((v) => `${v.id}: ${v.help} — ` + v.nodes.slice(0, 3).map(
    (n) => n.target.join(" ") + " " + (n.any[0]?.message ?? n.all[0]?.message ?? "")).join(" | "));
}"""

#: The widest thing that sticks out, to be told where to look.
DEBORDEMENT = """() => {
  const largeur = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= largeur) return null;
  const tous = [...document.querySelectorAll("body *")].filter(
    (e) => e.getBoundingClientRect().right > largeur + 1);
  const e = tous.at(-1);
  return `${document.documentElement.scrollWidth} px: ` +
    (e ? `${e.tagName.toLowerCase()}.${e.className}` : "?");
}"""

FORME = """() => ({
  h1: document.querySelectorAll("h1").length,
  lang: document.documentElement.lang,
  titre: document.title,
  sauts: document.querySelectorAll("a[href='#contenu']").length,
})"""

#: Each thing that Tab can reach, focused as Tab does, and what its outline is then.
SANS_FOCUS = """async () => {
  const prenables = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility() && !e.disabled);
  const fautes = new Set();
  for (const e of prenables) {
    e.focus({focusVisible: true});
    if (document.activeElement !== e) continue;
    const cible = e.closest(".q-segments label") || e;
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(cible);
    const transparent = /rgba\\(.*, 0\\)$/.test(outlineColor);
    if (outlineStyle !== "solid" || parseFloat(outlineWidth) < 2 || transparent)
      fautes.add(`${e.tagName.toLowerCase()}.${e.className} (${outlineStyle} ${outlineWidth})`);
  }
  return [...fautes];
}"""


class Temoin:
    """Remembers what a page said in the console, what crashed, and whom it called."""

    def __init__(self, page: Page, site: str) -> None:
        self.site = site
        self.fautes: list[str] = []
        self.attendu: set[int] = set()
        self.a_axe = False
        page.on("console", self._console)
        page.on("pageerror", lambda erreur: self.fautes.append(f"script: {erreur}"))
        page.on("request", self._demande)
        page.on("response", self._reponse)
        # A violation of the policy is an error of the console as well; this names the directive.
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', (e) => console.error("
            "`CSP ${e.violatedDirective}: ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"
        )

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        # Chromium says it of every 4xx: `_reponse` decides which ones are faults.
        if message.text.startswith("Failed to load resource"):
            return
        self.fautes.append(f"console: {message.text}")

    def _demande(self, demande: Request) -> None:
        if not demande.url.startswith(self.site):
            self.fautes.append(f"request to elsewhere: {demande.url[:120]}")

    def _reponse(self, reponse: Any) -> None:
        if reponse.status >= 400 and reponse.status not in self.attendu:
            self.fautes.append(f"{reponse.status}: {reponse.url}")

    def lever(self) -> list[str]:
        """What was seen since the last time."""
        fautes, self.fautes = self.fautes, []
        return fautes


def visiter(page: Page, chemin: str, statut: int = 200) -> tuple[str, list[str]]:
    """Open a page in both themes and at every width: its title, and what is wrong with it."""
    temoin: Temoin = page.temoin  # type: ignore[attr-defined]
    if not temoin.a_axe:  # handed over once, then in each page before anything else
        page.add_init_script(path=AXE)
        temoin.a_axe = True
    temoin.attendu = {statut} if statut >= 400 else set()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": LARGEURS[-1], "height": 900})
    reponse = page.goto(chemin, wait_until="load")
    fautes = []
    if reponse is None or reponse.status != statut:
        return "", [f"status {reponse.status if reponse else '?'}"]
    fautes += _forme(page)
    fautes += [f"axe, light: {v}" for v in page.evaluate(LANCER_AXE, ["tag", REGLES])]
    page.emulate_media(color_scheme="dark")
    fautes += [f"axe, dark: {v}" for v in page.evaluate(LANCER_AXE, ["rule", REGLES_DU_THEME])]
    for largeur in LARGEURS:
        page.set_viewport_size({"width": largeur, "height": 900})
        if trop := page.evaluate(DEBORDEMENT):
            fautes.append(f"at {largeur} px: {trop}")
    # Last: a focus may open what it stands on.
    fautes += _focus(page)
    return page.title(), fautes + temoin.lever()


def _forme(page: Page) -> list[str]:
    """One h1, a title, a language, a way past the header."""
    vu = page.evaluate(FORME)
    fautes = []
    if vu["h1"] != 1:
        fautes.append(f"{vu['h1']} h1")
    if vu["lang"] != "fr":
        fautes.append("no lang=fr")
    if not vu["titre"].endswith("Quatuor") or vu["titre"].strip().startswith("·"):
        fautes.append(f"title « {vu['titre']} »")
    if vu["sauts"] != 1:
        fautes.append("no skip link")
    return fautes


def _focus(page: Page) -> list[str]:
    """What Tab reaches without a mark around it."""
    page.keyboard.press("Tab")  # from now on the focus is a keyboard's
    return [f"no visible focus: {faute}" for faute in page.evaluate(SANS_FOCUS)]
