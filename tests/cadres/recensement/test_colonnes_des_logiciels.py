"""Headings of Ciril, Sedit, Cegid and Eksaé; a column corrected by hand spoils no other."""

import pytest

from cadres.recensement.diagnostic import diagnostiquer, proposer_colonnes
from cadres.recensement.entetes.colonnes import SANS_SECOURS
from cadres.recensement.entetes.synonymes import raison_quatuor, reconnaitre
from cadres.recensement.fichiers.lecture import lire
from tests.cadres.recensement.aide import JOUR, diagnostic_de, octets_csv


@pytest.mark.parametrize(
    ("entete", "champ"),
    [
        ("LIB EMPLOI", "poste"), ("LIB_FONCTION", "poste"), ("Libellé fonction", "poste"),
        ("LIB DIRECTION", "direction"), ("LIB SERVICE", "direction"), ("Structure", "direction"),
        ("Entité", "direction"), ("Libellé structure", "direction"), ("Code salarié", "matricule"),
        ("Salarié - Code", "matricule"), ("Matric.", "matricule"), ("CATEG", "categorie"),
        ("Grade / emploi", "grade"), ("DATE_AFFECT", "date_entree_poste"), ("DT_AFFECTATION", "date_entree_poste"),
        ("NOM PATRONYMIQUE", "nom"), ("NOM USUEL", "nom"), ("LIB POSITION", "statut"),
        ("Type de contrat", "statut"), ("Domaine de métier", "domaine"), ("Visées", "visees"),
        ("Collectivité", "collectivite"), ("Nb agts encadrés", "nb_agents"),
    ],
)  # fmt: skip
def test_les_intitules_des_logiciels(entete: str, champ: str) -> None:
    assert reconnaitre(entete)[0] == champ


def test_la_direction_l_emporte_sur_le_service_et_l_entite() -> None:
    diag = diagnostic_de(
        [
            ["Nom", "Prénom", "LIB SERVICE", "LIB DIRECTION", "Entité"],
            ["A", "B", "Compta", "Finances", "Siège"],
        ]
    )
    assert [c.direction for c in diag.nouveaux] == ["Finances"]


CIRIL = [
    ["NOM USUEL", "NOM PATRONYMIQUE", "PRENOM", "LIBELLE A", "LIBELLE B"],
    ["", "MARTIN", "Agathe", "Cheffe", "Culture"],
    ["DURAND", "PETIT", "Zoé", "Cheffe", "Sport"],
]


def test_corriger_deux_colonnes_ne_prive_pas_du_nom_patronymique() -> None:
    """The form sends every column back: those that were not kept come with an empty choice."""
    classeur = lire(octets_csv(CIRIL), "x.csv")
    choix = {c.colonne: c.champ for c in proposer_colonnes(classeur)}
    choix |= {"LIBELLE A": "poste", "LIBELLE B": "direction"}
    assert choix["NOM PATRONYMIQUE"] == ""
    diag = diagnostiquer(classeur, existants=[], correspondance=choix, aujourdhui=JOUR)
    assert [(c.nom, c.poste, c.direction) for c in diag.nouveaux] == [
        ("Martin", "Cheffe", "Culture"),
        ("Durand", "Cheffe", "Sport"),
    ]
    assert [(c.colonne, c.code) for c in diag.colonnes_ecartees] == [
        ("NOM PATRONYMIQUE", "secours")
    ]
    encore = diagnostiquer(
        classeur, existants=[], correspondance=diag.correspondance, aujourdhui=JOUR
    )
    assert encore.nouveaux == diag.nouveaux  # remembered, it harms no more


def test_le_secours_se_refuse_en_le_disant() -> None:
    classeur = lire(octets_csv(CIRIL), "x.csv")
    choix = {"NOM PATRONYMIQUE": SANS_SECOURS}
    diag = diagnostiquer(classeur, existants=[], correspondance=choix, aujourdhui=JOUR)
    assert [c.nom for c in diag.nouveaux] == ["Durand"]
    assert diag.correspondance["NOM PATRONYMIQUE"] == SANS_SECOURS


def test_rien_de_faux_n_est_dit_d_une_colonne_que_personne_n_a_choisi_d_ecarter() -> None:
    lignes = [["Nom", "Prénom", "Badge", "Direction", "Service"], ["A", "B", "x", "D", "S"]]
    classeur = lire(octets_csv(lignes), "x.csv")
    choix = {c.colonne: c.champ for c in proposer_colonnes(classeur)}
    codes = {c.colonne: c.code for c in proposer_colonnes(classeur, choix)}
    assert (codes["Badge"], codes["Service"]) == ("inconnue", "double")


# --- Our own export -------------------------------------------------------------------------------

EXPORT = [
    "Nom", "Prénom", "Grade", "Collectivité", "Poste occupé", "Direction", "Dans le poste depuis le",
    "Ancienneté dans le poste (années)", "Situation", "Prochaine étape", "Échéance", "Catégorie",
    "Cadre d’emplois", "Agents encadrés", "Profil", "Famille de métiers", "Statut", "Échelon", "Courriel",
    "Matricule", "Accompagnateur", "Départ de la collectivité",
]  # fmt: skip


def test_toutes_les_colonnes_de_notre_export_sont_connues() -> None:
    classeur = lire(octets_csv([EXPORT, ["A", "B", *["x"] * (len(EXPORT) - 2)]]), "x.csv")
    colonnes = {c.colonne: (c.champ, c.code) for c in proposer_colonnes(classeur)}
    assert "inconnue" not in {code for _, code in colonnes.values()}
    quatuor = {nom for nom, (_, code) in colonnes.items() if code == "quatuor"}
    assert quatuor == {nom for nom in EXPORT if raison_quatuor(nom)}
    assert colonnes["Famille de métiers"][0] == "domaine"


def test_le_domaine_et_les_visees_s_importent() -> None:
    diag = diagnostic_de(
        [
            ["Nom", "Prénom", "Domaine de métier", "Visées", "Agents encadrés"],
            ["A", "B", "finances", "Promotion et mobilité latérale", "Oui"],
            ["C", "D", "Couture", "aucune", "12"],
        ]
    )
    premiere, seconde = diag.nouveaux
    assert premiere.domaine == "Finances et contrôle de gestion"
    assert (premiere.vise_promotion, premiere.vise_mobilite, premiere.vise_developpement) == (
        True,
        True,
        False,
    )
    assert (premiere.encadrement, premiere.nb_agents) == (True, None)
    assert (seconde.domaine, seconde.vise_promotion, seconde.nb_agents) == ("Couture", False, 12)
    assert not diag.laissees
    dits = [a for a in diag.avertissements if a.code == "famille_hors_liste"]
    assert [a.lignes for a in dits] == [(3,)]
    assert "son texte est gardé" in dits[0].message


def test_une_famille_trop_longue_pour_etre_gardee_est_a_corriger() -> None:
    diag = diagnostic_de([["Nom", "Prénom", "Domaine"], ["A", "B", "mot " * 40]])

    assert diag.nouveaux[0].domaine == ""
    assert [a.champ for a in diag.laissees] == ["domaine"]
