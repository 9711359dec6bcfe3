"""French typography: what a reader sees, to the space."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import strip_tags

from collectivites.communs import typographie as typo
from collectivites.templatetags import quatuor

S = "\u00a0"


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, f"1{S}234{S}567"),
        (-2, "\u22122"),
        (Decimal("-0.4"), "0"),
        ("1234.5", f"1{S}235"),
    ],
)
def test_nombre(valeur, attendu):
    assert typo.nombre_texte(valeur) == attendu


def test_nombre_signe_et_decimales():
    assert typo.nombre_texte(131.93, 2, signe=True) == "+131,93"
    assert typo.nombre_texte(0, signe=True) == "0"
    assert typo.nombre_texte(Decimal("-123.07"), 2, signe=True) == "\u2212123,07"


def test_euros():
    assert quatuor.euros(1234.5) == f"1{S}234,50{S}€"
    assert quatuor.euros(1234.5, 0) == f"1{S}235{S}€"
    assert quatuor.euros(None) == ""
    assert quatuor.pourcent(46) == f"46{S}%"


@pytest.mark.parametrize("n", [0, 1, 1.5, -1])
def test_singulier_sous_deux(n):
    assert typo.accorder(n, "cadre") == "cadre"


def test_pluriel():
    assert quatuor.pluriel(3, "cadre") == f"3{S}cadres"
    assert quatuor.pluriel(0, "cadre") == f"0{S}cadre"
    assert quatuor.accord(2, "est,sont") == "sont"
    assert quatuor.pluriel(1200, "cheval,chevaux") == f"1{S}200{S}chevaux"


def test_dates():
    premier = date(2027, 3, 1)
    assert quatuor.date_longue(premier) == f"1<sup>er</sup>{S}mars{S}2027"
    assert quatuor.date_brute(premier) == f"1er{S}mars{S}2027"
    assert quatuor.date_courte(date(2027, 9, 1)) == f"1<sup>er</sup>{S}sept.{S}2027"
    assert quatuor.date_complete(date(2027, 3, 31)) == f"mercredi 31{S}mars{S}2027"
    assert strip_tags(quatuor.date_complete(date(2027, 9, 1))) == f"mercredi 1er{S}septembre{S}2027"
    assert quatuor.date_longue(None) == ""


def test_un_instant_se_lit_a_paris():
    instant = datetime(2027, 2, 28, 23, 30, tzinfo=UTC)
    assert quatuor.date_brute(instant) == f"1er{S}mars{S}2027"
    assert quatuor.heure(instant) == f"0{S}h{S}30"
    assert quatuor.heure(datetime(2027, 3, 31, 16, 0, tzinfo=UTC)) == f"18{S}h"


@pytest.mark.parametrize(
    ("jour", "texte", "classe"),
    [
        (date(2027, 3, 31), f"16{S}jours", ""),
        (date(2027, 3, 22), f"7{S}jours", "est-proche"),
        (date(2027, 3, 16), f"1{S}jour", "est-proche"),
        (date(2027, 3, 15), "aujourd’hui", "est-proche"),
        (date(2027, 3, 14), f"1{S}jour de retard", "est-tard"),
        (date(2027, 3, 5), f"10{S}jours de retard", "est-tard"),
    ],
)
def test_delai(jour, texte, classe):
    delai = typo.delai_avant(jour, date(2027, 3, 15))
    assert (delai.texte, delai.classe) == (texte, classe)


def test_marque_sans_accents_ni_casse_et_sans_html():
    assert quatuor.marque("Éducation & <b>", "educ") == "<mark>Éduc</mark>ation &amp; &lt;b&gt;"
    assert quatuor.marque("Costerin, Nadège", "nadege cos") == (
        "<mark>Cos</mark>terin, <mark>Nadège</mark>"
    )
    assert quatuor.marque("Rien", "") == "Rien"


def rendre(gabarit, chemin="/", **contexte):
    contexte["request"] = RequestFactory().get(chemin)
    return Template("{% load quatuor %}" + gabarit).render(Context(contexte))


def test_url_avec_garde_le_reste_et_revient_a_la_premiere_page():
    url = rendre(
        '{% url_avec tri="-nom" statut=None as u %}{{ u|safe }}',
        "/?q=dupré&statut=oui&page=3&coll=V&coll=D",
    )
    assert QueryDict(url[1:]).dict() == {"q": "dupré", "tri": "-nom", "coll": "D"}
    assert QueryDict(url[1:]).getlist("coll") == ["V", "D"]
    assert rendre("{% url_avec q=None %}", "/?q=x") == "?"


def test_tri_alterne_et_dit_son_sens():
    assert 'aria-sort="ascending"' in rendre('{% tri "nom" "Cadre" %}', "/?tri=nom")
    assert 'href="?tri=-nom"' in rendre('{% tri "nom" "Cadre" %}', "/?tri=nom")
    assert 'aria-sort="descending"' in rendre('{% tri "nom" "Cadre" %}', "/?tri=-nom")
    assert "aria-sort" not in rendre('{% tri "nom" "Cadre" %}')


def test_pagination_ne_se_montre_que_s_il_y_a_des_pages():
    from django.core.paginator import Paginator

    une = rendre('{% pagination page nom="cadre" %}', page=Paginator(range(3), 25).page(1))
    assert f"3{S}cadres" in une
    assert "Suivante" not in une
    deux = rendre(
        '{% pagination page nom="cadre" %}', "/?q=a", page=Paginator(range(142), 25).page(2)
    )
    assert "Cadres 26 à 50 sur 142" in strip_tags(deux)
    assert 'href="?q=a&amp;page=3"' in deux
    assert 'href="?q=a" rel="prev"' in deux


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Paul Roy", "de Paul Roy"),
        ("Hélène Florimont", "d’Hélène Florimont"),
        ("Élodie", "d’Élodie"),
        ("Yves", "d’Yves"),
        ("Yann", "de Yann"),
        ("", "de "),
    ],
)
def test_elision(nom, attendu):
    assert typo.de(nom) == attendu


@pytest.mark.parametrize(
    ("nom", "le", "du"),
    [
        ("Ville", "la Ville", "de la Ville"),
        ("Ville d’Orléans", "la Ville d’Orléans", "de la Ville d’Orléans"),
        ("Agglomération", "l’Agglomération", "de l’Agglomération"),
        ("Département", "le Département", "du Département"),
        ("Région", "la Région", "de la Région"),
        ("Orléans Métropole", "Orléans Métropole", "d’Orléans Métropole"),
    ],
)
def test_le_nom_d_un_employeur_dans_une_phrase(nom, le, du):
    assert (typo.avec_article(nom), typo.de_avec_article(nom)) == (le, du)
    assert typo.est_masculin(nom) is (nom == "Département")


@pytest.mark.parametrize(
    ("intitule", "annonce"),
    [
        ("Responsable du budget", "Responsable du budget (F/H)"),
        ("Directeur des finances", "Directeur des finances (F/H)"),
        ("Direction des routes", "Direction des routes"),
        ("Chargé de mission (H/F)", "Chargé de mission (H/F)"),
    ],
)
def test_a_poste_is_announced_to_everybody(intitule, annonce):
    assert typo.annoncer(intitule) == annonce
