"""The account of a cadre: opened by invitation, tied to their file."""

from django.conf import settings
from django.urls import reverse

from cadres.models import Cadre
from collectivites.comptes import lien_invitation
from collectivites.erreurs import ActionImpossible
from collectivites.models import Mandat, Utilisateur
from collectivites.roles import Role

ADRESSE_REFUSEE = (
    "Cette adresse ne peut pas recevoir d’invitation. Vérifiez-la avec la personne, "
    "corrigez sa fiche, puis recommencez."
)


def ouvrir_compte(cadre: Cadre) -> Utilisateur:
    """The account of the person, with a live mandat of cadre in their collectivité."""
    utilisateur = cadre.utilisateur
    if utilisateur is None:
        utilisateur = Utilisateur.objects.filter(email__iexact=cadre.courriel).first()
        if utilisateur is None:
            utilisateur = Utilisateur.objects.create_user(
                cadre.courriel, prenom=cadre.prenom, nom=cadre.nom
            )
        elif not utilisateur.is_active or Cadre.objects.filter(utilisateur=utilisateur).exists():
            # Says nothing of the other file: it may be another employer's.
            raise ActionImpossible(ADRESSE_REFUSEE)
        cadre.utilisateur = utilisateur
        cadre.save(update_fields=["utilisateur"])
    ouvrir_mandat(utilisateur, cadre)
    return utilisateur


def ouvrir_mandat(utilisateur: Utilisateur, cadre: Cadre) -> None:
    deja = Mandat.objects.en_vigueur().filter(
        utilisateur=utilisateur, collectivite=cadre.collectivite_id, role=Role.CADRE
    )
    if not deja.exists():
        Mandat.objects.create(
            utilisateur=utilisateur, collectivite_id=cadre.collectivite_id, role=Role.CADRE
        )


def suivre_adresse(cadre: Cadre) -> None:
    """A corrected e-mail moves the invitation, as long as nobody has used the account.

    The link sent to the wrong address dies with it. An account already in use keeps its address:
    changing it would hand somebody's account over.
    """
    utilisateur = cadre.utilisateur
    nouvelle = cadre.courriel.lower()
    if utilisateur is None or not nouvelle or utilisateur.email == nouvelle:
        return
    if utilisateur.has_usable_password() or utilisateur.last_login is not None:
        return
    if Utilisateur.objects.filter(email__iexact=nouvelle).exists():
        raise ActionImpossible(ADRESSE_REFUSEE)
    utilisateur.email = nouvelle
    utilisateur.save(update_fields=["email"])


def lien_personnel(utilisateur: Utilisateur) -> str:
    """Where the mail leads: choosing a password the first time, straight to the answer after."""
    if not utilisateur.has_usable_password():
        return lien_invitation(utilisateur)
    return f"{settings.QUATUOR_SITE.rstrip('/')}{reverse('cadres:ma_candidature')}"
