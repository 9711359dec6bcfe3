"""Each constraint of the register's criteria and views, broken once."""

from cadres.models import AncienIdentifiant, Cadre, Critere, ImportCadres, VueRegistre
from tests.fabriques import dans


def _deux_criteres(x):
    for valeurs in (["A"], ["B"]):
        Critere.objects.create(
            collectivite=x.troupe.region,
            genre="categorie",
            valeurs=valeurs,
            auteur=x.troupe.drh_region.utilisateur,
        )


def _deux_vues(x):
    for parametres in ("etat=retenu", "etat=informe"):
        VueRegistre.objects.create(
            mandat=x.troupe.drh_region.mandat, nom="À relancer", parametres=parametres
        )


def _ancien(x, valeur):
    AncienIdentifiant.objects.create(
        cadre=x.troupe.fiche_du_cadre,
        nature=AncienIdentifiant.Nature.MATRICULE,
        valeur=valeur,
        collectivite=x.troupe.ville,
        jusqu_au=dans(-1),
    )


def _deux_fois_le_meme_identifiant(x):
    for _ in range(2):
        _ancien(x, "V12")


def _import_annule_sans_avoir_ete_confirme(x):
    ImportCadres.objects.create(
        collectivite=x.troupe.region,
        mandat=x.troupe.drh_region.mandat,
        nom_fichier="liste.csv",
        annule_le=x.t,
    )


VIOLATIONS = {
    "cadre_un_dossier_par_compte": lambda x: Cadre.objects.filter(
        pk=x.troupe.fiche_de_l_autre_cadre.pk
    ).update(utilisateur=x.troupe.cadre.utilisateur),
    "ancien_identifiant_dit": lambda x: _ancien(x, ""),
    "ancien_identifiant_unique": _deux_fois_le_meme_identifiant,
    "cadre_depart_prevu_complet": lambda x: x.changer(
        Cadre, x.troupe.fiche_du_cadre.pk, depart_prevu_le=dans(30)
    ),
    "import_annule_apres_confirmation": _import_annule_sans_avoir_ete_confirme,
    "cadre_depart_complet": lambda x: x.changer(
        Cadre, x.troupe.fiche_du_cadre.pk, parti_le=dans(-1)
    ),
    "critere_unique": _deux_criteres,
    "vue_nom_unique": _deux_vues,
}
