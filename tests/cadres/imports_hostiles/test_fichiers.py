"""Bad files through the real upload view."""

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from cadres.models import Cadre, ImportCadres
from tests.cadres.imports_hostiles.aide import ENTETES, HOSTILES, Etat, bombe, dernier
from tests.cadres.recensement.aide import octets_xlsx


@pytest.mark.parametrize("cas", [*HOSTILES, "bombe"])
def test_what_is_not_a_list_gets_a_sentence_in_seconds(drh, deposer, cas):
    octets, nom = HOSTILES.get(cas) or (bombe(), "cadres.xlsx")
    avant = Cadre.objects.count()
    debut = time.monotonic()
    assert deposer(octets, nom).status_code == 302
    assert time.monotonic() - debut < 5
    importation = dernier()
    assert (importation.etat, importation.contenu) == (Etat.ILLISIBLE, None)
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Ce fichier n’a pas pu être lu" in page
    assert len(importation.resume["erreur"]) > 20
    assert Cadre.objects.count() == avant


def test_50_mb_are_refused_before_they_are_read(deposer, monkeypatch):
    def jamais(**_):
        raise AssertionError("the file was read")

    monkeypatch.setattr("cadres.imports.actions.deposer_import", jamais)
    debut = time.monotonic()
    reponse = deposer(b"x" * 50_000_000, "gros.csv")
    assert reponse.status_code == 422
    assert "dépasse 20\u00a0Mo" in reponse.content.decode()
    assert time.monotonic() - debut < 5
    assert not ImportCadres.objects.exists()


def test_a_macro_workbook_is_read_without_its_macros_or_refused(drh, deposer):
    vrai = octets_xlsx([["Nom", "Prénom"], ["MARTIN", "Agathe"]])
    source, sortie = zipfile.ZipFile(io.BytesIO(vrai)), io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for nom in source.namelist():
            archive.writestr(nom, source.read(nom))
        archive.writestr("xl/vbaProject.bin", b"macro")
    deposer(sortie.getvalue(), "cadres.xlsm")
    assert dernier().etat in {Etat.ILLISIBLE, Etat.DIAGNOSTIQUE}
    assert drh.get(f"/recensements/{dernier().pk}/").status_code == 200


def test_a_file_in_which_every_row_is_wrong_writes_nothing(drh, deposer):
    lignes = [f"A{n};Nom;Pré;pas-un-courriel;Z;Chef" for n in range(300)]
    deposer("\n".join((ENTETES, *lignes)).encode())
    importation = dernier()
    assert importation.etat == Etat.DIAGNOSTIQUE
    page = drh.get(f"/recensements/{importation.pk}/")
    assert page.status_code == 200
    assert "lignes à corriger" in page.content.decode()
    avant = Cadre.objects.count()
    drh.post(f"/recensements/{importation.pk}/confirmer/")
    assert Cadre.objects.count() == avant


@pytest.mark.lourd
def test_10_000_rows_with_one_bad(drh, deposer, confirmer):
    lettres = "abcdefghij"

    def mot(n):
        return "".join(lettres[int(c)] for c in f"{n:05}")

    lignes = [
        f"A{n};Durand{mot(n)};Anne;a{n}@loiret.example;A;Cheffe de service" for n in range(10_000)
    ]
    lignes[5000] = "A5000;Durand;Anne;a5000@loiret.example;Z9;Cheffe"
    avant = Cadre.objects.count()
    debut = time.monotonic()
    deposer("\n".join((ENTETES, *lignes)).encode())
    importation = dernier()
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Z9" in page
    assert Cadre.objects.count() == avant
    assert confirmer(importation).resume["nouveaux"] == 9_999
    assert time.monotonic() - debut < 60
    assert Cadre.objects.count() == avant + 9_999


@reglages(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    entete=st.lists(
        st.sampled_from(["Nom", "Prénom", "Courriel", "Matricule", "Catégorie", "Poste", "X", ""]),
        min_size=1,
        max_size=7,
    ),
    lignes=st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=6),
    separateur=st.sampled_from([";", ",", "\t"]),
    codage=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_no_table_breaks_the_upload_page(drh, deposer, entete, lignes, separateur, codage):
    texte = "\n".join(separateur.join(ligne) for ligne in [entete, *lignes])
    octets = texte.encode(codage, errors="ignore")
    assert deposer(octets).status_code in {302, 422}
    if octets and (importation := ImportCadres.objects.order_by("pk").last()):
        assert drh.get(f"/recensements/{importation.pk}/").status_code in {200, 302}
