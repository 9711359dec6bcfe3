"""The list behind a figure: the same rows that it counts, for whoever may read them.

Of one's own employer, each row is named. Of the whole démarche, the rows that the reader may name are,
and the others are counted together: so the list says as many as the figure, and nothing more. Another
employer's own figure has none: who is where, at another, is that employer's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import compter, date_texte
from collectivites.models import Collectivite
from opportunites.models import Mobilite, Opportunite, Reserve, Suivi
from pilotage.indicateurs.entonnoir import CODES, ETAPES, candidatures_a
from pilotage.indicateurs.sql import ENTIER, Perimetre
from pilotage.indicateurs.suivi import en_attente

SANS_PROPOSITION = "sans-proposition"
DEPARTS, ARRIVEES = "departs", "arrivees"
#: « vers-12 », « de-12 »: moves from mine to another, from another to mine.
VERS, DE = "vers-", "de-"
#: « volontaires-ensemble »: of the whole démarche.
ENSEMBLE = "-ensemble"
EFFECTIVES, ENGAGEES = "mobilites-effectives", "mobilites-engagees"
OUVERTS, POURVUS = "postes-ouverts", "postes-pourvus"
RESERVES, SANS_PLAN = "reserves", "equipes-sans-plan"
#: « suivis-6 », « suivis-12 »: answers at six, at twelve months.
SUIVIS = "suivis-"
#: As many rows as a page shows; the number is that of all.
LIMITE = 500
#: Of another employer's people, one knows that they said yes, and that they are in a promotion.
_CONNUES_DE_TOUS = ("recenses", "volontaires", "en_parcours")


@dataclass(frozen=True)
class Rang:
    """One row; or several, that the reader may not name: they count all the same."""

    nom: str
    url: str
    precision: str
    combien: int = 1


@dataclass(frozen=True)
class Liste:
    titre: str
    rangs: list[Rang]
    nombre: int
    unite: str = "personne"

    @property
    def sous_titre(self) -> str:
        """« 18 personnes », « 900 personnes, dont les 500 premières »."""
        texte = compter(self.nombre, self.unite)
        montrees = sum(rang.combien for rang in self.rangs)
        return texte if montrees == self.nombre else f"{texte}, dont voici les {LIMITE} premières"


def lire(acteur: Acteur, quoi: str, part: Perimetre = ENTIER) -> Liste:
    """The list behind a figure, as the acteur may read it. Four queries at most; 404 for another's."""
    code, ensemble = quoi.removesuffix(ENSEMBLE), quoi.endswith(ENSEMBLE)
    if code in CODES:
        return _etape(acteur, code, part, ensemble=ensemble)
    if code == SANS_PROPOSITION:
        lignes = en_attente(acteur, timezone.now())
        siennes = lignes.filter(cadre__collectivite=acteur.collectivite)
        chez = "" if ensemble else f", {acteur.collectivite.nom_court}"
        titre = f"Sans proposition depuis 8 semaines{chez}"
        return _personnes(acteur, titre, lignes if ensemble else siennes, siennes)
    lecture = {
        OUVERTS: _postes,
        POURVUS: _postes,
        RESERVES: _reserves,
        EFFECTIVES: _toutes_les_mobilites,
        ENGAGEES: _toutes_les_mobilites,
    }.get(quoi)
    if lecture is not None:
        return lecture(acteur, quoi, part)
    if quoi.startswith(SUIVIS):
        return _suivis(acteur, quoi)
    return _mobilites(acteur, quoi, part)


# --- People ---------------------------------------------------------------------------------------


def _etape(acteur: Acteur, code: str, part: Perimetre, *, ensemble: bool) -> Liste:
    mienne = acteur.collectivite
    libelle = next(libelle for c, libelle, _ in ETAPES if c == code)
    tous = candidatures_a(acteur.demarche, code, part)
    siens = tous.filter(depart=mienne.pk)
    if not ensemble:
        return _personnes(acteur, f"{libelle}, d’origine {mienne.nom}", siens, siens)
    nommables = tous if code in _CONNUES_DE_TOUS else siens
    return _personnes(acteur, f"{libelle}, toutes collectivités", tous, nommables)


