"""An optional value that is not understood leaves its field empty, is said, and refuses nobody."""

import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from cadres.recensement.correction import fichier_a_corriger, fichier_du_diagnostic
from cadres.recensement.diagnostic import corriger
from cadres.recensement.modeles import FicheExistante
from cadres.recensement.resultat import Diagnostic
from cadres.recensement.semblables import (
    corrections_semblables,
    corrections_suggerees,
    grouper,
)
from tests.cadres.recensement.aide import JOUR, diagnostic_de
from tests.cadres.recensement.test_valeurs import lu

ENTETE = ["Nom", "Prénom", "Statut", "Grade", "Éch.", "Mail", "Cat."]


def agent(nom: str, **valeurs: str) -> list[str]:
    champs = {"statut": "", "grade": "", "ech": "", "mail": "", "cat": ""} | valeurs
    return [nom, "Anne", *champs.values()]


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [("statut", "NT"), ("grade", "DGS 40 à 80 000 hab."), ("ech", "dernier"), ("mail", "voir RH")],
)
def test_la_personne_entre_sans_la_valeur_qui_n_est_pas_comprise(champ: str, valeur: str) -> None:
    diag = diagnostic_de([ENTETE, agent("DUPONT", **{champ: valeur})])
    assert (diag.pret, diag.a_corriger, diag.nb_lignes_a_corriger) == (1, (), 0)
    (laissee,) = diag.laissees
    assert (laissee.ligne, laissee.valeur, laissee.qui) == (2, valeur, "Anne Dupont")
    assert Diagnostic.depuis_json(diag.vers_json()) == diag


def test_une_ligne_a_corriger_montre_tout_ce_qui_l_est_avec_le_nom_de_la_personne() -> None:
    diag = diagnostic_de([ENTETE, agent("DUPONT", statut="NT", cat="Z")])
    assert [(a.champ, a.qui) for a in diag.a_corriger] == [
        ("statut", "Anne Dupont"),
        ("categorie", "Anne Dupont"),
    ]
    assert diag.laissees == ()
    bon = corriger(diag, {(2, "categorie"): "A"}, existants=[], aujourdhui=JOUR)
    assert (bon.pret, [a.champ for a in bon.laissees]) == (1, ["statut"])


def test_une_valeur_laissee_se_corrige_a_l_ecran_sans_perdre_les_autres() -> None:
    diag = diagnostic_de([ENTETE, agent("DUPONT", statut="NT", mail="voir RH")])
    bon = corriger(diag, {(2, "statut"): "CDI"}, existants=[], aujourdhui=JOUR)
    assert [c.statut for c in bon.nouveaux] == ["cdi"]
    assert [(a.champ, a.valeur) for a in bon.laissees] == [("courriel", "voir RH")]


def test_ce_que_la_fiche_connait_deja_reste_et_n_est_pas_dit_vide() -> None:
    fiche = FicheExistante(id=1, nom="Dupont", prenom="Anne", statut="titulaire")
    diag = diagnostic_de([ENTETE, agent("DUPONT", statut="NT")], [fiche])
    assert [i.fiche_id for i in diag.inchanges] == [1]
    assert diag.videes == ()


def test_une_seule_correction_vaut_pour_toutes_les_lignes_semblables() -> None:
    lignes = [agent(f"NOM{'ABCDE'[i]}", statut=s) for i, s in enumerate(["NT", "nt", "N.T.", "NT"])]
    diag = diagnostic_de([ENTETE, *lignes, agent("NOMZ", statut="Zouave")])
    premier, second, _ = grouper(diag)
    assert (premier.valeur, premier.lignes, premier.exige) == ("NT", (2, 3, 5), False)
    assert (second.valeur, second.lignes) == ("N.T.", (4,))
    toutes = corrections_semblables(diag, 3, "statut", "CDI")
    assert toutes == {(2, "statut"): "CDI", (3, "statut"): "CDI", (5, "statut"): "CDI"}
    bon = corriger(diag, toutes, existants=[], aujourdhui=JOUR)
    assert [c.statut for c in bon.nouveaux] == ["cdi", "cdi", "", "cdi", ""]


