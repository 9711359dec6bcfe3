"""The acts that the room writes in the journal."""

from collectivites.mots import ActeJournal


class Actes(ActeJournal):
    AVIS_CLASSE = "avis.classe", "Candidats classés par l’employeur du poste"
    AVIS_DONNE = "avis.donne", "Avis de l’employeur du poste"
    CAMPAGNE_CLOSE = "campagne.close", "Campagne de mouvement close"
    CAMPAGNE_DEPLACEE = "campagne.deplacee", "Dates de la campagne de mouvement déplacées"
    CAMPAGNE_OUVERTE = "campagne.ouverte", "Campagne de mouvement ouverte"
    DEMANDE_ACCEPTEE = "demande.acceptee", "Demande de rencontre acceptée"
    DEMANDE_DECLINEE = "demande.declinee", "Demande de rencontre déclinée"
    DEMANDE_DEPOSEE = "demande.deposee", "Demande de rencontre faite"
    DEMANDE_RETIREE = "demande.retiree", "Demande de rencontre retirée"
    DOSSIER_A_SIGNER = "dossier.a_signer", "Dossier préparé pour la signature"
    DOSSIER_SIGNE = "dossier.signe", "Fichier signé remis au dossier"
    ENGAGEMENT_PRIS = "engagement.pris", "Postes promis à la démarche"
    ENSEMBLE_PREPARE = "ensemble.prepare", "Propositions liées préparées"
    ENSEMBLE_REPARE = "ensemble.repare", "Mouvement réparé après des réponses"
    FICHE_OUVERTE = "fiche.ouverte", "Fiche de rémunération ouverte"
    FICHE_SAISIE = "fiche.saisie", "Fiche de rémunération remplie"
    FICHE_SIGNEE = "fiche.signee", "Fiche de rémunération signée par la DRH"
    LETTRES_FAITES = "lettres.faites", "Lettres faites d’un modèle Word"
    MODELE_DEPOSE = "modele.depose", "Modèle Word déposé"
    MODELE_RETIRE = "modele.retire", "Modèle Word retiré"
    MOBILITE_ABANDONNEE = "mobilite.abandonnee", "Mobilité abandonnée"
    MOBILITE_DEMANDEE = "mobilite.demandee", "Demande de départ faite par la personne"
    MOBILITE_EFFECTIVE = "mobilite.effective", "Mobilité effective"
    MOBILITE_IMPACT = "mobilite.impact", "Impact sur l’équipe quittée"
    MOBILITE_ORIGINE_ACCORD = "mobilite.origine_accord", "Accord de l’employeur d’origine"
    MOBILITE_ORIGINE_DATE = (
        "mobilite.origine_date",
        "Accord de l’employeur d’origine sur une autre date",
    )
    MOBILITE_ORIGINE_REFUS = "mobilite.origine_refus", "Refus motivé de l’employeur d’origine"
    MOBILITE_ORIGINE_TACITE = (
        "mobilite.origine_tacite",
        "Accord de l’employeur d’origine, acquis par deux mois de silence",
    )
    MOBILITE_POINT_AJOUTE = "mobilite.point_ajoute", "Point ajouté à un dossier de mobilité"
    MOBILITE_POINT_RETIRE = "mobilite.point_retire", "Point retiré d’un dossier de mobilité"
    MOBILITE_PREPAREE = "mobilite.preparee", "Mobilité préparée"
    MOBILITE_SIGNATURE = "mobilite.signature", "Signature du DRH apposée"
    MOBILITE_SIGNATURE_RETIREE = "mobilite.signature_retiree", "Signature du DRH retirée"
    OPPORTUNITE_CLOSE = "opportunite.close", "Poste clos aux vœux"
    OPPORTUNITE_MODIFIEE = "opportunite.modifiee", "Poste ouvert modifié"
    OPPORTUNITE_OUVERTE = "opportunite.ouverte", "Poste ouvert"
    OPPORTUNITE_PUBLICITE = "opportunite.publicite", "Publicité de la vacance suivie"
    OPPORTUNITE_PUBLIEE = "opportunite.publiee", "Poste publié"
    OPPORTUNITE_RETIREE = "opportunite.retiree", "Poste retiré"
    OPPORTUNITE_ROUVERTE = "opportunite.rouverte", "Poste rouvert aux vœux"
    OPPORTUNITE_URGENCE = "opportunite.urgence", "Publicité abrégée pour urgence"
    OPPORTUNITE_URGENCE_LEVEE = "opportunite.urgence_levee", "Urgence levée"
    OPPORTUNITE_VALIDEE = "opportunite.validee", "Besoin validé"
    PROPOSITION_ACCORD_DEMANDE = (
        "proposition.accord_demande",
        "Question posée avant de faire valider une proposition",
    )
    PROPOSITION_ACCORD_DONNE = (
        "proposition.accord_donne",
        "Réponse à la question posée avant la validation",
    )
    PROPOSITION_ACCEPTEE = "proposition.acceptee", "Proposition acceptée"
    PROPOSITION_ENVOYEE = "proposition.envoyee", "Proposition envoyée"
    PROPOSITION_EXPIREE = "proposition.expiree", "Proposition expirée"
    PROPOSITION_MODIFIEE = "proposition.modifiee", "Texte d’une proposition modifié"
    PROPOSITION_PREPAREE = "proposition.preparee", "Proposition préparée"
    PROPOSITION_QUESTION = "proposition.question", "Question sur une proposition"
    PROPOSITION_QUESTION_REPONDUE = (
        "proposition.question_repondue",
        "Réponse à une question sur une proposition",
    )
    PROPOSITION_REFUSEE = "proposition.refusee", "Proposition refusée"
    PROPOSITION_REPONSE_REPRISE = (
        "proposition.reponse_reprise",
        "Réponse à une proposition reprise",
    )
    PROPOSITION_RETIREE = "proposition.retiree", "Proposition retirée"
    PROPOSITION_VALIDEE = "proposition.validee", "Proposition validée"
    REGIME_ENREGISTRE = "regime.enregistre", "Régime indemnitaire enregistré"
    RESERVE_CADUQUE = "reserve.caduque", "Réserve caduque"
    RESERVE_COMPLEMENT_DEMANDE = (
        "reserve.complement_demande",
        "Complément demandé sur une réserve",
    )
    RESERVE_COMPLETEE = "reserve.completee", "Réserve complétée"
    RESERVE_DEPOSEE = "reserve.deposee", "Réserve déposée"
    RESERVE_LEVEE = "reserve.levee", "Réserve levée"
    RESERVE_RETENUE = "reserve.retenue", "Réserve retenue"
    SOLLICITATION_POSEE = "sollicitation.posee", "Personne interrogée sur un poste"
    SOLLICITATION_REPONDUE = "sollicitation.repondue", "Réponse d’une personne interrogée"
    SIMULATION_ARRETEE = "simulation.arretee", "Simulation du mouvement arrêtée"
    SIMULATION_DECISION = "simulation.decision", "Mouvement gardé, écarté ou imposé"
    SIMULATION_LANCEE = "simulation.lancee", "Simulation du mouvement lancée"
    VOEU_CLASSE = "voeu.classe", "Vœux classés"
    VOEU_EXPRIME = "voeu.exprime", "Vœu exprimé"
    VOEU_RETIRE = "voeu.retire", "Vœu retiré"

    @property
    def est_une_decision(self) -> bool:
        return self not in SUIVI


