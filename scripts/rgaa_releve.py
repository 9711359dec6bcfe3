"""What can be measured of the sample of docs/accessibilite: pages in Chromium, PDFs by their tags, the xlsx.

A measure is a row (document, key, value): `inventaire:` says what a document holds, `faute:` what a
criterion reproaches it with, `outil:` with what it was read.
"""

import io
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, sync_playwright
from preparer import RACINE, Manque, dire
from pypdf import PdfReader
from services import chromium

from tests.navigateur.visite import AXE, SANS_FOCUS
from tests.services import OPTIONS_CHROMIUM

MOT_DE_PASSE = "quatuor-demo-2028"
EXAMEN = (RACINE / "scripts" / "rgaa.js").read_text(encoding="utf-8")
#: axe-core says itself which test of the RGAA each of its rules answers.
LANCER_AXE = """async () => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"]});
  return violations.flatMap((v) => v.tags.filter((t) => /^RGAA-/.test(t)).map((t) =>
    [t.split("-")[1].split(".").slice(0, 2).join("."), `${v.id}: ${v.nodes[0].target.join(" ")}`]));
}"""
#: Text that a larger size, or wider spaces, would hide: cut by its own box.
COUPES = """() => [...document.querySelectorAll("body *")].filter((e) => {
  if (!e.checkVisibility() || !e.textContent.trim() || e.closest("svg")) return false;
  const {overflowX, overflowY, textOverflow} = getComputedStyle(e);
  const boite = e.getBoundingClientRect();
  if (boite.width < 3 || boite.height < 3) return false;
  const x = overflowX === "hidden" || overflowX === "clip" || textOverflow === "ellipsis";
  const y = overflowY === "hidden" || overflowY === "clip";
  return (x && e.scrollWidth > e.clientWidth + 2) || (y && e.scrollHeight > e.clientHeight + 2);
}).map((e) => `${e.tagName.toLowerCase()}.${e.className}`).slice(0, 3)"""
TROP_LARGE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
ESPACES = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
GROS = "html { font-size: 200% !important; }"
#: Borders of what one fills in and lines under links, against what is behind: three to one at least.
BORDS = """() => {
  const toile = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const lire = (c) => { toile.clearRect(0, 0, 1, 1); toile.fillStyle = c; toile.fillRect(0, 0, 1, 1);
    const [r, v, b, a] = toile.getImageData(0, 0, 1, 1).data; return {r, v, b, a}; };
  const lum = ({r, v, b}) => { const f = (x) => (x /= 255) <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
    return .2126 * f(r) + .7152 * f(v) + .0722 * f(b); };
  const rapport = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((m, n) => n - m); return (x + .05) / (y + .05); };
  const fond = (e) => { for (; e; e = e.parentElement) { const c = lire(getComputedStyle(e).backgroundColor);
    if (c.a > 250) return c; } return {r: 255, v: 255, b: 255}; };
  const traits = [...document.querySelectorAll("main a[href]")].filter((e) => {
    const style = getComputedStyle(e);
    return e.checkVisibility() && style.textDecorationLine === "underline" &&
      rapport(lire(style.textDecorationColor), fond(e)) < 3;
  });
  return [...traits, ...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((e) =>
    e.checkVisibility() && e.getBoundingClientRect().width > 3 && !e.disabled && !e.closest(".q-segments")).filter((e) => {
    if (traits.includes(e)) return true;
    const style = getComputedStyle(e), derriere = fond(e.parentElement);
    return rapport(lire(style.borderBottomColor), derriere) < 3 && rapport(lire(style.backgroundColor), derriere) < 3;
  }).map((e) => `${e.tagName.toLowerCase()} « ${e.name || e.textContent.trim()} »`).slice(0, 3);
}"""
ARRETS = """() => { window.__arrets = [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0); return window.__arrets.length; }"""
OU = "() => window.__arrets.indexOf(document.activeElement)"


class Document(NamedTuple):
    """A row of docs/accessibilite/echantillon.csv."""

    code: str
    nature: str
    nom: str
    titre: str  # what the title of its page holds
    lecteur: str
    compte: str
    adresse: str
    choix: str


Mesure = tuple[str, str, str]


def fautes(code: str, critere: str, trouvees: list[str]) -> Iterator[Mesure]:
    for faute in dict.fromkeys(trouvees):
        yield code, f"faute:{critere}", faute


# --- Pages ----------------------------------------------------------------------------------------


def relever(adresse: str, documents: list[Document]) -> Iterator[Mesure]:
    """Every document of the sample, as the account that reads it."""
    executable, version = chromium()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as dossier:
        navigateur = playwright.chromium.launch(executable_path=executable, args=OPTIONS_CHROMIUM)
        yield "", "outil:jour", f"{date.today():%Y-%m-%d}"  # noqa: DTZ011 (the day of whoever measures)
        yield "", "outil:Chromium", version
        yield "", "outil:axe-core", _version_d_axe()
        pages: dict[str, Page] = {}
        sources = Path(dossier)
        for document in documents:
            dire(f"{document.code} {document.nom}")
            if document.compte not in pages:
                pages[document.compte] = ouvrir(navigateur, adresse, document.compte)
            page = pages[document.compte]
            if document.nature == "page":
                yield from _page(page, document, sources)
            elif document.nature == "pdf":
                yield from pdf(document.code, _document_signe(page, document.choix))
            else:
                yield from classeur(document.code, _export(page, document))
        yield from _valider(sources)
        navigateur.close()
    yield "", "outil:veraPDF", "non passé" if not shutil.which("verapdf") else "passé"


