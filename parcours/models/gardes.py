"""Places that are counted: a seat beyond the session's, one more than the promotion's or than an offer's."""

from collectivites.garanties.declencheurs import Garde, monter

GARDES = (
    Garde(
        nom="place_dans_la_session",
        message="Cette session n’a pas tant de places.",
        table="parcours_inscriptionsession",
        colonnes=("session_id", "place"),
        condition="""NEW.place IS NOT NULL AND NEW.place > (
            SELECT s.capacite FROM parcours_session s WHERE s.id = NEW.session_id)""",
    ),
    Garde(
        nom="inscription_dans_la_promotion",
        message="Cette promotion n’a plus de place.",
        table="parcours_inscription",
        colonnes=("promotion_id", "etat"),
        condition="""NEW.etat = 'en_cours' AND (
            SELECT count(*) FROM parcours_inscription i
            WHERE i.promotion_id = NEW.promotion_id AND i.etat <> 'interrompue' AND i.cadre_id <> NEW.cadre_id
        ) >= (SELECT p.places FROM parcours_promotion p WHERE p.id = NEW.promotion_id)""",
        # Two at once for the last place: the second counts after the first.
        avant="PERFORM 1 FROM parcours_promotion WHERE id = NEW.promotion_id FOR NO KEY UPDATE;",
    ),
    Garde(
        nom="mentor_de_quelqu_un_d_autre",
        message="On ne se demande pas à soi-même d’être son mentor.",
        table="parcours_demandementor",
        colonnes=("presence_id", "cadre_id"),
        condition="""NEW.cadre_id = (
            SELECT p.cadre_id FROM parcours_presencereseau p WHERE p.id = NEW.presence_id)""",
    ),
    # `parcours.mots.IMMERSIONS_COMPTEES` hold a place of their offer.
    Garde(
        nom="immersion_dans_l_offre",
        message="Cette offre d’immersion n’a plus de place.",
        table="parcours_immersion",
        colonnes=("offre_id", "etat"),
        condition="""NEW.offre_id IS NOT NULL AND NEW.etat IN ('demandee', 'accordee', 'convention', 'realisee') AND (
            SELECT count(*) FROM parcours_immersion i WHERE i.offre_id = NEW.offre_id
            AND i.etat IN ('demandee', 'accordee', 'convention', 'realisee') AND i.cadre_id <> NEW.cadre_id
        ) >= (SELECT o.places FROM parcours_offreimmersion o WHERE o.id = NEW.offre_id)""",
        avant="PERFORM 1 FROM parcours_offreimmersion WHERE id = NEW.offre_id FOR NO KEY UPDATE;",
    ),
    Garde(
        nom="immersion_chez_qui_l_offre",
        message="Une offre d’immersion se demande à la collectivité qui la fait.",
        table="parcours_immersion",
        colonnes=("offre_id", "collectivite_accueil_id"),
        condition="""NEW.offre_id IS NOT NULL AND NEW.collectivite_accueil_id <> (
            SELECT o.collectivite_id FROM parcours_offreimmersion o WHERE o.id = NEW.offre_id)""",
    ),
    Garde(
        nom="offre_pour_qui_est_pris",
        message="Des personnes ont déjà demandé plus de places que cela.",
        table="parcours_offreimmersion",
        colonnes=("places",),
        condition="""NEW.places < (
            SELECT count(*) FROM parcours_immersion i WHERE i.offre_id = NEW.id
            AND i.etat IN ('demandee', 'accordee', 'convention', 'realisee'))""",
    ),
)

lever_les_places, poser_les_places = monter(GARDES)