#: What the journal keeps apart from the decisions: reminders, preparation, upkeep.
SUIVI = frozenset(
    {
        Actes.AVIS_CLASSE,
        Actes.DOSSIER_A_SIGNER,
        Actes.ENSEMBLE_PREPARE,
        Actes.FICHE_OUVERTE,
        Actes.FICHE_SAISIE,
        Actes.LETTRES_FAITES,
        Actes.MODELE_DEPOSE,
        Actes.MODELE_RETIRE,
        Actes.MOBILITE_IMPACT,
        Actes.MOBILITE_POINT_AJOUTE,
        Actes.MOBILITE_POINT_RETIRE,
        Actes.MOBILITE_PREPAREE,
        Actes.OPPORTUNITE_MODIFIEE,
        Actes.OPPORTUNITE_PUBLICITE,
        Actes.PROPOSITION_ACCORD_DEMANDE,
        Actes.PROPOSITION_MODIFIEE,
        Actes.PROPOSITION_PREPAREE,
        Actes.PROPOSITION_QUESTION,
        Actes.PROPOSITION_QUESTION_REPONDUE,
        Actes.RESERVE_COMPLETEE,
        Actes.SIMULATION_ARRETEE,
        Actes.SIMULATION_LANCEE,
        Actes.VOEU_CLASSE,
        Actes.VOEU_EXPRIME,
        Actes.VOEU_RETIRE,
    }
)