def _personnes(
    acteur: Acteur, titre: str, candidatures: QuerySet[Any], nommables: QuerySet[Any]
) -> Liste:
    """Those of the `nommables` whose file is open to the acteur, by name; the others in one row."""
    nombre = candidatures.count()
    lisibles = Cadre.objects.visibles_par(acteur).filter(
        pk__in=nommables.values("cadre"), anonymise_le=None
    )
    cadres = list(
        lisibles.select_related("poste", "collectivite").order_by("nom", "prenom", "pk")[:LIMITE]
    )
    nommes = len(cadres) if len(cadres) < LIMITE else lisibles.count()
    reste = "que cette liste ne nomme pas"
    return _liste(titre, [_personne(c) for c in cadres], nombre, nommes, "personne", reste)


def _liste(
    titre: str, rangs: list[Rang], nombre: int, nommes: int, unite: str, reste: str
) -> Liste:
    if autres := nombre - nommes:
        rangs.append(Rang(f"{compter(autres, unite)} {reste}", "", "", autres))
    return Liste(titre, rangs, nombre, unite)


def _personne(cadre: Cadre) -> Rang:
    poste = f"{cadre.poste.intitule}, " if cadre.poste else ""
    url = reverse("cadres:fiche", args=[cadre.pk])
    return Rang(f"{cadre.nom} {cadre.prenom}", url, f"{poste}{cadre.collectivite.nom}")


# --- Moves ----------------------------------------------------------------------------------------


def _toutes_les_mobilites(acteur: Acteur, quoi: str, part: Perimetre) -> Liste:
    """Effective, of the part that is read; engaged, of the whole démarche."""
    faites = quoi == EFFECTIVES
    lignes = Mobilite.objects.filter(
        collectivite_accueil__demarche=acteur.demarche,
        etat=Mobilite.Etat.EFFECTIVE if faites else Mobilite.Etat.OUVERTE,
    )
    if faites:
        lignes = _de_la_part(lignes, part)
    siennes = Mobilite.objects.visibles_par(acteur).filter(pk__in=lignes.values("pk"))
    titre = "Mobilités effectives" if faites else "Mobilités engagées, prise de poste à venir"
    return _liste(
        titre,
        _rangs(siennes),
        lignes.count(),
        siennes.count(),
        "mobilité",
        "entre d’autres employeurs",
    )


def _mobilites(acteur: Acteur, quoi: str, part: Perimetre) -> Liste:
    """Moves that leave the acteur's employer or reach it, from or to another one; or those that leave
    one of its teams without a plan."""
    mienne = acteur.collectivite
    if quoi == SANS_PLAN:
        lignes = Mobilite.objects.visibles_par(acteur).sans_plan()
        lignes = lignes.filter(collectivite_origine=mienne)
        return _des_miennes("Départs qui laissent une équipe sans plan de remplacement", lignes)
    partent = quoi == DEPARTS or quoi.startswith(VERS)
    cotes = ("origine", "accueil") if partent else ("accueil", "origine")
    lignes = _de_la_part(Mobilite.objects.visibles_par(acteur), part).filter(
        etat=Mobilite.Etat.EFFECTIVE, **{f"collectivite_{cotes[0]}": mienne}
    )
    sens = "Départs" if partent else "Arrivées"
    autre = _autre(acteur, quoi)
    if autre is None:
        lignes = lignes.exclude(**{f"collectivite_{cotes[1]}": mienne})
        return _des_miennes(f"{sens}, mobilités effectives", lignes)
    lignes = lignes.filter(**{f"collectivite_{cotes[1]}": autre})
    return _des_miennes(f"{sens}, {'vers' if partent else 'depuis'} {autre.nom}", lignes)


def _de_la_part(lignes: Any, part: Perimetre) -> Any:
    return lignes.filter(part.personnes(), part.jours("date_effet", horodate=False))


def _des_miennes(titre: str, lignes: QuerySet[Any]) -> Liste:
    return Liste(titre, _rangs(lignes), lignes.count(), "mobilité")


def _rangs(lignes: QuerySet[Any]) -> list[Rang]:
    lues = lignes.select_related("cadre", "poste_accueil").order_by("date_effet", "pk")
    return [_mobilite(ligne) for ligne in lues[:LIMITE]]


