"""Lists with titles of blocks, headings on two rows, pages and totals, as HR programs print them."""

import io

from openpyxl import load_workbook

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import JOUR, diagnostic_de, octets_xlsx

ENTETE = ["Matricule", "Nom", "Prénom", "Poste"]


def directions(diag: Diagnostic) -> list[tuple[str, str]]:
    return [(c.nom, c.direction) for c in diag.nouveaux]


def test_la_direction_d_une_ligne_de_titre_va_aux_personnes_d_en_dessous() -> None:
    diag = diagnostic_de(
        [
            ENTETE,
            ["0300 - DIRECTION DES FINANCES (2 agents)", "", "", ""],
            ["1", "DUPONT", "Marie", "Cheffe"],
            ["Service comptabilité", "", "", ""],
            ["2", "PETIT", "Luc", "Chef"],
            ["Sous-total Service comptabilité", "", "1", ""],
            ["3", "LEROY", "Paul", "Chef"],
            ["Total direction", "", "3", ""],
            ["Direction :", "Culture et patrimoine", "", ""],
            ["4", "ROUX", "Zoé", "Directrice"],
            ["TOTAL GÉNÉRAL", "", "4", ""],
        ]
    )
    assert directions(diag) == [
        ("Dupont", "DIRECTION DES FINANCES"),
        ("Petit", "DIRECTION DES FINANCES"),
        ("Leroy", "DIRECTION DES FINANCES"),
        ("Roux", "Culture et patrimoine"),
    ]
    assert [i.raison for i in diag.ignorees].count("section") == 3
    assert [i.raison for i in diag.ignorees].count("total") == 3
    assert [a.lignes for a in diag.avertissements if a.code == "section"] == [(3, 5, 7, 10)]
    assert "sans_direction" not in [a.code for a in diag.avertissements]


def test_la_direction_de_la_ligne_l_emporte_sur_celle_du_titre() -> None:
    diag = diagnostic_de(
        [[*ENTETE, "Direction"], ["Pôle ressources"], ["1", "DUPONT", "Marie", "Cheffe", "DSI"]]
    )
    assert directions(diag) == [("Dupont", "DSI")]


def test_une_personne_seule_sur_sa_ligne_n_est_pas_un_titre() -> None:
    diag = diagnostic_de([ENTETE, ["", "PETIT", "", ""], ["1", "DUPONT", "Marie", ""]])
    assert [a.motif for a in diag.a_corriger] == ["Le prénom manque"]
    assert directions(diag) == [("Dupont", "")]


def test_une_ligne_fusionnee_est_un_titre_meme_sans_le_mot_direction() -> None:
    octets = octets_xlsx([["Nom", "Prénom", "Poste"], ["Finances"], ["DUPONT", "Marie", "Cheffe"]])
    classeur = load_workbook(io.BytesIO(octets))
    classeur.active.merge_cells("A2:C2")
    tampon = io.BytesIO()
    classeur.save(tampon)
    diag = diagnostiquer(lire(tampon.getvalue(), "x.xlsx"), existants=[], aujourdhui=JOUR)
    assert directions(diag) == [("Dupont", "Finances")]


def test_un_entete_sur_deux_lignes_est_compris_et_ecarte_quand_il_se_repete() -> None:
    haut = ["Agent", "", "", "Affectation", "", "Date"]
    bas = ["Matricule", "Nom", "Prénom", "Service", "Fonction", "Affectation"]
    diag = diagnostic_de(
        [
            ["Liste des cadres"],
            haut,
            bas,
            ["1", "DUPONT", "Marie", "Culture", "Cheffe", "01/03/2019"],
            haut,
            bas,
            ["2", "PETIT", "Luc", "Sport", "Chef", "01/04/2020"],
        ]
    )
    assert [(c.nom, c.direction, c.poste, f"{c.date_entree_poste:%Y}") for c in diag.nouveaux] == [
        ("Dupont", "Culture", "Cheffe", "2019"),
        ("Petit", "Sport", "Chef", "2020"),
    ]
    assert diag.correspondance["Date Affectation"] == "date_entree_poste"
    assert [(i.ligne, i.raison) for i in diag.ignorees] == [(5, "entete"), (6, "entete")]


def test_des_intitules_fusionnes_de_haut_en_bas_restent_a_leur_colonne() -> None:
    diag = diagnostic_de(
        [
            ["Matricule", "Nom", "Prénom", "Situation", ""],
            ["", "", "", "Grade", "Échelon"],
            ["1", "DUPONT", "Marie", "Attaché", "4"],
        ]
    )
    assert [(c.nom, c.prenom, c.grade, c.echelon) for c in diag.nouveaux] == [
        ("Dupont", "Marie", "Attaché", "4")
    ]


def test_une_premiere_personne_n_est_jamais_prise_pour_un_second_entete() -> None:
    diag = diagnostic_de(
        [["Nom", "Prénom", "Fonction", "Statut"], ["MARTIN", "Agathe", "Cadre", "Contrat"]]
    )
    assert [(c.ligne, c.nom, c.poste) for c in diag.nouveaux] == [(2, "Martin", "Cadre")]


def test_les_pages_et_les_pieds_de_page_sont_comptes_et_laisses() -> None:
    diag = diagnostic_de(
        [
            ENTETE,
            ["1", "DUPONT", "Marie", "Cheffe"],
            ["Page 2", "", "", ""],
            ENTETE,
            ["2", "PETIT", "Luc", "Chef"],
            ["Page 3 / 3", "", "", "Édité le 12/11/2026"],
        ]
    )
    assert [c.nom for c in diag.nouveaux] == ["Dupont", "Petit"]
    assert [(i.ligne, i.raison) for i in diag.ignorees] == [
        (3, "page"),
        (4, "entete"),
        (6, "page"),
    ]
    assert diag.a_corriger == ()


def test_une_mention_en_capitales_n_est_pas_une_direction() -> None:
    diag = diagnostic_de(
        [ENTETE, ["CONFIDENTIEL RH", "", "", ""], ["CATÉGORIE A", "", "", ""], ["1", "A", "B", "C"]]
    )
    assert directions(diag) == [("A", "")]
    avec = [[*ENTETE, "Direction"], ["A RELIRE AVANT ENVOI"], ["1", "A", "B", "C", ""]]
    assert directions(diagnostic_de(avec)) == [("A", "")]
