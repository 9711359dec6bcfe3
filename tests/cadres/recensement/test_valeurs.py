"""What people write in cells, and what it means."""

from datetime import date

import pytest

from cadres.recensement.champs.grades import chercher_grades, liste_grades, resoudre_grade
from cadres.recensement.champs.noms import nettoyer_nom, separer
from cadres.recensement.champs.texte import nettoyer
from cadres.recensement.champs.valeurs import Lu, lire_valeur
from cadres.recensement.modeles import Valeur
from tests.cadres.recensement.aide import JOUR


def lu(champ: str, texte: str) -> Lu:
    return lire_valeur(champ, nettoyer(texte), JOUR)


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("COLIN", "Colin"),
        ("  Le Goff ", "Le Goff"),
        ("LE\u00a0GOFF", "Le Goff"),
        ("E\u0301LE\u0301ONORE", "Éléonore"),  # decomposed accents
        ("D’ALEMBERT", "d'Alembert"),
        ("d'Alembert", "d'Alembert"),
        ("DE LA TOUR", "de La Tour"),
        ("de la Tour", "de la Tour"),  # as the person writes it
        ("DUPONT - MARTIN", "Dupont-Martin"),
        ("JEAN-PIERRE", "Jean-Pierre"),
        ("O'CONNOR", "O'Connor"),
        ("McDonald", "McDonald"),
        ("martin", "Martin"),
        ("Nguyễn", "Nguyễn"),
    ],
)
def test_les_noms(ecrit: str, attendu: str) -> None:
    assert nettoyer_nom(ecrit) == attendu
    assert lu("nom", ecrit).valeur == attendu


@pytest.mark.parametrize("ecrit", ["12345", "<script>", "MARTIN; PETIT", "???", "x" * 200])
def test_ce_qui_n_est_pas_un_nom(ecrit: str) -> None:
    assert lu("nom", ecrit).motif


def test_un_nom_annote_est_propose_sans_son_annotation() -> None:
    assert lu("nom", "DUPONT (née MARTIN)").suggestion == "Dupont"


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("DUPONT Marie", ("DUPONT", "Marie")),
        ("Marie-Anne DE LA TOUR", ("DE LA TOUR", "Marie-Anne")),
        ("Dupont, Marie", ("Dupont", "Marie")),
        ("Mme DUPONT Marie", ("DUPONT", "Marie")),
        ("Le Goff Stéphane", ("Le Goff", "Stéphane")),
        ("Dupont Marie", ("Dupont", "Marie")),
        ("Dupont Martin Marie", None),
        ("Dupont", None),
    ],
)
def test_nom_et_prenom_dans_une_cellule(ecrit: str, attendu: tuple[str, str] | None) -> None:
    assert separer(ecrit, prenom_dabord=False) == attendu


@pytest.mark.parametrize(
    ("ecrit", "attendu", "mention"),
    [
        ("18/03/2016", date(2016, 3, 18), ""),
        ("2016-03-18", date(2016, 3, 18), ""),
        ("2016-03-18T00:00:00", date(2016, 3, 18), ""),
        ("18/03/2016 00:00:00", date(2016, 3, 18), ""),
        ("18.3.16", date(2016, 3, 18), "annee_courte"),
        ("12-04-20", date(2020, 4, 12), "annee_courte"),
        ("18-03-87", date(1987, 3, 18), "annee_courte"),
        ("42447", date(2016, 3, 18), "serie"),
        ("20160318", date(2016, 3, 18), ""),
        ("03/2016", date(2016, 3, 1), "mois_seul"),
        ("2016-03", date(2016, 3, 1), "mois_seul"),
        ("mars 2016", date(2016, 3, 1), "mois_seul"),
        ("Août 2016", date(2016, 8, 1), "mois_seul"),
        ("févr-16", date(2016, 2, 1), "mois_seul"),
        ("1er mars 2016", date(2016, 3, 1), ""),
        ("depuis le 18 mars 2016", date(2016, 3, 18), ""),
    ],
)
def test_les_formes_de_dates(ecrit: str, attendu: date, mention: str) -> None:
    resultat = lu("date_entree_poste", ecrit)
    assert resultat.valeur == attendu
    assert resultat.mentions == ((mention,) if mention else ())