def _autre(acteur: Acteur, quoi: str) -> Collectivite | None:
    """The other employer that the address names; None for the margins."""
    if quoi in (DEPARTS, ARRIVEES):
        return None
    cle = quoi.removeprefix(VERS).removeprefix(DE)
    autres: Iterable[Collectivite] = Collectivite.objects.visibles_par(acteur)
    autre = next((c for c in autres if str(c.pk) == cle and c != acteur.collectivite), None)
    if autre is None or not quoi.startswith((VERS, DE)):
        raise Http404
    return autre


def _mobilite(mobilite: Mobilite) -> Rang:
    quand = f", le {date_texte(mobilite.date_effet)}" if mobilite.date_effet else ""
    return Rang(
        f"{mobilite.cadre.nom} {mobilite.cadre.prenom}",
        reverse("opportunites:mobilite", args=[mobilite.pk]),
        f"{mobilite.poste_accueil.intitule}{quand}",
    )


# --- Postes, reserves, follow-ups -----------------------------------------------------------------


def _postes(acteur: Acteur, quoi: str, part: Perimetre) -> Liste:
    """Open ones are read by all; who filled which is the host's."""
    etats = Opportunite.ETATS_OUVERTS if quoi == OUVERTS else (Opportunite.Etat.POURVUE,)
    tous = Opportunite.objects.filter(poste__collectivite__demarche=acteur.demarche, etat__in=etats)
    lisibles = Opportunite.objects.visibles_par(acteur).filter(pk__in=tous.values("pk"))
    lus = lisibles.select_related("poste__collectivite").order_by("poste__collectivite", "pk")
    rangs = [
        Rang(
            offre.poste.intitule,
            reverse("opportunites:opportunite", args=[offre.pk]),
            offre.poste.collectivite.nom,
        )
        for offre in lus[:LIMITE]
    ]
    titre = "Postes ouverts aujourd’hui" if quoi == OUVERTS else "Postes pourvus"
    return _liste(titre, rangs, tous.count(), lisibles.count(), "poste", "d’autres employeurs")


def _reserves(acteur: Acteur, quoi: str, part: Perimetre) -> Liste:
    toutes = Reserve.objects.filter(collectivite__demarche=acteur.demarche)
    lisibles = Reserve.objects.visibles_par(acteur).filter(pk__in=toutes.values("pk"))
    lues = lisibles.select_related(
        "collectivite", "proposition__opportunite__poste", "proposition__cadre"
    ).order_by("-deposee_le", "pk")
    rangs = [
        Rang(
            str(r.proposition.opportunite.poste.intitule),
            reverse("opportunites:proposition", args=[r.proposition_id]),
            f"{r.get_etat_display()}, déposée par {r.collectivite.la} le {date_texte(timezone.localdate(r.deposee_le))}",
        )
        for r in lues[:LIMITE]
    ]
    return _liste(
        "Réserves techniques",
        rangs,
        toutes.count(),
        lisibles.count(),
        "réserve",
        "entre d’autres employeurs",
    )


def _suivis(acteur: Acteur, quoi: str) -> Liste:
    """The answers at six or twelve months: each voice reads itself alone."""
    mois = quoi.removeprefix(SUIVIS)
    if mois not in {str(m) for m in Suivi.MOIS}:
        raise Http404
    reponses = Suivi.objects.filter(
        mobilite__collectivite_accueil__demarche=acteur.demarche,
        mois=int(mois),
        renseigne_le__isnull=False,
    )
    siennes = Suivi.objects.visibles_par(acteur).filter(pk__in=reponses.values("pk"))
    lues = siennes.select_related("mobilite__cadre", "mobilite__poste_accueil")
    rangs = [
        Rang(
            f"{s.mobilite.cadre.nom} {s.mobilite.cadre.prenom}",
            reverse("opportunites:mobilite", args=[s.mobilite_id]),
            str(s.mobilite.poste_accueil.intitule),
        )
        for s in lues.order_by("mobilite__cadre__nom", "pk")[:LIMITE]
    ]
    titre = f"Réponses, {mois} mois après la prise de poste"
    reste = dire("données par les cadres ou par d’autres employeurs")
    return _liste(titre, rangs, reponses.count(), siennes.count(), "réponse", reste)
