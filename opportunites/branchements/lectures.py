"""Which pages of this room name whom: read by the person in « Qui a lu votre dossier »."""

from typing import Any

from django.db.models import QuerySet

from cadres.donnees_personnelles.lectures import Lecture, Nature, cle, inscrire
from collectivites.acteurs.acteur import Acteur
from opportunites.models import (
    Avis,
    Demande,
    Element,
    FicheRemuneration,
    Mobilite,
    Proposition,
    Question,
    ReponseOrigine,
    Reserve,
    Suivi,
    Voeu,
)


def _du_poste(modele: Any) -> Any:
    """Those that the reader sees of a poste: the host alone sees any."""

    def lire(acteur: Acteur, pk: int) -> QuerySet[Any]:
        lignes: QuerySet[Any] = modele.objects.visibles_par(acteur).filter(opportunite=pk)
        return lignes

    return lire


_PROPOSITION = Lecture(Nature.PROPOSITION, cle(Proposition))
_RESERVE = Lecture(Nature.PROPOSITION, cle(Reserve), "proposition__cadre")
_PAIE = Lecture(Nature.PROPOSITION, cle(FicheRemuneration), "proposition__cadre")
_MOBILITE = Lecture(Nature.MOBILITE, cle(Mobilite))
_DOCUMENT = Lecture(Nature.DOCUMENT, cle(Mobilite))
_VOEUX = Lecture(Nature.VOEU, _du_poste(Voeu))

LECTURES: dict[str, tuple[Lecture, ...] | Lecture] = {
    "opportunites:opportunite": (
        _VOEUX,
        Lecture(Nature.DEMANDE, _du_poste(Demande)),
        Lecture(Nature.PROPOSITION, _du_poste(Proposition)),
    ),
    "opportunites:proposer": _VOEUX,
    "opportunites:donner_avis": Lecture(Nature.VOEU, cle(Voeu)),
    "opportunites:classer_avis": Lecture(Nature.VOEU, cle(Avis)),
    "opportunites:repondre_demande": Lecture(Nature.DEMANDE, cle(Demande)),
    "opportunites:proposition": _PROPOSITION,
    "opportunites:envoyer_proposition": _PROPOSITION,
    "opportunites:modifier_textes": _PROPOSITION,
    "opportunites:repondre_question": Lecture(
        Nature.PROPOSITION, cle(Question), "proposition__cadre"
    ),
    "opportunites:deposer_reserve": _PROPOSITION,
    "opportunites:fiche_remuneration": _PAIE,
    "opportunites:saisir_fiche": _PAIE,
    "opportunites:signer_fiche": _PAIE,
    "opportunites:fiche_pdf": Lecture(
        Nature.DOCUMENT, cle(FicheRemuneration), "proposition__cadre"
    ),
    "opportunites:lettre_proposition": Lecture(Nature.DOCUMENT, cle(Proposition)),
    "opportunites:arbitrer_reserve": _RESERVE,
    "opportunites:completer_reserve": _RESERVE,
    "opportunites:piece_reserve": Lecture(Nature.DOCUMENT, cle(Reserve), "proposition__cadre"),
    "opportunites:mobilite": _MOBILITE,
    "opportunites:preparer_mobilite": _MOBILITE,
    "opportunites:rendre_effective": _MOBILITE,
    "opportunites:abandonner_mobilite": _MOBILITE,
    "opportunites:repondre_a_la_demande": _MOBILITE,
    "opportunites:impact": _MOBILITE,
    "opportunites:ajouter_element": _MOBILITE,
    "opportunites:cocher_element": Lecture(Nature.MOBILITE, cle(Element), "mobilite__cadre"),
    "opportunites:fiche_mouvement": _DOCUMENT,
    "opportunites:liste_a_faire": _DOCUMENT,
    "opportunites:demande_de_depart": _DOCUMENT,
    "opportunites:piece_reponse": Lecture(Nature.DOCUMENT, cle(ReponseOrigine), "mobilite__cadre"),
    "opportunites:suivi": Lecture(Nature.MOBILITE, cle(Suivi), "mobilite__cadre"),
}


def brancher() -> None:
    inscrire(LECTURES)
