"""The second démarche of the demonstration: two employers, all agents. No page that its people open, no
document and no mail says « cadre » or « les quatre »."""

import re
from html import unescape

import pytest
from django.contrib.auth.hashers import make_password

from cadres.fiche.public import public_de
from cadres.models import Cadre, Candidature
from collectivites.communs.lexique import MOT
from collectivites.models import Courriel, EntreeJournal, Utilisateur
from opportunites.models import Opportunite
from parcours.models import Inscription
from pilotage.cadrage.jalons.predicats import sans_accord
from pilotage.demo.organisation import ADRESSES
from pilotage.demo.valbrune.ecriture import installer
from tests.acces.test_liens import marcher

pytestmark = pytest.mark.django_db

CACHES = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
LUS = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
#: Elsewhere than in a number: « quatre cinquièmes » is a rule, « quatre personnes » a team.
LES_QUATRE = re.compile(
    r"\b(?:les|des|aux) quatre\b(?! cinquièmes)|\bquatre (?:collec|employ|DGS|assembl)",
    re.IGNORECASE,
)
#: An address of the site; a skill that means just that; in the plan de communication, one audience.
SAISIS = re.compile(r"\S+@\S+|https?://\S+|Animer une équipe de cadres|Élus Cadres Agents")


@pytest.fixture(scope="module")
def lieu(decor, django_db_blocker):
    with django_db_blocker.unblock():
        return installer(make_password("x"))


def fautes(texte):
    """What is seen and what is read aloud, and should not be."""
    lu = f"{CACHES.sub(' ', texte)} {' '.join(LUS.findall(texte))}"
    lu = SAISIS.sub("", " ".join(unescape(lu).split()))
    trouves = [m for m in MOT.finditer(lu) if not m["autre"]] + [*LES_QUATRE.finditer(lu)]
    return [lu[max(0, m.start() - 40) : m.end() + 30] for m in trouves]


def test_fifteen_agents_one_promotion_one_poste(lieu):
    cadres = Cadre.objects.filter(collectivite__demarche=lieu.demarche)
    assert cadres.count() == 15
    assert set(cadres.values_list("categorie", flat=True)) == {"A", "B", "C"}
    vise = public_de(lieu.demarche)
    hors = {
        c.nom
        for c in cadres
        if not vise.admet(c.categorie, c.cadre_emplois, encadre=bool(c.encadrement))
    }
    assert hors == {c.nom for c in cadres if c.motif_hors_public}
    assert Inscription.objects.count() == 6
    assert Opportunite.objects.get().etat == Opportunite.Etat.PUBLIEE
    assert Candidature.objects.filter(etat="retenu").count() == 6
    assert sans_accord(lieu.demarche) == []


def test_its_accounts_are_those_that_the_login_page_offers(lieu):
    siens = set(
        Utilisateur.objects.filter(email__endswith="@demo.example").values_list("email", flat=True)
    )
    assert siens == {a for a in ADRESSES if "valbrune" in a}


def test_no_mail_and_no_line_of_the_journal_says_the_wrong_word(lieu):
    courriels = Courriel.objects.filter(demarche=lieu.demarche)
    assert courriels.count() == 3
    assert all("deux collectivités voisines" in c.corps for c in courriels)
    textes = [f"{c.objet} {c.corps}" for c in courriels]
    textes += EntreeJournal.objects.filter(demarche=lieu.demarche).values_list("libelle", flat=True)
    assert [f for texte in textes for f in fautes(texte)] == []


@pytest.mark.parametrize("compte", ["dgs.valbrune", "drh.agglo-valbrune", "agent.valbrune"])
def test_no_page_nor_document_says_the_wrong_word(lieu, client, compte, monkeypatch):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())
    client.force_login(Utilisateur.objects.get(email=f"{compte}@demo.example"))
    trouvees, lues = {}, set()

    def regarder(adresse, reponse):
        if reponse.status_code != 200 or reponse.streaming:
            return
        lues.add(reponse["Content-Type"].partition(";")[0])
        if mauvais := fautes(reponse.content.decode(errors="ignore")):
            trouvees[adresse] = mauvais[:3]

    refus, _ = marcher(client, regarder)
    assert not refus
    assert {"text/html", "application/pdf"} <= lues
    assert not trouvees, "\n".join(f"{a}: {f}" for a, f in trouvees.items())
