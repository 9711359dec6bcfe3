"""No-break spaces are put where text leaves: sentences are typed with plain ones."""

import pytest

from collectivites.communs.habillage import habiller, habiller_html

N = "\u00a0"


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("Prêt : oui ?", f"Prêt{N}: oui{N}?"),
        ("« Bonjour », dit-elle", f"«{N}Bonjour{N}», dit-elle"),
        ("à 50 % ; puis", f"à 50{N}%{N}; puis"),
        ("un mot\n   : la suite", f"un mot{N}: la suite"),
        ("« deux », « trois »", f"«{N}deux{N}», «{N}trois{N}»"),
        ("10:30, a::b, https://x.example/?q=1", "10:30, a::b, https://x.example/?q=1"),
        ("la fin «", "la fin «"),
        ("", ""),
    ],
)
def test_a_sentence_is_dressed_as_french_is_printed(tape, lu):
    assert habiller(tape) == lu
    assert habiller(lu) == lu


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("<p>Nom : <b>« Roy »</b></p>", f"<p>Nom{N}: <b>«{N}Roy{N}»</b></p>"),
        ("<b>Nom</b> : Roy", f"<b>Nom</b>{N}: Roy"),
        ('<a title="Lire : oui" href="/a ?b">x</a>', f'<a title="Lire{N}: oui" href="/a ?b">x</a>'),
    ],
)
def test_the_text_of_a_page_and_what_is_read_aloud_are_dressed(tape, lu):
    assert habiller_html(tape) == lu


@pytest.mark.parametrize(
    "intact",
    [
        '<input value="Oui : non">',
        "<textarea>Oui : non ?</textarea>",
        "<pre>a : b</pre><code>c ; d</code>",
        '<p data-cle="a : b">x</p>',
    ],
)
def test_what_a_person_typed_and_what_a_machine_reads_stay_as_they_are(intact):
    assert habiller_html(intact) == intact


def test_a_page_leaves_dressed_and_says_its_length(client, db):
    reponse = client.get("/aide/")
    assert " ?" not in reponse.content.decode().partition("<main")[2]
    assert N in reponse.content.decode()
    assert int(reponse["Content-Length"]) == len(reponse.content)
