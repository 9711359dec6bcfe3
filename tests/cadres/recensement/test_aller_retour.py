"""Out to a spreadsheet and back: edits applied, what changed meanwhile shown, others untouched."""

import io
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from cadres.recensement.diagnostic import corriger, diagnostiquer, rediagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.fichiers.tableur import ecrire_tableur
from cadres.recensement.modeles import FicheExistante, Valeur
from cadres.recensement.personnes.cles import ENTETE_CLE, ecrire_cle, lire_cle, pour_tableur
from cadres.recensement.personnes.comparaison import DU_FICHIER, DU_REGISTRE, comparer
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import JOUR

COLONNES = {
    "Nom": "nom", "Prénom": "prenom", "Matricule": "matricule", "Courriel": "courriel",
    "Poste occupé": "poste", "Direction": "direction", "Dans le poste depuis le": "date_entree_poste",
    "Grade": "grade", "Échelon": "echelon", "Agents encadrés": "nb_agents",
}  # fmt: skip
LETTRES = str.maketrans("0123456789", "ABCDEFGHIJ")
Table = list[list[object]]


def fiche(i: int) -> FicheExistante:
    return FicheExistante(
        id=i, nom=f"Nom{str(i).translate(LETTRES)}", prenom="Anne", matricule=f"{i:05}",
        courriel=f"a{i}@v.fr", poste=f"Cheffe {i}", direction="Culture", grade="Attaché d’avant",
        date_entree_poste=date(2019, 3, 1), echelon="4", nb_agents=3,
    )  # fmt: skip


def exporter(
    fiches: Sequence[FicheExistante], collectivites: Sequence[str] = ()
) -> tuple[list[str], Table]:
    """What the registre does: a row of cells, then the key that repeats them."""
    entetes = [*COLONNES, "Collectivité", ENTETE_CLE]
    lignes: Table = []
    for rang, f in enumerate(fiches):
        valeurs: dict[str, Valeur] = {c: getattr(f, c) for c in COLONNES.values()}
        cellules: list[object] = [pour_tableur(c, v) for c, v in valeurs.items()]
        ville = collectivites[rang] if collectivites else "Ville"
        lignes.append([*cellules, ville, ecrire_cle(f.id, valeurs)])
    return entetes, lignes


