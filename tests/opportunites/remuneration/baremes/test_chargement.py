"""A reference file that cannot be trusted is refused at load, with its name and its line."""

import shutil
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from opportunites.remuneration.baremes.chargement import charger
from opportunites.remuneration.baremes.lecture import DOSSIER, Baremes
from opportunites.remuneration.baremes.schema import SCHEMAS
from opportunites.remuneration.erreurs import BaremeInvalide, SaisieRefusee

ENTETE = "valeur,date_debut,date_fin,source,confiance,verifie_le,note"


def point(tmp_path, *lignes, entete=ENTETE):
    fichier = tmp_path / "point_indice.csv"
    fichier.write_text("\n".join([entete, *lignes]) + "\n", encoding="utf-8")
    return charger(fichier, SCHEMAS["point_indice"])


CASES = {
    "chevauchement": (
        ["59,2024-01-01,2024-12-31,JO,V,,", "60,2024-12-31,,JO,V,,"],
        r"ligne 3.*chevauche la ligne 2.*31.décembre.2024",
    ),
    "même jour": (["59,2024-01-01,,JO,V,,", "60,2024-01-01,,JO,V,,"], "ligne 3.*chevauche"),
    "trou": (
        ["59,2024-01-01,2024-12-30,JO,V,,", "60,2025-01-01,,JO,V,,"],
        r"ligne 3.*trou.*du 31.décembre.2024 au 31.décembre.2024",
    ),
    "fin avant début": (["59,2024-01-01,2023-12-31,JO,V,,"], "ligne 2.*fin précède"),
    "nombre à virgule": (['"59,07",2024-01-01,,JO,V,,'], "ligne 2.*«.valeur.».*point décimal"),
    "nombre négatif": (["-1,2024-01-01,,JO,V,,"], "ligne 2.*positif"),
    "nombre infini": (["inf,2024-01-01,,JO,V,,"], "ligne 2.*positif"),
    "valeur vide": ([",2024-01-01,,JO,V,,"], "ligne 2.*«.valeur.»"),
    "date": (["59,01/01/2024,,JO,V,,"], "ligne 2.*«.date_debut.».*2026-01-31"),
    "confiance": (["59,2024-01-01,,JO,sûr,,"], "ligne 2.*«.confiance.».*V "),
    "source vide": (["59,2024-01-01,,,V,,"], "ligne 2.*«.source.».*vide"),
    "cellule en trop": (["59,2024-01-01,,JO,V,,,"], "ligne 2.*7 colonnes"),
    "cellule manquante": (["59,2024-01-01,,JO,V"], "ligne 2.*7 colonnes"),
    "aucune ligne": ([], "aucune ligne"),
}


@pytest.mark.parametrize(("lignes", "attendu"), CASES.values(), ids=CASES)
def test_une_erreur_nomme_le_fichier_et_la_ligne(tmp_path, lignes, attendu):
    with pytest.raises(BaremeInvalide, match=f"(?s)^point_indice.csv, .*{attendu}"):
        point(tmp_path, *lignes)


@pytest.mark.parametrize(
    ("entete", "attendu"),
    [
        (ENTETE + ",couleur", "colonne inconnue.*couleur"),
        (ENTETE.removesuffix(",note"), "«.note.».*manque"),
        (ENTETE + ",note", "«.note.».*se répète"),
    ],
)
def test_l_entete_est_exactement_celui_attendu(tmp_path, entete, attendu):
    with pytest.raises(BaremeInvalide, match=f"ligne 1.*{attendu}"):
        point(tmp_path, "59,2024-01-01,,JO,V,,", entete=entete)


def test_la_valeur_suivante_est_une_ligne_ajoutee(tmp_path):
    """Nothing of the line before has to be touched: it ends on the eve."""
    avant, apres = point(tmp_path, "59,2024-01-01,,JO,V,,", "60,2027-03-01,,JO,V,,")
    assert avant.fin == date(2027, 2, 28)
    assert avant.vaut(date(2027, 2, 28))
    assert not avant.vaut(date(2027, 3, 1))
    assert apres.vaut(date(2027, 3, 1))
    assert apres.fin is None


def test_l_ordre_des_lignes_ne_compte_pas(tmp_path):
    apres, avant = point(tmp_path, "60,2027-03-01,,JO,V,,", "59,2024-01-01,,JO,V,,")
    assert avant.fin == date(2027, 2, 28)
    assert apres.fin is None


def test_une_valeur_sans_date_de_debut_ne_vaut_aucun_jour(tmp_path):
    (seule,) = point(tmp_path, "59,,,JO,V,,")
    assert not any(seule.vaut(date(annee, 1, 1)) for annee in range(1990, 2040))


def test_une_fraction_garde_sa_valeur_exacte(tmp_path):
    fichier = tmp_path / "parametres.csv"
    fichier.write_text(
        "code,libelle,valeur,unite,date_debut,date_fin,source,confiance,verifie_le,note\n"
        "TEMPS_PARTIEL_80,à 80 %,6/7,part,2022-03-01,,CGFP,V,,\n",
        encoding="utf-8",
    )
    (entree,) = charger(fichier, SCHEMAS["parametres"])
    assert entree.nombre("valeur") == Fraction(6, 7)


@pytest.fixture
def copie(tmp_path):
    """The package's own barèmes, to be spoilt."""
    for fichier in DOSSIER.glob("*.csv"):
        shutil.copy(fichier, tmp_path)
    return tmp_path


def test_l_annee_prochaine_se_calcule_des_qu_une_ligne_l_ajoute(copie):
    with pytest.raises(SaisieRefusee, match=r"PSS|plafond"):
        Baremes(copie).plafond(date(2027, 1, 1))
    with (copie / "plafond_securite_sociale.csv").open("a", encoding="utf-8") as fichier:
        fichier.write("4100,2027-01-01,2027-12-31,arrêté,V,2026-12-20,\n")
    assert Baremes(copie).plafond(date(2027, 1, 1)).valeur == Decimal(4100)


def test_un_taux_inconnu_un_jour_dit_les_jours_admis(copie):
    with pytest.raises(SaisieRefusee) as refus:
        Baremes(copie).taux("VIEILLESSE_DEPLAF_P", date(2023, 12, 31))
    assert refus.value.refus[0].cle == "date"
    assert "à partir du 1er\u00a0janvier\u00a02024" in str(refus.value)


def test_un_taux_local_n_a_de_valeur_aucun_jour(copie):
    with pytest.raises(SaisieRefusee, match="aucune valeur datée"):
        Baremes(copie).taux("VM_P", date(2026, 1, 1))


def test_l_empreinte_change_avec_le_moindre_chiffre(copie):
    avant = Baremes(copie).empreinte
    assert avant == Baremes(copie).empreinte
    fichier = copie / "point_indice.csv"
    fichier.write_text(
        fichier.read_text(encoding="utf-8").replace("59.0734", "59.0735"), encoding="utf-8"
    )
    assert Baremes(copie).empreinte != avant
