"""Thousands of malformed tables: an answer or a `FichierIllisible`, never anything else.

QUATUOR_EXEMPLES=2000 makes the run long.
"""

import io
import json
import os
import zipfile
from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadres.recensement.champs.valeurs import lire_valeur
from cadres.recensement.correction import fichier_a_corriger
from cadres.recensement.diagnostic import corriger, diagnostiquer
from cadres.recensement.entetes.entete import trouver_entete
from cadres.recensement.entetes.synonymes import SYNONYMES
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.cellules import Feuille
from cadres.recensement.fichiers.lecture import Classeur, lire
from cadres.recensement.modeles import CHAMPS
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import (
    EXEMPLES,
    FICHIERS,
    JOUR,
    ecrire_dans_le_registre,
    octets_csv,
    octets_zip,
)

EXEMPLES_MAX = int(os.environ.get("QUATUOR_EXEMPLES", "60"))
reglage = settings(
    max_examples=EXEMPLES_MAX,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)

INTITULES = st.sampled_from(
    [nom for noms in SYNONYMES.values() for nom in noms.split("|")[:3]]
    + ["Date de naissance", "Avis N+1", "Fruit", "", "=Nom", "Total"]
)
PIEGES = st.sampled_from(
    [
        *("MARTIN", "Agathe", "A", "B", "Attaché", "ATTACHE PAL", "a@v.fr", "31/02/2019", "Total"),
        *("=1+1", "@SUM(A1)", "-", "#REF!", "O", "12", "00123", "9" * 20, "1e400", "nan"),
        *("12/13/14", "0/0/0", "2 mars", "29/02/1900", "d'", "''", "é" * 300),
        *("\u0000", "\ud800", "\u202e", "A\u0301", "İ", "ﬁ", "²", "٣", "½"),
    ]
)
CELLULES = st.one_of(
    PIEGES, st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(),
    st.dates(), st.datetimes(),
)  # fmt: skip
TABLES = st.lists(st.lists(CELLULES, max_size=10), max_size=12)
LISTES = st.tuples(
    st.lists(INTITULES, min_size=1, max_size=9),
    st.lists(st.lists(CELLULES, max_size=10), max_size=12),
)


def classeur_de(entete: list[str], lignes: list[list[object]]) -> Classeur | None:
    """A workbook made in memory, with typed cells that no CSV could hold."""
    feuille = Feuille("F")
    for numero, ligne in enumerate([["Nom", "Prénom", *entete], *lignes], start=1):
        feuille.ajouter(numero, enumerate(ligne), 1000)  # type: ignore[arg-type]
    trouve, _ = trouver_entete(feuille.lignes)
    if trouve is None:
        return None
    return Classeur("x", "xlsx", "F", tuple(feuille.lignes), trouve, False, ())


def verifier(diag: Diagnostic) -> None:
    """What holds of every diagnosis."""
    objet = json.loads(json.dumps(diag.vers_json()))
    assert Diagnostic.depuis_json(objet) == diag
    valides = [c.ligne for c in diag.lignes_valides]
    rejetees = {r.ligne for r in diag.rejets}
    doubles = {d.ligne for d in diag.doublons}
    assert len(valides) == len(set(valides))
    assert {a.ligne for a in diag.a_corriger} == rejetees
    assert not set(valides) & rejetees
    assert len(valides) + len(rejetees) + len(doubles) == diag.nb_lignes
    for cadre in diag.lignes_valides:
        assert cadre.nom
        assert cadre.prenom
        for valeur in (cadre.nom, cadre.prenom, cadre.matricule, cadre.courriel):
            assert not valeur.startswith(("=", "+", "-", "@", "\t"))


@reglage
@given(LISTES)
def test_toute_liste_recoit_un_diagnostic_et_le_second_import_ne_change_rien(
    table: tuple[list[str], list[list[object]]],
) -> None:
    classeur = classeur_de(*table)
    if classeur is None:
        return
    try:
        premier = diagnostiquer(classeur, existants=[], aujourdhui=JOUR)
    except FichierIllisible:
        return
    verifier(premier)
    second = diagnostiquer(classeur, existants=ecrire_dans_le_registre(premier), aujourdhui=JOUR)
    verifier(second)
    assert (second.nouveaux, second.mis_a_jour, second.hors_public) == ((), (), ())
    assert len(second.inchanges) == len(premier.lignes_valides)
    assert [a.ligne for a in second.a_corriger] == [a.ligne for a in premier.a_corriger]
    fichier_a_corriger(premier)


