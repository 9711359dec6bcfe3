"""Staff lists as HR directions really send them: what is understood, what is offered in one click."""

import pytest

from cadres.recensement.champs.grades import resoudre_grade
from cadres.recensement.entetes.synonymes import raison_ecart, reconnaitre
from cadres.recensement.modeles import FicheExistante
from tests.cadres.recensement.aide import diagnostic_de
from tests.cadres.recensement.test_valeurs import lu


def noms(diagnostic):
    return [(c.ligne, c.nom, c.prenom) for c in diagnostic.nouveaux]


# --- Rows ---------------------------------------------------------------------------------------


def test_le_nom_de_naissance_sert_quand_le_nom_d_usage_est_vide():
    diag = diagnostic_de(
        [
            ["Nom de naissance", "Nom d'usage", "Prénom"],
            ["MARTIN", "DUPONT", "Anne"],
            ["LEROY", "", "Paul"],
            ["PETIT", "-", "Zoé"],
            ["", "", "Luc"],
        ]
    )
    assert noms(diag) == [(2, "Dupont", "Anne"), (3, "Leroy", "Paul")]
    assert {a.ligne for a in diag.a_corriger} == {4, 5}
    ecartee = diag.colonnes_ecartees[0]
    assert (ecartee.colonne, ecartee.code) == ("Nom de naissance", "secours")
    assert "Nom d’usage" in ecartee.raison


def test_une_colonne_nom_qui_porte_les_deux_est_lue_comme_telle():
    lignes = [["Nom", "Courriel"], ["DUPONT Marie", "m@loiret.fr"], ["LE GOFF Luc", "l@loiret.fr"]]
    diag = diagnostic_de(lignes)
    assert noms(diag) == [(2, "Dupont", "Marie"), (3, "Le Goff", "Luc")]
    assert diag.correspondance == {"Nom": "nom_prenom", "Courriel": "courriel"}


def test_les_postes_vacants_et_les_titres_de_service_ne_sont_pas_des_personnes():
    diag = diagnostic_de(
        [
            ["Nom", "Prénom", "Poste"],
            ["Direction des finances", "", ""],
            ["DUPONT", "Marie", "Cheffe"],
            ["VACANT", "VACANT", "Chef"],
            ["Poste vacant", "", "Chef"],
            ["À recruter", "-", "Chef"],
            ["Vacant", "Jean", "Chef"],
            ["Pôle ressources", "", ""],
            ["Sous-total Direction des finances", "4", ""],
        ]
    )
    assert noms(diag) == [(3, "Dupont", "Marie"), (7, "Vacant", "Jean")]
    assert [(i.ligne, i.raison) for i in diag.ignorees] == [
        (2, "section"),
        (4, "vacant"),
        (5, "vacant"),
        (6, "vacant"),
        (8, "section"),
        (9, "total"),
    ]
    assert diag.a_corriger == ()
    assert [c.direction for c in diag.nouveaux] == ["Direction des finances"] * 2


def test_ce_que_la_fiche_sait_deja_ne_manque_pas_au_fichier():
    fiche = FicheExistante(
        id=1, nom="Dupont", prenom="Marie", courriel="m@loiret.fr", categorie="A", poste="Cheffe"
    )
    lignes = [["Nom", "Prénom"], ["DUPONT", "Marie"], ["MARTIN", "Luc"]]
    diag = diagnostic_de(lignes, [fiche])
    assert {(a.code, a.lignes) for a in diag.avertissements} == {
        ("sans_courriel", (3,)),
        ("sans_categorie", (3,)),
        ("sans_poste", (3,)),
        ("sans_direction", (2, 3)),
        ("sans_date", (2, 3)),
        ("sans_domaine", (2, 3)),
    }


# --- Values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("champ", "ecrit", "motif", "suggestion"),
    [
        ("nom", "MARTIN ép. DURAND", "Deux noms", "Durand"),
        ("nom", "DURAND (née MARTIN)", "Deux noms", "Durand"),
        ("courriel", "a.b@loiret.fr (pro)", "entourée", "a.b@loiret.fr"),
        ("courriel", "a@loiret.fr#mailto:a@loiret.fr#", "répétée", "a@loiret.fr"),
        ("courriel", "a[at]loiret.fr", "mal écrite", "a@loiret.fr"),
        ("courriel", "a@@loiret.fr", "mal écrite", "a@loiret.fr"),
        ("courriel", "a..b@loiret.fr", "mal écrite", "a.b@loiret.fr"),
        ("courriel", "jean dupont@loiret.fr", "mal écrite", "jean.dupont@loiret.fr"),
        ("date_entree_poste", "09/21", "ambiguë", "01/09/2021"),
        ("date_entree_poste", "fin 2018", "vague", "31/12/2018"),
        ("date_entree_poste", "rentrée 2019", "vague", "01/09/2019"),
        ("date_entree_poste", "environ 2015", "vague", "01/01/2015"),
        ("date_entree_poste", "01/03/2019 (env.)", "entourée", "01/03/2019"),
    ],
)
def test_ce_qui_se_corrige_d_un_clic(champ, ecrit, motif, suggestion):
    valeur = lu(champ, ecrit)
    assert valeur.valeur is None
    assert motif in valeur.motif
    assert (valeur.suggestion, valeur.applicable) == (suggestion, True)


