"""A démarche for all agents: no page, no PDF and no export, for whom it is for, who steers it or who
advises them, says « cadre ». What acts write: `test_mot_des_courriels`."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from collectivites.communs.calendrier import minuit
from collectivites.communs.lexique import MOT
from collectivites.models import Courriel, Demarche
from pilotage.accueil.recapitulatif import deposer_recapitulatifs
from tests.acces.adresses import adresses
from tests.acces.matrice import lire
from tests.acces.parametres import PARAMETRES

#: The sheet of components, which shows the words of a démarche of cadres; the plan de communication, where
#: « cadres » are one audience beside « agents ».
AUTRES = re.compile(r"pilotage:(systeme|communication)")
#: What the product makes by itself; the documents that people deposited are theirs.
FAITS = re.compile(r"html|application/pdf|text/(csv|calendar)")
CACHES = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
LUS = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
#: What people typed (a poste, an address), and a skill that means just that.
SAISIS = re.compile(
    r"Responsable de service \(cadre\)|\S+@\S+|https?://\S+|Animer une équipe de cadres"
)


def fautes(texte):
    return [
        texte[max(0, m.start() - 40) : m.end() + 30] for m in MOT.finditer(texte) if not m["autre"]
    ]


def lu(page):
    """What is seen and what is read aloud, without what people typed."""
    texte = f"{CACHES.sub(' ', page)} {' '.join(LUS.findall(page))}"
    return SAISIS.sub("", " ".join(unescape(texte).split()))


@pytest.mark.lent
@pytest.mark.toutes_les_pages
@pytest.mark.toutes_les_pages
@pytest.mark.parametrize("persona", ["dgs", "drh", "cadre", "accompagnateur", "cabinet"])
def test_no_page_says_the_wrong_word(persona, scene, clients, monkeypatch):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())
    Demarche.objects.filter(pk=scene.troupe.demarche.pk).update(public="agents")
    attendu, trouvees, lues = lire(), {}, 0
    for nom, adresse in adresses().items():
        if AUTRES.match(nom) or attendu.get((nom, "GET"), {}).get(persona) != "200":
            continue
        parametres = PARAMETRES[nom](scene) if adresse.parametres else {}
        reponse = clients[persona].get(adresse.chemin(**parametres))
        if not FAITS.search(reponse["Content-Type"]):
            continue
        lues += 1
        octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
        if mauvais := fautes(lu(octets.decode(errors="ignore"))):
            trouvees[nom] = mauvais[:3]
    assert lues > 20
    assert not trouvees, "\n".join(f"{nom}: {extraits}" for nom, extraits in trouvees.items())


def test_the_digest_of_the_week_says_the_word_of_its_demarche(scene):
    Demarche.objects.filter(pk=scene.troupe.demarche.pk).update(public="agents")
    lundi = minuit(timezone.localdate() - timedelta(days=timezone.localdate().weekday()))
    assert deposer_recapitulatifs(maintenant=lundi + timedelta(hours=8))
    textes = Courriel.objects.filter(demarche=scene.troupe.demarche).values_list("corps", flat=True)
    assert "agent" in " ".join(textes)
    assert not [f for texte in textes for f in fautes(SAISIS.sub("", texte))]
