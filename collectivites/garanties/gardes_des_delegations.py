"""A delegation goes from the DGS of a collectivité to a DRH of the same one."""

from collectivites.garanties.declencheurs import Garde, monter
from collectivites.mots import Role

DELEGATION = Garde(
    nom="delegation_du_dgs_a_son_drh",
    message="Une délégation va du DGS d’une collectivité à un DRH de la même collectivité.",
    table="collectivites_delegation",
    colonnes=("delegant_id", "delegataire_id"),
    condition=f"""NEW.delegant_id <> NEW.delegataire_id AND NOT EXISTS (
        SELECT 1 FROM collectivites_mandat g
        JOIN collectivites_mandat r ON r.collectivite_id = g.collectivite_id
        WHERE g.id = NEW.delegant_id AND r.id = NEW.delegataire_id
          AND g.role = '{Role.DGS.value}' AND r.role = '{Role.DRH.value}')""",  # noqa: S608
)

lever_les_delegations, poser_les_delegations = monter([DELEGATION])
