"""What measures the grid of docs/accessibilite sees a fault when there is one (scripts/rgaa_releve.py)."""

import sys

import pytest
from django.conf import settings

sys.path.append(str(settings.BASE_DIR / "scripts"))

import rgaa_releve as releve

#: One fault of each kind that the examination tells.
FAUTIVE = """
<html><head></head><body>
<div><svg width="9" height="9"><path d="M0 0V9"/></svg>
<svg role="img" aria-label="{long}" width="9" height="9"></svg>
<svg aria-hidden="true" width="9" height="9"><title>dit quand même</title></svg></div>
<iframe></iframe>
<table><tr><td>Ville</td><td>3</td></tr><tr><td>Région</td><td>4</td></tr></table>
<table><tr><th colspan="2">Deux</th></tr><tr><td>1</td><td>2</td></tr></table>
<a href="/x">ici</a><a href="/y"></a><a href="/z" target="_blank" aria-label="Autre chose">Postes</a>
<h1>Un</h1><h3>Trois</h3><p></p><ul><p>Pas une ligne</p></ul>
<p style="color: red">Rouge</p><i id="a"></i><i id="a"></i>
<span aria-hidden="true"><a href="/cache">Caché</a></span>
<input name="q"><div style="display:flex; width:900px"><label for="loin">Loin</label>
<input id="loin" style="margin-left:300px"></div>
<input type="radio" name="r"><input type="radio" name="r"><div role="group"><input name="g"></div>
<button></button><b accesskey="k" tabindex="3">Raccourci</b>
</body></html>
""".replace("{long}", "trop long " * 12)
VUES = {
    *("1.1", "1.2", "1.3", "2.1", "5.1", "5.6", "5.7", "6.1", "6.2", "8.1", "8.2", "8.3", "8.5"),
    *("8.9", "9.1", "9.2", "9.3", "10.1", "10.8", "11.1", "11.4", "11.5", "11.6", "11.9"),
    *("12.7", "12.8", "12.10", "13.2"),
}
JUSTE = """<!DOCTYPE html><html lang="fr"><head><title>Juste</title><meta name="viewport"
content="width=device-width"></head><body><a href="#contenu">Aller au contenu</a><header>Quatuor</header>
<main id="contenu"><h1>Postes</h1>{corps}</main><footer>Pied</footer></body></html>"""
TABLEAU = """<style>@media (max-width: 40rem) {{ table, tbody, tr, th, td {{ display: {affichage} }} }}</style>
<table><caption>Postes</caption><thead><tr><th scope="col">Poste</th><th scope="col">Ville</th></tr></thead>
<tbody><tr><th scope="row">Lycées</th><td>Orléans</td></tr></tbody></table>"""


def poser(ouvrir, html):
    page = ouvrir(bypass_csp=True)
    page.set_content(html)
    return page


def test_ce_qui_manque_a_une_page_se_voit(ouvrir):
    page = poser(ouvrir, FAUTIVE)

    vues = {critere for critere, _ in page.evaluate(releve.EXAMEN)["fautes"]}
    assert vues == VUES
    page.set_content("<input style='border:1px solid #eee; background:#fff'>")
    assert page.evaluate(releve.BORDS)


def test_une_page_juste_n_est_pas_reprochee(ouvrir):
    page = poser(ouvrir, JUSTE.replace("{corps}", TABLEAU.format(affichage="table")))

    vu = page.evaluate(releve.EXAMEN)
    assert vu["fautes"] == []
    assert (vu["inventaire"]["tableaux"], vu["inventaire"]["tableaux_titres"]) == (1, 1)


def test_un_tableau_en_fiches_reste_un_tableau(ouvrir):
    page = poser(ouvrir, JUSTE.replace("{corps}", TABLEAU.format(affichage="block")))
    page.set_viewport_size({"width": 320, "height": 700})
    assert releve._tableaux_etroits(page) == []

    page.evaluate("document.querySelector('table').setAttribute('role', 'presentation')")
    assert releve._tableaux_etroits(page) == ["à 320 px, 0 tableaux annoncés sur 1"]


def test_ce_qui_est_coupe_se_voit(ouvrir):
    page = poser(
        ouvrir, "<p style='width:9rem; overflow:hidden; white-space:nowrap'>Un texte court</p>"
    )
    assert page.evaluate(releve.COUPES) == []

    page.add_style_tag(content=releve.ESPACES)
    assert page.evaluate(releve.COUPES) == ["p."]


@pytest.mark.parametrize(
    ("corps", "dit"),
    [
        ("<a href='/a'>A</a><a href='/b'>B</a><a href='/c'>C</a>", []),
        (
            "<a href='/a'>A</a><a href='/b' tabindex='2'>B</a><a href='/c'>C</a>",
            ["l’ordre de tabulation remonte la page"],
        ),
    ],
)
def test_le_clavier_parcourt_la_page_et_en_sort(ouvrir, corps, dit):
    page = poser(ouvrir, corps)

    assert releve._au_clavier(page) == dit
