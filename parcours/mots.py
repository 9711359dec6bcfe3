"""Words of the parcours: the states of what it follows, and the acts that its journal may say.

Nothing here knows the models: they, the queries and the pages all read these words.
"""

from django.db import models

from collectivites.mots import ActeJournal

# --- The programme --------------------------------------------------------------------------------


class NatureEtape(models.TextChoices):
    SEMINAIRE = "seminaire", "Séminaire de lancement"
    ENTRETIEN = "entretien", "Entretien individuel"
    ECOLE = "ecole", "École du management"
    COACHING = "coaching", "Coaching"
    IMMERSION = "immersion", "Immersion"
    BILAN = "bilan", "Bilan final"


#: What the accompagnateur runs for the people entrusted to them.
NATURES_ACCOMPAGNEES = (NatureEtape.ENTRETIEN, NatureEtape.COACHING)


class EtatInscription(models.TextChoices):
    EN_COURS = "en_cours", "En parcours"
    ACHEVEE = "achevee", "Parcours achevé"
    INTERROMPUE = "interrompue", "Parcours interrompu"


class EtatSuivi(models.TextChoices):
    A_PLANIFIER = "a_planifier", "À planifier"
    PLANIFIEE = "planifiee", "Planifiée"
    FAITE = "faite", "Faite"
    ABSENT = "absent", "Absence"
    ANNULEE = "annulee", "Annulée"


#: The appointment took place.
SUIVIS_PASSES = (EtatSuivi.FAITE, EtatSuivi.ABSENT)

# --- Sessions and immersions ----------------------------------------------------------------------


class EtatSession(models.TextChoices):
    OUVERTE = "ouverte", "Ouverte"
    ANNULEE = "annulee", "Annulée"
    TENUE = "tenue", "Tenue"


class EtatPlace(models.TextChoices):
    CONFIRMEE = "confirmee", "Inscription confirmée"
    ATTENTE = "attente", "Sur liste d’attente"
    ANNULEE = "annulee", "Annulée"
    PRESENT = "present", "Présence"
    ABSENT = "absent", "Absence"


#: Those who hold a seat.
PLACES_ASSISES = (EtatPlace.CONFIRMEE, EtatPlace.PRESENT, EtatPlace.ABSENT)
#: Those whom a change concerns.
PLACES_VIVANTES = (EtatPlace.CONFIRMEE, EtatPlace.ATTENTE)
PLACES_PASSEES = (EtatPlace.PRESENT, EtatPlace.ABSENT)


class EtatImmersion(models.TextChoices):
    DEMANDEE = "demandee", "Demandée"
    ACCORDEE = "accordee", "Accordée"
    REFUSEE = "refusee", "Refusée"
    REPORTEE = "reportee", "Reportée"
    CONVENTION = "convention", "Convention signée"
    REALISEE = "realisee", "Réalisée"
    ANNULEE = "annulee", "Annulée"


#: Both employers have agreed: there is an agreement to sign, and days to keep free.
IMMERSIONS_ACCORDEES = (
    EtatImmersion.ACCORDEE,
    EtatImmersion.CONVENTION,
    EtatImmersion.REALISEE,
)
#: They count in the 20 days over 3 years.
IMMERSIONS_COMPTEES = (EtatImmersion.DEMANDEE, *IMMERSIONS_ACCORDEES)
#: They may still be given up.
IMMERSIONS_VIVANTES = (
    EtatImmersion.DEMANDEE,
    EtatImmersion.ACCORDEE,
    EtatImmersion.CONVENTION,
)

# --- Coaching -------------------------------------------------------------------------------------


class FinAccompagnement(models.TextChoices):
    CHANGEMENT = "changement", "Une autre personne accompagne"
    TERME = "terme", "Fin de l’accompagnement"
    RETRAIT = "retrait", "Retrait de la personne"


class EtatRendezVous(models.TextChoices):
    PREVU = "prevu", "Prévu"
    TENU = "tenu", "Tenu"
    ABSENT = "absent", "Absence"
    EXCUSE = "excuse", "Absence excusée"
    ANNULE = "annule", "Annulé"


