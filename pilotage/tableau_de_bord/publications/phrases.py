"""What the documents say, in words that an élu reads without a glossary. From a `Publication` alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from collectivites.communs.typographie import (
    INSECABLE,
    accorder,
    avec_article,
    capitale,
    compter,
    date_texte,
    en_lettres,
    enumerer,
    est_masculin,
    nombre_texte,
)
from collectivites.models import Collectivite
from collectivites.mots import CodeCollectivite
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.protection.publication import Chiffre, Publication
from pilotage.indicateurs.secret import NON_COMMUNIQUE
from pilotage.indicateurs.trajectoire import Rythme
from pilotage.tableau_de_bord.constats import mois_annee

#: What each kind of employer looks for, by what the law makes it do.
COMPETENCES = {
    CodeCollectivite.VILLE: "les services de proximité, l’éducation, la culture ou le bâti",
    CodeCollectivite.AGGLOMERATION: "l’urbanisme, les mobilités, l’eau ou les déchets",
    CodeCollectivite.DEPARTEMENT: "les solidarités, les routes ou les collèges",
    CodeCollectivite.REGION: "les lycées, la formation, les transports ou l’économie",
}
RYTHMES = {
    Rythme.A_VENIR: "la démarche commence",
    Rythme.ATTEINT: "l’objectif est atteint",
    Rythme.TENU: "le rythme prévu est tenu",
    Rythme.RATTRAPABLE: "un retard qui peut se rattraper",
    Rythme.RETARD: "un retard sur le rythme prévu",
    Rythme.MANQUE: "l’objectif n’est pas atteint",
}


@dataclass(frozen=True)
class Cle:
    """One of the four figures."""

    valeur: str
    legende: str


@dataclass(frozen=True)
class Ligne:
    """A row of the table of the four, with what is of an earlier day said beside."""

    libelle: str
    cases: tuple[str, ...]
    total: str


def dire(chiffre: Chiffre) -> str:
    return NON_COMMUNIQUE if chiffre.valeur is None else nombre_texte(chiffre.valeur)


def au(chiffre: Chiffre, p: Publication) -> str:
    """« , au 30 septembre 2026 », when the figure is of an earlier day than the document."""
    if chiffre.au is None or chiffre.au == p.jour:
        return ""
    return f", au {date_texte(chiffre.au)}"


def dater(chiffre: Chiffre, p: Publication) -> str:
    """« 18 », « 18 (30/09/26) » when it is of an earlier day."""
    if chiffre.valeur is None or chiffre.au is None or chiffre.au == p.jour:
        return dire(chiffre)
    return f"{dire(chiffre)} ({chiffre.au:%d/%m/%y})"


def objet(p: Publication, sujets: str) -> str:
    employeurs = enumerer([avec_article(c.get_code_display()) for c in p.collectivites])
    entre = f"entre {employeurs}" if len(p.collectivites) > 1 else f"dans {employeurs}"
    return f"Mobilité des {sujets} {entre} : {moment(p)}"


def moment(p: Publication) -> str:
    """« mi-parcours » in the middle fifth of the démarche, and never elsewhere."""
    part = (p.jour - p.debut).days / max(1, (p.fin - p.debut).days)
    if p.jour > p.fin:
        return "bilan"
    if part < 0.25:
        return "premier point"
    if 0.4 <= part <= 0.6:
        return "point à mi-parcours"
    return "point d’étape" if part < 0.85 else "point avant le bilan"


def en_bref(p: Publication, prochaine: str) -> list[str]:
    return [_bref_mobilites(p), _bref_equilibre(p), prochaine]


def _bref_mobilites(p: Publication) -> str:
    faites, t = p.effectives, p.trajectoire
    objectif = (
        f"{compter(p.objectif, 'visée')} {'d’ici' if p.jour <= p.fin else 'en'} {mois_annee(p.fin)}"
    )
    if faites.valeur is None:
        return (
            "Les premières mobilités sont faites, encore trop peu nombreuses pour être dites sans "
            f"désigner quelqu’un ; {objectif}."
        )
    if faites.valeur == 0:
        return f"Aucune mobilité n’était effective au {_jour(faites)} ; {objectif}."
    verbe = accorder(faites.valeur, "mobilité est effective,mobilités sont effectives")
    return (
        f"{nombre_texte(faites.valeur)}{INSECABLE}{verbe} au {_jour(faites)}, sur {objectif} : "
        f"{RYTHMES[t.rythme]}."
    )


def _jour(chiffre: Chiffre) -> str:
    assert chiffre.au is not None
    return date_texte(chiffre.au)


def _bref_equilibre(p: Publication) -> str:
    """Said without naming anybody: no ranking, and no small number behind an adjective."""
    qui = f"Les {en_lettres(len(p.collectivites))} collectivités"
    if len(p.collectivites) == 1:
        return "Chaque mobilité est choisie : personne n’est déplacé contre son gré."
    if p.equilibre is None:
        return (
            f"{qui} ouvrent leurs postes les unes aux autres, et chaque mobilité est choisie par la "
            "personne."
        )
    return {
        Equilibre.DANS: f"{qui} reçoivent à peu près autant de cadres qu’elles en voient partir.",
        Equilibre.LIMITE: f"{qui} restent dans l’écart convenu entre arrivées et départs, sans marge.",
        Equilibre.HORS: "L’écart convenu entre arrivées et départs est dépassé.",
    }[p.equilibre]


def titre_pourquoi(collectivite: Collectivite) -> str:
    e = "" if est_masculin(collectivite.get_code_display()) else "e"
    return f"Pourquoi {collectivite.la} s’y est engagé{e}"


def pourquoi(collectivite: Collectivite, p: Publication, sujets: str) -> str:
    competences = COMPETENCES.get(
        CodeCollectivite(collectivite.code), "des métiers qu’elle peine à pourvoir"
    )
    debut = ""
    if p.medianes[0] is not None:
        debut = (
            f"Au recensement, la moitié des {sujets} étaient dans le même poste depuis "
            f"{annees(p.medianes[0])}. "
        )
    return (
        f"{debut}Pour pourvoir ses postes dans {competences}, {collectivite.la} trouve chez ses "
        "voisins des compétences qui existaient à quelques rues de là, sans recruter davantage. "
        "Chaque volontaire peut changer d’employeur sans changer de territoire."
    )


def annees(mediane: float) -> str:
    """« plus de neuf ans », « neuf ans »: no decimal in a sentence."""
    entieres = int(mediane)
    if entieres == 0:
        return "moins d’un an"
    dites = f"{en_lettres(entieres)} {accorder(entieres, 'an')}"
    return f"plus {'d’' if entieres == 1 else 'de '}{dites}" if mediane > entieres else dites


def cles(p: Publication) -> list[Cle]:
    """Four figures: what was done, what is signed, who is on the way, who said yes. One that is not told
    leaves its place to the next: who was proposed a poste, who was listed."""
    entres, volontaires = p.etape("en_parcours"), p.etape("volontaires")
    proposes, recenses = p.etape("proposes"), p.etape("recenses")
    return les_dites(
        [
            Cle(
                dire(p.effectives),
                f"{_accord(p.effectives, 'mobilité effective,mobilités effectives')}, sur "
                f"{compter(p.objectif, 'visée')}{au(p.effectives, p)}",
            ),
            Cle(
                dire(p.engagees),
                f"{_accord(p.engagees, 'autre acceptée,autres acceptées')}, prise de poste à "
                f"venir{au(p.engagees, p)}",
            ),
            Cle(
                dire(entres),
                f"{_accord(entres, 'personne entrée,personnes entrées')} en parcours{au(entres, p)}",
            ),
            Cle(dire(volontaires), f"{_accord(volontaires, 'volontaire')}{au(volontaires, p)}"),
            Cle(
                dire(proposes),
                f"{_accord(proposes, 'personne a reçu,personnes ont reçu')} une proposition de "
                f"poste{au(proposes, p)}",
            ),
            Cle(dire(recenses), f"{_accord(recenses, 'personne recensée')}{au(recenses, p)}"),
        ]
    )


def les_dites(cles: list[Cle]) -> list[Cle]:
    """The first four that are told; those that are not, only where nearly nothing is."""
    dites = [cle for cle in cles if cle.valeur != NON_COMMUNIQUE][:4]
    return dites if len(dites) > 1 else cles[:4]


def _accord(chiffre: Chiffre, formes: str) -> str:
    return accorder(2 if chiffre.valeur is None else chiffre.valeur, formes)


def titre_courbe(p: Publication) -> str:
    faites, t = p.effectives, p.trajectoire
    if faites.valeur is None:
        return ""
    return (
        f"{capitale(RYTHMES[t.rythme])} : {compter(faites.valeur, 'mobilité')} pour "
        f"{compter(t.prevues, 'prévue')} au {_jour(faites)}"
    )


# --- The paragraphs that one may rewrite, as they are proposed ------------------------------------


def retard_propose(p: Publication) -> str:
    """Where we stand, why as far as the figures say, and what is open to make up for it."""
    faites, t = p.effectives, p.trajectoire
    if faites.valeur is None or t.rythme in {Rythme.A_VENIR, Rythme.TENU, Rythme.ATTEINT}:
        phrases = ["La démarche suit le calendrier convenu."]
        if t.rythme == Rythme.ATTEINT:
            phrases = ["L’objectif fixé au départ est atteint."]
    else:
        phrases = [
            f"Au {_jour(faites)}, {compter(faites.valeur, 'mobilité est effective,mobilités sont effectives')} "
            f"pour {compter(t.prevues, 'prévue')} : il en manque {t.prevues - faites.valeur}."
        ]
    phrases += _ou_l_on_perd(p)
    if p.engagees.valeur:
        phrases.append(
            f"{capitale(compter(p.engagees.valeur, 'autre est acceptée,autres sont acceptées'))} "
            "et attendent leur date de prise de poste."
        )
    ouverts = {nom: n for nom, n, _ in p.autres}.get("Postes ouverts aux vœux")
    if ouverts:
        phrases.append(
            f"{capitale(compter(ouverts, 'poste est ouvert,postes sont ouverts'))} aujourd’hui "
            "aux vœux des participants."
        )
    return " ".join(phrases)


def _ou_l_on_perd(p: Publication) -> list[str]:
    """The step where most do not go on, when both numbers are told, of one day."""
    recues, acceptees = p.etape("proposes"), p.etape("acceptees")
    if recues.valeur is None or acceptees.valeur is None or recues.au != acceptees.au:
        return []
    if acceptees.valeur >= recues.valeur:
        return []
    return [
        f"{capitale(compter(recues.valeur, 'personne a reçu,personnes ont reçu'))} une proposition "
        f"de poste, {nombre_texte(acceptees.valeur)} l’ont acceptée : refuser reste libre, et sans "
        "conséquence."
    ]


def demande_proposee(collectivite: Collectivite, etapes: list[tuple[str, date]]) -> str:
    """What is asked of these élus: to take note, and the next thing that needs their voice."""
    phrases = [f"Prendre acte de l’avancement de la démarche dans {collectivite.la}."]
    if etapes:
        intitule, jour = etapes[0]
        phrases.append(f"Prévoir, le {date_texte(jour)} : {minuscule(intitule)}.")
    return " ".join(phrases)


def langage_propose(p: Publication) -> str:
    n = en_lettres(len(p.collectivites))
    employeurs = f"Nos {n} collectivités ouvrent" if len(p.collectivites) > 1 else "Nous ouvrons"
    return (
        f"{employeurs} leurs postes aux mêmes personnes : on peut changer de métier, et d’employeur, "
        "sans quitter le territoire. Chacun est volontaire ; refuser un poste ne coûte rien."
    )


def abreger(texte: str, place: int = 900) -> str:
    """Whole sentences, as many as the paragraph of a document takes."""
    texte = " ".join(texte.split())
    if len(texte) <= place:
        return texte
    debut = texte[:place]
    fin = max(debut.rfind(point) for point in (". ", " ; ", "! ", "? "))
    return debut[: fin + 1].rstrip(" ;") if fin > 0 else debut


def minuscule(texte: str) -> str:
    """In the middle of a sentence, unless the first word is an acronym."""
    return texte if texte[:2].isupper() else texte[:1].lower() + texte[1:]
