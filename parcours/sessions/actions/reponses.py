"""What calendars answer to our invitations. A decline changes nothing: the person is asked, and a seat is
given back by the link of that mail alone, once.
"""

from __future__ import annotations

from typing import Any

from django.core import signing

from cadres.candidature.comptes import adresse_de
from cadres.models import Cadre
from collectivites.communs.typographie import cite
from collectivites.travaux.reponses import Reponse
from parcours import verrous
from parcours.models import Immersion, InscriptionSession, RendezVousCoaching, SuiviEtape
from parcours.mots import Actes
from parcours.sessions import courriels
from parcours.sessions.actions.places import asseoir_les_suivants, quitter
from parcours.suites import noter

_SEL = "quatuor.place_a_rendre"


def recevoir(reponse: Reponse) -> bool:
    """Whether the meeting is one of the parcours, and its answer from whom it invited."""
    trouvee = _invite(reponse)
    if trouvee is None:
        return False
    objet, cadre = trouvee
    if adresse_de(cadre).lower() != reponse.adresse:
        return False
    if reponse.decline:
        _demander(objet)
    return True


def _invite(reponse: Reponse) -> tuple[Any, Cadre] | None:
    """What the meeting is, and who was invited."""
    for modele, chemin in (
        (InscriptionSession, "cadre"),
        (SuiviEtape, "inscription__cadre"),
        (RendezVousCoaching, "accompagnement__cadre"),
        (Immersion, "cadre"),
    ):
        objet = (
            modele._default_manager.filter(uid_agenda=reponse.uid)
            .select_related(f"{chemin}__utilisateur", f"{chemin}__collectivite__demarche")
            .first()
        )
        if objet is not None:
            cadre: Any = objet
            for champ in chemin.split("__"):
                cadre = getattr(cadre, champ)
            return objet, cadre
    return None


def _demander(objet: Any) -> None:
    if isinstance(objet, InscriptionSession):
        if objet.est_vivante and not objet.session.est_commencee:
            courriels.demander_si_la_place_est_rendue(objet, jeton(objet))
    elif isinstance(objet, SuiviEtape):
        if objet.est_a_venir:
            courriels.dire_ou_prevenir(objet.inscription.cadre, objet, "pilotage:mon_parcours")
    elif isinstance(objet, RendezVousCoaching):
        if objet.est_a_venir:
            cadre = objet.accompagnement.cadre
            courriels.dire_ou_prevenir(cadre, objet, "parcours:mon_accompagnement")
    elif isinstance(objet, Immersion) and objet.est_accordee:
        courriels.dire_ou_prevenir(objet.cadre, objet, "parcours:immersions")


def jeton(place: InscriptionSession) -> str:
    """Opens nothing but this seat, as the person knew it: another date wants another answer."""
    return signing.dumps([place.pk, place.revision], salt=_SEL, compress=True)


def lire_le_jeton(jeton: str) -> tuple[InscriptionSession, bool] | None:
    """The place, and whether it may still be given back by this link; None for a forged one."""
    try:
        pk, revision = signing.loads(jeton, salt=_SEL)
    except (signing.BadSignature, ValueError):
        return None
    place = (
        InscriptionSession.objects.filter(pk=pk)
        .select_related("session__prestation", "cadre__collectivite__demarche")
        .first()
    )
    return None if place is None else (place, _est_a_rendre(place, revision))


def _est_a_rendre(place: InscriptionSession, revision: int) -> bool:
    return place.est_vivante and place.revision == revision and not place.session.est_commencee


def rendre_par_le_lien(jeton: str) -> bool:
    """The person confirms: their seat goes to the next who waits. False the second time."""
    lu = lire_le_jeton(jeton)
    if lu is None or not lu[1]:
        return False
    connue = lu[0].revision
    place = verrous.place(lu[0])
    if not _est_a_rendre(place, connue):
        return False
    quitter(place)
    libelle = (
        f"Session {cite(place.session.prestation.intitule)}, inscription annulée par la personne, "
        "depuis le lien d’un courriel"
    )
    noter(None, place, Actes.PLACE_ANNULEE, libelle, cadre=place.cadre)
    courriels.annoncer_desistement(place, par_sa_drh=False)
    asseoir_les_suivants(place.session)
    return True
