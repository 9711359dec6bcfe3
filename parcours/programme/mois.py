"""The month of a promotion, computed: what each day holds, week by week. Nobody is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import decaler, est_ouvre, minuit
from collectivites.communs.typographie import compter, heure_texte
from parcours.models import Promotion, Session, SuiviEtape


@dataclass(frozen=True)
class Date:
    """Something on a day. `genre`: a common date, one's own people's, a session, immersions."""

    genre: str
    titre: str
    detail: str = ""
    url: str = ""
    debut: datetime | None = None


@dataclass
class Jour:
    jour: date
    du_mois: bool
    dates: list[Date] = field(default_factory=list)

    @property
    def est_aujourdhui(self) -> bool:
        return self.jour == timezone.localdate()

    @property
    def classes(self) -> str:
        """How its cell looks (static/css/parcours.css)."""
        etats = {
            "est-ailleurs": not self.du_mois,
            "est-ici": self.est_aujourdhui,
            "est-vide": not self.dates,
        }
        return " ".join(classe for classe, vrai in etats.items() if vrai)

    @property
    def est_ferie(self) -> bool:
        return self.jour.weekday() < 5 and not est_ouvre(self.jour)


def mois_de(texte: str, promotion: Promotion) -> date:
    """The first day of that month (« 2027-03 »); else of today's, kept within the promotion."""
    try:
        jour = date.fromisoformat(f"{texte}-01")
    except ValueError:
        jour = timezone.localdate()
    return min(max(jour, promotion.date_debut), promotion.date_fin).replace(day=1)


def semaines(acteur: Acteur, promotion: Promotion, premier: date) -> list[list[Jour]]:
    """Weeks from Monday to Sunday that hold the month. Three queries, whatever the number."""
    lundi = premier - timedelta(days=premier.weekday())
    dernier = decaler(premier, mois=1) - timedelta(days=1)
    dimanche = dernier + timedelta(days=6 - dernier.weekday())
    tenues: dict[date, list[Date]] = defaultdict(list)
    for jour, chose in _choses(acteur, promotion, lundi, dimanche):
        tenues[jour].append(chose)
    jours = [
        Jour(
            jour := lundi + timedelta(days=n),
            jour.month == premier.month,
            sorted(tenues[jour], key=lambda chose: chose.debut or minuit(jour)),
        )
        for n in range((dimanche - lundi).days + 1)
    ]
    return [jours[n : n + 7] for n in range(0, len(jours), 7)]


def _choses(
    acteur: Acteur, promotion: Promotion, premier: date, dernier: date
) -> Iterator[tuple[date, Date]]:
    adresse = reverse("parcours:promotion", args=[promotion.pk])
    for etape in promotion.etapes.all():
        if etape.date_prevue:
            detail = ", ".join(filter(None, (heure_texte(etape.date_prevue), etape.lieu)))
            commune = Date("commune", etape.intitule, detail, adresse, etape.date_prevue)
            yield timezone.localdate(etape.date_prevue), commune
        if etape.periode_debut and etape.periode_fin:
            yield etape.periode_debut, Date("immersion", etape.intitule, "début de la période")
            yield etape.periode_fin, Date("immersion", etape.intitule, "fin de la période")
    borne = (minuit(premier), minuit(dernier + timedelta(days=1)))
    yield from _des_siens(acteur, promotion, borne, adresse)
    yield from _sessions(acteur, borne)


def _des_siens(
    acteur: Acteur, promotion: Promotion, borne: tuple[datetime, datetime], adresse: str
) -> Iterator[tuple[date, Date]]:
    """How many of one's own people have an appointment of their own."""
    par_heure = (
        SuiviEtape.objects.visibles_par(acteur)
        .filter(
            inscription__promotion=promotion,
            inscription__cadre__collectivite=acteur.collectivite,
            etape__date_prevue__isnull=True,
            quand__gte=borne[0],
            quand__lt=borne[1],
        )
        .exclude(etat=SuiviEtape.Etat.ANNULEE)
        .order_by()
        .values("etape__intitule", "quand__date")
        .annotate(personnes=Count("pk"), premier=Min("quand"))
    )
    for ligne in par_heure:
        combien = f"{compter(ligne['personnes'], 'cadre')} de votre collectivité"
        chose = Date("siens", ligne["etape__intitule"], combien, adresse, ligne["premier"])
        yield timezone.localdate(ligne["premier"]), chose


def _sessions(acteur: Acteur, borne: tuple[datetime, datetime]) -> Iterator[tuple[date, Date]]:
    """The sessions of the catalogue that take place then, each of their half-days."""
    sessions = (
        Session.objects.visibles_par(acteur)
        .filter(debut__lt=borne[1], fin__gte=borne[0])
        .exclude(etat=Session.Etat.ANNULEE)
        .select_related("prestation__collectivite")
    )
    for session in sessions:
        url = reverse("parcours:session", args=[session.pk])
        for debut, _ in session.demi_journees:
            heure = "" if session.journee_entiere else f"{heure_texte(debut)}, "
            detail = f"{heure}{session.prestation.collectivite.nom_court}"
            chose = Date("session", session.prestation.intitule, detail, url, debut)
            yield timezone.localdate(debut), chose
