"""Names with particles: the usage of French administration, wherever the particle stands.

« de » and « d' » in small letters, the article and « Du », « Des » with a capital; what comes from
elsewhere takes one capital. A name already written in both cases stays as the person writes it.
"""

import pytest

from tests.cadres.recensement.aide import diagnostic_de
from tests.cadres.recensement.test_valeurs import lu


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("SAINT-EXUPÉRY (DE)", "de Saint-Exupéry"),
        ("Saint-Exupéry (de)", "de Saint-Exupéry"),
        ("ROCHEFOUCAULD (DE LA)", "de La Rochefoucauld"),
        ("DE LA ROCHEFOUCAULD", "de La Rochefoucauld"),
        ("ARTAGNAN (D')", "d'Artagnan"),
        ("D’ARTAGNAN", "d'Artagnan"),
        ("VAN DER MEERSCH", "Van der Meersch"),
        ("MEERSCH (VAN DER)", "Van der Meersch"),
        ("DU BELLAY", "Du Bellay"),
        ("LE GOFF", "Le Goff"),
        ("DA SILVA", "Da Silva"),
        ("BEN SALAH", "Ben Salah"),
        ("DUPONT DE NEMOURS", "Dupont de Nemours"),
        ("de la Tour", "de la Tour"),
        ("De Smet", "De Smet"),
    ],
)
def test_la_particule_est_remise_devant_et_dans_sa_casse(ecrit: str, attendu: str) -> None:
    assert (lu("nom", ecrit).valeur, lu("nom", ecrit).motif) == (attendu, "")


def test_appliquer_la_suggestion_ne_fait_pas_perdre_la_particule() -> None:
    assert lu("nom", "SAINT-EXUPÉRY (DE) née DUPONT").suggestion == "de Saint-Exupéry"
    assert lu("nom", "DE LA TOUR (née DUPONT)").suggestion == "de La Tour"


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("SAINT-EXUPÉRY (DE) Antoine", ("de Saint-Exupéry", "Antoine")),
        ("de SAINT-EXUPÉRY Antoine", ("de Saint-Exupéry", "Antoine")),
        ("DUPONT Marie, Anne", ("Dupont", "Marie Anne")),
        ("DUPONT, Marie", ("Dupont", "Marie")),
    ],
)
def test_nom_et_prenom_dans_une_cellule(ecrit: str, attendu: tuple[str, str]) -> None:
    diag = diagnostic_de([["Nom et prénom", "Mail"], [ecrit, "a@v.fr"]])
    assert [(c.nom, c.prenom) for c in diag.nouveaux] == [attendu]


def test_deux_prenoms_separes_par_une_virgule_sont_gardes_ensemble() -> None:
    diag = diagnostic_de([["Nom", "Prénom(s)"], ["DUPONT", "Marie, Anne"], ["PETIT", "LUC / JEAN"]])
    assert [c.prenom for c in diag.nouveaux] == ["Marie Anne", "Luc Jean"]
    assert [a.lignes for a in diag.avertissements if a.code == "prenoms"] == [(2, 3)]
