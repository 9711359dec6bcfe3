"""The trace of who read a file. The middleware writes it once the page is made."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from cadres.models import Cadre, Consultation
from collectivites.acteurs.acces import Requete, RequeteOuverte

#: Keys in one statement: below the number of marks that SQLite takes.
PAR_LOT = 500


def noter_consultations(
    request: Requete, cadres: Iterable[Cadre], nature: Consultation.Nature
) -> None:
    """Note that the acteur read, or exported, these files. One's own file is not noted."""
    acteur = request.acteur
    request.consultations += [
        Consultation(
            cadre=cadre,
            utilisateur=acteur.utilisateur,
            collectivite=acteur.collectivite,
            role=acteur.role,
            nature=nature,
        )
        for cadre in cadres
        if cadre.utilisateur_id != acteur.utilisateur.pk
    ]


def noter_un_export(request: Requete, cadres: Iterable[Cadre]) -> None:
    """Keys alone, for a list of any length: `inscrire_l_export` writes them once the file is made."""
    moi = request.acteur.utilisateur.pk
    request.exportes.extend(cadre.pk for cadre in cadres if cadre.utilisateur_id != moi)


def inscrire_l_export(request: RequeteOuverte) -> None:
    """Once a day for each reader and file, however often they export it: the person reads who has it, and
    the table does not grow with each click. One statement a lot, no row in memory."""
    acteur = request.acteur
    assert acteur is not None, "somebody exported"
    ops = connection.ops
    maintenant = timezone.now()
    qui: list[int | str] = [
        acteur.utilisateur.pk,
        acteur.collectivite.pk,
        str(acteur.role),
        Consultation.Nature.EXPORT.value,
    ]
    quand: list[Any] = [ops.adapt_datetimefield_value(jour) for jour in (maintenant, _matin())]
    with connection.cursor() as curseur:
        for debut in range(0, len(request.exportes), PAR_LOT):
            lot = list(request.exportes[debut : debut + PAR_LOT])
            marques = ", ".join(["%s"] * len(lot))
            curseur.execute(
                "INSERT INTO cadres_consultation "  # noqa: S608 (marks alone are put in)
                "(cadre_id, utilisateur_id, collectivite_id, role, nature, quand) "
                "SELECT c.id, %s, %s, %s, %s, %s FROM cadres_cadre c "
                f"WHERE c.id IN ({marques}) AND NOT EXISTS (SELECT 1 FROM cadres_consultation k "
                "WHERE k.cadre_id = c.id AND k.utilisateur_id = %s AND k.collectivite_id = %s "
                "AND k.role = %s AND k.nature = %s AND k.quand >= %s)",
                [*qui, quand[0], *lot, *qui, quand[1]],
            )


def _matin() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def noter_une_fois_par_jour(
    request: Requete, cadres: Iterable[int], nature: Consultation.Nature
) -> None:
    """The same, for a page that names dozens and is opened all day long: once a day for each reader.

    One query; the middleware inserts what is new.
    """
    deja = Consultation.objects.filter(
        utilisateur=request.acteur.utilisateur,
        role=request.acteur.role,
        collectivite=request.acteur.collectivite,
        nature=nature,
        quand__gte=_matin(),
    ).values("cadre")
    lus = Cadre.objects.filter(pk__in=set(cadres)).exclude(pk__in=deja)
    noter_consultations(request, lus, nature)
