"""The trace of who read a file. The middleware writes it once the page is made."""

from collections.abc import Iterable

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
