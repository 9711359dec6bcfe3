"""What a model may say: named fields, and « si ». Read twice, never run before.

First as its author sees it, paragraph by paragraph, so that what is wrong is named with its place. Then as
Jinja reads it once docxtpl has put its pieces together: a closed list of nodes, so that what the first
reading missed (a loop cut in two by the layout, an attribute of an image) is still refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from rapidfuzz import fuzz, process

from collectivites.communs.typographie import capitale
from opportunites.dossier.modeles.champs import Champ
from opportunites.dossier.modeles.paquet import ModeleRefuse, lire_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: No brace inside a tag: a page of braces costs no more than a page.
_BALISE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}|\{#[^{}#]*#\}")
_OUVRANTE = re.compile(r"\{[{%#]")
_UNE_ACCOLADE = re.compile(r"(?<!\{)\{\s*[a-z_]+\.[a-z_]+\s*\}(?!\})")
_INSTRUCTION = re.compile(r"\{%(?:p|tr)?\s*(\w+)")
_GUILLEMETS = str.maketrans("“”‘’", "\"\"''")
_EXTRAIT_MAX = 60
#: More faults than that are not read by anybody.
DEFAUTS_MAX = 20
BALISES_MAX = 500
FILTRES = ("upper", "lower", "capitalize")
_INSTRUCTIONS = frozenset({"if", "elif", "else", "endif"})
_ADMIS = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Filter),
    *(nodes.Compare, nodes.Operand, nodes.Const, nodes.Not, nodes.And, nodes.Or),
)


class Environnement(SandboxedEnvironment):
    """Jinja with nothing in it: no global, three filters, no test. A missing value is an error. What it
    has compiled once is kept, since thirty letters are the same text."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.tests.clear()
        self.filters = {nom: self.filters[nom] for nom in FILTRES}
        self.filters["capitalize"] = capitale
        self._compiles: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        if source not in self._compiles:
            self._compiles[source] = super().from_string(source, *args, **kwargs)
        return self._compiles[source]


@dataclass(frozen=True)
class Defaut:
    """Something to correct, and where it stands in the document."""

    lieu: str
    quoi: str

    def __str__(self) -> str:
        return f"{self.lieu} : {self.quoi}"


@dataclass(frozen=True)
class Lecture:
    """What a model names, in the order of its text, and what is wrong in it."""

    cles: tuple[str, ...]
    defauts: tuple[Defaut, ...]


def lire(octets: bytes, champs: dict[str, Champ]) -> Lecture:
    """Reads a document that `paquet.controler` let through. Raises ModeleRefuse for what no place explains."""
    modele = DocxTemplate(io.BytesIO(octets))
    modele.init_docx()
    _proprietes(modele)
    cles: dict[str, None] = {}
    defauts: dict[Defaut, None] = {
        Defaut(
            ou, "une accolade est hors du texte : recopiez ce passage dans un document neuf."
        ): None
        for ou, racine in _racines(modele)
        if _hors_du_texte(racine)
    }
    paragraphes = list(_paragraphes(modele))
    if sum(texte.count("{") for _, texte in paragraphes) > 2 * BALISES_MAX:
        raise ModeleRefuse(f"Ce document a plus de {BALISES_MAX} champs : ce n’est pas une lettre.")
    for lieu, texte in paragraphes:
        for cle, defaut in _examiner(texte, champs):
            if defaut:
                defauts[Defaut(lieu, defaut)] = None
            else:
                cles[cle] = None
    if not defauts:
        for ou, xml in _parties(modele):
            if defaut := _relire(modele.patch_xml(xml), champs):
                defauts[Defaut(ou, defaut)] = None
    return Lecture(tuple(cles), tuple(defauts)[:DEFAUTS_MAX])


# --- As its author sees it -------------------------------------------------------------------------


