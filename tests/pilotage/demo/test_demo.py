"""The demonstration loads once, is alive, and never mixes with real data."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from collectivites.models import Collectivite, Demarche, Mandat, Utilisateur
from opportunites.models import Mobilite, Proposition
from parcours.models import (
    Accompagnement,
    Inscription,
    NoteCoaching,
    Promotion,
    RendezVousCoaching,
    Synthese,
)
from pilotage.demo.organisation import ADRESSES, CODE, MOT_DE_PASSE
from pilotage.indicateurs.protection.arretes import arreter, publier
from pilotage.models import DocumentElus, PassageJalon
from pilotage.tableau_de_bord.publications.documents import rendre
from pilotage.tableau_de_bord.publications.export.fichiers import en_csv
from pilotage.tableau_de_bord.publications.preparation import proposer
from tests import fabriques
from tests.pilotage.demo.imprime import (
    Papiers,
    lire_l_export,
    lire_la_note,
    lire_le_bilan,
    lire_les_cles,
    texte_de,
)
from tests.pilotage.demo.verite import au_jour, compter
from tests.pilotage.indicateurs.protection.attaquant import Attaquant, Chiffre, Verite

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(decor, django_db_blocker) -> str:
    """Loaded once for the tests of this file, which read it; what the command printed."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        return charger()


def charger() -> str:
    sortie = StringIO()
    call_command("demo", stdout=sortie)
    return sortie.getvalue()


def test_eighteen_moves_and_two_promotions_of_thirty(demo):
    assert Mobilite.objects.filter(etat="effective").count() == 18
    assert Inscription.objects.filter(promotion__demarche__code=CODE).count() == 60
    assert Proposition.objects.filter(etat="envoyee").count() == 4
    assert set(Candidature.objects.values_list("etat", flat=True)) == set(Candidature.Etat)


def test_no_proposition_is_older_than_the_gate_of_the_propositions(demo):
    ouverture = PassageJalon.objects.get(jalon="propositions", demarche__code=CODE)
    assert ouverture.le < Proposition.objects.order_by("creee_le").first().creee_le


def test_those_who_moved_are_at_their_new_desk(demo):
    for mobilite in Mobilite.objects.filter(etat="effective").select_related("cadre"):
        assert mobilite.cadre.poste_id == mobilite.poste_accueil_id
        assert mobilite.cadre.collectivite_id == mobilite.collectivite_accueil_id


def test_no_promotion_holds_more_people_than_it_has_places(demo):
    for inscription in Inscription.objects.select_related("promotion"):
        assert inscription.promotion.inscriptions.count() <= inscription.promotion.places


def test_loading_twice_changes_nothing(settings, demo):
    settings.DEMO = True
    avant = (Cadre.objects.count(), Utilisateur.objects.count(), Mandat.objects.count())
    assert "rien n’a été changé" in charger()
    assert (Cadre.objects.count(), Utilisateur.objects.count(), Mandat.objects.count()) == avant


def test_every_account_printed_can_log_in(demo, rf):
    for adresse in ADRESSES:
        assert adresse in demo
        assert authenticate(rf.post("/"), username=adresse, password=MOT_DE_PASSE) is not None


def test_one_person_is_dgs_of_both_ville_and_agglomeration(demo):
    mandats = Mandat.objects.filter(utilisateur__email="dgs.ville@demo.example", role="dgs")
    assert {m.collectivite.code for m in mandats} == {"ville", "agglomeration"}


def test_the_visitor_finds_their_coaching_and_a_published_synthesis(demo):
    visiteur = Cadre.objects.get(utilisateur__email="cadre@demo.example")

    notes = NoteCoaching.objects.filter(accompagnement__cadre=visiteur)
    assert {note.auteur.email for note in notes} == {
        "cadre@demo.example",
        "accompagnateur@demo.example",
    }
    assert all(note.texte for note in notes)
    assert Synthese.objects.filter(publiee_le__isnull=False).count() == 1
    assert RendezVousCoaching.objects.a_venir().filter(accompagnement__cadre=visiteur).exists()


def test_each_accompagnement_says_what_the_file_says(demo):
    for ouvert in Accompagnement.objects.filter(fin=None).select_related("cadre"):
        assert ouvert.accompagnateur_id == ouvert.cadre.accompagnateur_id


def test_the_files_of_the_moves_are_alive(demo):
    from opportunites.models import Element, ReponseOrigine, Suivi

    ouvertes = Mobilite.objects.filter(etat="ouverte")
    assert ouvertes.sans_plan().count() == 3
    assert Element.objects.filter(mobilite__in=ouvertes, fait_le__isnull=True).exists()
    assert Element.objects.filter(mobilite__in=ouvertes, fait_le__isnull=False).exists()
    assert {"accord", "date", "tacite"} <= set(
        ReponseOrigine.objects.values_list("sens", flat=True)
    )
    assert set(Suivi.objects.filter(renseigne_le__isnull=False).values_list("mois", "cote")) == {
        (6, "accueil"), (6, "cadre"), (12, "accueil"), (12, "cadre"),
    }  # fmt: skip
    assert Suivi.objects.attendus(timezone.localdate()).exists()


