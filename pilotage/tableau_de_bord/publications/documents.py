"""The documents for élus, as HTML: a fiche (one page), a note (two), an annex for the assembly.

`rendre` is where tests look; `collectivites.communs.pdf` only prints it. Every figure is of the arrêté
that the document names; every step, of this collectivité or of all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.text import slugify

from collectivites.chaine.verification import empreinte_du_journal
from collectivites.communs.pdf import SCHEME
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite
from collectivites.mots import CodeCollectivite
from parcours.models import Promotion
from pilotage.cadrage.communication.langage import elements_de_langage_approuves
from pilotage.cadrage.feuille_de_route.suivi import est_ecrite, etapes_pour_les_elus
from pilotage.indicateurs.protection.arretes import publier
from pilotage.indicateurs.protection.publication import Chiffre, Publication
from pilotage.indicateurs.secret import NON_COMMUNIQUE
from pilotage.models import DocumentElus
from pilotage.mots import GenreDocument
from pilotage.tableau_de_bord.graphiques.encres import STYLES
from pilotage.tableau_de_bord.graphiques.repere import NOTE
from pilotage.tableau_de_bord.graphiques.trajectoire import dessiner
from pilotage.tableau_de_bord.publications import etapes as route
from pilotage.tableau_de_bord.publications import phrases
from pilotage.tableau_de_bord.publications.bilan import phrases as phrases_du_bilan
from pilotage.tableau_de_bord.publications.bilan.phrases import de_la_promotion
from pilotage.tableau_de_bord.publications.gardien import rendre_publie

GABARITS = {
    GenreDocument.FICHE: "pdf/elus/fiche.html",
    GenreDocument.NOTE: "pdf/elus/note.html",
    GenreDocument.ANNEXE: "pdf/elus/annexe.html",
    GenreDocument.BILAN: "pdf/elus/bilan.html",
}
#: What the assembly of each kind of employer is handed, and the article that asks for it.
FORMES_D_ANNEXE = {
    CodeCollectivite.VILLE: (
        "Note explicative de synthèse",
        "article L. 2121-12 du code général des collectivités territoriales",
    ),
    CodeCollectivite.AGGLOMERATION: (
        "Note explicative de synthèse",
        "articles L. 2121-12 et L. 5211-1 du code général des collectivités territoriales",
    ),
    CodeCollectivite.DEPARTEMENT: (
        "Rapport du président au conseil départemental",
        "article L. 3121-19 du code général des collectivités territoriales",
    ),
    CodeCollectivite.REGION: (
        "Rapport du président au conseil régional",
        "article L. 4132-18 du code général des collectivités territoriales",
    ),
}
LIGNES = (
    ("recenses", "Personnes recensées"),
    ("volontaires", "Volontaires"),
    ("en_parcours", "Entrées en parcours"),
)


def titre_de(document: DocumentElus) -> str:
    return titre_du_genre(document.genre, document.collectivite, document.promotion)


def titre_du_genre(
    genre: str, collectivite: Collectivite, promotion: Promotion | None = None
) -> str:
    """« Note aux élus », « Rapport du président au conseil régional », « Bilan : Promotion 1 »."""
    if genre == GenreDocument.BILAN:
        return f"Bilan : {promotion.nom}" if promotion else "Bilan de promotion"
    if genre == GenreDocument.ANNEXE:
        return FORMES_D_ANNEXE[CodeCollectivite(collectivite.code)][0]
    return {GenreDocument.FICHE: "Fiche pour les élus", GenreDocument.NOTE: "Note aux élus"}[
        GenreDocument(genre)
    ]


def rendre(document: DocumentElus, *, numero: str = "") -> str:
    """The HTML of a document; without a `numero` it says on each page that it is a draft."""
    publication = publier(document.arrete)
    return rendre_publie(
        GABARITS[GenreDocument(document.genre)],
        publication,
        {
            **_entete(document, publication, numero),
            **_figures(publication),
            **_suites(document, publication),
            **(de_la_promotion(document.promotion, publication) if document.promotion else {}),
        },
    )


def _entete(document: DocumentElus, p: Publication, numero: str) -> dict[str, Any]:
    collectivite = document.collectivite
    code = CodeCollectivite(collectivite.code)
    empreinte = empreinte_du_journal(collectivite.demarche)
    return {
        "feuille_de_style": f"{SCHEME}css/note.css",
        "collectivite": collectivite,
        "jour": p.jour,
        "genre": titre_de(document),
        "base_legale": FORMES_D_ANNEXE[code][1],
        "numero": numero,
        "arrete": f"n° {p.numero}",
        "seuil": str(p.seuil),
        "objet": phrases.objet(p, "cadres"),
        "journal": str(empreinte) if empreinte.compte else "",
        "signataire": document.signataire,
        "qualite": document.qualite,
        "contact": document.contact,
        "titre_pourquoi": phrases.titre_pourquoi(collectivite),
        "pourquoi": phrases.pourquoi(collectivite, p, "cadres"),
        "paragraphes": {
            "retard": document.retard,
            "demande": document.demande,
            "langage": document.langage,
        },
    }


def _figures(p: Publication) -> dict[str, Any]:
    courbe = dessiner(p.trajectoire, NOTE).coloree(STYLES) if p.trajectoire.effectives else None
    lignes = [
        _ligne(libelle, [p.etape(code, c) for c in p.collectivites], p.etape(code), p)
        for code, libelle in LIGNES
    ]
    lignes += [
        _ligne(
            "Départs vers une autre",
            [p.departs(c) for c in p.collectivites],
            p.chiffre("mobilites/entre_employeurs"),
            p,
        ),
        _ligne(
            "Arrivées d’une autre",
            [p.arrivees(c) for c in p.collectivites],
            p.chiffre("mobilites/entre_employeurs"),
            p,
        ),
    ]
    parts = [(libelle, p.part_femmes(code)) for code, libelle in LIGNES]
    return {
        "cles": phrases.cles(p),
        "titre_courbe": phrases.titre_courbe(p),
        "courbe": courbe,
        "lignes": lignes,
        "parts_femmes": [
            f"{libelle.lower()}, {part.valeur} %{phrases.au(part, p)}"
            for libelle, part in parts
            if part.valeur is not None
        ],
        "non_communique": NON_COMMUNIQUE,
    }


def _ligne(libelle: str, cases: list[Chiffre], total: Chiffre, p: Publication) -> phrases.Ligne:
    return phrases.Ligne(
        libelle, tuple(phrases.dater(c, p) for c in cases), phrases.dater(total, p)
    )


def _suites(document: DocumentElus, p: Publication) -> dict[str, Any]:
    """What is late, what comes next. Two queries."""
    etapes = etapes_pour_les_elus(document.collectivite)
    vide = not est_ecrite(document.collectivite.demarche)
    prochaine = route.prochaine_date(etapes, p.jour, vide)
    return {
        "en_bref": phrases.en_bref(p, prochaine),
        "attention": route.points_d_attention(etapes, p.jour),
        "route_vide": vide,
        "prochaines": [
            (date_texte(quand), intitule) for intitule, quand in route.a_venir(etapes, p.jour)
        ],
    }


def propositions(
    collectivite: Collectivite, p: Publication, jour: date, promotion: Promotion | None = None
) -> dict[str, str]:
    """The paragraphs as they are proposed before anybody rewrites them."""
    if promotion is not None:
        return {
            "retard": phrases_du_bilan.propose(promotion, p),
            "demande": f"Prendre acte du bilan de cette promotion dans {collectivite.la}.",
            "langage": "",
        }
    etapes = etapes_pour_les_elus(collectivite)
    return {
        "retard": phrases.retard_propose(p),
        "demande": phrases.demande_proposee(collectivite, route.a_venir(etapes, jour)),
        "langage": phrases.abreger(
            elements_de_langage_approuves(collectivite.demarche) or phrases.langage_propose(p)
        ),
    }


def nom_du_fichier(document: DocumentElus) -> str:
    suite = document.reference or "projet"
    jour = document.arrete.jour
    if document.promotion:
        suite = f"{slugify(document.promotion.nom)}-{suite}"
    return f"{document.genre}-elus-{document.collectivite.code}-{jour:%Y-%m-%d}-{suite}.pdf"
