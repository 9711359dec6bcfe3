"""A démarche for all agents: no page, for whom it is for or who steers it, says « cadre »."""

import re
from html import unescape

import pytest

from collectivites.communs.lexique import MOT
from collectivites.models import Demarche
from tests.acces.adresses import adresses
from tests.acces.matrice import lire
from tests.acces.parametres import PARAMETRES

#: What is the same for every démarche; the plan de communication, where « cadres » are one audience
#: beside « agents ».
AUTRES = re.compile(
    r"pilotage:(guide|aide|systeme|vos_donnees|accessibilite|mentions_legales|communication)|account_"
)
CACHES = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
LUS = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
#: What people typed (a poste, an address), and a skill that means just that.
SAISIS = re.compile(r"Responsable de service \(cadre\)|\S+@\S+|Animer une équipe de cadres")


def lu(page):
    """What is seen and what is read aloud, without what people typed."""
    texte = f"{CACHES.sub(' ', page)} {' '.join(LUS.findall(page))}"
    return SAISIS.sub("", " ".join(unescape(texte).split()))


@pytest.mark.lent
@pytest.mark.toutes_les_pages
@pytest.mark.parametrize("persona", ["dgs", "drh", "cadre"])
def test_no_page_says_the_wrong_word(persona, scene, clients):
    Demarche.objects.filter(pk=scene.troupe.demarche.pk).update(public="agents")
    attendu, fautes, lues = lire(), {}, 0
    for nom, adresse in adresses().items():
        if AUTRES.match(nom) or attendu.get((nom, "GET"), {}).get(persona) != "200":
            continue
        parametres = PARAMETRES[nom](scene) if adresse.parametres else {}
        reponse = clients[persona].get(adresse.chemin(**parametres))
        if "html" not in reponse["Content-Type"]:
            continue
        lues += 1
        texte = lu(reponse.content.decode())
        for trouve in MOT.finditer(texte):
            if not trouve["autre"]:
                fautes.setdefault(nom, texte[max(0, trouve.start() - 40) : trouve.end() + 30])
    assert lues > 30
    assert not fautes, "\n".join(f"{nom}: {extrait}" for nom, extrait in fautes.items())
