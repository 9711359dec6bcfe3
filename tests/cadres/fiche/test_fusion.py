"""Two files of one person made one, whatever the other rooms hold; and separated again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cadres.donnees_personnelles.purge import purger
from cadres.fiche import fusion as actions
from cadres.imports.existants import fiches_existantes
from cadres.models import AncienIdentifiant, Cadre, Candidature, Consultation, Fusion
from collectivites.models import EntreeJournal, Poste
from collectivites.refus import ActionImpossible
from opportunites.models import Proposition, Voeu
from parcours.models import Accompagnement, Inscription
from tests import fabriques
from tests.fabriques.coaching import faire_accompagnement, faire_note

#: One for the whole module: two readings may stand on either side of a second.
RONDE = timezone.now().replace(microsecond=0)


@pytest.fixture
def vecue(troupe):
    """Retained, in a parcours, with wishes, a proposition, a coach."""
    cadre = fabriques.faire_cadre(
        troupe.departement,
        "retenu",
        nom="Doublon",
        prenom="Inès",
        matricule="",
        courriel="ines@loiret.example",
        echelon="",
        nb_agents=0,
        accompagnateur=troupe.accompagnateur.mandat,
        avancee="en_parcours",
    )
    fabriques.faire_inscription(cadre)
    fabriques.faire_voeu(cadre, fabriques.faire_opportunite(troupe.region))
    fabriques.faire_proposition(fabriques.faire_opportunite(troupe.ville), cadre)
    faire_note(
        faire_accompagnement(cadre), troupe.accompagnateur.utilisateur, "Un secret de coaching."
    )
    return cadre


@pytest.fixture
def importee(troupe):
    """The same person as a staff list wrote her anew."""
    return fabriques.faire_cadre(
        troupe.departement,
        nom="Doublon",
        prenom="Inès",
        matricule="D-12",
        courriel="i.doublon@loiret.example",
        echelon="7",
        nb_agents=30,
    )


def reunir(troupe, un, deux):
    return actions.reunir(acteur=troupe.drh_departement, un=un, deux=deux)


def separer(troupe, fusion, acteur=None):
    return actions.separer(acteur=acteur or troupe.drh_departement, fusion=fusion)


def etat():
    """Every row; the instant of the listing to the millisecond, as a copy keeps it."""
    Cadre.objects.update(cree_le=RONDE)
    return {
        modele: list(modele.objects.order_by("pk").values())
        for modele in (
            Cadre,
            Candidature,
            Consultation,
            AncienIdentifiant,
            Poste,
            Voeu,
            Inscription,
        )
    }


def test_the_page_shows_what_goes_where_before_anything_is_done(troupe, vecue, importee, client_de):
    client = client_de(troupe.drh_departement)
    adresse = f"/registre/{importee.pk}/reunir/"
    assert "Réunir avec une autre fiche" in client.get(f"/registre/{vecue.pk}/").content.decode()
    assert f'value="{vecue.pk}"' in client.get(adresse).content.decode()
    page = client.get(adresse, {"avec": vecue.pk}).content.decode()
    assert "Rien n’est encore fait" in page
    assert "i.doublon@loiret.example reste connu comme ancien identifiant" in page
    assert Cadre.objects.filter(nom="Doublon").count() == 2
    reponse = client.post(adresse, {"avec": vecue.pk})
    assert reponse["Location"] == f"/registre/{vecue.pk}/"
    assert Cadre.objects.filter(nom="Doublon").count() == 1
    page = client.get(f"/registre/{vecue.pk}/").content.decode()
    assert "Séparer ces fiches" in page
    assert "Deux fiches de la même personne réunies" in page


def test_the_file_that_lived_is_kept_with_all_that_hangs_on_it(troupe, vecue, importee, client_de):
    client_de(troupe.drh_departement).get(f"/registre/{importee.pk}/")
    avant = [
        list(modele.objects.filter(cadre=vecue).values())
        for modele in (Voeu, Inscription, Proposition, Accompagnement)
    ]
    garde = reunir(troupe, importee, vecue)
    assert garde.pk == vecue.pk
    garde.refresh_from_db()
    # Blanks are filled; what it said stays, « 0 agent » included.
    assert (garde.matricule, garde.echelon, garde.nb_agents) == ("D-12", "7", 0)
    assert garde.courriel == "ines@loiret.example"
    assert avant == [
        list(modele.objects.filter(cadre=vecue).values())
        for modele in (Voeu, Inscription, Proposition, Accompagnement)
    ]
    assert Consultation.objects.filter(cadre=vecue).exists()
    assert Candidature.objects.get(cadre=vecue).etat == "retenu"
    assert not Poste.objects.filter(pk=importee.poste_id).exists()


def test_the_staff_list_still_knows_her_by_the_other_identifiers(troupe, vecue, importee):
    reunir(troupe, vecue, importee)
    siennes = {f.id: f for f in fiches_existantes(troupe.departement)}
    assert siennes[vecue.pk].anciens_courriels == ("i.doublon@loiret.example",)


def test_the_wall_of_the_coach_stands(troupe, vecue, importee, client_de):
    reunir(troupe, vecue, importee)
    page = client_de(troupe.drh_departement).get(f"/registre/{vecue.pk}/").content.decode()
    assert "Un secret de coaching" not in page
    assert "Un secret" not in str(Fusion.objects.values_list("copie", flat=True))


def test_separated_both_files_are_as_before(troupe, vecue, importee, client_de):
    client_de(troupe.drh_departement).get(f"/registre/{importee.pk}/")
    avant = etat()
    reunir(troupe, vecue, importee)
    assert etat() != avant
    revenue = separer(troupe, Fusion.objects.get())
    assert revenue.pk == importee.pk
    assert etat() == avant
    assert Fusion.objects.get().copie == {}
    with pytest.raises(ActionImpossible, match="déjà séparées"):
        separer(troupe, Fusion.objects.get())


def test_two_blank_files_come_back_too(troupe):
    un = fabriques.faire_cadre(troupe.departement, nom="Blanche", poste=None, matricule="")
    deux = fabriques.faire_cadre(troupe.departement, nom="Blanche", courriel="")
    avant = etat()
    assert reunir(troupe, un, deux).poste_id == deux.poste_id
    separer(troupe, Fusion.objects.get())
    assert etat() == avant


def test_two_people_who_both_answered_are_never_made_one(troupe, vecue):
    autre = fabriques.faire_cadre(troupe.departement, "accord", nom="Doublon")
    with pytest.raises(ActionImpossible, match="chacune leur réponse"):
        reunir(troupe, vecue, autre)
    assert Cadre.objects.filter(nom="Doublon").count() == 2


@pytest.mark.parametrize("etat_de_l_autre", ["recense", "informe", "sans_reponse"])
def test_whatever_another_room_hung_on_it_prevents(troupe, vecue, etat_de_l_autre):
    autre = fabriques.faire_cadre(troupe.departement, etat_de_l_autre, nom="Doublon")
    fabriques.faire_voeu(autre, fabriques.faire_opportunite(troupe.region))
    with pytest.raises(ActionImpossible, match="porte déjà autre chose"):
        reunir(troupe, vecue, autre)


def test_only_the_hr_direction_of_both_may(troupe, vecue, importee, client_de):
    ailleurs = fabriques.faire_cadre(troupe.region, nom="Doublon")
    with pytest.raises(PermissionDenied):
        reunir(troupe, vecue, ailleurs)
    with pytest.raises(PermissionDenied):
        actions.reunir(acteur=troupe.dgs_departement, un=vecue, deux=importee)
    reunir(troupe, vecue, importee)
    with pytest.raises(PermissionDenied):
        separer(troupe, Fusion.objects.get(), troupe.drh_region)
    pk = Fusion.objects.get().pk
    autre = client_de(troupe.drh_region)
    assert autre.post(f"/registre/reunions/{pk}/separer/").status_code == 404


def test_a_file_and_itself_are_not_two(troupe, vecue):
    with pytest.raises(ActionImpossible, match="la même fiche"):
        reunir(troupe, vecue, vecue)


def test_after_thirty_days_it_stands_and_the_copy_is_dropped(troupe, vecue, importee):
    reunir(troupe, vecue, importee)
    le = timezone.now() - timedelta(days=30, minutes=1)
    Fusion.objects.update(le=le)
    with pytest.raises(ActionImpossible, match="trente jours"):
        separer(troupe, Fusion.objects.get())
    Fusion.objects.update(le=timezone.now() - timedelta(days=32))
    assert purger()["fusions"] == 1
    assert Fusion.objects.get().copie == {}


def test_the_journal_says_it_without_a_name(troupe, vecue, importee):
    reunir(troupe, vecue, importee)
    ligne = EntreeJournal.objects.get(acte="cadre.reuni")
    assert ligne.cadre_ref == vecue.pk
    assert "Doublon" not in ligne.libelle + ligne.motif + str(ligne.details)
