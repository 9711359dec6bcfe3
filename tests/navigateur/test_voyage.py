"""The whole démarche, in the browser: from a DRH's spreadsheet to the PDF on the élu's desk."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from cadres.models import Cadre, Candidature
from collectivites.models import Courriel, EntreeJournal
from opportunites.models import Mobilite
from parcours.mots import EtatSuivi, NatureEtape

LISTE = Path(settings.BASE_DIR) / "docs" / "exemples" / "recensement" / "region.xlsx"
MOT_DE_PASSE = "une phrase facile à retenir"
POSTE = "Directrice des mobilités douces"

pytestmark = pytest.mark.lent


class Personne:
    """Somebody at their screen. What they do reads as they would tell it."""

    def __init__(self, page):
        self.page = page

    def va(self, chemin):
        self.page.goto(chemin)
        return self

    def suit(self, texte):
        self.page.get_by_role("link", name=texte).first.click()

    def presse(self, texte):
        self.page.get_by_role("button", name=texte).first.click()
        # A page that has waited asks whose session it is before it sends (js/session.js).
        expect(self.page.locator("form[data-en-verification]")).to_have_count(0)

    def ecrit(self, etiquette, valeur):
        self.page.get_by_label(etiquette).first.fill(str(valeur))

    def coche(self, etiquette):
        self.page.get_by_label(etiquette).first.check()

    def lit(self, texte):
        expect(self.page.get_by_role("main")).to_contain_text(texte)

    def rien_a_signaler(self):
        fautes = self.page.temoin.lever()
        assert not fautes, "\n".join(fautes)


def jour(decalage=0):
    return (timezone.localdate() + timedelta(days=decalage)).isoformat()


def instant(jours):
    return timezone.localtime(timezone.now() + timedelta(days=jours)).strftime("%Y-%m-%dT%H:%M")


def test_the_whole_demarche(troupe, ouvrir, client_de):
    drh, dgs = Personne(ouvrir(troupe.drh_region)), Personne(ouvrir(troupe.dgs_region))
    accueil, dgs_accueil = (
        Personne(ouvrir(troupe.drh_departement)),
        Personne(ouvrir(troupe.dgs_departement)),
    )

    # 1. The DRH of the Région uploads their own spreadsheet, and confirms what was understood.
    deja = Cadre.objects.filter(collectivite=troupe.region).count()
    drh.va("/recensements/")
    drh.page.get_by_label("Votre tableur").set_input_files(LISTE)
    drh.presse("Lire le fichier")
    drh.suit("Voir le résultat")
    drh.lit("Rien n’est encore écrit.")
    assert Cadre.objects.filter(collectivite=troupe.region).count() == deja
    drh.presse(re.compile("^Importer les"))
    drh.suit("Voir le résultat")
    drh.lit("Import terminé")
    assert Cadre.objects.filter(collectivite=troupe.region).count() == deja + 34

    # 2. They tell one of them, whose name nobody else sees yet.
    cadre = Cadre.objects.filter(collectivite=troupe.region, candidature__etat="recense").exclude(
        courriel=""
    )[0]
    drh.va(f"/registre/{cadre.pk}/").suit("Informer par courriel")
    drh.presse("Envoyer le message")
    drh.lit("Prochaine étape : sa réponse")
    assert client_de(troupe.drh_departement).get(f"/registre/{cadre.pk}/").status_code == 404

    # 3. The cadre opens the mail, sets a password, reads what is held, and says yes.
    courriel = Courriel.objects.get(cadre_ref=cadre.pk)
    assert courriel.etat == Courriel.Etat.ENVOYE
    lui = Personne(ouvrir())
    # The row has lost its key by now: the mail that left has it.
    partis = "\n".join(str(message.body) for message in mail.outbox)
    lui.va(re.search(r"https?://\S+/invitation/\S+", partis).group())
    lui.ecrit("Choisissez un mot de passe", MOT_DE_PASSE)
    lui.ecrit("Écrivez-le une seconde fois", MOT_DE_PASSE)
    lui.presse("Entrer")
    lui.va("/ma-candidature/").lit(cadre.poste.intitule)
    lui.presse("Oui")
    lui.lit("Vous avez dit oui")
    accueil.va(f"/registre/{cadre.pk}/").lit(cadre.nom)

    # 4. Their DGS retains them, and opens a promotion; they are enrolled.
    dgs.va(f"/registre/{cadre.pk}/").suit(re.compile("^Retenir$"))
    dgs.presse("Retenir ce cadre")
    dgs.va("/promotions/nouvelle/")
    dgs.ecrit("Nom de la promotion", "Promotion des essais")
    dgs.ecrit("Premier jour", jour(-10))
    dgs.ecrit("Dernier jour", jour(120))
    dgs.presse("Ouvrir la promotion")
    dgs.lit("Promotion des essais")
    drh.va("/promotions/").suit("Promotion des essais")
    drh.suit("Inscrire des cadres")
    drh.coche(re.compile(cadre.nom))
    drh.presse("Inscrire les cadres cochés")

    # 5. Each step has its appointment, and is done.
    inscription = cadre.inscriptions.get()
    for suivi in inscription.suivis.select_related("etape").order_by("etape__ordre"):
        if suivi.etape.nature == NatureEtape.IMMERSION:
            # Of one's own, asked and granted: told in its own tests.
            inscription.suivis.filter(pk=suivi.pk).update(
                etat=EtatSuivi.FAITE, quand=timezone.now()
            )
            continue
        drh.va(f"/suivis/{suivi.pk}/").ecrit("Date et heure", instant(-1))
        drh.presse(re.compile("^(Enregistrer|Planifier|Fixer)"))
        drh.va(f"/inscriptions/{inscription.pk}/")
        drh.page.get_by_role("button", name=re.compile(f"^Présent.*{suivi.etape}")).click()
    drh.presse("Achever le parcours")
    drh.lit("achevé")

    # 6. The Département opens a poste; the cadre wants it.
    accueil.va("/opportunites/nouvelle/?poste=nouveau")
    accueil.ecrit("Intitulé", POSTE)
    accueil.ecrit("Présentation aux cadres", "Un poste au cœur de la démarche.")
    accueil.presse("Enregistrer le besoin")
    accueil.presse("Publier ce poste")
    adresse_du_poste = accueil.page.url
    lui.va("/opportunites/").suit(re.compile(POSTE))
    lui.presse("Ajouter à mes vœux")
    assert POSTE not in client_de(troupe.drh_region).get(f"/registre/{cadre.pk}/").text

    # 7. It is proposed, validated by the DGS, sent with a date; the cadre accepts.
    accueil.va(adresse_du_poste).suit(re.compile("ce poste à"))
    accueil.ecrit("Pourquoi ce poste lui est proposé", "Votre expérience répond au poste.")
    accueil.presse("Préparer la proposition")
    adresse_de_la_proposition = accueil.page.url
    dgs_accueil.va(adresse_de_la_proposition).presse("Valider la proposition")
    accueil.va(adresse_de_la_proposition).suit("Envoyer")
    accueil.ecrit("Réponse attendue avant le", instant(15))
    accueil.presse("Envoyer la proposition")
    lui.va(adresse_de_la_proposition).suit(re.compile("^Accepter"))
    lui.presse("Confirmer mon accord")

    # 8. The move is prepared and becomes effective on its date.
    mobilite = Mobilite.objects.get()
    accueil.va(f"/mobilites/{mobilite.pk}/").suit(re.compile("Préparer"))
    accueil.page.get_by_role("radio").first.check()
    accueil.ecrit("Demande reçue", jour(-1))
    accueil.ecrit("Date d’effet", jour())
    accueil.presse("Enregistrer")
    drh.va(f"/mobilites/{mobilite.pk}/reponse/").coche(re.compile(r"^\s*Accord"))
    drh.ecrit(re.compile(r"^\s*Date de départ"), jour())
    drh.presse("Enregistrer la réponse")
    accueil.va(f"/mobilites/{mobilite.pk}/").presse("Constater la mobilité")
    cadre.refresh_from_db()
    assert cadre.collectivite == troupe.departement
    assert cadre.poste.intitule == POSTE
    assert cadre.candidature.avancee == Candidature.Avancee.EFFECTIVE

    # 9. The DGS sees it, and takes the note for the élus.
    dgs.va("/pilotage/").lit("1 mobilité")
    dgs.suit("Documents pour les élus")
    dgs.suit("Note aux élus")
    dgs.presse("Enregistrer et voir le projet")
    dgs.suit("Voir le résultat")
    with dgs.page.expect_download() as telechargement:
        dgs.suit(re.compile("Lire le projet"))
    texte = "".join(
        page.extract_text()
        for page in PdfReader(BytesIO(Path(telechargement.value.path()).read_bytes())).pages
    )
    assert "mobilité" in texte.lower()
    assert cadre.nom not in texte

    # All of it is in the journal, and no page complained.
    actes = set(EntreeJournal.objects.values_list("acte", flat=True))
    assert len(actes) >= 9, actes
    for personne in (drh, dgs, accueil, dgs_accueil, lui):
        personne.rien_a_signaler()
