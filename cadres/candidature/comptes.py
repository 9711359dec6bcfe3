"""The account of a cadre: opened by invitation, tied to their file."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cadres.models import AncienIdentifiant, Cadre
from cadres.mots import MotifDepart, NatureIdentifiant
from cadres.recensement.champs.noms import cle_nom
from collectivites.acteurs.acteur import Acteur
from collectivites.comptes.adresses.rattachement import ouvrir_a_l_adresse, porter
from collectivites.comptes.invitations import DOMAINE_ANONYME, lien_invitation
from collectivites.garanties import mur
from collectivites.models import Collectivite, Mandat, Utilisateur
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import exiger
from collectivites.travaux import courriels

ADRESSE_D_EMPLOYEUR = (
    "Cette adresse est celle d’une autre personne, qui agit pour votre collectivité. "
    "Donnez celle du cadre : sa réponse n’appartient qu’à lui."
)


def adresses_d_employeur(collectivite: Collectivite) -> dict[str, str]:
    """E-mail → whose it is (a comparison key), for those who act or acted for this employer, as its own
    pages say. Of anybody else an address tells nothing: see `collectivites.comptes.adresses.rattachement`.

    A DRH may be listed as a cadre, in their own name; nobody else's file bears their address.
    """
    comptes = (
        Mandat.objects.filter(role__in=ROLES_EMPLOYEUR, collectivite=collectivite)
        .values_list("utilisateur__email", "utilisateur__nom", "utilisateur__prenom")
        .distinct()
    )
    return {email.lower(): cle_nom(nom, prenom) for email, nom, prenom in comptes}


def adresses_nommees(collectivite: Collectivite) -> dict[str, str]:
    """E-mail → name, for the employer's own people: its HR direction may know whose it is."""
    comptes = (
        Mandat.objects.filter(role__in=ROLES_EMPLOYEUR, collectivite=collectivite)
        .values_list("utilisateur__email", "utilisateur__prenom", "utilisateur__nom")
        .distinct()
    )
    return {email.lower(): f"{prenom} {nom}" for email, prenom, nom in comptes}


def refus_adresse(collectivite: Collectivite, courriel: str, nom: str, prenom: str) -> str | None:
    """Why a file of that employer may not bear that address."""
    a_qui = adresses_d_employeur(collectivite).get(courriel.strip().lower()) if courriel else None
    return ADRESSE_D_EMPLOYEUR if a_qui not in {None, cle_nom(nom, prenom)} else None


def adresse_de(cadre: Cadre) -> str:
    """Where to write to the person: the address that they log in with, unless it is a former
    employer's and their file has another; nowhere once they are dead. Reads `utilisateur`; one query
    where both addresses differ."""
    if cadre.motif_depart == MotifDepart.DECES:
        return ""
    compte = cadre.utilisateur
    if compte is None:
        return cadre.courriel
    adresse = compte.adresse
    if cadre.courriel and cadre.courriel.lower() != adresse.lower():
        return adresse_proposee(cadre.pk, adresse) or adresse
    return adresse


def adresse_proposee(cadre_id: int, connexion: str) -> str:
    """The address of the file, when `connexion` is one that a former employer gave; else nothing. One
    query."""
    passee = (
        AncienIdentifiant.objects.filter(
            cadre=cadre_id, nature=NatureIdentifiant.COURRIEL, valeur__iexact=connexion
        )
        .exclude(cadre__courriel="")
        .exclude(cadre__courriel__iexact=connexion)
    )
    return str(passee.values_list("cadre__courriel", flat=True).first() or "").lower()


def prevenir_du_changement(cadre: Cadre, ancienne: str, acteur: Acteur | None) -> None:
    """Tell the former address that the file left it: an employer must not answer for somebody by
    putting another address in their file. Says neither the name nor the new address: the former
    one may have been a mistake. Only once the person was told; reads `candidature`."""
    if not ancienne or ancienne.lower() == cadre.courriel.lower():
        return
    if cadre.candidature.informe_le is None:
        return
    quand = timezone.now()
    courriels.deposer(
        "cadres/courriel_change",
        demarche=cadre.collectivite.demarche,
        destinataire=ancienne,
        cle=f"cadres_courriel_change:{cadre.pk}:{quand.isoformat()}",
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        collectivite=cadre.collectivite,
        expediteur=acteur.utilisateur if acteur else None,
        quand=quand,
    )


def ouvrir_compte(cadre: Cadre) -> Utilisateur:
    """The account of the file, with a live mandat of cadre in their collectivité. An account that its
    address opens already is tied to it by the person alone (`cadres.candidature.rattachement`)."""
    utilisateur = cadre.utilisateur
    if utilisateur is None:
        exiger(refus_adresse(cadre.collectivite, cadre.courriel, cadre.nom, cadre.prenom))
        utilisateur = ouvrir_a_l_adresse(cadre.courriel, cadre.prenom, cadre.nom)
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


def fermer_mandat(cadre: Cadre) -> None:
    """The person does not act as a cadre any more, from today on."""
    hier = timezone.localdate() - timedelta(days=1)
    for mandat in Mandat.objects.en_vigueur().filter(
        utilisateur=cadre.utilisateur_id, collectivite=cadre.collectivite_id, role=Role.CADRE
    ):
        mandat.fin = max(hier, mandat.debut)
        mandat.save(update_fields=["fin"])


def suivre_adresse(cadre: Cadre) -> None:
    """A corrected e-mail moves the invitation, as long as nobody has used the account.

    The link sent to the wrong address dies with it. An account already in use, or that was not
    opened for this file alone, keeps its address: changing it would hand somebody's account over.
    """
    if cadre.utilisateur is not None and _doit_suivre(cadre):
        porter(cadre.utilisateur, cadre.courriel.lower())


def suivre_adresses(cadres: Iterable[Cadre]) -> None:
    """The same for a whole staff list, where two people may swap their addresses."""
    suivis = [cadre for cadre in cadres if _doit_suivre(cadre)]
    if not suivis:
        return
    comptes = [cadre.utilisateur for cadre in suivis if cadre.utilisateur is not None]
    for compte in comptes:
        # Out of the way first, so that no two accounts hold one address even for an instant.
        compte.email = f"en-attente-{compte.pk}@{DOMAINE_ANONYME}"
        compte.save(update_fields=["email"])
    for cadre, compte in zip(suivis, comptes, strict=True):
        porter(compte, cadre.courriel.lower())


@mur.partout()
def _doit_suivre(cadre: Cadre) -> bool:
    compte = cadre.utilisateur
    nouvelle = cadre.courriel.lower()
    if compte is None or not nouvelle or compte.adresse == nouvelle:
        return False
    if compte.has_usable_password() or compte.last_login is not None:
        return False
    # A mandat of something else: the account is not the file's, and the address not its employer's.
    ailleurs = Mandat.objects.filter(utilisateur=compte).exclude(
        role=Role.CADRE, collectivite=cadre.collectivite_id
    )
    return not ailleurs.exists()


def est_a_inviter(cadre: Cadre) -> bool:
    """No way in yet, and the mail goes to the account's own address: the key, nowhere else."""
    compte = cadre.utilisateur
    return (
        compte is not None and not compte.a_une_entree and compte.adresse == cadre.courriel.lower()
    )


def lien_personnel(cadre: Cadre) -> str:
    """Where the mail leads: choosing a password the first time, straight to the answer after."""
    page = reverse("cadres:ma_candidature")
    if cadre.utilisateur is not None and est_a_inviter(cadre):
        return lien_invitation(cadre.utilisateur, page)
    return f"{settings.QUATUOR_SITE.rstrip('/')}{page}"
