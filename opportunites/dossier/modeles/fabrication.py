"""From a checked model and values to Word documents: bytes in, bytes out, no database.

Letters in one document follow one another as sections of the same model: same styles, same images, pages
and lists that start again at one.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

from docx import Document
from docx.document import Document as DocumentWord
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from collectivites.refus import ActionImpossible
from opportunites.dossier.modeles.grammaire import Environnement

#: Letters at once, and bytes of what is handed over.
LETTRES_MAX = 60
POIDS_MAX = 40 * 1024 * 1024
#: Characters that XML does not admit.
_INTERDITS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x07\ufffe\uffff]")
_DATE_ZIP = (1980, 1, 1, 0, 0, 0)

Valeurs = Mapping[str, str]
Avancer = Callable[[int, int], None]

ENTETES_DIFFERENTS = (
    "L’en-tête ou le pied de page de ce modèle nomme chaque personne : dans un seul document, tous auraient "
    "ceux de la première lettre. Choisissez l’archive zip, ou mettez ces champs dans le corps."
)
TROP_LOURD = (
    "Ces lettres pèsent plus de 40\u00a0Mo ensemble : choisissez un seul document, ou réduisez les images "
    "du modèle."
)


def remplir(modele: bytes, valeurs: Valeurs, env: Environnement | None = None) -> DocumentWord:
    """One letter. Values are text: what they hold is never read as a field."""
    lettre = DocxTemplate(io.BytesIO(modele))
    lettre.render(_arbre(valeurs), jinja_env=env or Environnement())
    document: DocumentWord = lettre.docx  # `get_docx` would open the model anew
    return document


def en_octets(document: DocumentWord) -> bytes:
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _arbre(valeurs: Valeurs) -> dict[str, object]:
    """« personne.nom » → {"personne": {"nom": …}}."""
    arbre: dict[str, object] = {}
    for cle, valeur in valeurs.items():
        *chemin, feuille = cle.split(".")
        branche = arbre
        for nom in chemin:
            branche = branche.setdefault(nom, {})  # type: ignore[assignment]
        branche[feuille] = _INTERDITS.sub("", valeur)
    return arbre


# --- Several --------------------------------------------------------------------------------------


def archiver(modele: bytes, lettres: Sequence[tuple[str, Valeurs]], avancer: Avancer) -> bytes:
    """A zip of one document a letter, under its name. Raises ActionImpossible when it weighs too much."""
    sortie, env = io.BytesIO(), Environnement()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for rang, (nom, valeurs) in enumerate(lettres, 1):
            info = zipfile.ZipInfo(f"{nom}.docx", _DATE_ZIP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, en_octets(remplir(modele, valeurs, env)))
            if sortie.tell() > POIDS_MAX:
                raise ActionImpossible(TROP_LOURD)
            avancer(rang, len(lettres))
    return sortie.getvalue()


def reunir(modele: bytes, lettres: Sequence[Valeurs], avancer: Avancer) -> bytes:
    """One document, each letter a section. Raises ActionImpossible when headers name the persons."""
    env = Environnement()
    ensemble = remplir(modele, lettres[0], env)
    entetes = _entetes(ensemble)
    _compter_par_section(ensemble)
    corps = ensemble.element.body
    avancer(1, len(lettres))
    for rang, valeurs in enumerate(lettres[1:], 2):
        suivante = remplir(modele, valeurs, env)
        if _entetes(suivante) != entetes:
            raise ActionImpossible(ENTETES_DIFFERENTS)
        blocs = [bloc for bloc in suivante.element.body if bloc.tag != qn("w:sectPr")]
        _recommencer_les_listes(ensemble, blocs)
        _clore_la_section(corps)
        fin = corps.find(qn("w:sectPr"))
        for bloc in blocs:
            fin.addprevious(bloc)
        avancer(rang, len(lettres))
    _numeroter_les_dessins(corps)
    return en_octets(ensemble)


def _entetes(document: DocumentWord) -> list[bytes]:
    relations = document.part.rels.values()
    return sorted(
        relation.target_part.blob
        for relation in relations
        if relation.reltype.endswith(("/header", "/footer"))
    )


def _clore_la_section(corps: etree._Element) -> None:
    """The last paragraph so far ends a section that is like the document's: the next one is on a new page,
    numbered from one."""
    fin = corps.find(qn("w:sectPr"))
    if fin is None:
        fin = OxmlElement("w:sectPr")
        corps.append(fin)
    if (numeros := fin.find(qn("w:pgNumType"))) is None:
        numeros = OxmlElement("w:pgNumType")
        _inserer_dans_l_ordre(fin, numeros)
    numeros.set(qn("w:start"), "1")
    dernier = fin.getprevious()
    if dernier is None or dernier.tag != qn("w:p") or _porte_une_section(dernier):
        dernier = OxmlElement("w:p")
        fin.addprevious(dernier)
    dernier.get_or_add_pPr().append(copy.deepcopy(fin))


def _porte_une_section(paragraphe: etree._Element) -> bool:
    proprietes = paragraphe.find(qn("w:pPr"))
    return proprietes is not None and proprietes.find(qn("w:sectPr")) is not None


#: What stands after `pgNumType` in a section (ECMA-376, CT_SectPr).
_APRES_LES_NUMEROS = (
    *("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter"),
    *("docGrid", "printerSettings", "sectPrChange"),
)


def _inserer_dans_l_ordre(section: etree._Element, numeros: etree._Element) -> None:
    suivants = {qn(f"w:{nom}") for nom in _APRES_LES_NUMEROS}
    for enfant in section:
        if enfant.tag in suivants:
            enfant.addprevious(numeros)
            return
    section.append(numeros)


def _compter_par_section(document: DocumentWord) -> None:
    """« page 1 sur 2 » counts the pages of a letter, not those of thirty."""
    parties = [document.element.body]
    parties += [
        relation.target_part.element
        for relation in document.part.rels.values()
        if relation.reltype.endswith(("/header", "/footer"))
    ]
    for partie in parties:
        for code in partie.iter(qn("w:instrText")):
            code.text = re.sub(r"\bNUMPAGES\b", "SECTIONPAGES", code.text or "")
        for champ in partie.iter(qn("w:fldSimple")):
            code = champ.get(qn("w:instr"), "")
            champ.set(qn("w:instr"), re.sub(r"\bNUMPAGES\b", "SECTIONPAGES", code))


def _recommencer_les_listes(ensemble: DocumentWord, blocs: Iterable[etree._Element]) -> None:
    """A numbered list that a letter starts is another list than that of the letter before."""
    usages = [n for bloc in blocs for n in bloc.iter(qn("w:numId")) if n.get(qn("w:val")) != "0"]
    if not usages:
        return
    listes = ensemble.part.numbering_part.element
    nouvelles: dict[str, str] = {}
    for usage in usages:
        ancienne = usage.get(qn("w:val"))
        if ancienne not in nouvelles:
            nouvelles[ancienne] = _copier_la_liste(listes, ancienne)
        usage.set(qn("w:val"), nouvelles[ancienne])


def _copier_la_liste(listes: etree._Element, numero: str) -> str:
    """A list like that one, whose nine levels start again; the same one when the document has none."""
    source = next((n for n in listes.findall(qn("w:num")) if n.get(qn("w:numId")) == numero), None)
    if source is None:
        return numero
    nouveau = str(max(int(n.get(qn("w:numId"), "0")) for n in listes.findall(qn("w:num"))) + 1)
    copie = copy.deepcopy(source)
    copie.set(qn("w:numId"), nouveau)
    for ancien in copie.findall(qn("w:lvlOverride")):
        copie.remove(ancien)
    for niveau in range(9):
        reprise, debut = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
        reprise.set(qn("w:ilvl"), str(niveau))
        debut.set(qn("w:val"), "1")
        reprise.append(debut)
        copie.append(reprise)
    dernier = listes.findall(qn("w:num"))[-1]
    dernier.addnext(copie)
    return nouveau


def _numeroter_les_dessins(corps: etree._Element) -> None:
    """Each drawing has its own number, or Word offers to repair the document."""
    dessins = corps.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    for rang, dessin in enumerate(dessins, 1):
        dessin.set("id", str(rang))
    for marque in ("w:bookmarkStart", "w:bookmarkEnd"):
        for signet in list(corps.iter(qn(marque))):
            signet.getparent().remove(signet)


def lignes(document: bytes | DocumentWord) -> list[str]:
    """The text of a document, a line for each paragraph that says something: headers, body with its
    tables, footers."""
    lu = Document(io.BytesIO(document)) if isinstance(document, bytes) else document
    racines = [s.header._element for s in lu.sections[:1]] + [lu.element.body]
    racines += [s.footer._element for s in lu.sections[:1]]
    textes = (
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for racine in racines
        for p in racine.iter(qn("w:p"))
    )
    return [texte.strip() for texte in textes if texte.strip()]