def _paragraphes(modele: DocxTemplate) -> Iterator[tuple[str, str]]:
    """(place, text) of each paragraph: the body, its tables and frames, headers, footers, notes."""
    for ou, racine in _racines(modele):
        tableaux = {tableau: rang for rang, tableau in enumerate(racine.iter(f"{_W}tbl"), 1)}
        rang = 0
        for paragraphe in racine.iter(f"{_W}p"):
            texte = _texte(paragraphe)
            lieu = _lieu_particulier(paragraphe, tableaux)
            rang += not lieu and bool(texte.strip())
            place = lieu or f"paragraphe {rang}"
            yield (place if ou == "corps" else f"{ou}, {place}"), texte


def _hors_du_texte(racine: etree._Element) -> bool:
    """A tag where nobody types: an attribute, the code of a drawing."""
    for element in racine.iter():
        textes = [*element.attrib.values(), element.tail or ""]
        if element.tag != f"{_W}t":
            textes.append(element.text or "")
        if any(_OUVRANTE.search(str(texte)) for texte in textes):
            return True
    return False


def _texte(paragraphe: etree._Element) -> str:
    """Its own text: that of a frame inside it is told in its turn."""
    return "".join(
        t.text or ""
        for t in paragraphe.iter(f"{_W}t")
        if next(t.iterancestors(f"{_W}p"), None) is paragraphe
    )


def _lieu_particulier(paragraphe: etree._Element, tableaux: dict[etree._Element, int]) -> str:
    for ancetre in paragraphe.iterancestors():
        if ancetre.tag == f"{_W}txbxContent":
            return "zone de texte"
        if ancetre.tag == f"{_W}tc":
            rangee = ancetre.getparent()
            tableau = next(ancetre.iterancestors(f"{_W}tbl"), None)
            if rangee is None or tableau is None:
                return "tableau"
            ligne = list(tableau.iter(f"{_W}tr")).index(rangee) + 1
            colonne = list(rangee.iter(f"{_W}tc")).index(ancetre) + 1
            return f"tableau {tableaux[tableau]}, ligne {ligne}, colonne {colonne}"
    return ""


def _examiner(texte: str, champs: dict[str, Champ]) -> Iterator[tuple[str, str]]:
    """(field, "") or ("", what is wrong) for each tag of a paragraph."""
    for balise in _BALISE.findall(texte):
        yield from _une_balise(balise, champs)
    reste = _BALISE.sub("", texte)
    if _OUVRANTE.search(reste):
        yield "", f"une accolade n’est pas fermée dans {_cite(reste.strip())}."
    if seule := _UNE_ACCOLADE.search(reste):
        yield "", f"{_cite(seule[0])} n’a qu’une accolade : il en faut deux de chaque côté."


def _une_balise(balise: str, champs: dict[str, Champ]) -> Iterator[tuple[str, str]]:
    if balise.startswith("{#"):
        yield "", f"le commentaire {_cite(balise)} n’a pas sa place dans un modèle : retirez-le."
        return
    if balise.startswith("{%"):
        instruction = _INSTRUCTION.match(balise)
        mot = instruction[1] if instruction else ""
        if mot not in _INSTRUCTIONS:
            yield "", _instruction_refusee(balise, mot)
            return
        condition = balise[instruction.end() : -2] if instruction else ""
        if mot in {"else", "endif"}:
            return
        source = f"{{% if {condition} %}}{{% endif %}}"
    else:
        source = balise
    try:
        arbre = Environnement().parse(source.translate(_GUILLEMETS))
    except TemplateSyntaxError:
        yield "", f"{_cite(balise)} ne se lit pas : écrivez {{{{ personne.nom }}}}, par exemple."
        return
    for cle, defaut in _parcourir(arbre, champs):
        yield cle, f"dans {_cite(balise)}, {defaut}" if defaut else ""


def _instruction_refusee(balise: str, mot: str) -> str:
    quoi = {
        "for": "une boucle",
        "include": "un renvoi à un autre fichier",
        "import": "un renvoi à un autre fichier",
        "from": "un renvoi à un autre fichier",
        "extends": "un renvoi à un autre fichier",
    }.get(mot, "une instruction")
    return f"{_cite(balise)} est {quoi} : un modèle n’a que des champs, et « {{% if … %}} … {{% endif %}} »."


