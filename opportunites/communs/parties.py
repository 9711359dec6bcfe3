"""The sides of a move: the person, the employer that they would leave, the one that would host them."""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite
from collectivites.refus import RESERVE_A_LA_PERSONNE, Interdit
from opportunites.models import Mobilite, Opportunite, Proposition

RESERVE_A_L_ACCUEIL = Interdit("Cet acte revient à l’employeur du poste.")
RESERVE_AU_DRH = Interdit("Cet acte revient au DRH ou au DGS de l’employeur du poste.")


def est_l_accueil(acteur: Acteur, opportunite: Opportunite) -> bool:
    return acteur.est_employeur and opportunite.poste.collectivite_id == acteur.collectivite.pk


def est_partie(acteur: Acteur, proposition: Proposition) -> bool:
    """An employer of one of the two sides."""
    return acteur.est_employeur and acteur.collectivite.pk in {
        proposition.collectivite_origine_id,
        proposition.opportunite.poste.collectivite_id,
    }


def est_partie_au_dossier(acteur: Acteur, mobilite: Mobilite) -> bool:
    """Whoever acts for the collectivité that the person leaves, or joins."""
    return acteur.collectivite.pk in {
        mobilite.collectivite_origine_id,
        mobilite.collectivite_accueil_id,
    }


def autre_partie(acteur: Acteur, mobilite: Mobilite) -> Collectivite:
    """The other side, as the acteur's; for whoever is neither, the host."""
    if acteur.collectivite.pk == mobilite.collectivite_accueil_id:
        return mobilite.collectivite_origine
    return mobilite.collectivite_accueil


def refus_agir_pour_soi(acteur: Acteur) -> str | None:
    """Only whoever has a file in the registre acts for themselves."""
    return None if acteur.cadre_id is not None else RESERVE_A_LA_PERSONNE


def refus_dossier_clos(mobilite: Mobilite) -> str | None:
    return None if mobilite.etat == Mobilite.Etat.OUVERTE else "Ce dossier est clos."
