"""The clock of the candidacies, and the mails about them that one may stop."""

from cadres.candidature.actions import SANS_RAPPEL, ne_plus_rappeler
from cadres.candidature.relances import fermer_sans_reponse, relancer_sans_reponse
from cadres.models import Cadre, Candidature
from cadres.mots import EtatCandidature
from collectivites.models import Utilisateur
from collectivites.travaux.arrets import genre_de_courriel
from collectivites.travaux.horloge import a_l_heure


@a_l_heure("cadres.relancer_sans_reponse", "rappel(s) à des cadres sans réponse")
def relancer() -> int:
    return relancer_sans_reponse()


@a_l_heure("cadres.fermer_sans_reponse", "candidature(s) refermée(s) sans réponse")
def fermer() -> int:
    return fermer_sans_reponse()


def attend_un_rappel(utilisateur: Utilisateur) -> bool:
    return Candidature.objects.filter(
        cadre__utilisateur=utilisateur, etat=EtatCandidature.INFORME, sans_rappel_depuis=None
    ).exists()


@genre_de_courriel(
    SANS_RAPPEL,
    "de rappel sur votre réponse à la démarche",
    recoit=attend_un_rappel,
    su="Votre direction des ressources humaines lira que vous ne voulez plus de rappel, et rien "
    "d’autre. Vous pourrez toujours répondre.",
)
def arreter_les_rappels(utilisateur: Utilisateur) -> None:
    for pk in Cadre.objects.filter(utilisateur=utilisateur).values_list("pk", flat=True):
        ne_plus_rappeler(cadre_id=pk)
