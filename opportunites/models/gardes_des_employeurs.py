"""A wish and a proposition go from an employer to another, and never to somebody who said no."""

from collectivites.garanties.declencheurs import Garde, monter
from opportunites.mots import PROPOSITIONS_VIVANTES

_VIVANTES = ", ".join(f"'{etat.value}'" for etat in PROPOSITIONS_VIVANTES)

GARDES = (
    Garde(
        nom="voeu_chez_un_autre_employeur",
        message="Ce poste est chez votre employeur : parlez-en à votre DRH, hors de la démarche.",
        table="opportunites_voeu",
        colonnes=("cadre_id", "opportunite_id"),
        condition="""EXISTS (
            SELECT 1 FROM opportunites_opportunite o
            JOIN collectivites_poste p ON p.id = o.poste_id
            JOIN cadres_cadre c ON c.collectivite_id = p.collectivite_id
            WHERE o.id = NEW.opportunite_id AND c.id = NEW.cadre_id)""",
    ),
    Garde(
        nom="proposition_entre_deux_employeurs",
        message="Une proposition va d’un employeur à un autre.",
        table="opportunites_proposition",
        colonnes=("opportunite_id", "collectivite_origine_id"),
        condition="""EXISTS (
            SELECT 1 FROM opportunites_opportunite o
            JOIN collectivites_poste p ON p.id = o.poste_id
            WHERE o.id = NEW.opportunite_id AND p.collectivite_id = NEW.collectivite_origine_id)""",
    ),
    Garde(
        nom="proposition_a_qui_est_candidat",
        message="Cette personne n’est pas candidate : on ne lui propose rien.",
        table="opportunites_proposition",
        colonnes=("cadre_id", "etat"),
        condition=f"""NEW.etat IN ({_VIVANTES}) AND EXISTS (
            SELECT 1 FROM cadres_candidature k
            WHERE k.cadre_id = NEW.cadre_id AND k.etat IN ('desaccord', 'non_retenu', 'retire'))""",  # noqa: S608
    ),
)

lever_les_employeurs, poser_les_employeurs = monter(GARDES)
