"""How a person has chosen to read: by keyboard, in forced colours, with text twice as large."""

import pytest

from tests.acces.matrice import PERSONAS
from tests.navigateur.test_pages import chemins

#: Each thing that Tab can reach, focused as Tab does, and what its outline is then.
SANS_FOCUS = """async () => {
  const prenables = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility() && !e.disabled);
  const fautes = new Set();
  for (const e of prenables) {
    e.focus({focusVisible: true});
    if (document.activeElement !== e) continue;
    const cible = e.closest(".q-segments label") || e;
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(cible);
    const transparent = /rgba\\(.*, 0\\)$/.test(outlineColor);
    if (outlineStyle !== "solid" || parseFloat(outlineWidth) < 2 || transparent)
      fautes.add(`${e.tagName.toLowerCase()}.${e.className} (${outlineStyle} ${outlineWidth})`);
  }
  return [...fautes];
}"""


@pytest.mark.parametrize("persona", ["drh", "cadre", "dgs", "accompagnateur", "anonyme"])
def test_the_focus_is_seen_on_every_page(persona, troupe, scene, ouvrir, client_de):
    qui = getattr(troupe, PERSONAS[persona]) if PERSONAS[persona] else None
    client, page = client_de(qui), ouvrir(qui)
    fautes = []
    for nom, chemin in chemins(persona, scene):
        reponse = client.head(chemin)
        if not reponse.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if "attachment" in reponse.headers.get("Content-Disposition", ""):
            continue
        page.goto(chemin)
        page.keyboard.press("Tab")  # from now on the focus is a keyboard's
        fautes += [f"{nom}: {faute}" for faute in page.evaluate(SANS_FOCUS)]

    assert not fautes, "\n".join(sorted(set(fautes)))


def test_forced_colours_tell_the_chosen_word_and_what_is_done(troupe, scene, ouvrir):
    page = ouvrir(troupe.drh_departement, forced_colors="active")
    page.goto("/")
    page.locator(".q-moi > summary").click()
    choisi = page.locator(".q-segments label:has(:checked)").first
    autre = page.locator(".q-segments label:not(:has(:checked))").first
    fond = "(e) => getComputedStyle(e).backgroundColor"

    assert choisi.evaluate(fond) != autre.evaluate(fond)

    moi = ouvrir(troupe.cadre, forced_colors="active")
    moi.goto("/mon-parcours/")
    rond = "(e) => getComputedStyle(e, '::after').backgroundColor"
    faite = moi.locator(".q-frise > li:not(.ici, .a-venir, .tard)").first.evaluate(rond)
    a_venir = moi.locator(".q-frise > li.a-venir").first.evaluate(rond)

    assert faite != a_venir


@pytest.mark.parametrize(
    ("qui", "chemin"),
    [
        ("cadre", "/mon-parcours/"),
        ("cadre", "/"),
        ("cadre", "/mes-voeux/"),
        ("drh_departement", "/"),
        ("accompagnateur", "/mes-accompagnements/"),
    ],
)
def test_text_twice_as_large_fits_a_telephone(troupe, scene, ouvrir, gros_texte, qui, chemin):
    page = ouvrir(
        getattr(troupe, qui), navigateur=gros_texte, viewport={"width": 390, "height": 844}
    )
    page.goto(chemin, wait_until="networkidle")

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
