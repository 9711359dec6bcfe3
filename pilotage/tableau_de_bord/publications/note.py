"""The note for élus: one A4 page for one collectivité, in plain words, aggregates only.

`render_note` makes the HTML and is where the tests look; `collectivites.communs.pdf` only prints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from collectivites.communs.pdf import SCHEME
from collectivites.communs.typographie import (
    INSECABLE,
    accorder,
    avec_article,
    capitale,
    compter,
    date_texte,
    enumerer,
    est_masculin,
    nombre_texte,
)
from collectivites.models import Collectivite
from collectivites.mots import CodeCollectivite
from pilotage.indicateurs.ensemble import lire
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.publication import Publication, publier
from pilotage.indicateurs.secret import NON_COMMUNIQUE
from pilotage.indicateurs.trajectoire import Rythme
from pilotage.models import EtapeRoute
from pilotage.tableau_de_bord.constats import mois_annee
from pilotage.tableau_de_bord.graphiques.repere import NOTE
from pilotage.tableau_de_bord.graphiques.trajectoire import dessiner
from pilotage.tableau_de_bord.publications.encres import STYLES

#: What each kind of employer looks for, by what the law makes it do.
COMPETENCES = {
    CodeCollectivite.VILLE: "les services de proximité, l’éducation, la culture ou le bâti",
    CodeCollectivite.AGGLOMERATION: "l’urbanisme, les mobilités, l’eau ou les déchets",
    CodeCollectivite.DEPARTEMENT: "les solidarités, les routes ou les collèges",
    CodeCollectivite.REGION: "les lycées, la formation, les transports ou l’économie",
}
DATES_MONTREES = 3


@dataclass(frozen=True)
class Chiffre:
    """One of the four figures."""

    valeur: str
    legende: str


def render_note(collectivite: Collectivite, jour: date) -> str:
    """The note of this collectivité, as HTML. Ten queries."""
    demarche = collectivite.demarche
    publication = publier(lire(demarche, jour))
    etapes = _prochaines(collectivite, jour)
    contexte = {
        "feuille_de_style": f"{SCHEME}css/note.css",
        "collectivite": collectivite,
        "demarche": demarche,
        "jour": jour,
        "objet": _objet(publication),
        "en_bref": [
            _bref_mobilites(publication),
            _bref_equilibre(publication),
            _bref_suite(etapes),
        ],
        "titre_pourquoi": _titre_pourquoi(collectivite),
        "pourquoi": _pourquoi(collectivite, publication),
        "chiffres": _chiffres(publication),
        "titre_courbe": _titre_courbe(publication),
        "courbe": _courbe(publication),
        "publication": publication,
        "lignes": [
            (libelle, publication.etape(code).ligne)
            for code, libelle in (
                ("recenses", "Cadres recensés"),
                ("volontaires", "Volontaires"),
                ("en_parcours", "Entrés en parcours"),
                ("effectives", "Ont changé d’employeur"),
            )
        ],
        "demandes": _demandes(collectivite, etapes),
        "etapes": etapes,
        "non_communique": NON_COMMUNIQUE,
    }
    return render_to_string("pdf/note_elus.html", contexte)


def nom_du_fichier(collectivite: Collectivite, jour: date) -> str:
    return f"note-elus-{collectivite.code}-{jour:%Y-%m-%d}.pdf"


def _prochaines(collectivite: Collectivite, jour: date) -> list[EtapeRoute]:
    """The next steps of this collectivité or of the four. One query."""
    return list(
        EtapeRoute.objects.filter(
            Q(collectivite=collectivite) | Q(collectivite__isnull=True) | Q(externe=True),
            demarche=collectivite.demarche_id,
            faite_le__isnull=True,
            echeance__gte=jour,
        )[:DATES_MONTREES]
    )


def _objet(p: Publication) -> str:
    t = p.trajectoire
    part = (t.jour - t.debut).days / max(1, (t.fin - t.debut).days)
    if t.jour > t.fin:
        moment = "bilan"
    elif part < 0.25:
        moment = "premier point"
    elif part < 0.75:
        moment = "point à mi-parcours"
    else:
        moment = "point avant le bilan"
    employeurs = enumerer([avec_article(str(nom)) for nom in CodeCollectivite.labels])
    return f"Mobilité des cadres entre {employeurs} : {moment}"


RYTHMES = {
    Rythme.A_VENIR: "la démarche commence",
    Rythme.ATTEINT: "objectif atteint",
    Rythme.TENU: "rythme tenu",
    Rythme.RATTRAPABLE: "un retard qui peut se rattraper",
    Rythme.RETARD: "rythme à relancer",
    Rythme.MANQUE: "objectif non atteint",
}


def _bref_mobilites(p: Publication) -> SafeString:
    t = p.trajectoire
    if p.effectives is None:
        return mark_safe(
            "<strong>Les premières mobilités sont faites</strong>, encore trop peu nombreuses pour "
            "être dites sans désigner quelqu’un."
        )
    if p.effectives == 0:
        return format_html(
            "<strong>Aucune mobilité n’est encore effective</strong>{}: {} d’ici {}.",
            INSECABLE,
            f"{t.objectif}{INSECABLE}{accorder(t.objectif, 'est visée,sont visées')}",
            mois_annee(t.fin),
        )
    verbe = accorder(p.effectives, "cadre a changé d’employeur,cadres ont changé d’employeur")
    return format_html(
        "<strong>{}</strong> depuis {}, sur {} {} {}{}: {}.",
        f"{nombre_texte(p.effectives)}{INSECABLE}{verbe}",
        t.debut.year,
        compter(t.objectif, "visé"),
        "d’ici" if t.jour <= t.fin else "en",
        mois_annee(t.fin),
        INSECABLE,
        RYTHMES[t.rythme],
    )


def _bref_equilibre(p: Publication) -> str:
    """Said without naming anybody: no ranking, and no small number behind an adjective."""
    if p.equilibre is None:
        return "Aucun cadre n’est déplacé contre son gré : chaque mobilité est choisie.".replace(
            " :", " :"
        )
    return {
        Equilibre.DANS: "Les quatre collectivités reçoivent à peu près autant de cadres "
        "qu’elles en voient partir.",
        Equilibre.LIMITE: "Les échanges entre les quatre collectivités restent dans l’écart "
        "convenu, sans marge.",
        Equilibre.HORS: "Les échanges entre les quatre collectivités dépassent l’écart convenu ; "
        "les prochaines propositions le corrigent.",
    }[p.equilibre]


def _bref_suite(etapes: list[EtapeRoute]) -> str:
    if not etapes:
        return "Toutes les étapes prévues à ce jour sont faites."
    premiere = etapes[0]
    return f"Prochaine date : {date_texte(premiere.echeance)}, {_minuscule(premiere.intitule)}."


def _minuscule(texte: str) -> str:
    """In the middle of a sentence, unless the first word is an acronym."""
    return texte if texte[:2].isupper() else texte[:1].lower() + texte[1:]


def _titre_pourquoi(collectivite: Collectivite) -> str:
    e = "" if est_masculin(collectivite.get_code_display()) else "e"
    return f"Pourquoi {collectivite.la} s’y est engagé{e}"


def _pourquoi(collectivite: Collectivite, p: Publication) -> str:
    nom = collectivite.la
    competences = COMPETENCES[CodeCollectivite(collectivite.code)]
    debut = ""
    if p.mediane_avant is not None:
        annees = nombre_texte(round(p.mediane_avant, 1), 1)
        debut = (
            "Au recensement, la moitié des cadres listés par les quatre collectivités occupaient "
            f"le même poste depuis plus de {annees}{INSECABLE}{accorder(p.mediane_avant, 'an')}. "
        )
    return (
        f"{debut}Pour pourvoir ses postes d’encadrement dans {competences}, {nom} trouve chez ses "
        "voisins des compétences qui existaient à quelques rues de là, sans recruter davantage. "
        "Chaque cadre volontaire peut changer d’employeur sans changer de territoire."
    )


def _chiffres(p: Publication) -> list[Chiffre]:
    t = p.trajectoire
    entres = p.etape("en_parcours").ligne.total
    avant, apres = p.mediane_avant, p.mediane_apres
    return [
        Chiffre(
            _valeur(p.effectives),
            f"{accorder(p.effectives or 2, 'mobilité effective,mobilités effectives')}, "
            f"sur {compter(t.objectif, 'visée')}",
        ),
        Chiffre(
            _valeur(p.engagees),
            f"{accorder(p.engagees or 2, 'mobilité engagée,mobilités engagées')}, à venir",
        ),
        Chiffre(
            _valeur(entres),
            f"{accorder(entres or 2, 'cadre entré,cadres entrés')} en parcours depuis {t.debut.year}",
        ),
        Chiffre(
            NON_COMMUNIQUE if apres is None else nombre_texte(round(apres, 1), 1),
            f"années dans le poste{_depart(avant, apres)} (médiane)",
        ),
    ]


def _depart(avant: float | None, apres: float | None) -> str:
    """« , contre 9,7 au départ »."""
    if avant is None or apres is None:
        return ""
    if round(avant, 1) == round(apres, 1):
        return ", comme au départ"
    return f", contre {nombre_texte(round(avant, 1), 1)} au départ"


def _valeur(nombre: int | None) -> str:
    return NON_COMMUNIQUE if nombre is None else nombre_texte(nombre)


def _titre_courbe(p: Publication) -> str:
    t = p.trajectoire
    if p.effectives is None:
        return ""
    prevues = (
        f"{compter(p.effectives, 'mobilité')} pour {compter(t.prevues, 'prévue')} à cette date"
    )
    return f"{capitale(RYTHMES[t.rythme])} : {prevues}"


def _courbe(p: Publication) -> object:
    """None when even the total is secret: a drawing would tell it."""
    if p.effectives is None:
        return None
    return dessiner(p.trajectoire, NOTE, relies=True).coloree(STYLES)


def _demandes(collectivite: Collectivite, etapes: list[EtapeRoute]) -> list[str]:
    """What is asked of them: the first step that needs their voice, not a list of chores."""
    demandes = ["Prendre acte de l’avancement de la démarche."]
    externe = next((e for e in etapes if e.externe), None)
    miennes = next((e for e in etapes if e.collectivite_id == collectivite.pk), None)
    if externe is not None:
        demandes.append(f"Désigner un élu pour : {_etape_datee(externe)}.")
    elif miennes is not None:
        demandes.append(f"Soutenir l’étape que porte {collectivite.la} : {_etape_datee(miennes)}.")
    return demandes


def _etape_datee(etape: EtapeRoute) -> str:
    return f"{_minuscule(etape.intitule)}, le {date_texte(etape.echeance)}"
