"""The clock of the candidacies."""

from cadres.candidature.relances import fermer_sans_reponse, relancer_sans_reponse
from collectivites.travaux.horloge import a_l_heure


@a_l_heure("cadres.relancer_sans_reponse", "rappel(s) à des cadres sans réponse")
def relancer() -> int:
    return relancer_sans_reponse()


@a_l_heure("cadres.fermer_sans_reponse", "candidature(s) refermée(s) sans réponse")
def fermer() -> int:
    return fermer_sans_reponse()
