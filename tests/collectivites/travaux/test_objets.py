"""The subject of a mail is read by others: on a locked screen, by an assistant who opens the box."""

import re
from pathlib import Path

import pytest
from django.conf import settings

DOSSIER = Path(settings.BASE_DIR) / "templates" / "courriels"
GABARITS = sorted(str(g.relative_to(DOSSIER)) for g in DOSSIER.rglob("*.txt"))
#: What a template calls people by.
PERSONNE = re.compile(
    r"nom_complet|prenom|\b(cadre|personne|par|de|dgs)\.nom\b|\{\{ *(nom|cadre)\b"
)


def objet(gabarit):
    premiere = (DOSSIER / gabarit).read_text(encoding="utf-8").partition("\n")[0]
    return re.sub(r"\{% (load|autoescape)[^%]*%\}", "", premiere)


@pytest.mark.parametrize("gabarit", GABARITS)
def test_no_subject_names_anybody(gabarit):
    assert objet(gabarit)
    assert not PERSONNE.search(objet(gabarit))


#: Written by somebody who is no user yet: nothing else keeps who it is.
NOMMENT = {"comptes/volontaire.txt"}
#: What a cadre is called by in a text that is not for them.
CADRE = re.compile(r"\{\{ *(cadre|personne|[\w.]*\.cadre)\.(nom|prenom|nom_complet|nom_liste)\b")
#: The addressee, by their first name.
A_SOI = re.compile(r"^Bonjour \{\{ *[\w.]+\.prenom *\}\},$", re.MULTILINE)
A_LA_PERSONNE = "Bonjour {{ cadre.prenom }},"


@pytest.mark.parametrize("gabarit", GABARITS)
def test_no_body_names_a_cadre_to_somebody_else(gabarit):
    """It travels in clear, and stays in a mailbox that an assistant opens: the link says who, after the
    login."""
    texte = (DOSSIER / gabarit).read_text(encoding="utf-8")
    if gabarit in NOMMENT or A_LA_PERSONNE in texte:
        return
    assert not CADRE.search(A_SOI.sub("", texte))


@pytest.mark.parametrize(
    ("l_un", "l_autre"),
    [
        ("cadres/oui.txt", "cadres/non.txt"),
        ("cadres/retenu.txt", "cadres/non_retenu.txt"),
        ("propositions/acceptee_cadre.txt", "propositions/refusee_cadre.txt"),
    ],
)
def test_a_subject_does_not_tell_a_yes_from_a_no(l_un, l_autre):
    assert objet(l_un) == objet(l_autre)


@pytest.mark.parametrize(
    "gabarit",
    [
        g
        for g in GABARITS
        if g.startswith("propositions/") and "{{ cadre.prenom }}" in (DOSSIER / g).read_text()
    ],
)
def test_to_the_person_a_subject_says_no_poste(gabarit):
    assert "poste" not in objet(gabarit)