# --- What its papers give back --------------------------------------------------------------------


def publier_les_papiers(acteur, jour, employeurs, promotions) -> Papiers:
    """All that leaves the house on a day, printed, and read again from its text."""
    arrete = arreter(acteur=acteur, jour=jour)
    papiers = Papiers(jour)
    export = en_csv(publier(arrete))
    lire_l_export(papiers, export, [c.nom for c in employeurs], [p.nom for p in promotions])
    for genre, promotion in (("note", None), ("fiche", None), *(("bilan", p) for p in promotions)):
        document = DocumentElus(
            arrete=arrete,
            collectivite=acteur.collectivite,
            genre=genre,
            promotion=promotion,
            cree_par=acteur.mandat,
            **proposer(acteur, jour, promotion),
        )
        texte = texte_de(pdf.produire(rendre(document)))
        if promotion:
            lire_le_bilan(papiers, texte, promotions.index(promotion))
        elif genre == "note":
            lire_la_note(papiers, texte)
        else:
            lire_les_cles(papiers, " ".join(texte.split()))
    return papiers


def avancer(promotions):
    """Some weeks later: twenty of the second promotion have accepted and moved."""
    deja = Mobilite.objects.values("cadre")
    suivantes = Inscription.objects.filter(promotion=promotions[1]).exclude(cadre__in=deja)
    for inscription in suivantes.select_related("cadre__collectivite")[:20]:
        autres = Collectivite.objects.filter(demarche=promotions[1].demarche).exclude(
            pk=inscription.cadre.collectivite_id
        )
        proposition = fabriques.faire_proposition(
            fabriques.faire_opportunite(autres[inscription.pk % 3]), inscription.cadre, "realisee"
        )
        fabriques.faire_mobilite(proposition, "effective", date_effet=timezone.localdate())


@pytest.mark.lent
def test_no_reader_finds_a_small_number_in_the_papers_of_two_dates(demo):
    """Every number printed in the PDF and in the export, of both days, with the points of the curve."""
    demarche = Demarche.objects.get(code=CODE)
    employeurs = list(Collectivite.objects.filter(demarche=demarche))
    promotions = list(Promotion.objects.filter(demarche=demarche).order_by("date_debut"))
    cles = [c.pk for c in employeurs], [p.pk for p in promotions]
    dgs = Mandat.objects.en_vigueur().filter(collectivite=employeurs[2], role="dgs").first()
    acteur = Acteur(mandat=dgs)
    jour = timezone.localdate()

    papiers = [publier_les_papiers(acteur, jour, employeurs, promotions)]
    du_jour = compter(demarche, *cles)
    jours = [(q, au_jour(du_jour, q, *cles)) for q in papiers[0].courbe if q < jour]
    assert jours, "the curve is drawn"
    jours.append((jour, du_jour))
    avancer(promotions)
    plus_tard = jour + timedelta(days=40)
    papiers.append(publier_les_papiers(acteur, plus_tard, employeurs, promotions))
    jours.append((plus_tard, compter(demarche, *cles)))

    imprimes = [dict[Chiffre, int]() for _ in jours]
    rangs = {q: rang for rang, (q, _) in enumerate(jours)}
    for lus in papiers:
        for (quand, chiffre), n in lus.chiffres.items():
            imprimes[rangs[quand]][chiffre] = n
        for quand, n in lus.courbe.items():
            imprimes[rangs[quand]]["etape", 6, -1] = n
    for (quand, k), part in {cle: n for lus in papiers for cle, n in lus.parts.items()}.items():
        imprime = imprimes[rangs[quand]]
        femmes = int(jours[rangs[quand]][1].etapes[k, :, ::2].sum())
        assert part == round(100 * femmes / imprime["etape", k, -1])
        imprime["sexe", k, 0] = femmes  # more than is printed: the very number
    assert len(imprimes[-2]) > 20
    assert len(imprimes[-1]) >= 5
    for rang, (_, v) in enumerate(jours):
        for chiffre, n in imprimes[rang].items():
            assert forme_de(v, chiffre) == n, chiffre

    for lecteur in (None, 0, 1, 2, 3):
        attaquant = Attaquant([v for _, v in jours], imprimes, lecteur)
        assert attaquant.trouvees(5) == [], lecteur
        if lecteur is None:
            assert attaquant.sous_le_seuil(5) == []


def forme_de(v: Verite, chiffre: Chiffre) -> int:
    """A figure, counted from the people: what the papers say is true."""
    seul = Attaquant([v], [{}])
    return round(seul.forme(0, chiffre) @ seul.vraie)
