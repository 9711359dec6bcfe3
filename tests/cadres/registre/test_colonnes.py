"""Who reads each column of the registre: a new column is a line of this table, decided, not assumed."""

from cadres.registre.colonnes import COLONNES, PAR_DEFAUT

#: Read of everybody that one sees.
PARTAGEES = {
    "collectivite",
    "poste",
    "anciennete",
    "situation",
    "etape",
    "echeance",
    "categorie",
    "cadre_emplois",
    "agents",
    "profil",
    "domaine",
}
#: Read by the person's own employer alone.
RESERVEES = {"statut", "echelon", "courriel", "matricule", "accompagnateur", "depart"}


def test_each_column_is_shared_or_kept_to_the_employer():
    assert {colonne.cle for colonne in COLONNES if not colonne.reservee} == PARTAGEES
    assert {colonne.cle for colonne in COLONNES if colonne.reservee} == RESERVEES


def test_the_columns_shown_first_are_shared():
    assert set(PAR_DEFAUT) <= PARTAGEES
