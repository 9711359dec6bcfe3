"""The four staff lists of the demo: exactly the right people, and each rejected line explained."""

import json
from datetime import date

import pytest

from cadres.recensement.correction import fichier_a_corriger
from cadres.recensement.diagnostic import diagnostiquer, rediagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.modeles import FicheExistante, LigneCadre
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import EXEMPLES, JOUR, ecrire_dans_le_registre

ATTENDU = {"ville.xlsx": 28, "agglomeration.csv": 24, "departement.ods": 26, "region.xlsx": 34}


def diagnostic(nom: str, existants: list[FicheExistante] | None = None) -> Diagnostic:
    return diagnostiquer(lire(EXEMPLES / nom), existants=existants or [], aujourdhui=JOUR)


def ligne(diag: Diagnostic, numero: int) -> LigneCadre:
    return next(c for c in diag.nouveaux if c.ligne == numero)


@pytest.mark.parametrize(("nom", "attendu"), ATTENDU.items())
def test_le_nombre_de_personnes_est_exact(nom: str, attendu: int) -> None:
    diag = diagnostic(nom)
    assert len(diag.nouveaux) == attendu
    assert (diag.mis_a_jour, diag.inchanges, diag.hors_public) == ((), (), ())


@pytest.mark.parametrize("nom", ["agglomeration.csv", "departement.ods", "region.xlsx"])
def test_trois_fichiers_n_ont_aucune_ligne_a_corriger(nom: str) -> None:
    diag = diagnostic(nom)
    assert diag.a_corriger == ()
    assert diag.doublons == ()
    assert diag.ignorees == ()


def test_les_lignes_de_la_region_vont_de_2_a_35_sans_trou() -> None:
    """34 rows, 34 people: no row is empty, wrong or double."""
    assert [c.ligne for c in diagnostic("region.xlsx").nouveaux] == list(range(2, 36))


def test_les_deux_celina_leger_de_la_region_sont_deux_personnes() -> None:
    diag = diagnostic("region.xlsx")
    premiere, seconde = ligne(diag, 2), ligne(diag, 3)
    assert (premiere.nom, premiere.prenom) == (seconde.nom, seconde.prenom) == ("Léger", "Célina")
    assert premiere.courriel != seconde.courriel
    assert next(a for a in diag.avertissements if a.code == "homonyme").lignes == (2, 3)


@pytest.mark.parametrize(
    ("nom", "numero"),
    [
        ("ville.xlsx", 32),
        ("agglomeration.csv", 11),
        ("departement.ods", 21),
        ("region.xlsx", 4),
        ("region.xlsx", 26),
    ],
)
def test_les_encadrants_de_categorie_b_sont_admis(nom: str, numero: int) -> None:
    cadre = ligne(diagnostic(nom), numero)
    assert cadre.categorie == "B"
    assert cadre.encadrement is True
    assert cadre.grade.endswith("principal de 1re classe")


def test_la_ville_rejette_trois_lignes_et_dit_pourquoi_pour_chaque_valeur() -> None:
    diag = diagnostic("ville.xlsx")
    vues = [(a.ligne, a.colonne, a.valeur, a.motif) for a in diag.a_corriger]
    formule = "Une formule n’est pas acceptée ici"
    assert vues == [
        (34, "Date affectation", "31/02/2019", "Cette date n’existe pas"),
        (35, "Cat.", "Z", "Catégorie inconnue"),
        (35, "Courriel pro", "pas une adresse", "Ceci n’est pas une adresse électronique"),
        (36, "Matricule", '=HYPERLINK("http://127.0.0.1:9/x","cliquez")', formule),
        (36, "Nom d'usage", "=1+1", formule),
        (36, "Libellé poste", "@SUM(A1:A9)", formule),
    ]
    assert diag.nb_lignes_a_corriger == 3
    assert diag.a_corriger[0].suggestion == "28/02/2019 ou 01/03/2019"


def test_la_ville_compte_une_fois_son_doublon_et_laisse_son_total() -> None:
    diag = diagnostic("ville.xlsx")
    assert [(d.ligne, d.premiere) for d in diag.doublons] == [(33, 8)]
    assert [(i.ligne, i.raison) for i in diag.ignorees] == [(38, "total")]
    assert diag.nb_vides == 1  # row 37
    assert diag.nb_lignes == 32  # rows 5 to 36: 28 good ones, 1 double, 3 to correct


def test_l_entete_de_la_ville_est_trouve_sous_son_bloc_de_titre() -> None:
    diag = diagnostic("ville.xlsx")
    assert diag.ligne_entete == 4
    assert diag.messages == (
        "Feuille lue\u00a0: «\u00a0Cadres\u00a0». Non lue\u00a0: «\u00a0Notes\u00a0».",
    )


def test_la_personne_sans_courriel_entre_et_n_est_pas_encore_joignable() -> None:
    diag = diagnostic("ville.xlsx")
    assert ligne(diag, 9).joignable is False
    avertissement = next(a for a in diag.avertissements if a.code == "sans_courriel")
    assert avertissement.lignes == (9,)
    assert "pas encore joignable" in avertissement.message


def test_deux_personnes_peuvent_tenir_des_postes_de_meme_intitule() -> None:
    diag = diagnostic("ville.xlsx")
    assert ligne(diag, 6).poste == ligne(diag, 7).poste == "Directrice de la communication"


