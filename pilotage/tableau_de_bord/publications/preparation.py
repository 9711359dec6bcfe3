"""What is proposed when somebody opens a new document: read, never written."""

from __future__ import annotations

from datetime import date

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Mandat
from collectivites.mots import Role
from parcours.models import Promotion
from pilotage.indicateurs.protection.arretes import apercu
from pilotage.models import DocumentElus
from pilotage.tableau_de_bord.publications.documents import propositions


def proposer(acteur: Acteur, jour: date, promotion: Promotion | None = None) -> dict[str, str]:
    """The paragraphs, the contact and the signatory. Those of the last document are kept for the
    people; its words are not: they spoke of other figures."""
    publication = apercu(acteur.demarche, jour)
    dernier = (
        DocumentElus.objects.visibles_par(acteur)
        .order_by("-cree_le")
        .values("contact", "signataire", "qualite")
        .first()
    )
    gens = {nom: str(n) for nom, n in dernier.items()} if dernier else _par_defaut(acteur)
    return {**propositions(acteur.collectivite, publication, jour, promotion), **gens}


def _par_defaut(acteur: Acteur) -> dict[str, str]:
    dgs = (
        Mandat.objects.en_vigueur()
        .filter(collectivite=acteur.collectivite, role=Role.DGS)
        .select_related("utilisateur")
        .first()
    )
    nom = dgs.utilisateur.nom_complet if dgs else ""
    personne = acteur.utilisateur
    return {
        "contact": f"{personne.nom_complet}, {personne.email}",
        "signataire": nom,
        "qualite": f"Direction générale des services {acteur.collectivite.de_la}",
    }