@pytest.mark.parametrize(
    ("ecrit", "motif", "suggestion"),
    [
        ("31/02/2019", "n'existe pas", "28/02/2019 ou 01/03/2019"),
        ("29/02/2023", "n'existe pas", "28/02/2023 ou 01/03/2023"),
        ("05/25/2016", "inversés", "25/05/2016"),
        ("45/13/2016", "n'existe pas", "Écrire jour/mois/année"),
        ("13/2016", "Ce mois", "Écrire mois/année"),
        ("2015", "année seule", "01/01/2015"),
        ("01/01/2091", "avenir", "Vérifier l'année"),
        ("02/05/1931", "trop ancienne", "Vérifier l'année"),
        ("bientôt", "ne se lit pas", "Écrire jour/mois/année"),
        ("99999999", "n'existe pas", "Écrire jour/mois/année"),
    ],
)
def test_les_dates_impossibles_sont_expliquees(ecrit: str, motif: str, suggestion: str) -> None:
    resultat = lu("date_entree_poste", ecrit)
    assert resultat.valeur is None
    assert motif in resultat.motif
    assert resultat.suggestion == suggestion


@pytest.mark.parametrize(
    ("champ", "ecrit", "attendu"),
    [
        ("categorie", "Cat. A", "A"), ("categorie", "a", "A"), ("categorie", "A+ ", "A+"),
        ("categorie", "Catégorie B", "B"), ("categorie", "Cat. A +", "A+"),
        ("statut", "TIT", "titulaire"), ("statut", "Titulaire", "titulaire"),
        ("statut", "stagiaire", "stagiaire"), ("statut", "Contractuel CDI", "cdi"),
        ("statut", "CDD", "cdd"), ("statut", "En activité", ""),
        ("civilite", "M.", "M"), ("civilite", "Mme", "F"), ("civilite", "H", "M"),
        ("civilite", "F", "F"), ("civilite", "MADAME", "F"),
        ("encadrement", "O", True), ("encadrement", "Oui", True), ("encadrement", "X", True),
        ("encadrement", "N", False), ("encadrement", "12", 12), ("encadrement", "Oui (12 agents)", 12),
        ("nb_agents", "16", 16), ("nb_agents", "16 agents", 16), ("nb_agents", "1 200", 1200),
        ("nb_agents", "12,0", 12), ("nb_agents", "-", None),
        ("echelon", "4e", "4"), ("echelon", "Éch. 04", "4"), ("echelon", "1er échelon", "1"),
        ("echelon", "Échelon spécial", "spécial"), ("echelon", "HEA2", "HEA2"),
        ("echelon", "Hors échelle B bis", "HEBbis"),
        ("courriel", "GUY.GAUTHIER@METROPOLE.EXAMPLE.FR", "guy.gauthier@metropole.example.fr"),
        ("courriel", "mailto:a.b@c.fr;", "a.b@c.fr"), ("courriel", "Guy <a.b@c.fr>", "a.b@c.fr"),
        ("profil", "HP", "haut_potentiel"), ("profil", "Expérimentée", "experimente"),
        ("cadre_emplois", "ATTACHES TERRITORIAUX", "Attaché territorial"),
        ("cadre_emplois", "Conseiller socio-éducatif territorial", "Conseiller socio-éducatif"),
        ("matricule", "00782", "00782"), ("poste", "Cheffe  du\u00a0service", "Cheffe du service"),
    ],
)  # fmt: skip
def test_les_autres_valeurs(champ: str, ecrit: str, attendu: Valeur) -> None:
    resultat = lu(champ, ecrit)
    assert (resultat.valeur, resultat.motif) == (attendu, "")


