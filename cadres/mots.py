"""Words of the registre: the states of its objects, and the acts that its journal tells."""

from django.db import models

from collectivites.mots import ActeJournal


class EtatCandidature(models.TextChoices):
    """What the person was told, what they answered, and what was decided."""

    RECENSE = "recense", "Recensé, pas encore informé"
    INFORME = "informe", "Informé, réponse attendue"
    ACCORD = "accord", "A dit oui"
    DESACCORD = "desaccord", "A dit non"
    SANS_REPONSE = "sans_reponse", "Sans réponse"
    RETENU = "retenu", "Retenu"
    NON_RETENU = "non_retenu", "Non retenu"
    RETIRE = "retire", "Retiré à sa demande"


#: After their yes, and as long as it holds, other collectivités see who the person is.
ETATS_PARTAGES = (EtatCandidature.ACCORD, EtatCandidature.RETENU)


class Avancee(models.TextChoices):
    """How far a retained cadre has come. Written by the actions of the later acts."""

    AUCUNE = "", "—"
    EN_PARCOURS = "en_parcours", "En parcours"
    ACHEVE = "acheve", "Parcours achevé"
    ENGAGEE = "engagee", "Mobilité engagée"
    EFFECTIVE = "effective", "Mobilité effective"


class Origine(models.TextChoices):
    """Who had the idea of listing the person."""

    RECENSEMENT = "recensement", "Recensé par sa DRH"
    VOLONTARIAT = "volontariat", "Volontaire"


class EtatImport(models.TextChoices):
    """A staff list, between its deposit and its confirmation."""

    DEPOSE = "depose", "Déposé"
    DIAGNOSTIQUE = "diagnostique", "À confirmer"
    CONFIRME = "confirme", "Importé"
    ABANDONNE = "abandonne", "Abandonné"
    ILLISIBLE = "illisible", "Illisible"


class NatureIdentifiant(models.TextChoices):
    """What a former employer named the person by."""

    MATRICULE = "matricule", "Matricule"
    COURRIEL = "courriel", "Courriel"


class MotifDepart(models.TextChoices):
    """Why somebody left the employer, as its HR direction says."""

    RETRAITE = "retraite", "Retraite"
    DEPART = "depart", "Départ chez un autre employeur"
    FIN_DE_CONTRAT = "fin_de_contrat", "Fin de contrat"
    DEMISSION = "demission", "Démission"
    DISPONIBILITE = "disponibilite", "Disponibilité"
    CONGE = "conge", "Congé"
    DECES = "deces", "Décès"


class EtatCorrection(models.TextChoices):
    """A correction that the person asked for."""

    OUVERTE = "ouverte", "Réponse attendue"
    FAITE = "faite", "Corrigée"
    REFUSEE = "refusee", "Non corrigée"


class Actes(ActeJournal):
    """What the journal says was done in the registre."""

    RECENSE = "cadre.recense", "Cadre recensé"
    MODIFIE = "cadre.modifie", "Fiche modifiée"
    INFORME = "cadre.informe", "Cadre informé"
    RELANCE = "cadre.relance", "Cadre relancé"
    RAPPEL = "cadre.rappel", "Rappel automatique à un cadre"
    ACCORD = "cadre.accord", "Oui de la personne"
    DESACCORD = "cadre.desaccord", "Non de la personne"
    OUI_REPRIS = "cadre.oui_repris", "Oui repris par la personne"
    SANS_RAPPEL = "cadre.sans_rappel", "Plus de rappel, à la demande de la personne"
    MOTS_ECRITS = "employeur.mots_ecrits", "Mots et signature des courriels"
    SANS_REPONSE = "cadre.sans_reponse", "Question refermée sans réponse"
    RETENU = "cadre.retenu", "Cadre retenu"
    NON_RETENU = "cadre.non_retenu", "Cadre non retenu"
    CONFIE = "cadre.confie", "Cadre confié à un accompagnateur"
    RETIRE = "cadre.retire", "Retrait de la démarche"
    CONNEXION_CHANGEE = "cadre.connexion_changee", "Adresse de connexion changée par la personne"
    RATTACHE = "cadre.rattache", "Dossier rattaché par la personne à son compte"
    PARTI = "cadre.parti", "Départ de la collectivité"
    DEPART_ANNULE = "cadre.depart_annule", "Départ annulé"
    DEPART_PREVU = "cadre.depart_prevu", "Départ prévu"
    DEPART_PREVU_ANNULE = "cadre.depart_prevu_annule", "Départ prévu annulé"
    REUNI = "cadre.reuni", "Deux fiches réunies"
    SEPARE = "cadre.separe", "Deux fiches séparées"
    ENLEVE = "cadre.enleve", "Fiche retirée du recensement"
    POSTE_LIBERE = "cadre.poste_libere", "Poste libéré"
    EFFACEMENT_DEMANDE = "cadre.effacement_demande", "Effacement demandé par la personne"
    EFFACEMENT_ANNULE = "cadre.effacement_annule", "Effacement annulé par la personne"
    CORRECTION_DEMANDEE = "correction.demandee", "Correction demandée par la personne"
    CORRECTION_FAITE = "correction.faite", "Correction faite"
    CORRECTION_REFUSEE = "correction.refusee", "Correction refusée"
    CRITERES_ECRITS = "criteres.ecrits", "Critères écrits"
    RECENSEMENT_IMPORTE = "recensement.importe", "Recensement importé"
    RECENSEMENT_ANNULE = "recensement.annule", "Import du recensement annulé"
    PURGE = "conservation.purge", "Purge des données échues"

    @property
    def est_une_decision(self) -> bool:
        return self not in SUIVI


#: What the journal keeps apart from the decisions: reminders, preparation, upkeep.
SUIVI = frozenset(
    {
        Actes.RECENSE,
        Actes.MODIFIE,
        Actes.INFORME,
        Actes.RELANCE,
        Actes.RAPPEL,
        Actes.SANS_RAPPEL,
        Actes.MOTS_ECRITS,
        Actes.SANS_REPONSE,
        Actes.POSTE_LIBERE,
        Actes.REUNI,
        Actes.SEPARE,
        Actes.ENLEVE,
        Actes.EFFACEMENT_DEMANDE,
        Actes.EFFACEMENT_ANNULE,
        Actes.CORRECTION_DEMANDEE,
        Actes.CORRECTION_FAITE,
        Actes.CORRECTION_REFUSEE,
        Actes.RECENSEMENT_IMPORTE,
        Actes.RECENSEMENT_ANNULE,
        Actes.PURGE,
    }
)