def test_le_courriel_d_une_personne_n_est_jamais_donne_a_une_autre() -> None:
    diag = diagnostic_de([ENTETE, agent("A", mail="voir RH"), agent("B", mail="voir RH")])
    assert corrections_semblables(diag, 2, "courriel", "a@v.fr") == {(2, "courriel"): "a@v.fr"}


def test_toutes_les_suggestions_s_appliquent_d_un_coup() -> None:
    diag = diagnostic_de(
        [ENTETE, agent("A", mail="a..b@v.fr"), agent("B", grade="Attaché prinsipal"), agent("C")]
    )
    assert corrections_suggerees(diag) == {
        (2, "courriel"): "a.b@v.fr",
        (3, "grade"): "Attaché principal",
    }


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("01 - Titulaire", "titulaire"), ("S", "stagiaire"), ("MAD entrante", ""), ("C.D.I.", "cdi"),
        ("Contrat de projet", "cdd"), ("TITULAIRE (CNRACL)", "titulaire"), ("Mise à dispo.", ""),
        ("Non titulaire CDI", "cdi"), ("Détachement entrant", "titulaire"), ("3 STAGIAIRE", "stagiaire"),
    ],
)  # fmt: skip
def test_les_statuts_des_logiciels(ecrit: str, attendu: str) -> None:
    assert (lu("statut", ecrit).valeur, lu("statut", ecrit).motif) == (attendu, "")


@pytest.mark.parametrize(
    ("ecrit", "motif"),
    [
        ("NT", "contrat"), ("Contractuel art. 3-3 2°", "contrat"), ("Collaborateur de cabinet", "contrat"),
        ("L332-8", "contrat"), ("DGA", "fonctionnel"), ("Emploi fonctionnel", "fonctionnel"),
        ("01", "inconnu"),
    ],
)  # fmt: skip
def test_ce_qui_n_est_pas_certain_n_est_pas_devine(ecrit: str, motif: str) -> None:
    assert lu("statut", ecrit).valeur is None
    assert motif in lu("statut", ecrit).motif


def test_une_erreur_du_tableur_est_dite_et_ne_refuse_pas() -> None:
    diag = diagnostic_de(
        [["Nom", "Prénom", "Direction", "Matricule"], ["DUPONT", "Anne", "#N/A", "#REF!"]]
    )
    assert (diag.pret, diag.a_corriger) == (1, ())
    assert [a.lignes for a in diag.avertissements if a.code == "erreur_calcul"] == [(2,)]
    assert {a.champ for a in diag.laissees} == {"direction", "matricule"}


def test_le_diagnostic_entier_se_telecharge() -> None:
    fiche = FicheExistante(id=1, nom="Parti", prenom="Luc", poste="Chef")
    diag = diagnostic_de(
        [ENTETE, agent("DUPONT", statut="NT"), agent("A", cat="Z"), agent("DUPONT", statut="NT")],
        [fiche],
    )
    feuille = load_workbook(io.BytesIO(fichier_du_diagnostic(diag))).active
    dit = [(ligne[0], ligne[1]) for ligne in feuille.iter_rows(min_row=2, values_only=True)]
    assert dit == [
        (2, "Nouvelle"),
        (2, "Champ laissé vide"),
        (3, "À corriger"),
        (4, "Répète la ligne 2"),
        (None, "Absente du fichier"),
    ]
    assert fichier_a_corriger(diag)


def test_une_fois_la_ligne_ecrite_rien_de_ce_qui_en_etait_dit_ne_reste() -> None:
    diag = diagnostic_de([ENTETE, agent("DUPONT", statut="NT"), agent("MARTIN", cat="Z")])
    garde = json.dumps(replace(diag, nouveaux=()).vers_json())
    assert "Dupont" not in garde
    assert "MARTIN" in garde
