"""Each constraint of the register's criteria and views, broken once."""

from cadres.models import Cadre, Critere, VueRegistre
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


VIOLATIONS = {
    "cadre_depart_complet": lambda x: x.changer(
        Cadre, x.troupe.fiche_du_cadre.pk, parti_le=dans(-1)
    ),
    "critere_unique": _deux_criteres,
    "vue_nom_unique": _deux_vues,
}
