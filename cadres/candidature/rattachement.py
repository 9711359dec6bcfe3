"""The file of somebody who has an account already: theirs once they have said so, and not before."""

from __future__ import annotations

from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from cadres.mots import Actes
from cadres.recensement.champs.noms import cle_nom
from collectivites.comptes.adresses.rattachement import Branche, brancher
from collectivites.models import Mandat, Utilisateur
from collectivites.mots import ROLES_EMPLOYEUR

AU_NOM_D_UN_AUTRE = (
    "Ce dossier porte un autre nom que le vôtre, et vous agissez pour un employeur de la démarche : la "
    "réponse n’appartient qu’à la personne. Dites à qui vous a écrit que l’adresse n’est pas la bonne."
)


def deja_un_dossier(cadre: Cadre) -> str:
    return (
        f"Votre compte suit déjà votre dossier dans cette démarche, à {cadre.collectivite.nom}. On n’y a "
        "qu’un dossier : si vous avez changé d’employeur, dites-le à la direction des ressources humaines "
        "qui vous a écrit."
    )


def refus_rattacher(compte: Utilisateur, attente: Utilisateur) -> str | None:
    """An employer never answers for somebody else; one account has one file in a démarche."""
    for cadre in Cadre.objects.filter(utilisateur=attente).select_related("collectivite"):
        demarche = cadre.collectivite.demarche_id
        meme_nom = cle_nom(cadre.nom, cadre.prenom) == cle_nom(compte.nom, compte.prenom)
        agit = Mandat.objects.filter(
            utilisateur=compte, role__in=ROLES_EMPLOYEUR, collectivite__demarche=demarche
        )
        if not meme_nom and agit.exists():
            return AU_NOM_D_UN_AUTRE
        deja = Cadre.objects.filter(utilisateur=compte, collectivite__demarche=demarche)
        if autre := deja.select_related("collectivite").first():
            return deja_un_dossier(autre)
    return None


def rattacher(compte: Utilisateur, attente: Utilisateur) -> None:
    """The file follows; its line is the person's alone, or it would tell that they had an account."""
    for pk in Cadre.objects.filter(utilisateur=attente).values_list("pk", flat=True):
        cadre = verrouiller(pk)
        cadre.utilisateur = compte
        cadre.save(update_fields=["utilisateur"])
        noter(None, cadre, Actes.RATTACHE, Actes.RATTACHE.label, reserve_a_la_personne=True)


brancher("cadres", Branche(refus_rattacher, rattacher))
