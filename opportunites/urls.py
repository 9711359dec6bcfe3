from django.urls import path

from opportunites.dossier.views import arrivee, documents, dossier, mobilites, suivi
from opportunites.postes.views import interroger, postes, publicite, rencontres, voeux
from opportunites.propositions.views import documents as lettres
from opportunites.propositions.views import echanges, propositions, reponses, reserves

app_name = "opportunites"

urlpatterns = [
    path("opportunites/", postes.opportunites, name="opportunites"),
    path("opportunites/nouvelle/", postes.nouvelle_opportunite, name="nouvelle_opportunite"),
    path("opportunites/<int:pk>/", postes.opportunite, name="opportunite"),
    path("opportunites/<int:pk>/modifier/", postes.modifier, name="modifier_opportunite"),
    path("opportunites/<int:pk>/fiche/", postes.fiche_de_poste, name="fiche_de_poste"),
    path("opportunites/<int:pk>/publier/", postes.publier, name="publier"),
    path("opportunites/<int:pk>/retirer/", postes.retirer, name="retirer_opportunite"),
    path("opportunites/<int:pk>/proposer/", propositions.proposer, name="proposer"),
    path("opportunites/<int:pk>/voeu/", voeux.exprimer_voeu, name="exprimer_voeu"),
    path("opportunites/engagements/", publicite.engagements, name="engagements"),
    path("opportunites/<int:pk>/valider/", publicite.valider_besoin, name="valider_besoin"),
    path("opportunites/<int:pk>/publicite/", publicite.publicite, name="publicite"),
    path("opportunites/<int:pk>/urgence/", publicite.urgence, name="urgence"),
    path("opportunites/<int:pk>/urgence/lever/", publicite.lever_urgence, name="lever_urgence"),
    path("opportunites/<int:pk>/clore/", publicite.clore_aux_voeux, name="clore_aux_voeux"),
    path("opportunites/<int:pk>/rouvrir/", publicite.rouvrir_aux_voeux, name="rouvrir_aux_voeux"),
    path("opportunites/<int:pk>/demander/", rencontres.demander, name="demander"),
    path("voeux/<int:pk>/avis/", rencontres.donner_avis, name="donner_avis"),
    path("avis/<int:pk>/monter/", rencontres.classer_avis, name="classer_avis"),
    path("demandes/<int:pk>/", rencontres.repondre_demande, name="repondre_demande"),
    path("demandes/<int:pk>/retirer/", rencontres.retirer_demande, name="retirer_demande"),
    path("demandes/<int:pk>/agenda.ics", rencontres.agenda_rencontre, name="agenda_rencontre"),
    path("opportunites/<int:pk>/interroger/", interroger.interroger, name="interroger"),
    path(
        "sollicitations/<int:pk>/",
        interroger.repondre_sollicitation,
        name="repondre_sollicitation",
    ),
    path("opportunites/alerte/", interroger.alerte, name="alerte"),
    path("mes-voeux/", voeux.voeux, name="voeux"),
    path("mes-voeux/classer/", voeux.classer_voeux, name="classer_voeux"),
    path("mes-voeux/<int:pk>/retirer/", voeux.retirer_voeu, name="retirer_voeu"),
    path("propositions/", propositions.propositions, name="propositions"),
    path("propositions/<int:pk>/", propositions.proposition, name="proposition"),
    path("propositions/<int:pk>/valider/", propositions.valider, name="valider_proposition"),
    path("propositions/<int:pk>/envoyer/", propositions.envoyer, name="envoyer_proposition"),
    path(
        "propositions/<int:pk>/retirer/",
        propositions.retirer_proposition,
        name="retirer_proposition",
    ),
    path(
        "propositions/<int:pk>/accord/demander/", echanges.demander_accord, name="demander_accord"
    ),
    path("propositions/<int:pk>/accord/", echanges.repondre_accord, name="repondre_accord"),
    path("propositions/<int:pk>/texte/", echanges.modifier_textes, name="modifier_textes"),
    path("propositions/<int:pk>/question/", echanges.questionner, name="questionner"),
    path("questions/<int:pk>/", echanges.repondre_question, name="repondre_question"),
    path("propositions/<int:pk>/accepter/", reponses.accepter, name="accepter"),
    path("propositions/<int:pk>/refuser/", reponses.refuser, name="refuser"),
    path("propositions/<int:pk>/reprendre/", reponses.annuler_reponse, name="annuler_reponse"),
    path(
        "propositions/<int:pk>/suivante/",
        propositions.proposer_au_suivant,
        name="proposer_au_suivant",
    ),
    path("propositions/<int:pk>/reserve/", reserves.deposer_reserve, name="deposer_reserve"),
    path("reserves/<int:pk>/", reserves.arbitrer_reserve, name="arbitrer_reserve"),
    path("reserves/<int:pk>/completer/", reserves.completer_reserve, name="completer_reserve"),
    path("reserves/<int:pk>/piece/", reserves.piece_reserve, name="piece_reserve"),
    path("mobilites/", mobilites.mobilites, name="mobilites"),
    path("mobilites/<int:pk>/", mobilites.mobilite, name="mobilite"),
    path("mobilites/<int:pk>/preparer/", mobilites.preparer, name="preparer_mobilite"),
    path("mobilites/<int:pk>/effective/", mobilites.rendre_effective, name="rendre_effective"),
    path("mobilites/<int:pk>/identifiants/", arrivee.identifiants, name="identifiants"),
    path("mobilites/<int:pk>/abandonner/", mobilites.abandonner, name="abandonner_mobilite"),
    path("mobilites/enseignements/", suivi.enseignements_des_mobilites, name="enseignements"),
    path(
        "mobilites/<int:pk>/reponse/", dossier.repondre_a_la_demande, name="repondre_a_la_demande"
    ),
    path("mobilites/<int:pk>/impact/", dossier.impact, name="impact"),
    path("mobilites/<int:pk>/fiche.pdf", documents.fiche_mouvement, name="fiche_mouvement"),
    path("mobilites/<int:pk>/liste.pdf", documents.liste_a_faire, name="liste_a_faire"),
    path("mobilites/<int:pk>/points/", dossier.ajouter_element, name="ajouter_element"),
    path("mobilites/points/<int:pk>/retirer/", dossier.retirer_element, name="retirer_element"),
    path("mobilites/points/<int:pk>/", dossier.cocher_element, name="cocher_element"),
    path("mobilites/reponses/<int:pk>/piece/", dossier.piece_reponse, name="piece_reponse"),
    path("mobilites/suivis/<int:pk>/", suivi.suivi, name="suivi"),
    path("propositions/<int:pk>/lettre.pdf", lettres.lettre_proposition, name="lettre_proposition"),
]