def _parcourir(noeud: nodes.Node, champs: dict[str, Champ]) -> Iterator[tuple[str, str]]:
    """Each field that a piece of model names; whatever is neither a field nor a « si » is a fault."""
    if cle := _cle(noeud):
        yield (cle, "") if cle in champs else ("", _inconnu(cle, champs))
        return
    if not isinstance(noeud, _ADMIS):
        yield "", "il n’y a de place que pour un champ de la liste."
        return
    if isinstance(noeud, nodes.Filter) and (
        noeud.name not in FILTRES or noeud.args or noeud.kwargs or noeud.node is None
    ):
        yield "", f"« {noeud.name} » n’est pas admis : seuls le sont {', '.join(FILTRES)}."
        return
    for enfant in noeud.iter_child_nodes():
        yield from _parcourir(enfant, champs)


def _cle(noeud: nodes.Node) -> str:
    """« jour », « personne.nom »; empty for anything else."""
    if isinstance(noeud, nodes.Name):
        return noeud.name
    if isinstance(noeud, nodes.Getattr) and (debut := _cle(noeud.node)):
        return f"{debut}.{noeud.attr}"
    return ""


def _inconnu(cle: str, champs: dict[str, Champ]) -> str:
    """With the field that looks like it, when there is one."""
    trouve = process.extractOne(cle, list(champs), scorer=fuzz.ratio, score_cutoff=80)
    suite = f" Vouliez-vous dire « {trouve[0]} » ?" if trouve else ""
    return f"le champ « {cle[:_EXTRAIT_MAX]} » n’existe pas pour ce genre de modèle.{suite}"


def _cite(texte: str) -> str:
    extrait = texte if len(texte) <= _EXTRAIT_MAX else f"{texte[:_EXTRAIT_MAX]}…"
    return f"« {extrait} »"


# --- As Jinja reads it ------------------------------------------------------------------------------


def _relire(source: str, champs: dict[str, Champ]) -> str:
    """The first fault of a whole part, as it would be run; empty when there is none."""
    try:
        arbre = Environnement().parse(source)
    except TemplateSyntaxError as erreur:
        if "end of template" in str(erreur):
            return "un « {% if … %} » n’est pas fermé par « {% endif %} »."
        return (
            "les accolades ne se suivent pas comme il faut : recopiez les champs depuis la liste."
        )
    return next((defaut for _, defaut in _parcourir(arbre, champs) if defaut), "")


def _parties(modele: DocxTemplate) -> Iterator[tuple[str, str]]:
    """(where, XML) of all that docxtpl runs."""
    for ou, racine in _racines(modele):
        yield ou, etree.tostring(racine, encoding="unicode")


def _racines(modele: DocxTemplate) -> Iterator[tuple[str, etree._Element]]:
    document = modele.get_docx()
    # Read anew: the elements of python-docx have a `text` of their own.
    yield "corps", lire_xml(etree.tostring(document._element.body, encoding="utf-8"))
    for genre, ou in ((modele.HEADER_URI, "en-tête"), (modele.FOOTER_URI, "pied de page")):
        for _, partie in modele.get_headers_footers(genre):
            yield ou, lire_xml(partie.blob)
    for partie in document.part.package.parts:
        if _est_de_notes(partie):
            yield "note de bas de page", lire_xml(partie.blob)


def _est_de_notes(partie: Part) -> bool:
    return partie.content_type.endswith("wordprocessingml.footnotes+xml")


def _proprietes(modele: DocxTemplate) -> None:
    """Its title, its author: docxtpl runs them too, and nobody sees them."""
    proprietes = modele.get_docx().core_properties
    for nom in ("author", "comments", "identifier", "language", "subject", "title"):
        if _OUVRANTE.search(getattr(proprietes, nom) or ""):
            raise ModeleRefuse(
                "Les propriétés de ce document (titre, auteur, mots clés) ont une accolade : videz-les "
                "(Fichier, Informations, « Inspecter le document »), puis redéposez-le."
            )
