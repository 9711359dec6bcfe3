"""Which pages of this room name whom: read by the person in « Qui a lu votre dossier »."""

from typing import Any

from django.db.models import Q, QuerySet

from cadres.donnees_personnelles.lectures import Lecture, Nature, cle, inscrire
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import employeurs_a_part
from collectivites.mots import Role
from opportunites.models import (
    Avis,
    Demande,
    DossierASigner,
    Element,
    FicheRemuneration,
    LettreFaite,
    Mobilite,
    Proposition,
    Question,
    ReponseOrigine,
    Reserve,
    RetourSigne,
    Sollicitation,
    Suivi,
    Voeu,
)
from opportunites.mots import AccordDgs


def _du_poste(modele: Any) -> Any:
    """Those that the reader sees of a poste: the host alone sees any."""

    def lire(acteur: Acteur, pk: int) -> QuerySet[Any]:
        lignes: QuerySet[Any] = modele.objects.visibles_par(acteur).filter(opportunite=pk)
        return lignes

    return lire


def _questions(acteur: Acteur, pk: int) -> QuerySet[Any]:
    return Question.objects.visibles_par(acteur).filter(proposition=pk)


def _lettres(acteur: Acteur, pk: int) -> QuerySet[Any]:
    """Whom the letters of a batch are about."""
    return LettreFaite.objects.visibles_par(acteur).filter(fournee=pk)


def _accord(acteur: Acteur, pk: int) -> QuerySet[Any]:
    """What the person was asked, or answered, about a DGS who also serves their employer: on the page
    of the host until it is validated, for those whom `est_confident` names."""
    demandes = Proposition.objects.filter(
        pk=pk,
        etat=Proposition.Etat.BROUILLON,
        opportunite__poste__collectivite=acteur.collectivite,
    ).exclude(accord_dgs="")
    lus = ~Q(collectivite_origine__in=employeurs_a_part(acteur))
    if acteur.est(Role.DGS):
        lus |= Q(accord_dgs=AccordDgs.OUI)
    return demandes.filter(lus)


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
        Lecture(Nature.SOLLICITATION, _du_poste(Sollicitation)),
        Lecture(Nature.PROPOSITION, _du_poste(Proposition)),
    ),
    "opportunites:proposer": _VOEUX,
    "opportunites:donner_avis": Lecture(Nature.VOEU, cle(Voeu)),
    "opportunites:classer_avis": Lecture(Nature.VOEU, cle(Avis)),
    "opportunites:repondre_demande": Lecture(Nature.DEMANDE, cle(Demande)),
    "opportunites:proposition": (
        _PROPOSITION,
        Lecture(Nature.QUESTION, _questions, "proposition__cadre"),
        Lecture(Nature.ACCORD, _accord),
    ),
    "opportunites:envoyer_proposition": _PROPOSITION,
    "opportunites:modifier_textes": _PROPOSITION,
    "opportunites:repondre_question": Lecture(Nature.QUESTION, cle(Question), "proposition__cadre"),
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
    "opportunites:faire_signer": _MOBILITE,
    **dict.fromkeys(
        (
            "opportunites:dossier_a_signer",
            "opportunites:dossier_pdf",
            "opportunites:manifeste_json",
            "opportunites:archive_du_dossier",
            "opportunites:remettre_signe",
        ),
        Lecture(Nature.DOCUMENT, cle(DossierASigner), "mobilite__cadre"),
    ),
    "opportunites:retour_pdf": Lecture(
        Nature.DOCUMENT, cle(RetourSigne), "dossier__mobilite__cadre"
    ),
    "opportunites:telecharger_fournee": Lecture(Nature.DOCUMENT, _lettres),
    "opportunites:suivi": Lecture(Nature.MOBILITE, cle(Suivi), "mobilite__cadre"),
}


def brancher() -> None:
    inscrire(LECTURES)