def ouvrir(navigateur: Browser, adresse: str, compte: str) -> Page:
    """A page of that account; the style of a reader is laid over ours, whatever the content policy."""
    contexte = navigateur.new_context(
        base_url=adresse, locale="fr-FR", reduced_motion="reduce", bypass_csp=True
    )
    page = contexte.new_page()
    if compte:
        page.goto("/comptes/connexion/")
        page.fill("input[name=login]", f"{compte}@demo.example")
        page.fill("input[name=password]", MOT_DE_PASSE)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/comptes/connexion/" not in url)
    return page


def _page(page: Page, document: Document, sources: Path) -> Iterator[Mesure]:
    code = document.code

    def aller(largeur: int = 1440, theme: Any = "light", style: str = "") -> None:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": largeur, "height": 900})
        reponse = page.goto(document.adresse, wait_until="load")
        if (
            reponse is None
            or reponse.status != 200
            or document.titre not in page.title().replace("\u00a0", " ")
        ):
            raise Manque(f"{code} : {document.adresse} donne « {page.title()} ».")
        if style:
            page.add_style_tag(content=style)

    aller()
    vu = page.evaluate(EXAMEN)
    for cle, nombre in vu["inventaire"].items():
        yield code, f"inventaire:{cle}", str(nombre)
    (sources / f"{code}.html").write_text(page.content(), encoding="utf-8")
    for critere, faute in vu["fautes"]:
        yield from fautes(code, critere, [faute])
    yield from fautes(code, "12.9", _au_clavier(page))
    yield from fautes(code, "3.3", page.evaluate(BORDS))
    for theme in ("light", "dark"):
        aller(theme=theme)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for critere, faute in page.evaluate(LANCER_AXE):
            yield from fautes(code, critere, [f"{faute} ({theme})"])
    aller(style=ESPACES)
    yield from fautes(code, "10.12", page.evaluate(COUPES))
    aller(largeur=1280, style=GROS)
    yield from fautes(code, "10.4", page.evaluate(COUPES))
    aller(largeur=320)
    if (trop := page.evaluate(TROP_LARGE)) > 0:
        yield from fautes(code, "10.11", [f"{trop} px de trop à 320 px"])
    yield from fautes(code, "5.7", _tableaux_etroits(page))
    aller()
    page.keyboard.press("Tab")
    yield from fautes(code, "10.7", page.evaluate(SANS_FOCUS))


def _au_clavier(page: Page) -> list[str]:
    """Tab goes through all that can be reached, in the order of the page, and out of it."""
    nombre = page.evaluate(ARRETS)
    suite: list[int] = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(nombre + 5):
        page.keyboard.press("Tab")
        ou = page.evaluate(OU)
        if suite and (ou < 0 or ou == suite[0] != suite[-1]):  # out of the page, or round again
            break
        if ou >= 0 and (not suite or suite[-1] != ou):
            suite.append(ou)
    trouvees = []
    if suite != sorted(suite):
        trouvees.append("l’ordre de tabulation remonte la page")
    # A radio group is one stop.
    if not suite or suite[-1] < nombre - 4:
        trouvees.append(f"tabulation arrêtée à {suite[-1:]} sur {nombre}")
    return trouvees


def _tableaux_etroits(page: Page) -> list[str]:
    """On a telephone rows are shown as cards: are they still tables for who does not see them?"""
    nombre = page.evaluate(
        "() => [...document.querySelectorAll('table')].filter((t) => t.checkVisibility()).length"
    )
    client = page.context.new_cdp_session(page)
    noeuds = client.send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(n["role"]["value"] for n in noeuds if not n.get("ignored") and "role" in n)
    client.detach()
    if nombre and roles["table"] < nombre:
        return [f"à 320 px, {roles['table']} tableaux annoncés sur {nombre}"]
    return []


def _version_d_axe() -> str:
    paquet = json.loads((AXE.parent / "package.json").read_text(encoding="utf-8"))
    return str(paquet["version"])


def _valider(sources: Path) -> Iterator[Mesure]:
    """The Nu checker, where Java and its jar are (`QUATUOR_VNU`); attributes of htmx are not HTML's."""
    jar = os.environ.get("QUATUOR_VNU")
    if not jar or not shutil.which("java"):
        yield "", "outil:Nu Html Checker", "non passé"
        return
    commande = [
        "java",
        "-jar",
        jar,
        "--format",
        "json",
        "--errors-only",
        *map(str, sources.iterdir()),
    ]
    rapport = json.loads(subprocess.run(commande, capture_output=True, check=False).stderr)
    yield "", "outil:Nu Html Checker", "passé"
    for message in rapport["messages"]:
        if "“hx-" not in message["message"]:
            yield Path(message["url"]).stem, "faute:8.2", message["message"]


