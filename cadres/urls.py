from django.urls import path

from cadres.candidature import views as messages
from cadres.donnees_personnelles.views import adresse, corrections, moi
from cadres.fiche.views import depart, fiche, fusion
from cadres.imports import views as imports
from cadres.registre.views import cellule, criteres, decision, plusieurs
from cadres.registre.views import liste as registre

app_name = "cadres"

urlpatterns = [
    path("registre/", registre.registre, name="registre"),
    path("registre/colonnes/", registre.colonnes, name="colonnes"),
    path("registre/exporter/", registre.exporter, name="exporter"),
    path("registre/exporter/choisis/", registre.exporter_selection, name="exporter_selection"),
    path("registre/vues/", registre.enregistrer_vue, name="enregistrer_vue"),
    path("registre/vues/<int:pk>/supprimer/", registre.supprimer_vue, name="supprimer_vue"),
    path("registre/criteres/", criteres.criteres, name="criteres"),
    path("registre/criteres/ecrire/", criteres.ecrire_criteres, name="ecrire_criteres"),
    path("registre/confier/", plusieurs.confier_plusieurs, name="confier_plusieurs"),
    path("registre/decider/", plusieurs.decider_plusieurs, name="decider_plusieurs"),
    path("registre/informer/", plusieurs.informer_plusieurs, name="informer_plusieurs"),
    path("registre/changer/", plusieurs.changer_plusieurs, name="changer_plusieurs"),
    path("registre/nouveau/", fiche.recenser, name="recenser"),
    path("registre/<int:pk>/", fiche.fiche, name="fiche"),
    path("registre/<int:pk>/cellule/<slug:colonne>/", cellule.cellule, name="cellule"),
    path("registre/<int:pk>/modifier/", fiche.modifier, name="modifier"),
    path("registre/<int:pk>/informer/", messages.informer, name="informer"),
    path("registre/<int:pk>/retenir/", decision.retenir, name="retenir"),
    path("registre/<int:pk>/ne-pas-retenir/", decision.ne_pas_retenir, name="ne_pas_retenir"),
    path("registre/<int:pk>/confier/", fiche.confier, name="confier"),
    path("registre/<int:pk>/depart/", depart.signaler_depart, name="signaler_depart"),
    path("registre/<int:pk>/depart/annuler/", depart.annuler_depart, name="annuler_depart"),
    path("mots-de-l-employeur/", messages.mots, name="mots"),
    path(
        "registre/<int:pk>/depart/renoncer/", depart.renoncer_au_depart, name="renoncer_au_depart"
    ),
    path("registre/<int:pk>/reunir/", fusion.reunir, name="reunir"),
    path("registre/reunions/<int:pk>/separer/", fusion.separer, name="separer"),
    path("registre/<int:pk>/enlever/", depart.enlever, name="enlever"),
    path("recensements/", imports.recensements, name="recensements"),
    path("recensements/importer/", imports.importer, name="importer"),
    path("recensements/<int:pk>/", imports.importation, name="importation"),
    path("recensements/<int:pk>/corriger/", imports.corriger_import, name="corriger_import"),
    path("recensements/<int:pk>/colonnes/", imports.colonnes_import, name="colonnes_import"),
    path("recensements/<int:pk>/confirmer/", imports.confirmer_import, name="confirmer_import"),
    path("recensements/<int:pk>/abandonner/", imports.abandonner_import, name="abandonner_import"),
    path("recensements/<int:pk>/relire/", imports.relire_import, name="relire_import"),
    path("recensements/<int:pk>/repondre/", imports.repondre_import, name="repondre_import"),
    path(
        "recensements/<int:pk>/suggestions/", imports.suggestions_import, name="suggestions_import"
    ),
    path("recensements/<int:pk>/annuler/", imports.annuler_import, name="annuler_import"),
    path(
        "recensements/<int:pk>/diagnostic.xlsx", imports.diagnostic_entier, name="diagnostic_entier"
    ),
    path(
        "recensements/<int:pk>/a-corriger.xlsx",
        imports.fichier_a_corriger_,
        name="fichier_a_corriger",
    ),
    path("ma-candidature/", moi.ma_candidature, name="ma_candidature"),
    path("ma-candidature/reprendre/", moi.reprendre_le_oui, name="reprendre_le_oui"),
    path("ma-candidature/retirer/", moi.retirer, name="retirer"),
    path("mes-donnees/", moi.mes_donnees, name="mes_donnees"),
    path("mes-donnees/telecharger/", moi.telecharger_mes_donnees, name="telecharger_mes_donnees"),
    path("mes-donnees/a-lire.html", moi.lire_mes_donnees, name="lire_mes_donnees"),
    path("mes-donnees/competences/", moi.mes_competences, name="mes_competences"),
    path("mes-donnees/correction/", moi.demander_correction, name="demander_correction"),
    path("mes-donnees/effacer/", moi.effacer, name="effacer"),
    path("mes-donnees/effacer/renoncer/", moi.renoncer_effacement, name="renoncer_effacement"),
    path("mon-adresse/", adresse.mon_adresse, name="mon_adresse"),
    path("mon-adresse/<str:jeton>/", adresse.confirmer_adresse, name="confirmer_adresse"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
]