@pytest.mark.parametrize(
    ("champ", "ecrit", "suggestion"),
    [
        ("categorie", "Z", "A+, A, B ou C"),
        ("statut", "Contractuel", "CDI ou CDD"),
        ("echelon", "99", "Un nombre, « spécial » ou « HEA »"),
        ("courriel", "t.morlanne@loiret", "Saisir l'adresse entière"),
        ("courriel", "élise.petit@ville.fr", "elise.petit@ville.fr"),
        ("courriel", "a@b.fr; c@d.fr", "N'en garder qu'une"),
        ("courriel", "a b@ville.fr", "ab@ville.fr"),
        ("nb_agents", "12,5", "Un nombre entier, ou rien"),
        ("nb_agents", "-3", "Un nombre entier, ou rien"),
        ("poste", "=SOMME(A1)", "Saisir la valeur elle-même"),
        ("poste", "#REF!", "Saisir la valeur elle-même"),
        ("civilite", "Dr", "Mme ou M."),
    ],
)
def test_les_valeurs_incomprises_ont_un_motif_et_un_conseil(
    champ: str, ecrit: str, suggestion: str
) -> None:
    resultat = lu(champ, ecrit)
    assert resultat.motif
    assert resultat.suggestion == suggestion


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("ATTACHE PAL", "Attaché principal"), ("Attaché ppal", "Attaché principal"),
        ("Attachée principale", "Attaché principal"), ("ATTACHÉ HORS CLASSE", "Attaché hors classe"),
        ("Attaché territorial H.C.", "Attaché hors classe"), ("ING PRINCIPAL", "Ingénieur principal"),
        ("Ingénieure en cheffe", "Ingénieur en chef"), ("ING EN CHEF HC", "Ingénieur en chef hors classe"),
        ("Administratrice générale", "Administrateur général"),
        ("Rédacteur principal de 1ère classe", "Rédacteur principal de 1re classe"),
        ("REDACTEUR PPAL 2EME CL", "Rédacteur principal de 2e classe"),
        ("Rédactrice principale 1", "Rédacteur principal de 1re classe"),
        ("Technicienne ppale 2e cl.", "Technicien principal de 2e classe"), ("TECH PAL 1CL", "Technicien principal de 1re classe"),
        ("Conseillère supérieure socio-éducative", ""), ("CTAPS", "Conseiller des activités physiques et sportives"),
        ("Grand chambellan", ""),
    ],
)  # fmt: skip
def test_les_grades_abreges_ou_feminins(ecrit: str, attendu: str) -> None:
    grade, _ = resoudre_grade(ecrit, "", "")
    assert (grade.grade if grade else "") == attendu


def test_un_grade_inconnu_recoit_la_suggestion_la_plus_proche() -> None:
    _, refus = resoudre_grade("Ataché principall", "", "A")
    assert (refus.motif, refus.suggestion) == ("Grade inconnu du référentiel", "Attaché principal")
    assert refus.applicable


def test_un_grade_partage_est_departage_par_le_cadre_d_emplois_ou_la_categorie() -> None:
    conservateur, _ = resoudre_grade("Conservateur", "Conservateur de bibliothèques", "")
    assert conservateur is not None
    assert conservateur.grade == "Conservateur de bibliothèques"
    _, refus = resoudre_grade("Conservateur", "", "A+")
    assert "plusieurs cadres d'emplois" in refus.motif
    _, refus = resoudre_grade("Ingénieur", "Attaché territorial", "A")
    assert "n'est pas du cadre d'emplois" in refus.motif


def test_chaque_grade_de_reference_se_reconnait_lui_meme() -> None:
    for grade in liste_grades():
        for ecrit in (grade.grade, grade.grade.upper()):
            trouve, _ = resoudre_grade(ecrit, grade.cadre_emplois, grade.categorie)
            assert trouve == grade
        assert grade in chercher_grades(grade.grade)