@pytest.mark.parametrize(
    ("champ", "ecrit", "attendu"),
    [
        ("encadrement", "1", True),
        ("encadrement", "0", False),
        ("encadrement", "O (12)", 12),
        ("encadrement", "Encadrement supérieur", True),
        ("categorie", "Cadre A", "A"),
        ("categorie", "A supérieur", "A+"),
        ("categorie", "cat.B", "B"),
        ("echelon", "E5", "5"),
        ("echelon", "HEBb3", "HEBbis3"),
        ("statut", "Titulaire 80 %", "titulaire"),
        ("statut", "détachée sur emploi fonctionnel", "titulaire"),
        ("statut", "CDI - catégorie A", "cdi"),
        ("statut", "Mis à disposition", ""),
        ("courriel", "pas de mail", None),
        ("courriel", "mailto: A@loiret.fr?subject=x", "a@loiret.fr"),
        ("matricule", "'00012", "00012"),
        ("matricule", "n° 45", "45"),
        ("matricule", "782.0", "782"),
        ("nom", "Mme DURAND", "Durand"),
        ("poste", "??", None),
    ],
)
def test_ce_qui_se_comprend_seul(champ, ecrit, attendu):
    valeur = lu(champ, ecrit)
    assert (valeur.valeur, valeur.motif) == (attendu, "")


def test_ce_qui_reste_a_dire():
    assert "arrondi" in lu("matricule", "1,234E+05").motif
    assert "durée" in lu("date_entree_poste", "3 ans").motif
    assert lu("statut", "Contractuel").suggestion == "CDI ou CDD"
    assert lu("statut", "CDI ou CDD").motif


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("REDACTEUR PPAL 1E CL", "Rédacteur principal de 1re classe"),
        ("Technicien Pr. 2Cl", "Technicien principal de 2e classe"),
        ("ATTACHE PR", "Attaché principal"),
        ("DIR TERRITORIAL", "Directeur territorial"),
        ("Cons. sup. socio-éduc.", "Conseiller supérieur socio-éducatif"),
        ("ASS SOCIO-EDUC", "Assistant socio-éducatif"),
        ("Adj. adm. ppal 1cl", "Adjoint administratif principal de 1re classe"),
        ("ADJ TECH PPAL 2E CL", "Adjoint technique principal de 2e classe"),
        ("CSPM pal 1", "Chef de service de police municipale principal de 1re classe"),
        ("Psycho HC", "Psychologue hors classe"),
        ("0012 - ATTACHE PRINCIPAL", "Attaché principal"),
        ("Attaché ppal 5e échelon", "Attaché principal"),
        ("Attaché contractuel", "Attaché"),
        ("ATTACHE PPAL DETACHE EMPLOI FONCTIONNEL", "Attaché principal"),
        ("PEA cl. norm.", "Professeur d’enseignement artistique de classe normale"),
        ("Infirmier soins gén. HC", "Infirmier en soins généraux hors classe"),
    ],
)
def test_les_grades_tels_que_les_logiciels_les_abregent(ecrit, attendu):
    grade, refus = resoudre_grade(ecrit, "", "")
    assert (grade.grade if grade else refus.motif) == attendu


@pytest.mark.parametrize("ecrit", ["Chargé de mission", "Zouave principal de 1re classe"])
def test_un_rang_seul_ne_suggere_pas_un_autre_metier(ecrit):
    grade, refus = resoudre_grade(ecrit, "", "")
    assert (grade, refus.suggestion, refus.applicable) == (None, "", False)


# --- Headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entete", "champ"),
    [
        ("Échelon (n°)", "echelon"),
        ("Statut (T/C)", "statut"),
        ("Grade détenu au 01/01/2026", "grade"),
        ("Adresse mail pro.", "courriel"),
        ("Prénom 1", "prenom"),
        ("Cat. hiér.", "categorie"),
        ("Poste depuis", "date_entree_poste"),
        ("Intitulé du poste occupé", "poste"),
        ("Nb encadrés directs", "nb_agents"),
        ("Nom (naissance)", "nom"),
        ("Enfants (nb agents)", ""),
        ("Grade / emploi", "grade"),
    ],
)
def test_les_entetes(entete, champ):
    assert reconnaitre(entete)[0] == champ


def test_une_duree_dans_le_poste_est_refusee_pour_ce_qu_elle_est():
    assert "durée" in raison_ecart("Ancienneté dans le poste")
    assert "âge" in raison_ecart("Ancienneté FPT")