@pytest.mark.parametrize(
    ("nom", "colonnes"),
    [
        ("ville.xlsx", ["Date de naissance", "Avis N+1"]),
        ("agglomeration.csv", ["IFSE_MENSUELLE"]),
        ("departement.ods", ["Volontaire"]),
        ("region.xlsx", []),
    ],
)
def test_ce_dont_la_demarche_n_a_pas_besoin_est_nomme_et_non_garde(
    nom: str, colonnes: list[str]
) -> None:
    diag = diagnostic(nom)
    assert [c.colonne for c in diag.colonnes_ecartees] == colonnes
    assert {c.code for c in diag.colonnes_ecartees} <= {"minimisation"}
    tout = json.dumps(diag.vers_json(), ensure_ascii=False)
    assert "1987" not in tout  # a birth year of the ville
    assert "RAS" not in tout  # its opinions of the N+1
    assert "1000,00" not in tout  # pay of the agglomération
    assert "à voir" not in tout  # answers of the département


def test_la_ville_est_comprise_valeur_par_valeur() -> None:
    """Row 5: number as matricule, capitals, « 4e », an Excel date. Row 7: « a », CDI, 12-04-20."""
    diag = diagnostic("ville.xlsx")
    assert ligne(diag, 5) == LigneCadre(
        ligne=5, matricule="34331", civilite="M", nom="Colin", prenom="Joseph",
        courriel="joseph.colin@ville.example.fr", categorie="A+",
        cadre_emplois="Ingénieur en chef territorial", grade="Ingénieur en chef", echelon="4",
        statut="titulaire", date_entree_poste=date(2016, 3, 18), poste="Directeur de l'éducation",
        direction="DGA Éducation, jeunesse, petite enfance", encadrement=True, nb_agents=600,
        profil="haut_potentiel",
    )  # fmt: skip
    septieme = ligne(diag, 7)
    assert (septieme.categorie, septieme.statut) == ("A", "cdi")
    assert septieme.date_entree_poste == date(2020, 4, 12)
    assert ligne(diag, 8).encadrement is None  # no number of agents: not known
    assert ligne(diag, 18).categorie == "A+"  # « Cat. A+ »


def test_l_agglomeration_est_comprise_en_windows_1252_malgre_les_virgules_des_directions() -> None:
    diag = diagnostic("agglomeration.csv")
    assert diag.messages == ("Fichier lu en Windows-1252, séparateur «\u00a0;\u00a0».",)
    assert ligne(diag, 2) == LigneCadre(
        ligne=2, matricule="13941", civilite="M", nom="Gauthier", prenom="Guy",
        courriel="guy.gauthier@metropole.example.fr", categorie="A",
        cadre_emplois="Attaché territorial", grade="Attaché principal", echelon="2",
        statut="titulaire", date_entree_poste=date(2021, 5, 27), poste="Chef de projet Tramway",
        direction="DGA Aménagement, habitat, mobilités", encadrement=True,
    )  # fmt: skip
    assert ligne(diag, 8).prenom == "Étienne"
    assert ligne(diag, 11).matricule == "00782"  # leading zeros are kept
    assert ligne(diag, 19).grade == "Ingénieur principal"  # « ING PRINCIPAL »


def test_le_departement_donne_des_mois_et_des_noms_suivis_d_une_espace() -> None:
    diag = diagnostic("departement.ods")
    assert ligne(diag, 2).nom == "Le Goff"
    assert ligne(diag, 2).date_entree_poste == date(2023, 8, 1)
    assert ligne(diag, 3).date_entree_poste == date(2014, 5, 20)
    mois = next(a for a in diag.avertissements if a.code == "mois_seul")
    assert mois.lignes == tuple(range(2, 27, 2))


@pytest.mark.parametrize("nom", ATTENDU)
def test_importer_deux_fois_ne_change_rien(nom: str) -> None:
    premier = diagnostic(nom)
    registre = ecrire_dans_le_registre(premier)
    second = diagnostic(nom, registre)
    assert (second.nouveaux, second.mis_a_jour, second.hors_public) == ((), (), ())
    assert len(second.inchanges) == ATTENDU[nom]
    assert second.a_corriger == premier.a_corriger
    confirme = rediagnostiquer(premier, existants=registre, aujourdhui=JOUR)
    assert (len(confirme.nouveaux), len(confirme.inchanges)) == (0, ATTENDU[nom])


@pytest.mark.parametrize("nom", ATTENDU)
def test_le_diagnostic_va_en_json_et_en_revient(nom: str) -> None:
    diag = diagnostic(nom)
    assert Diagnostic.depuis_json(json.loads(json.dumps(diag.vers_json()))) == diag


def test_le_resume_a_la_forme_que_la_ligne_de_commande_promet() -> None:
    resume = diagnostic("ville.xlsx").resume_json()
    assert {c: n for c, n in resume.items() if isinstance(n, int)} == {
        "nouveaux": 28, "mis_a_jour": 0, "inchanges": 0, "hors_public": 0,
    }  # fmt: skip
    assert resume["colonnes_ecartees"] == ["Date de naissance", "Avis N+1"]
    assert {tuple(a) for a in resume["a_corriger"]} == {("ligne", "colonne", "valeur", "motif")}
    assert json.loads(json.dumps(resume)) == resume


def test_le_fichier_a_corriger_revient_avec_les_memes_motifs_et_sans_formule() -> None:
    diag = diagnostic("ville.xlsx")
    retour = lire(fichier_a_corriger(diag), "a-corriger.xlsx")
    assert not any("Formule" in type(c).__name__ for _, cellules in retour.lignes for c in cellules)
    second = diagnostiquer(retour, existants=[], aujourdhui=JOUR)
    assert [(a.colonne, a.valeur, a.motif) for a in second.a_corriger] == [
        (a.colonne, a.valeur, a.motif) for a in diag.a_corriger
    ]
    assert [c.colonne for c in second.colonnes_ecartees] == ["Ligne d’origine", "À corriger"]
