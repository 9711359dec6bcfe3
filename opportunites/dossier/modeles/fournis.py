"""Starting points: models of the usual papers, written here so that a change of theirs can be read.

They quote the route's own texts (`droit/referentiels/voies_mobilite.csv`) and leave the rest to a lawyer:
each bears « à valider par votre service juridique » until its DRH takes that line away.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from opportunites.mots import GenreModele

A_VALIDER = "Modèle de départ, à valider par votre service juridique"
_SIGNATURE = (
    "Fait à [lieu], le {{ jour }}",
    "[Autorité territoriale, nom et qualité du signataire]",
)
_RECOURS = (
    "[Délais et voies de recours, à compléter par votre service juridique]",
    "Ampliation : la personne, {{ mouvement.origine }}, {{ mouvement.accueil }}, le comptable public, le "
    "centre de gestion le cas échéant.",
)
_VISAS = (
    "Vu le code général de la fonction publique ;",
    "Vu les textes applicables à cette voie ({{ mouvement.textes }}) ;",
    "Vu la délibération créant l’emploi « {{ mouvement.poste_accueil }} » ; [date et référence]",
    "Vu la demande de {{ personne.civilite }} {{ personne.nom_complet }}, reçue le "
    "{{ mouvement.demande_le }} ;",
    "Vu l’accord {% if mouvement.accord_le %}sur la date du {{ mouvement.accord_le }} {% endif %}entre "
    "{{ mouvement.origine_article }} et {{ mouvement.accueil_article }} ;",
)
_PERSONNE = "{{ personne.civilite }} {{ personne.prenom }} {{ personne.nom|upper }}"
_GRADE = "{{ personne.grade }}, échelon {{ personne.echelon }}"


@dataclass(frozen=True)
class Fourni:
    """`articles`: (title, text) of an arrêté or a convention; empty for a letter, told by `debut` alone."""

    code: str
    genre: GenreModele
    nom: str
    titre: str
    debut: tuple[str, ...]
    articles: tuple[str, ...] = ()
    fin: tuple[str, ...] = ()


def _arrete(code: str, nom: str, titre: str, *articles: str) -> Fourni:
    return Fourni(
        code,
        GenreModele.ARRETE,
        nom,
        titre,
        ("L’autorité territoriale {{ collectivite.de }},", *_VISAS, "Arrête :"),
        articles,
        (*_SIGNATURE, *_RECOURS),
    )


FOURNIS: tuple[Fourni, ...] = (
    Fourni(
        "lettre-proposition",
        GenreModele.LETTRE,
        "Lettre de proposition",
        "Proposition de poste, référence {{ proposition.reference }}",
        (
            "{{ personne.civilite }} {{ personne.nom_complet }}",
            "{{ personne.employeur }}",
            "{{ personne.civilite }},",
            "{{ collectivite.article|capitalize }} vous propose le poste « {{ proposition.poste }} » "
            "({{ proposition.direction }}).",
            "{{ proposition.pourquoi }}",
            "Nous attendons votre réponse avant le {{ proposition.reponse_avant }}. Vous êtes libre "
            "d’accepter ou de refuser : un refus n’a aucune conséquence pour vous, et sa raison reste "
            "privée.",
            "Pour toute question : {{ proposition.contact }}.",
        ),
        fin=_SIGNATURE,
    ),
    _arrete(
        "arrete-mutation",
        "Arrêté de mutation",
        "Arrêté portant recrutement par voie de mutation",
        f"{_PERSONNE}, {_GRADE}, venant {{{{ mouvement.origine_de }}}}, est recruté{{{{ personne.e }}}} par "
        "voie de mutation à compter du {{ mouvement.date_effet }}, sur l’emploi "
        "« {{ mouvement.poste_accueil }} ».",
        "Le grade, l’échelon et l’ancienneté acquise sont conservés. [Indice brut et majoré, reliquat]",
    ),
    _arrete(
        "arrete-detachement",
        "Arrêté de détachement",
        "Arrêté plaçant un fonctionnaire en détachement",
        f"{_PERSONNE}, {_GRADE}, est placé{{{{ personne.e }}}} en position de détachement auprès "
        "{{ mouvement.accueil_de }}, pour exercer les fonctions « {{ mouvement.poste_accueil }} », à compter "
        "du {{ mouvement.date_effet }}, pour une durée de [durée ; limite de cette voie : "
        "{{ mouvement.duree }}].",
        "Pendant ce détachement, la personne est soumise aux règles de l’emploi qu’elle occupe, et "
        "conserve ses droits à l’avancement et à la retraite dans son cadre d’emplois d’origine. "
        "[Cotisations : à compléter]",
    ),
    _arrete(
        "arrete-integration-directe",
        "Arrêté d’intégration directe",
        "Arrêté portant intégration directe",
        f"{_PERSONNE}, {_GRADE}, venant {{{{ mouvement.origine_de }}}}, est intégré{{{{ personne.e }}}} "
        "directement, avec son accord, dans le cadre d’emplois de [cadre d’emplois d’accueil], à compter "
        "du {{ mouvement.date_effet }}, sur l’emploi « {{ mouvement.poste_accueil }} ».",
        "Le classement se fait à équivalence de grade et d’échelon. [Grade, échelon, indice, ancienneté]",
    ),
    _arrete(
        "arrete-mise-a-disposition",
        "Arrêté de mise à disposition",
        "Arrêté de mise à disposition",
        f"{_PERSONNE}, {_GRADE}, est mis{{{{ personne.e }}}} à disposition {{{{ mouvement.accueil_de }}}}, "
        "avec son accord, à compter du {{ mouvement.date_effet }}, pour une durée de [durée ; limite de "
        "cette voie : {{ mouvement.duree }}], pour exercer les fonctions « {{ mouvement.poste_accueil }} ».",
        "La personne reste dans son cadre d’emplois d’origine. Les conditions de la mise à disposition et "
        "de son remboursement sont celles de la convention annexée.",
    ),
    Fourni(
        "convention-mise-a-disposition",
        GenreModele.CONVENTION,
        "Convention de mise à disposition",
        "Convention de mise à disposition, dossier {{ mouvement.reference }}",
        (
            "Entre {{ mouvement.origine_article }}, employeur d’origine, et {{ mouvement.accueil_article }}, employeur "
            "d’accueil ;",
            "Vu les textes applicables ({{ mouvement.textes }}) ;",
            "Il est convenu :",
        ),
        (
            f"{{{{ mouvement.origine_article|capitalize }}}} met {_PERSONNE}, {{{{ personne.grade }}}}, à disposition "
            "{{ mouvement.accueil_de }} à compter du {{ mouvement.date_effet }}, pour [durée], sur les "
            "fonctions « {{ mouvement.poste_accueil }} ».",
            "Conditions d’emploi : [temps de travail, congés, entretien professionnel, discipline].",
            "Remboursement : [rémunération et charges, périodicité ; ou le cas d’exonération].",
            "Fin de la mise à disposition : [préavis, à la demande de qui].",
        ),
        (
            "Fait à [lieu], le {{ jour }}, en trois exemplaires.",
            "Pour {{ mouvement.origine_article }}",
            "Pour {{ mouvement.accueil_article }}",
            "La personne",
        ),
    ),
    Fourni(
        "attestation-parcours",
        GenreModele.ATTESTATION,
        "Attestation de parcours",
        "Attestation de parcours",
        (
            "{{ collectivite.article|capitalize }} atteste que {{ personne.civilite }} "
            "{{ personne.nom_complet }}, {{ personne.poste }}, a suivi le parcours "
            "« {{ parcours.promotion }} », du {{ parcours.debut }} au {{ parcours.fin }}.",
            "Étapes :",
            "{{ parcours.etapes }}",
            "{% if parcours.sessions %}Sessions : {{ parcours.sessions }}{% endif %}",
        ),
        fin=(
            "Attestation délivrée pour servir et valoir ce que de droit, le {{ jour }}.",
            "{{ auteur.nom }}",
        ),
    ),
)
PAR_CODE = {fourni.code: fourni for fourni in FOURNIS}


def en_docx(fourni: Fourni) -> bytes:
    """The document, plain enough to take the letterhead of any collectivité."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    _mention(section.header.paragraphs[0].add_run(f"{A_VALIDER}."))
    document.add_paragraph("{{ collectivite.nom }}").runs[0].bold = True
    titre = document.add_paragraph()
    titre.alignment = WD_ALIGN_PARAGRAPH.CENTER
    passage = titre.add_run(fourni.titre)
    passage.bold, passage.font.size = True, Pt(14)
    for texte in fourni.debut:
        document.add_paragraph(texte)
    for rang, texte in enumerate(fourni.articles, 1):
        article = document.add_paragraph()
        article.add_run(f"Article {rang}{'er' if rang == 1 else ''}. ").bold = True
        article.add_run(texte)
    for texte in fourni.fin:
        document.add_paragraph(texte)
    proprietes = document.core_properties
    proprietes.title, proprietes.author, proprietes.comments = fourni.nom, "", A_VALIDER
    proprietes.language = "fr-FR"
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _mention(passage: object) -> None:
    passage.italic = True  # type: ignore[attr-defined]
    passage.font.size, passage.font.color.rgb = Pt(9), RGBColor(0xA3, 0x30, 0x1C)  # type: ignore[attr-defined]