@reglage
@given(
    LISTES,
    st.dictionaries(
        st.tuples(st.integers(1, 14), st.sampled_from(list(CHAMPS))), PIEGES, max_size=6
    ),
)
def test_toute_correction_recoit_un_diagnostic(
    table: tuple[list[str], list[list[object]]], corrections: dict[tuple[int, str], str]
) -> None:
    classeur = classeur_de(*table)
    if classeur is None:
        return
    try:
        diag = diagnostiquer(classeur, existants=[], aujourdhui=JOUR)
    except FichierIllisible:
        return
    verifier(corriger(diag, corrections, existants=[], aujourdhui=JOUR))


@reglage
@given(
    TABLES, st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-8-sig"]), st.sampled_from(";,\t|")
)
def test_tout_csv_se_lit_ou_se_refuse(
    table: list[list[object]], encodage: str, separateur: str
) -> None:
    lignes = [["Nom", "Prénom", "Mail"], *table]
    propres = [
        [str(c).encode(encodage, "ignore").decode(encodage, "ignore") for c in ligne]
        for ligne in lignes
    ]
    lire_ou_refuser(octets_csv(propres, encodage, separateur), "x.csv")


@reglage
@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.xlsx", "x.xls", "x.ods", ""]))
def test_des_octets_quelconques(octets: bytes, nom: str) -> None:
    lire_ou_refuser(octets, nom)


@reglage
@given(
    st.sampled_from(
        [EXEMPLES / "ville.xlsx", EXEMPLES / "departement.ods", FICHIERS / "ancien.xls"]
    ),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_un_vrai_classeur_dont_des_octets_changent(
    chemin: object, alterations: list[tuple[float, int]]
) -> None:
    octets = bytearray(chemin.read_bytes())  # type: ignore[attr-defined]
    for place, valeur in alterations:
        octets[int(place * len(octets))] = valeur
    lire_ou_refuser(bytes(octets), "x")


@reglage
@given(
    st.sampled_from(["ville.xlsx", "departement.ods"]),
    st.lists(
        st.tuples(st.integers(0, 40), st.floats(0, 0.999), st.binary(max_size=6)),
        min_size=1,
        max_size=6,
    ),
)
def test_un_classeur_dont_le_xml_change(
    nom: str, alterations: list[tuple[int, float, bytes]]
) -> None:
    """The damage is inside the compressed parts, where no checksum stops it."""
    archive = zipfile.ZipFile(io.BytesIO((EXEMPLES / nom).read_bytes()))
    parties = {n: bytearray(archive.read(n)) for n in archive.namelist()}
    noms = list(parties)
    for rang, place, valeur in alterations:
        partie = parties[noms[rang % len(noms)]]
        debut = int(place * len(partie))
        partie[debut : debut + len(valeur)] = valeur
    lire_ou_refuser(octets_zip({n: bytes(p) for n, p in parties.items()}), nom)


@reglage
@given(
    st.sampled_from(sorted(set(CHAMPS) - {"nom_prenom", "prenom_nom", "cle", "collectivite"})),
    st.one_of(PIEGES, st.text(max_size=30)),
)
def test_toute_valeur_est_comprise_ou_refusee(champ: str, texte: str) -> None:
    resultat = lire_valeur(champ, texte, JOUR)
    assert not (resultat.motif and resultat.valeur is not None)
    assert not isinstance(resultat.valeur, datetime)
    if isinstance(resultat.valeur, date):
        assert resultat.valeur <= JOUR


def lire_ou_refuser(octets: bytes, nom: str) -> None:
    try:
        diag = diagnostiquer(lire(octets, nom), existants=[], aujourdhui=JOUR)
    except FichierIllisible:
        return
    verifier(diag)