def relire(
    entetes: list[str],
    lignes: Table,
    fiches: Sequence[FicheExistante],
    format_: str = "xlsx",
    **options: object,
) -> Diagnostic:
    octets = b"".join(ecrire_tableur(entetes, lignes, format_, cachees=[ENTETE_CLE]))
    return diagnostiquer(
        lire(octets, f"export.{format_}"),
        existants=fiches,
        aujourdhui=JOUR,
        employeur=["Ville"],
        autres_employeurs=["Région", "Département"],
        **options,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("format_", ["xlsx", "csv", "ods"])
def test_un_export_renvoye_tel_quel_ne_change_rien(format_: str) -> None:
    """Not even a grade that the reference list does not know."""
    fiches = [fiche(i) for i in range(1, 6)]
    diag = relire(*exporter(fiches), fiches, format_)
    assert (len(diag.inchanges), diag.nb_inchangees) == (5, 5)
    assert (diag.nouveaux, diag.mis_a_jour, diag.laissees, diag.conflits) == ((), (), (), ())
    assert diag.a_corriger == ()


def test_cinquante_cellules_changees_cinq_changees_aussi_a_l_ecran() -> None:
    fiches = [fiche(i) for i in range(200)]
    entetes, lignes = exporter(fiches)
    poste = entetes.index("Poste occupé")
    for ligne in lignes[:50]:
        ligne[poste] = f"{ligne[poste]} (modifié)"
    lignes.reverse()  # sorted otherwise by its reader
    fiches[:5] = [replace(f, poste="Directrice") for f in fiches[:5]]
    fiches[100] = replace(fiches[100], poste="Autre")  # changed on screen alone: stays so
    diag = relire(entetes, lignes, fiches)
    assert len(diag.mis_a_jour) == 45
    assert [(c.fiche_id, c.exporte, c.actuel, c.fichier) for c in sorted(diag.conflits, key=lambda c: int(c.fiche_id))] == [
        (i, f"Cheffe {i}", "Directrice", f"Cheffe {i} (modifié)") for i in range(5)
    ]  # fmt: skip
    assert diag.nb_inchangees == 150
    relu = Diagnostic.depuis_json(diag.vers_json())
    assert rediagnostiquer(relu, existants=fiches, aujourdhui=JOUR).conflits == diag.conflits


def test_un_conflit_se_tranche_et_rien_n_est_ecrit_avant() -> None:
    fiches = [fiche(1), fiche(2)]
    entetes, lignes = exporter(fiches)
    for ligne in lignes:
        ligne[entetes.index("Direction")] = "Sport"
    fiches = [replace(f, direction="Finances") for f in fiches]
    diag = relire(entetes, lignes, fiches)
    assert (diag.mis_a_jour, len(diag.conflits)) == ((), 2)
    reponses = {(2, "direction"): DU_FICHIER, (3, "direction"): DU_REGISTRE}
    tranche = corriger(diag, {}, existants=fiches, aujourdhui=JOUR, reponses=reponses)
    assert tranche.conflits == ()
    assert [(m.fiche_id, m.changements[0].apres) for m in tranche.mis_a_jour] == [(1, "Sport")]


def test_les_lignes_des_autres_employeurs_sont_mises_de_cote_par_leur_nom() -> None:
    miennes, autres = [fiche(1)], [fiche(i) for i in (2, 3, 4)]
    villes = ["Ville", "Région", "Région", "Département"]
    diag = relire(*exporter([*miennes, *autres], villes), miennes)
    assert (diag.nb_lignes, len(diag.inchanges), diag.nouveaux) == (1, 1, ())
    assert [(a.nom, a.lignes) for a in diag.autres_employeurs] == [
        ("Région", (3, 4)),
        ("Département", (5,)),
    ]


def test_meme_sans_colonne_collectivite_une_cle_d_ailleurs_n_ecrit_personne() -> None:
    entetes, lignes = exporter([fiche(1), fiche(2)])
    place = entetes.index("Collectivité")
    for ligne in [entetes, *lignes]:
        del ligne[place]
    diag = relire(entetes, lignes, [fiche(1)])
    assert (diag.nouveaux, [a.lignes for a in diag.autres_employeurs]) == ((), [(3,)])


def test_une_fiche_retiree_entre_la_lecture_et_la_confirmation_n_est_pas_recreee() -> None:
    diag = relire(*exporter([fiche(1), fiche(2)]), [fiche(1), fiche(2)])
    apres = rediagnostiquer(diag, existants=[fiche(1)], aujourdhui=JOUR)
    assert (apres.nouveaux, apres.questions, apres.nb_lignes) == ((), (), 1)
    assert [a.lignes for a in apres.autres_employeurs] == [(3,)]


def test_une_ligne_copiee_pour_une_autre_personne_est_lue_comme_la_sienne() -> None:
    entetes, lignes = exporter([fiche(1)])
    copie = [*lignes[0]]
    copie[:4] = ["Neuf", "Zoé", "00099", "z@v.fr"]
    copie[entetes.index("Grade")] = ""
    diag = relire(entetes, [*lignes, copie], [fiche(1)])
    assert [(c.nom, c.matricule) for c in diag.nouveaux] == [("Neuf", "00099")]
    assert [a.lignes for a in diag.avertissements if a.code == "cle_repetee"] == [(3,)]


def test_une_cle_abimee_laisse_reconnaitre_la_personne_autrement() -> None:
    entetes, lignes = exporter([fiche(1)])
    lignes[0][-1] = str(lignes[0][-1])[:-3]
    diag = relire(entetes, lignes, [replace(fiche(1), encadrement=True)])
    assert len(diag.inchanges) == 1
    assert [a.lignes for a in diag.avertissements if a.code == "cle_abimee"] == [(2,)]


def test_un_nom_corrige_garde_sa_fiche_jusqu_a_la_casse() -> None:
    fiches = [replace(fiche(1), nom="DE LA TOUR")]
    entetes, lignes = exporter(fiches)
    lignes[0][0] = "de La Tour"
    (maj,) = relire(entetes, lignes, fiches).mis_a_jour
    assert [(c.champ, c.apres) for c in maj.changements] == [("nom", "de La Tour")]


def test_une_cellule_videe_depuis_l_export_est_dite() -> None:
    entetes, lignes = exporter([fiche(1)])
    lignes[0][entetes.index("Direction")] = None
    diag = relire(entetes, lignes, [fiche(1)])
    assert [(v.champ, v.avant) for v in diag.videes] == [("direction", "Culture")]


def test_la_cle_va_et_vient_et_un_texte_quelconque_n_en_est_pas_une() -> None:
    valeurs: dict[str, Valeur] = {"poste": "Chef. d'équipe", "date_entree_poste": date(2019, 3, 1)}
    lue = lire_cle(ecrire_cle(12, valeurs))
    assert lue is not None
    assert (lue.fiche, dict(lue.exportes)) == ("12", valeurs)
    for texte in ("", "Q1", "Q1.12.00000000.{}", "Q2.1.x.{}", "autre"):
        assert lire_cle(texte) is None


def test_comparer_a_deux_ne_dit_jamais_de_conflit() -> None:
    entetes, lignes = exporter([fiche(1)])
    cadre = relire(entetes, lignes, [fiche(1)]).inchanges[0].cadre
    comparaison = comparer(cadre, replace(fiche(1), poste="Autre"), COLONNES.values())
    assert [c.champ for c in comparaison.changements] == ["poste"]
    assert comparaison.conflits == ()


def test_dans_le_tableur_les_nombres_sont_des_nombres_et_les_dates_des_dates() -> None:
    octets = b"".join(ecrire_tableur(*exporter([fiche(1)]), "xlsx", cachees=[ENTETE_CLE]))
    feuille = load_workbook(io.BytesIO(octets)).active
    cellules = {c.value: feuille.cell(2, c.column) for c in feuille[1]}
    assert (cellules["Agents encadrés"].value, cellules["Échelon"].value) == (3, 4)
    assert cellules["Matricule"].value == "00001"
    assert cellules["Dans le poste depuis le"].is_date
    assert cellules["Dans le poste depuis le"].number_format == "DD/MM/YYYY"
    assert feuille.auto_filter.ref == "A1:L2"
    assert feuille.column_dimensions["L"].hidden
    assert not feuille.column_dimensions["A"].hidden


@pytest.mark.lourd
def test_10_000_lignes_vont_et_viennent_en_secondes() -> None:
    fiches = [fiche(i) for i in range(10_000)]
    entetes, lignes = exporter(fiches)
    poste = entetes.index("Poste occupé")
    for ligne in lignes[:50]:
        ligne[poste] = "Modifié"
    fiches[:5] = [replace(f, poste="Directrice") for f in fiches[:5]]
    octets = b"".join(ecrire_tableur(entetes, lignes, "xlsx", cachees=[ENTETE_CLE]))
    debut = time.process_time()
    classeur = lire(octets, "x.xlsx")
    milieu = time.process_time()
    diag = diagnostiquer(classeur, existants=fiches, aujourdhui=JOUR, employeur=["Ville"])
    fin = time.process_time()
    assert (len(diag.mis_a_jour), len(diag.conflits), diag.nb_inchangees) == (45, 5, 9_950)
    assert (fin - debut) / (milieu - debut) < 4  # the time of reading the file, a few times
