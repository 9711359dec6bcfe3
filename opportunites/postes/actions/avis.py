"""What the host says of those who ranked its poste: whom it would take, in what order, and why."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.journal import noter
from opportunites.models import Avis, Opportunite, Voeu
from opportunites.mots import Actes
from opportunites.postes.predicats import refus_donner_avis

Sens = Avis.Sens


def donner_avis(
    *, acteur: Acteur, opportunite: Opportunite, cadre: Cadre, sens: str, motif: str
) -> Avis:
    """Say yes (last of those one would take, until ranked) or no, with a reason; or change one's mind."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_donner_avis(acteur, opportunite))
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi en quelques mots : la personne les lira.")
    if not Voeu.objects.visibles_par(acteur).filter(opportunite=opportunite, cadre=cadre).exists():
        raise ActionImpossible("Un avis se donne sur une personne qui a classé ce poste.")
    sens = Sens(sens)
    avis = Avis.objects.filter(opportunite=opportunite, cadre=cadre).first()
    if avis is None:
        avis = Avis(opportunite=opportunite, cadre=cadre)
    if sens == Sens.DEFAVORABLE:
        avis.rang = None
    elif avis.rang is None:
        avis.rang = max((a.rang or 0 for a in _favorables(opportunite)), default=0) + 1
    avis.sens, avis.motif, avis.donne_le = sens, motif.strip(), timezone.now()
    avis.save()
    resserrer(opportunite)
    avis.refresh_from_db()
    avis.opportunite = opportunite
    noter(
        acteur,
        avis,
        Actes.AVIS_DONNE,
        "Avis de l’accueil",
        cadre_ref=cadre.pk,
        motif=avis.motif,
        details={"sens": sens.value},
    )
    return avis


def classer_avis(*, acteur: Acteur, opportunite: Opportunite, ordre: list[int]) -> None:
    """Order those one would take as `ordre` (keys of avis) says; what it does not name follows."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_donner_avis(acteur, opportunite))
    favorables = _favorables(opportunite)
    place = {pk: position for position, pk in enumerate(ordre)}
    # Those that the acteur does not see keep their place: it is not theirs to change.
    vus = set(
        Avis.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .values_list("pk", flat=True)
    )
    voulus = iter(
        sorted(
            (a for a in favorables if a.pk in vus),
            key=lambda a: (place.get(a.pk, len(ordre)), a.rang or 0),
        )
    )
    ranges = [next(voulus) if a.pk in vus else a for a in favorables]
    if ranges == favorables:
        return
    _numeroter(ranges)
    noter(
        acteur,
        opportunite,
        Actes.AVIS_CLASSE,
        "Candidats classés par l’accueil",
        details={"ordre": [a.pk for a in ranges]},
    )


def resserrer(opportunite: Opportunite) -> None:
    """Ranks without holes, after one has left. The poste is locked by whoever calls."""
    _numeroter(_favorables(opportunite))


def oublier_les_avis(cadre: Cadre, opportunite: Opportunite | None = None) -> None:
    """The wish is gone: what was said of it goes too. Without a poste: all of the person's."""
    siens = Avis.objects.filter(cadre=cadre)
    if opportunite is not None:
        siens = siens.filter(opportunite=opportunite)
    for pk in sorted(siens.values_list("opportunite_id", flat=True)):
        poste = verrous.opportunite(pk)
        Avis.objects.filter(cadre=cadre, opportunite=poste).delete()
        resserrer(poste)


def _favorables(opportunite: Opportunite) -> list[Avis]:
    return list(Avis.objects.filter(opportunite=opportunite, sens=Sens.FAVORABLE).order_by("rang"))


def _numeroter(ranges: list[Avis]) -> None:
    """Two passes, since no two rows may hold one rank even for an instant."""
    if [a.rang for a in ranges] == list(range(1, len(ranges) + 1)):
        return
    libre = max(a.rang or 0 for a in ranges) + len(ranges)
    for depart in (libre, 0):
        for rang, avis in enumerate(ranges, start=depart + 1):
            avis.rang = rang
            avis.save(update_fields=["rang"])