#: Somebody said who came.
RENDEZ_VOUS_NOTES = (EtatRendezVous.TENU, EtatRendezVous.ABSENT, EtatRendezVous.EXCUSE)


class EtatBilan(models.TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    REMIS = "remis", "Remis"


# --- After: evaluations, network -------------------------------------------------------------------


class NatureEvaluation(models.TextChoices):
    SESSION = "session", "Session"
    PROMOTION = "promotion", "Fin de promotion"
    SIX_MOIS = "six_mois", "Six mois après"
    DOUZE_MOIS = "douze_mois", "Douze mois après"


class EtatDemandeMentor(models.TextChoices):
    DEMANDEE = "demandee", "En attente"
    ACCEPTEE = "acceptee", "Acceptée"
    DECLINEE = "declinee", "Déclinée"


#: One at a time for whoever asks.
MENTORS_VIVANTS = (EtatDemandeMentor.DEMANDEE, EtatDemandeMentor.ACCEPTEE)

# --- The journal ----------------------------------------------------------------------------------


class Actes(ActeJournal):
    """What a line of the journal may say was done in the parcours."""

    PROMOTION_OUVERTE = "promotion.ouverte", "Promotion ouverte"
    ETAPE_AJOUTEE = "etape.ajoutee", "Étape du parcours ajoutée"
    ETAPE_MODIFIEE = "etape.modifiee", "Étape du parcours modifiée"
    ETAPE_DEPLACEE = "etape.deplacee", "Étape du parcours déplacée"
    ETAPE_FIXEE = "etape.fixee", "Étape du parcours fixée"
    ETAPE_RETIREE = "etape.retiree", "Étape du parcours retirée"
    INSCRIPTION_FAITE = "inscription.faite", "Inscription à une promotion"
    SUIVI_PLANIFIE = "etape.planifiee_pour_un", "Rendez-vous d’une étape donné"
    SUIVI_DEPLACE = "etape.deplacee_pour_un", "Rendez-vous d’une étape déplacé"
    ETAPE_FAITE = "etape.faite", "Étape du parcours faite"
    ETAPE_MANQUEE = "etape.manquee", "Étape du parcours manquée"
    PARCOURS_ACHEVE = "parcours.acheve", "Parcours achevé"
    PARCOURS_INTERROMPU = "parcours.interrompu", "Parcours interrompu"

    PRESTATION_OFFERTE = "prestation.offerte", "Prestation ajoutée au catalogue"
    PRESTATION_MODIFIEE = "prestation.modifiee", "Prestation modifiée"
    PRESTATION_ARCHIVEE = "prestation.archivee", "Prestation archivée, ou remise au catalogue"
    SESSION_OUVERTE = "session.ouverte", "Session ouverte"
    SESSION_MODIFIEE = "session.modifiee", "Session modifiée"
    SESSION_DEPLACEE = "session.deplacee", "Session déplacée"
    SESSION_DEDOUBLEE = "session.dedoublee", "Session dédoublée"
    SESSION_ANNULEE = "session.annulee", "Session annulée"
    PLACE_DEMANDEE = "place.demandee", "Inscription à une session"
    PLACE_ANNULEE = "place.annulee", "Inscription à une session annulée"
    PLACE_NOTEE = "place.notee", "Présence à une session notée"
    IMMERSION_DEMANDEE = "immersion.demandee", "Immersion demandée"
    IMMERSION_ACCORDEE = "immersion.accordee", "Accord donné à une immersion"
    IMMERSION_REFUSEE = "immersion.refusee", "Immersion refusée"
    IMMERSION_REPORTEE = "immersion.reportee", "Immersion reportée"
    IMMERSION_SIGNEE = "immersion.signee", "Convention d’immersion signée"
    IMMERSION_REALISEE = "immersion.realisee", "Immersion réalisée"
    IMMERSION_ANNULEE = "immersion.annulee", "Immersion annulée par la personne"

    IMMERSION_MONTREE = "immersion.montree", "Immersion montrée à l’employeur"
    OFFRE_FAITE = "immersion.offre", "Offre d’immersion publiée"
    OFFRE_MODIFIEE = "immersion.offre_modifiee", "Offre d’immersion modifiée"
    OFFRE_CLOSE = "immersion.offre_close", "Offre d’immersion close, ou rouverte"

    COACHING_FIXE = "coaching.fixe", "Coaching fixé"
    COACHING_DEPLACE = "coaching.deplace", "Coaching déplacé"
    COACHING_ANNULE = "coaching.annule", "Coaching annulé"
    COACHING_DECLINE = "coaching.decline", "Coaching décliné par la personne"
    COACHING_PRESENCE = "coaching.presence", "Présence au coaching notée"
    NOTES_TRANSMISES = "coaching.notes_transmises", "Notes de coaching transmises"
    NOTES_SCELLEES = "coaching.notes_scellees", "Notes de coaching scellées"
    SYNTHESE_PUBLIEE = "coaching.synthese_publiee", "Synthèse publiée"
    SYNTHESE_RETIREE = "coaching.synthese_retiree", "Synthèse retirée"
    BILAN_REMIS = "bilan.remis", "Bilan remis"
    SORTIE_DITE = "parcours.sortie", "Suite du parcours dite"

    EVALUATION_OUVERTE = "evaluation.ouverte", "Évaluation sans nom ouverte"
    EVALUATION_CLOSE = "evaluation.close", "Évaluation sans nom close"

    RESEAU_REJOINT = "reseau.rejoint", "Entrée dans le réseau de sa promotion"
    RESEAU_MODIFIE = "reseau.modifie", "Présence dans le réseau modifiée"
    RESEAU_QUITTE = "reseau.quitte", "Sortie du réseau de sa promotion"
    MENTOR_DEMANDE = "mentor.demande", "Mentor demandé"
    MENTOR_REPONDU = "mentor.repondu", "Demande de mentor répondue"
    MENTOR_CESSE = "mentor.cesse", "Échange de mentor terminé"

    @property
    def est_une_decision(self) -> bool:
        return self not in SUIVI


#: What the journal keeps apart from the decisions: reminders, preparation, upkeep.
SUIVI = frozenset(
    {
        Actes.ETAPE_AJOUTEE,
        Actes.ETAPE_MODIFIEE,
        Actes.ETAPE_DEPLACEE,
        Actes.ETAPE_FIXEE,
        Actes.ETAPE_RETIREE,
        Actes.SUIVI_PLANIFIE,
        Actes.SUIVI_DEPLACE,
        Actes.ETAPE_FAITE,
        Actes.ETAPE_MANQUEE,
        Actes.PRESTATION_OFFERTE,
        Actes.PRESTATION_MODIFIEE,
        Actes.PRESTATION_ARCHIVEE,
        Actes.OFFRE_FAITE,
        Actes.OFFRE_MODIFIEE,
        Actes.OFFRE_CLOSE,
        Actes.SESSION_MODIFIEE,
        Actes.SESSION_DEPLACEE,
        Actes.PLACE_DEMANDEE,
        Actes.PLACE_ANNULEE,
        Actes.PLACE_NOTEE,
        Actes.COACHING_FIXE,
        Actes.COACHING_DEPLACE,
        Actes.COACHING_ANNULE,
        Actes.COACHING_DECLINE,
        Actes.COACHING_PRESENCE,
        Actes.NOTES_TRANSMISES,
        Actes.NOTES_SCELLEES,
        Actes.EVALUATION_OUVERTE,
        Actes.EVALUATION_CLOSE,
        Actes.RESEAU_REJOINT,
        Actes.RESEAU_MODIFIE,
        Actes.RESEAU_QUITTE,
        Actes.MENTOR_DEMANDE,
        Actes.MENTOR_REPONDU,
        Actes.MENTOR_CESSE,
    }
)


class JourRecapitulatif(models.IntegerChoices):
    """The day of one's digest: of the week (0 is Monday), or each working day."""

    LUNDI = 0, "Le lundi"
    MARDI = 1, "Le mardi"
    MERCREDI = 2, "Le mercredi"
    JEUDI = 3, "Le jeudi"
    VENDREDI = 4, "Le vendredi"
    CHAQUE_JOUR = 5, "Chaque jour ouvré"
