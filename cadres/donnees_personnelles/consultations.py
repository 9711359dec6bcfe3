"""The trace of who read a file. The middleware writes it once the page is made."""

from collections.abc import Iterable

from django.utils import timezone

from cadres.models import Cadre, Consultation
from collectivites.acteurs.acces import Requete


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


def noter_une_fois_par_jour(
    request: Requete, cadres: Iterable[int], nature: Consultation.Nature
) -> None:
    """The same, for a page that names dozens and is opened all day long: once a day for each reader.

    One query; the middleware inserts what is new.
    """
    matin = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    deja = Consultation.objects.filter(
        utilisateur=request.acteur.utilisateur,
        role=request.acteur.role,
        collectivite=request.acteur.collectivite,
        nature=nature,
        quand__gte=matin,
    ).values("cadre")
    lus = Cadre.objects.filter(pk__in=set(cadres)).exclude(pk__in=deja)
    noter_consultations(request, lus, nature)
