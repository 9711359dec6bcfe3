"""What a model says is read before it is kept: fields of the list, « si », and nothing else."""

import io
import time

import pytest
from docx import Document

from opportunites.dossier.modeles import fournis
from opportunites.dossier.modeles.champs import champs_de
from opportunites.dossier.modeles.grammaire import Environnement, lire
from opportunites.dossier.modeles.paquet import ModeleRefuse
from opportunites.mots import GenreModele
from tests.fabriques import faire_docx

CHAMPS = champs_de("arrete")


def defauts(*paragraphes, champs=CHAMPS):
    return [str(defaut) for defaut in lire(faire_docx(*paragraphes), champs).defauts]


def test_each_starting_point_has_no_fault_and_bears_its_caution():
    for fourni in fournis.FOURNIS:
        lecture = lire(fournis.en_docx(fourni), champs_de(fourni.genre))
        assert lecture.defauts == ()
        assert "personne.nom_complet" in lecture.cles or "personne.nom" in lecture.cles
        document = Document(io.BytesIO(fournis.en_docx(fourni)))
        assert (
            "à valider par votre service juridique"
            in document.sections[0].header.paragraphs[0].text
        )


def test_every_usual_route_has_its_arrete():
    assert {f.code for f in fournis.FOURNIS if f.genre == GenreModele.ARRETE} == {
        "arrete-mutation",
        "arrete-detachement",
        "arrete-integration-directe",
        "arrete-mise-a-disposition",
    }


def test_no_kind_of_model_names_pay_wishes_or_coaching():
    for genre in GenreModele:
        mots = " ".join(champs_de(genre))
        assert not any(
            m in mots for m in ("remuneration", "paie", "ifse", "voeu", "coaching", "bilan")
        )


def test_an_unknown_field_is_named_with_its_place():
    document = Document()
    document.add_paragraph("Objet : {{ personne.nom }}")
    document.add_paragraph("")
    document.add_paragraph("Né le {{ personne.naissance }}")
    tableau = document.add_table(rows=2, cols=2)
    tableau.cell(1, 1).text = "{{ mouvement.dat_effet }}"
    document.sections[0].header.paragraphs[0].text = "{{ salaire }}"
    sortie = io.BytesIO()
    document.save(sortie)

    lecture = lire(sortie.getvalue(), CHAMPS)

    assert [str(defaut) for defaut in lecture.defauts] == [
        "paragraphe 2 : dans « {{ personne.naissance }} », le champ « personne.naissance » n’existe pas "
        "pour ce genre de modèle.",
        "tableau 1, ligne 2, colonne 2 : dans « {{ mouvement.dat_effet }} », le champ "
        "« mouvement.dat_effet » n’existe pas pour ce genre de modèle. Vouliez-vous dire "
        "« mouvement.date_effet » ?",
        "en-tête, paragraphe 1 : dans « {{ salaire }} », le champ « salaire » n’existe pas pour ce genre "
        "de modèle.",
    ]
    assert lecture.cles == ("personne.nom",)


def test_a_field_of_another_kind_of_model_is_unknown():
    (defaut,) = defauts("{{ parcours.promotion }}")
    assert "n’existe pas pour ce genre" in defaut


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("{{ ''.__class__ }}", "il n’y a de place que pour un champ"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "il n’y a de place que pour un champ"),
        ("{{ personne.__class__ }}", "« personne.__class__ » n’existe pas"),
        ("{{ personne['nom'] }}", "il n’y a de place que pour un champ"),
        ("{{ personne.nom.upper() }}", "il n’y a de place que pour un champ"),
        ("{{ personne }}", "le champ « personne » n’existe pas"),
        ("{{ self }}", "le champ « self » n’existe pas"),
        ("{{ 'a' * 999999999 }}", "il n’y a de place que pour un champ"),
        ("{{ range(9) }}", "il n’y a de place que pour un champ"),
        ("{{ personne.nom|attr('x') }}", "« attr » n’est pas admis"),
        ("{{ personne.nom|center(999999999) }}", "« center » n’est pas admis"),
        ("{% for i in range(999999999) %}x{% endfor %}", "est une boucle"),
        ("{%p for i in range(9) %}", "est une boucle"),
        ("{% include 'x' %}", "est un renvoi à un autre fichier"),
        ("{% import 'x' as y %}", "est un renvoi à un autre fichier"),
        ("{% set x = 1 %}", "est une instruction"),
        ("{% macro x() %}{% endmacro %}", "est une instruction"),
        ("{% colspan 3 %}", "est une instruction"),
        ("{% if cycler %}x{% endif %}", "« cycler » n’existe pas"),
        ("{# tu #}", "n’a pas sa place"),
        ("{{ personne.nom", "une accolade n’est pas fermée"),
        ("{ personne.nom }", "n’a qu’une accolade"),
        ("{{ personne nom }}", "ne se lit pas"),
        ("{% if mouvement.voie %}x", "n’est pas fermé par"),
        ("{% endif %}", "les accolades ne se suivent pas"),
    ],
)
def test_whatever_is_neither_a_field_nor_a_condition(texte, dit):
    trouves = defauts(texte)
    assert any(dit in defaut for defaut in trouves), trouves


def test_a_loop_cut_in_two_by_the_layout_is_refused_as_well():
    assert defauts("{% for i in", "range(9) %}x", "{% endfor", "%}")


def test_a_tag_cut_between_two_paragraphs_is_seen_by_the_second_reading():
    assert defauts("Bonjour {", "{ ''.__class__ }}") == [
        "corps : il n’y a de place que pour un champ de la liste."
    ]


def test_a_tag_hidden_where_nobody_types_is_seen():
    document = Document(io.BytesIO(faire_docx("{{ personne.nom }}")))
    document.element.body[0].set("hostile", "{{ ''.__class__ }}")
    sortie = io.BytesIO()
    document.save(sortie)
    assert [str(d) for d in lire(sortie.getvalue(), CHAMPS).defauts] == [
        "corps : une accolade est hors du texte : recopiez ce passage dans un document neuf."
    ]


def test_a_field_in_the_properties_is_refused():
    document = Document(io.BytesIO(faire_docx("{{ personne.nom }}")))
    document.core_properties.title = "{{ ''.__class__ }}"
    sortie = io.BytesIO()
    document.save(sortie)
    with pytest.raises(ModeleRefuse, match="propriétés"):
        lire(sortie.getvalue(), CHAMPS)


def test_conditions_comparisons_and_three_filters_are_admitted():
    assert not defauts(
        "{% if mouvement.voie == “Mutation” and not mouvement.accord_le %}x{% else %}y{% endif %}",
        "{{ personne.nom|upper }} {{ collectivite.article|capitalize }} {{ personne.nom|lower }}",
    )


def test_jinja_itself_has_nothing_left():
    env = Environnement()
    assert not env.globals
    assert not env.tests
    assert sorted(env.filters) == ["capitalize", "lower", "upper"]


def test_a_page_of_braces_is_read_in_a_moment():
    debut = time.process_time()
    with pytest.raises(ModeleRefuse, match="plus de 500 champs"):
        defauts("{" * 20_000, "{%" * 10_000, "{{ a" * 10_000)
    assert defauts("{{ a" * 400)
    assert time.process_time() - debut < 5