# --- Documents ------------------------------------------------------------------------------------


def _document_signe(page: Page, nom: str) -> bytes:
    """As a DGS does it: write, see the draft, sign, download."""

    def clic(role: Any, libelle: str) -> None:
        page.get_by_role(role, name=libelle).first.click()

    page.goto("/pilotage/publications/")
    clic("link", nom)
    clic("button", "Enregistrer et voir le projet")
    clic("link", "Voir le résultat")
    clic("button", "Signer et garder ce document")
    clic("link", "Voir le résultat")
    with page.expect_download() as telechargement:
        clic("link", "Télécharger le document signé")
    return Path(telechargement.value.path()).read_bytes()


def _export(page: Page, document: Document) -> bytes:
    page.goto(document.adresse)
    page.get_by_text("Exporter ce qui est affiché").click()
    with page.expect_download() as telechargement:
        page.locator("button[name=format][value=xlsx]").first.click()
    return Path(telechargement.value.path()).read_bytes()


def _elements(noeud: Any) -> Iterator[dict[str, Any]]:
    """The structure of a tagged PDF, in its order of reading."""
    if isinstance(noeud, int):
        return
    noeud = noeud.get_object() if hasattr(noeud, "get_object") else noeud
    if isinstance(noeud, list):
        for enfant in noeud:
            yield from _elements(enfant)
    elif hasattr(noeud, "get"):
        if noeud.get("/S"):
            yield noeud
        if noeud.get("/K") is not None:
            yield from _elements(noeud["/K"])


def pdf(code: str, contenu: bytes) -> Iterator[Mesure]:
    """Title, language, tags: what a reader of PDF rests upon."""
    lecteur = PdfReader(io.BytesIO(contenu))
    racine = lecteur.trailer["/Root"]
    if "/StructTreeRoot" not in racine or not (racine.get("/MarkInfo") or {}).get("/Marked"):
        yield from fautes(code, "9.2", ["document sans balises"])
        return
    elements = list(_elements(racine["/StructTreeRoot"]["/K"]))
    nombre = Counter(str(e["/S"]) for e in elements)
    figures = [e for e in elements if e["/S"] == "/Figure"]
    titres = [int(str(e["/S"])[2:]) for e in elements if re.fullmatch(r"/H\d", str(e["/S"]))]
    liens = [
        a
        for p in lecteur.pages
        for a in (p.get("/Annots") or [])
        if a.get_object()["/Subtype"] == "/Link"
    ]
    for cle, combien in {
        "images_informatives": len(figures),
        "images_complexes": len(figures),
        "tableaux": nombre["/Table"],
        "tableaux_titres": nombre["/Caption"],
        "liens": len(liens),
        "titres": len(titres),
        "listes": nombre["/L"],
        "pages": len(lecteur.pages),
    }.items():
        yield code, f"inventaire:{cle}", str(combien)
    yield from fautes(
        code, "1.1", ["figure sans alternative" for f in figures if not f.get("/Alt")]
    )
    sans = [e for e in elements if e["/S"] == "/TD" and not (e.get("/A") or {}).get("/Headers")]
    yield from fautes(code, "5.7", ["cellule sans en-tête" for _ in sans])
    if racine.get("/Lang") not in {"fr", "fr-FR"}:
        yield from fautes(code, "8.3", ["sans langue"])
    if not (lecteur.metadata and lecteur.metadata.title):
        yield from fautes(code, "8.5", ["sans titre"])
    if not (racine.get("/ViewerPreferences") or {}).get("/DisplayDocTitle"):
        yield from fautes(code, "8.5", ["le titre n’est pas montré"])
    if titres[:1] != [1] or any(b > a + 1 for a, b in pairwise(titres)):
        yield from fautes(code, "9.1", [f"titres {titres}"])


def classeur(code: str, contenu: bytes) -> Iterator[Mesure]:
    """A title, a language, one row of headings that stays in sight, no merged cells."""
    lu = load_workbook(io.BytesIO(contenu))
    for cle, combien in {
        "tableaux": len(lu.worksheets),
        "tableaux_titres": len(lu.worksheets),
    }.items():
        yield code, f"inventaire:{cle}", str(combien)
    if not lu.properties.title:
        yield from fautes(code, "8.5", ["sans titre"])
    if lu.properties.language != "fr-FR":
        yield from fautes(code, "8.3", ["sans langue"])
    for feuille in lu.worksheets:
        if feuille.freeze_panes != "A2" or feuille.print_title_rows != "$1:$1":
            yield from fautes(code, "5.7", [f"{feuille.title} : en-tête non figé"])
        if any(c.value is None for c in feuille[1]) or not all(c.font.b for c in feuille[1]):
            yield from fautes(code, "5.6", [f"{feuille.title} : en-tête incomplet"])
        if feuille.merged_cells.ranges:
            yield from fautes(code, "5.7", [f"{feuille.title} : cellules fusionnées"])
        if re.fullmatch(r"(Feuil|Sheet|Export)\d*", feuille.title):
            yield from fautes(code, "5.5", [f"feuille nommée {feuille.title}"])
