"""Each constraint of Word models, letters, folders to sign, offers of immersion and families of métiers,
broken once (see test_integrite.py)."""

from collectivites.communs import metiers
from collectivites.models import Poste
from opportunites.models import DossierASigner, LettreFaite, ModeleWord
from parcours.models import OffreImmersion
from tests import fabriques as f


def _deux_lettres(x):
    modele = f.faire_modele(x.troupe.drh_departement)
    fournee = f.faire_fournee(x.troupe.drh_departement, modele, x.troupe.fiche_du_cadre)
    LettreFaite.objects.create(fournee=fournee, cadre=x.troupe.fiche_du_cadre)


def _dossier(x, **champs):
    valeurs = {
        "reference": "S-1",
        "piece": "a_signer/1/un.pdf",
        "empreinte": "a" * 64,
        "garde_jusqu_au": f.dans(700),
        "fait_par": x.troupe.drh_departement.mandat,
    }
    mobilite = f.faire_mobilite(x.proposition)
    return DossierASigner.objects.create(mobilite=mobilite, **{**valeurs, **champs})


def _deux_retours(x):
    dossier = _dossier(x)
    for _ in range(2):
        f.faire_retour_signe(x.troupe.drh_departement, dossier, "signes/1/un.pdf")


def _modele_sans_nom(x):
    x.changer(ModeleWord, f.faire_modele(x.troupe.drh_departement).pk, nom="")


def _offre(x, **champs):
    return f.faire_offre_immersion(x.troupe.region, **champs)


def _deux_demandes(x):
    offre = _offre(x)
    for _ in range(2):
        f.faire_immersion(x.troupe.fiche_du_cadre, x.troupe.region, offre=offre)


#: A text beside a code of the list.
DEUX_FAMILLES = {"domaine": next(iter(metiers.FAMILLES)), "domaine_autre": "Autre chose"}

VIOLATIONS = {
    "modele_word_un_par_nom": lambda x: [
        f.faire_modele(x.troupe.drh_departement) for _ in range(2)
    ],
    "modele_word_a_un_nom": _modele_sans_nom,
    "lettre_une_par_personne": _deux_lettres,
    "dossier_a_signer_a_son_empreinte": lambda x: _dossier(x, empreinte=""),
    "retour_une_fois_par_fichier": _deux_retours,
    "offre_de_2_a_10_jours": lambda x: _offre(x, nb_jours=11),
    "offre_a_des_places": lambda x: _offre(x, places=0),
    "offre_finit_apres_son_debut": lambda x: _offre(x, fin=f.dans(139)),
    "immersion_montree_avant_l_accord": lambda x: f.faire_immersion(
        x.troupe.fiche_du_cadre,
        x.troupe.region,
        offre=_offre(x),
        montree_le=None,
        accord_origine_le=x.t,
    ),
    "immersion_cachee_sur_offre": lambda x: f.faire_immersion(
        x.troupe.fiche_du_cadre, x.troupe.region, montree_le=None
    ),
    "immersion_une_par_offre": _deux_demandes,
    "cadre_famille_dite": lambda x: f.faire_cadre(x.troupe.departement, **DEUX_FAMILLES),
    "poste_famille_dite": lambda x: x.changer(Poste, x.opportunite.poste_id, **DEUX_FAMILLES),
    "offreimmersion_famille_dite": lambda x: x.changer(
        OffreImmersion, _offre(x).pk, **DEUX_FAMILLES
    ),
}
