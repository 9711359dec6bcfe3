"""What the network holds on a person, for « Mes données »."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.communs.typographie import date_texte
from parcours.models import DemandeMentor


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Two queries."""
    lignes: list[tuple[str, Any]] = []
    for presence in cadre.presences_reseau.select_related("promotion").order_by("pk"):
        dit = [presence.ou, presence.recit]
        dit += ["vous répondez aux suivants" if presence.repond else ""]
        dit += ["on peut vous demander d’être mentor" if presence.mentor else ""]
        texte = ". ".join(morceau for morceau in dit if morceau)
        lignes.append(
            (
                f"Réseau, {presence.promotion.nom}",
                f"Depuis le {date_texte(presence.depuis)}. {texte}",
            )
        )
    demandes = DemandeMentor.objects.filter(cadre=cadre) | DemandeMentor.objects.filter(
        presence__cadre=cadre
    )
    for demande in demandes.order_by("pk"):
        sens = "Demande de mentor" if demande.cadre_id == cadre.pk else "Demande reçue"
        mot = f" « {demande.mot} »" if demande.cadre_id == cadre.pk else ""
        lignes.append(
            (sens, f"{demande.get_etat_display()}, {date_texte(demande.demandee_le)}.{mot}")
        )
    yield Rubrique("reseau", "Le réseau de votre promotion", lignes)
