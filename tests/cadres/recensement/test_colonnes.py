"""Headings of every HR software, minimisation, and the mapping corrected by the DRH."""

import pytest

from cadres.recensement.diagnostic import diagnostiquer, proposer_colonnes
from cadres.recensement.entetes.synonymes import SYNONYMES, raison_ecart, reconnaitre
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.modeles import CHAMPS
from tests.cadres.recensement.aide import JOUR, diagnostic_de, octets_csv


@pytest.mark.parametrize(
    ("entete", "champ"),
    [
        ("Nom d’usage", "nom"), ("NOM", "nom"), ("Nom de famille", "nom"), ("Pre\u0301nom", "prenom"),
        ("Mail", "courriel"), ("Adresse électronique", "courriel"), ("E-mail", "courriel"),
        ("Courriel pro", "courriel"), ("Éch.", "echelon"), ("Cat.", "categorie"),
        ("DATE_ENTREE_POSTE", "date_entree_poste"), ("Date d'affectation", "date_entree_poste"),
        ("Dans le poste depuis…", "date_entree_poste"), ("EMPLOI", "poste"), ("Intitulé du poste", "poste"),
        ("POSITION", "statut"), ("Nb agents encadrés", "nb_agents"), ("Encadrant (O/N)", "encadrement"),
        ("Nom et prénom", "nom_prenom"), ("Prénom Nom", "prenom_nom"), ("id_agent", "matricule"),
        ("N° matricule", "matricule"), ("Adresse électonique", "courriel"),  # a slip
        ("Date de naissance", ""), ("Avis N+1", ""), ("Fruit", ""), ("Nombre d'enfants", ""), ("", ""),
    ],
)  # fmt: skip
def test_les_intitules(entete: str, champ: str) -> None:
    assert reconnaitre(entete)[0] == champ


@pytest.mark.parametrize(
    ("entete", "mot"),
    [
        ("Date de naissance", "âge"), ("DDN", "âge"), ("Âge", "âge"), ("Nombre d'enfants", "famille"),
        ("Situation familiale", "famille"), ("Avis du N+1", "hiérarchie"), ("IFSE_MENSUELLE", "rémunération"),
        ("Indice majoré (IM)", "rémunération"), ("Tél. portable", "personnelles"),
        ("Adresse personnelle", "personnelles"), ("N° Sécurité sociale", "sécurité sociale"),
        ("RQTH", "santé"), ("Volontaire", "réponse"), ("Observations", "remarques"),
        ("Ancienneté FPT", "ancienneté"), ("Syndicat", "critère"),
    ],
)  # fmt: skip
def test_ce_qui_n_est_pas_garde_l_est_pour_une_raison(entete: str, mot: str) -> None:
    assert reconnaitre(entete)[0] == ""
    assert mot in raison_ecart(entete)


def test_chaque_champ_a_ses_synonymes_et_aucun_ne_sert_deux_fois() -> None:
    tous = [nom for noms in SYNONYMES.values() for nom in noms.split("|")]
    assert len(tous) == len(set(tous))
    assert set(SYNONYMES) == set(CHAMPS)


def test_le_nom_d_usage_l_emporte_sur_le_nom_de_naissance() -> None:
    diag = diagnostic_de(
        [["Nom de naissance", "Nom d'usage", "Prénom"], ["MARTIN", "PETIT", "Agathe"]]
    )
    assert [c.nom for c in diag.nouveaux] == ["Petit"]
    assert [(c.colonne, c.code) for c in diag.colonnes_ecartees] == [
        ("Nom de naissance", "secours")
    ]


def test_une_colonne_inconnue_est_nommee() -> None:
    diag = diagnostic_de([["Nom", "Prénom", "Couleur du badge"], ["MARTIN", "Agathe", "bleu"]])
    assert [(c.colonne, c.code) for c in diag.colonnes_ecartees] == [
        ("Couleur du badge", "inconnue")
    ]


def test_le_drh_corrige_la_correspondance_et_elle_se_reutilise() -> None:
    octets = octets_csv(
        [["Nom", "Prénom", "Libellé RH", "Service"], ["MARTIN", "Agathe", "Directrice", "Culture"]]
    )
    classeur = lire(octets, "x.csv")
    choix = {"Libellé RH": "poste", "Service": ""}
    diag = diagnostiquer(classeur, existants=[], correspondance=choix, aujourdhui=JOUR)
    assert [(c.poste, c.direction) for c in diag.nouveaux] == [("Directrice", "")]
    assert diag.correspondance == {
        "Nom": "nom",
        "Prénom": "prenom",
        "Libellé RH": "poste",
        "Service": "",
    }
    assert [(c.colonne, c.code) for c in diag.colonnes_ecartees] == [("Service", "choix")]
    encore = diagnostiquer(
        classeur, existants=[], correspondance=diag.correspondance, aujourdhui=JOUR
    )
    assert encore.vers_json() == diag.vers_json()


def test_une_correspondance_memorisee_fait_reconnaitre_un_entete_inconnu() -> None:
    octets = octets_csv([["Zone 1", "Zone 2"], ["MARTIN", "Agathe"]])
    with pytest.raises(FichierIllisible):
        lire(octets, "x.csv")
    choix = {"Zone 1": "nom", "Zone 2": "prenom"}
    classeur = lire(octets, "x.csv", correspondance=choix)
    assert len(diagnostiquer(classeur, existants=[], correspondance=choix).nouveaux) == 1


def test_les_intitules_vides_ou_repetes_ont_un_nom_propre() -> None:
    octets = octets_csv(
        [["Nom", "Prénom", "", "Direction", "Direction"], ["MARTIN", "Agathe", "x", "DGA", "Y"]]
    )
    colonnes = proposer_colonnes(lire(octets, "x.csv"))
    assert [c.colonne for c in colonnes] == [
        "Nom",
        "Prénom",
        "Colonne C",
        "Direction",
        "Direction (E)",
    ]
    assert colonnes[3].exemple == "DGA"


def test_l_exemple_d_une_colonne_ecartee_n_est_pas_montre() -> None:
    octets = octets_csv(
        [["Nom", "Prénom", "Date de naissance"], ["MARTIN", "Agathe", "18/08/1987"]]
    )
    assert proposer_colonnes(lire(octets, "x.csv"))[2].exemple == ""


def test_l_entete_le_plus_riche_gagne_sous_un_long_titre() -> None:
    titre = [
        ["Direction des ressources humaines"],
        ["Nom du service", "Direction"],
        ["Agent", "Poste"],
        [],
    ]
    diag = diagnostic_de(
        [*titre, ["Nom", "Prénom", "Grade", "Mail"], ["MARTIN", "Agathe", "Attaché", "a@v.fr"]]
    )
    assert diag.ligne_entete == 5
