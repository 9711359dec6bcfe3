"""The file of a move: answer of the origin, silence, list of things to do, team that is left."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collectivites.erreurs import ActionImpossible
from collectivites.models import Courriel, EntreeJournal
from collectivites.typographie import date_texte
from opportunites import actions, checklist
from opportunites.a_faire import a_faire
from opportunites.donnees_dossier import donnees
from opportunites.models import Element, Impact, Mobilite, ReponseOrigine
from opportunites.pieces import TAILLE_MAX, genre_de
from opportunites.voies import indemnite, toutes_les_voies
from tests.fabriques import dans, faire_cadre, faire_mobilite, faire_opportunite, faire_proposition

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


def docx(*noms):
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom in noms or ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(nom, "<x/>")
    return tampon.getvalue()


def piece(contenu=PDF, nom="décision.pdf"):
    return SimpleUploadedFile(nom, contenu)


@pytest.fixture(autouse=True)
def depots(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mobilite(scene):
    """From the Département to the Région, by mutation, asked for ten days ago."""
    return faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"),
        ouverte_le=timezone.now() - timedelta(days=20),
        voie="MUTATION",
        demande_recue_le=dans(-10),
        date_effet=dans(-10) + relativedelta(months=3),
    )


@pytest.fixture
def origine(scene):
    return scene.troupe.drh_departement


@pytest.fixture
def accueil(scene):
    return scene.troupe.drh_region


def preparer(acteur, mobilite, **champs):
    valeurs = {
        "voie": mobilite.voie or "MUTATION",
        "date_effet": mobilite.date_effet or dans(120),
        "demande_recue_le": mobilite.demande_recue_le,
    }
    actions.preparer_mobilite(acteur=acteur, mobilite=mobilite, **{**valeurs, **champs})
    mobilite.refresh_from_db()


def url(nom, pk):
    return reverse(f"opportunites:{nom}", args=[pk])


# --- The date and the notice ----------------------------------------------------------------------


def test_a_date_before_the_notice_is_refused_with_the_first_possible_day(mobilite, accueil):
    with pytest.raises(ActionImpossible, match="précède la fin du préavis"):
        preparer(accueil, mobilite, date_effet=dans(30))

    mobilite.refresh_from_db()
    assert mobilite.date_effet != dans(30)


def test_the_form_says_it_beside_the_date(mobilite, accueil, client_de):
    page = client_de(accueil).post(
        url("preparer_mobilite", mobilite.pk),
        {
            "voie": "MUTATION",
            "demande_recue_le": mobilite.demande_recue_le.isoformat(),
            "date_effet": dans(30).isoformat(),
        },
    )

    assert page.status_code == 200
    assert "précède la fin du préavis (CGFP L511-3)" in page.content.decode()


def test_six_months_when_the_statut_says_so(mobilite, accueil):
    with pytest.raises(ActionImpossible, match="préavis"):
        preparer(accueil, mobilite, preavis_six_mois=True)

    preparer(
        accueil,
        mobilite,
        preavis_six_mois=True,
        date_effet=mobilite.demande_recue_le + relativedelta(months=6),
    )


def test_the_origin_may_agree_to_an_earlier_day(mobilite, origine, accueil):
    actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(20))

    mobilite.refresh_from_db()
    assert mobilite.date_effet == mobilite.date_convenue == dans(20)
    assert mobilite.reponse_origine == Mobilite.Reponse.DATE
    with pytest.raises(ActionImpossible, match="accord pour le"):
        preparer(accueil, mobilite, date_effet=dans(19))
    preparer(accueil, mobilite, date_effet=dans(25))


def test_the_date_that_was_wished_for_is_a_plain_agreement(mobilite, origine, accueil):
    preparer(accueil, mobilite, date_souhaitee=dans(15))

    reponse = actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(15))

    assert reponse.sens == "accord"


def test_the_origin_cannot_keep_the_person_beyond_the_notice(mobilite, origine):
    with pytest.raises(ActionImpossible, match="au plus tard"):
        actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(200))


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({}, None),
        ({"demande_recue_le": None}, "n’est pas datée"),
        ({"demande_recue_le": dans(-20)}, "précède la fin du préavis"),
        ({"demande_recue_le": dans(-20), "date_convenue": dans(-1)}, None),
        ({"demande_recue_le": dans(-200), "reponse_origine": "refus"}, "refus motivé"),
        ({"voie": "MAD", "demande_recue_le": dans(-200)}, "suppose l’accord"),
        ({"voie": "AFFECTATION_INTERNE", "demande_recue_le": None}, None),
        ({"voie": "CONTRAT_CDD", "demande_recue_le": dans(-30)}, "88-145"),
        (
            {
                "voie": "CONTRAT_CDD",
                "demande_recue_le": dans(-30),
                "anciennete_services": "moins_6_mois",
            },
            None,
        ),
    ],
)
def test_when_a_move_may_take_effect(scene, mobilite, accueil, champs, message):
    valeurs = {"demande_recue_le": dans(-100), "date_effet": dans(0), **champs}
    Mobilite.objects.filter(pk=mobilite.pk).update(**valeurs)

    if message:
        with pytest.raises(ActionImpossible, match=message):
            actions.rendre_effective(acteur=accueil, mobilite=mobilite)
    else:
        actions.rendre_effective(acteur=accueil, mobilite=mobilite)
    mobilite.refresh_from_db()
    assert (mobilite.etat == "effective") is (message is None)


def test_another_route_awaits_another_answer(mobilite, origine, accueil):
    actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(40))

    preparer(accueil, mobilite, voie="MAD", date_effet=dans(60))

    assert (mobilite.reponse_origine, mobilite.date_convenue) == ("", None)
    assert mobilite.reponses.count() == 1


# --- The refusal ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("motif", "texte", "fichier", "message"),
    [
        ("", "Pourquoi.", True, "motifs que la loi"),
        ("mad", "Pourquoi.", True, "motifs que la loi"),
        ("service", " ", True, "Expliquez"),
        ("service", "Pourquoi.", False, "Joignez"),
    ],
)
def test_a_refusal_has_its_ground_its_words_and_its_document(
    mobilite, origine, motif, texte, fichier, message
):
    with pytest.raises(ActionImpossible, match=message):
        actions.refuser_le_depart(
            acteur=origine,
            mobilite=mobilite,
            motif=motif,
            texte=texte,
            piece=piece() if fichier else None,
        )

    assert not ReponseOrigine.objects.exists()


def refuser(origine, mobilite, **champs):
    valeurs = {"motif": "service", "texte": "Aucun autre responsable avant le budget."}
    return actions.refuser_le_depart(
        acteur=origine, mobilite=mobilite, **{**valeurs, "piece": piece(), **champs}
    )


def test_a_refusal_stops_the_date_until_one_is_agreed(mobilite, origine, accueil):
    refuser(origine, mobilite)
    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "refus"

    actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(60))

    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "date"
    assert [r.sens for r in mobilite.reponses.all()] == ["date", "refus"]
    with pytest.raises(ActionImpossible, match="déjà donné"):
        refuser(origine, mobilite)


def test_the_database_refuses_a_refusal_without_document(mobilite, origine):
    with pytest.raises(IntegrityError, match="reponse_refus_motive"), transaction.atomic():
        ReponseOrigine.objects.create(
            mobilite=mobilite, sens="refus", motif="service", par=origine.mandat
        )


def test_a_contractuel_cannot_be_refused(scene, mobilite, origine):
    Mobilite.objects.filter(pk=mobilite.pk).update(voie="CONTRAT_CDD")
    mobilite.refresh_from_db()

    with pytest.raises(ActionImpossible, match="démissionne"):
        refuser(origine, mobilite)


@pytest.mark.parametrize("qui", ["drh_region", "dgs_departement", "cadre", "drh_ville"])
def test_only_the_origin_answers(scene, mobilite, qui):
    with pytest.raises(PermissionDenied):
        actions.accorder_le_depart(
            acteur=getattr(scene.troupe, qui), mobilite=mobilite, date_convenue=dans(90)
        )


def test_a_gestionnaire_agrees_but_does_not_refuse(scene, mobilite):
    gestionnaire = scene.troupe.gestionnaire_departement
    with pytest.raises(PermissionDenied):
        refuser(gestionnaire, mobilite)

    actions.accorder_le_depart(acteur=gestionnaire, mobilite=mobilite, date_convenue=dans(60))


def test_the_answer_by_the_page(scene, mobilite, origine, client_de):
    client = client_de(origine)
    adresse = url("repondre_a_la_demande", mobilite.pk)
    assert "Les nécessités du service" in client.get(adresse).content.decode()

    vide = client.post(adresse, {"decision": "refus"})
    assert "Joignez la décision" in vide.content.decode()
    faux = client.post(
        adresse,
        {
            "decision": "refus",
            "motif": "service",
            "texte": "…",
            "piece": piece(b"MZ\x90\x00 un programme", "refus.pdf"),
        },
    )
    assert "ni un PDF" in faux.content.decode()
    bon = client.post(
        adresse,
        {"decision": "refus", "motif": "service", "texte": "Budget.", "piece": piece()},
        follow=True,
    )

    texte = bon.content.decode()
    assert "oppose un refus motivé" in texte
    assert "Les nécessités du service" in texte
    assert EntreeJournal.objects.get(acte="mobilite.origine_refus").motif
    assert Courriel.objects.filter(objet__startswith="Refus motivé").count() == 2


@pytest.mark.parametrize(
    ("qui", "statut"),
    [
        ("drh_departement", 200),
        ("dgs_region", 200),
        ("cadre", 200),
        ("drh_ville", 404),
        ("autre_cadre", 404),
        ("etranger_drh", 404),
        ("accompagnateur", 403),
    ],
)
def test_who_downloads_the_document(scene, mobilite, origine, client_de, qui, statut):
    reponse = refuser(origine, mobilite)

    page = client_de(getattr(scene.troupe, qui)).get(url("piece_reponse", reponse.pk))

    assert page.status_code == statut
    if statut == 200:
        assert b"".join(page.streaming_content) == PDF
        assert page["Content-Disposition"].startswith("attachment")
        assert page["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("contenu", "nom", "genre"),
    [
        (PDF, "x.exe", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 20, "x", "png"),
        (b"\xff\xd8\xff\xe0" + b"0" * 20, "x.pdf", "jpg"),
        (docx(), "x.zip", "docx"),
        (docx("xl/workbook.xml"), "x.docx", None),
        (docx("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "x.docx", None),
        (b"PK\x03\x04 tronque", "x.docx", None),
        (b"<html><script>", "x.pdf", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.png", None),
        (b"", "x.pdf", None),
    ],
)
def test_a_file_is_what_its_content_says(contenu, nom, genre):
    assert genre_de(SimpleUploadedFile(nom, contenu)) == genre


def test_a_document_over_five_megabytes_is_refused(mobilite, origine):
    with pytest.raises(ActionImpossible, match="5\u00a0Mo"):
        refuser(origine, mobilite, piece=piece(PDF + b"0" * TAILLE_MAX))


def test_the_name_of_the_document_is_tamed(mobilite, origine):
    reponse = refuser(origine, mobilite, piece=piece(PDF, "..\\..\\é\nvil\r\n.exe"))

    assert reponse.nom_piece.endswith(".pdf")
    assert not set(reponse.nom_piece) & set("\r\n/\\")
    assert reponse.piece.name.startswith(f"mobilites/{mobilite.pk}/")


def test_the_document_goes_with_its_person(
    scene, mobilite, origine, django_capture_on_commit_callbacks
):
    reponse = refuser(origine, mobilite)
    depot, nom = reponse.piece.storage, reponse.piece.name
    assert depot.exists(nom)

    with django_capture_on_commit_callbacks(execute=True):
        reponse.delete()

    assert not depot.exists(nom)


# --- Silence --------------------------------------------------------------------------------------


def test_two_months_of_silence_are_a_yes_and_the_clock_writes_it(mobilite):
    jour = date(2027, 2, 28)
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=date(2026, 12, 31))

    assert actions.constater_silences(jour - timedelta(days=1)) == 0
    assert actions.constater_silences(jour) == 1
    assert actions.constater_silences(jour) == 0

    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "tacite"
    lignes = EntreeJournal.objects.filter(acte="mobilite.origine_tacite")
    assert {ligne.collectivite_id for ligne in lignes} == {
        mobilite.collectivite_origine_id,
        mobilite.collectivite_accueil_id,
    }
    assert all(ligne.auteur is None for ligne in lignes)
    assert Courriel.objects.filter(objet__contains="deux mois de silence").count() == 3


def test_the_command_does_it_too(mobilite):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=dans(-70))

    call_command("echeances")

    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "tacite"


@pytest.mark.parametrize(
    "champs",
    [
        {"voie": "MAD"},
        {"voie": "CONTRAT_CDD"},
        {"voie": ""},
        {"reponse_origine": "refus"},
        {"etat": "abandonnee"},
    ],
)
def test_silence_says_nothing_elsewhere(mobilite, champs):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=dans(-100), **champs)

    assert actions.constater_silences() == 0


def test_once_two_months_have_passed_it_is_too_late_to_refuse_even_before_the_clock(
    mobilite, origine, client_de
):
    Mobilite.objects.filter(pk=mobilite.pk).update(
        demande_recue_le=timezone.localdate() - relativedelta(months=2)
    )
    mobilite.refresh_from_db()

    with pytest.raises(ActionImpossible, match="l’accord est acquis"):
        refuser(origine, mobilite)
    page = client_de(origine).get(url("mobilite", mobilite.pk)).content.decode()
    assert "est acquis par silence" in page


def test_the_host_does_not_date_a_request_so_old_that_it_is_granted(mobilite, accueil, origine):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=None)
    mobilite.refresh_from_db()
    jadis = {"demande_recue_le": dans(-70), "date_effet": dans(60)}

    with pytest.raises(ActionImpossible, match="C’est à lui de dater"):
        preparer(accueil, mobilite, **jadis)
    preparer(origine, mobilite, **jadis)
    # Once the origin has said so, the host may keep it.
    preparer(accueil, mobilite, **jadis)


def test_the_form_says_it_beside_the_day_of_the_request(mobilite, accueil, client_de):
    page = client_de(accueil).post(
        url("preparer_mobilite", mobilite.pk),
        {
            "voie": "MUTATION",
            "demande_recue_le": dans(-70).isoformat(),
            "date_effet": dans(60).isoformat(),
        },
    )

    assert "C’est à lui de dater" in page.content.decode()


def test_the_origin_is_told_of_the_day_that_the_host_wrote(mobilite, accueil, origine):
    preparer(accueil, mobilite, demande_recue_le=dans(-9), date_effet=dans(100))
    preparer(accueil, mobilite, demande_recue_le=dans(-9), date_effet=dans(110))
    preparer(origine, mobilite, demande_recue_le=dans(-8), date_effet=dans(110))

    courriel = Courriel.objects.get(objet__startswith="Demande de départ reçue")
    assert courriel.destinataire == origine.utilisateur.email
    assert date_texte(dans(-9) + relativedelta(months=2)) in courriel.corps


@pytest.mark.parametrize(
    ("voie", "dit"),
    [
        ("MUTATION", "ne donne pas de veto"),
        ("DISPONIBILITE", "deux mois après la demande"),
        ("MAD", "le silence ne vaut pas acceptation"),
        ("CONTRAT_CDD", "ne se refuse pas"),
    ],
)
def test_the_origin_reads_the_rule_of_the_route(mobilite, origine, client_de, voie, dit):
    Mobilite.objects.filter(pk=mobilite.pk).update(voie=voie)

    page = client_de(origine).get(url("repondre_a_la_demande", mobilite.pk)).content.decode()

    assert dit in page


@pytest.mark.parametrize(
    ("jours", "dit"), [("22.0", "22\u00a0jours"), ("0.5", "0,5\u00a0jour"), (None, "")]
)
def test_the_balance_of_the_cet_is_read_as_it_is_said(jours, dit):
    assert Mobilite(cet_jours=jours and Decimal(jours)).cet_texte == dit


def test_after_a_silence_only_the_date_is_negotiated(mobilite, origine):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=dans(-70))
    actions.constater_silences()
    mobilite.refresh_from_db()

    with pytest.raises(ActionImpossible, match="déjà donné"):
        refuser(origine, mobilite)
    actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(5))


# --- The list -------------------------------------------------------------------------------------


@pytest.mark.parametrize("voie", sorted(Mobilite.Voie.values))
def test_each_route_has_its_list(mobilite, voie):
    mobilite.voie = voie
    checklist.mettre_a_jour(mobilite)
    codes = set(mobilite.elements.values_list("code", flat=True))

    assert {"REMUNERATION_ORIGINE", "REMUNERATION_ACCUEIL", "PASSATION_NOTE", "BADGE"} <= codes
    assert ("ARRETE_MUTATION" in codes) is (voie == "MUTATION")
    assert ("RADIATION" in codes) is (voie in {"MUTATION", "INTEGRATION_DIRECTE"})
    assert ("CONVENTION_MAD" in codes) is (voie == "MAD")
    assert ("CET_SOLDE" in codes) is (
        voie not in {"AFFECTATION_INTERNE", "CONTRAT_CDD", "PORTABILITE_CDI"}
    )
    assert set(mobilite.elements.values_list("cote", flat=True)) == set(Element.Cote.values)


def test_the_template_names_known_routes_and_marks_its_sources():
    for modele in checklist.modeles():
        assert modele.voies <= {*toutes_les_voies(), checklist.TOUTES}
        assert modele.cote in Element.Cote.values
        assert modele.source
        assert modele.confiance in {"", "V", "M"}
    codes = [m.code for m in checklist.modeles()]
    assert len(codes) == len(set(codes))


def test_the_list_follows_the_date_and_the_route_and_keeps_what_was_done(
    scene, mobilite, accueil, origine
):
    preparer(accueil, mobilite)
    fait = mobilite.elements.get(code="ARRETE_MUTATION")
    actions.cocher(acteur=accueil, element=fait, fait=True)

    preparer(accueil, mobilite, voie="DETACHEMENT_LONG", date_effet=dans(150))

    codes = {e.code: e for e in mobilite.elements.all()}
    assert codes["ARRETE_MUTATION"].est_fait
    assert "RADIATION" not in codes
    assert codes["ARRETE_DETACHEMENT"].echeance == dans(140)
    assert codes["BADGE"].echeance == dans(145)


@pytest.mark.parametrize(
    ("code", "qui", "peut"),
    [
        ("ARRETE_MUTATION", "drh_region", True),
        ("ARRETE_MUTATION", "gestionnaire_region", True),
        ("ARRETE_MUTATION", "drh_departement", False),
        ("ARRETE_MUTATION", "dgs_region", False),
        ("RADIATION", "drh_departement", True),
        ("RADIATION", "drh_region", False),
        ("PASSATION_NOTE", "cadre", True),
        ("PASSATION_NOTE", "drh_departement", False),
        ("PASSATION_NOTE", "autre_cadre", False),
        ("REMUNERATION_ACCUEIL", "drh_region", True),
        ("REMUNERATION_ACCUEIL", "gestionnaire_region", False),
        ("REMUNERATION_ORIGINE", "drh_departement", True),
        ("REMUNERATION_ORIGINE", "drh_region", False),
    ],
)
def test_each_point_belongs_to_somebody(scene, mobilite, accueil, code, qui, peut):
    preparer(accueil, mobilite)
    element = mobilite.elements.get(code=code)
    acteur = getattr(scene.troupe, qui)

    if not peut:
        with pytest.raises(PermissionDenied):
            actions.cocher(acteur=acteur, element=element, fait=True)
        return
    actions.cocher(acteur=acteur, element=element, fait=True)
    element.refresh_from_db()
    assert element.fait_par == acteur.utilisateur
    assert EntreeJournal.objects.filter(acte="mobilite.signature").exists() is (
        element.reserve_au_drh
    )
    actions.cocher(acteur=acteur, element=element, fait=False)
    element.refresh_from_db()
    assert element.fait_le is None


def test_the_cadre_sees_and_ticks_theirs_alone(scene, mobilite, accueil, client_de):
    preparer(accueil, mobilite)
    client = client_de(scene.troupe.cadre)

    page = client.get(url("mobilite", mobilite.pk)).content.decode()
    assert "Rédiger la note de passation" in page
    assert "Prendre l’arrêté de mutation" not in page
    autre = mobilite.elements.get(code="ARRETE_MUTATION")
    assert client.post(url("cocher_element", autre.pk)).status_code == 404
    mien = mobilite.elements.get(code="PASSATION_NOTE")
    client.post(url("cocher_element", mien.pk), {"fait": "oui"})

    mien.refresh_from_db()
    assert mien.est_fait


def test_the_indemnite_is_on_the_list_when_it_is_due(mobilite, accueil):
    preparer(accueil, mobilite, titularise_le=dans(-400))
    assert indemnite(mobilite).due is True
    assert mobilite.elements.filter(code="INDEMNITE").exists()

    preparer(accueil, mobilite, titularise_le=dans(-4000))
    assert indemnite(mobilite).due is False
    assert not mobilite.elements.filter(code="INDEMNITE").exists()


def test_the_date_of_titularisation_is_shown_to_nobody_but_the_form_and_its_person(
    scene, mobilite, accueil, client_de
):
    preparer(accueil, mobilite, titularise_le=date(2025, 7, 3))

    page = client_de(accueil).get(url("mobilite", mobilite.pk)).content.decode()
    assert "indemnité" in page
    assert "juillet\u00a02025" not in page
    siennes = {r.cle: r.lignes for r in donnees(scene.cadre)}
    assert any("titularisation" in titre for titre, _ in siennes["dossier_mobilite"])


def test_the_cet_is_never_an_obstacle(mobilite, accueil):
    preparer(accueil, mobilite, cet_jours=60, cet_convention=False)

    assert mobilite.cet_jours == 60


# --- The team that is left ------------------------------------------------------------------------

PLAN = {"plan": "interim", "risque": "moyen", "interim": "La directrice adjointe", "precision": ""}


def test_the_origin_documents_and_the_dgs_sees_what_is_uncovered(
    scene, mobilite, origine, client_de
):
    Mobilite.objects.filter(pk=mobilite.pk).update(date_effet=dans(30))
    dgs = scene.troupe.dgs_departement
    assert "Une équipe reste sans plan de remplacement" in [a.titre for a in a_faire(dgs)]
    assert list(Mobilite.objects.visibles_par(dgs).sans_plan()) == [mobilite]

    client_de(origine).post(url("impact", mobilite.pk), PLAN)

    assert Impact.objects.get().maj_par == origine.mandat
    assert not Mobilite.objects.visibles_par(dgs).sans_plan().exists()
    assert "Une équipe reste sans plan de remplacement" not in [a.titre for a in a_faire(dgs)]


def test_a_row_that_foresees_nothing_is_no_plan(mobilite, origine):
    actions.documenter_l_impact(
        acteur=origine, mobilite=mobilite, donnees={**PLAN, "plan": "a_prevoir"}
    )

    assert Mobilite.objects.sans_plan().count() == 1


@pytest.mark.parametrize("qui", ["drh_region", "cadre"])
def test_the_team_is_the_origin_s_affair(scene, mobilite, origine, client_de, qui):
    actions.documenter_l_impact(acteur=origine, mobilite=mobilite, donnees=PLAN)
    client = client_de(getattr(scene.troupe, qui))

    assert "La directrice adjointe" not in client.get(url("mobilite", mobilite.pk)).content.decode()
    assert client.get(url("impact", mobilite.pk)).status_code == 403


# --- One coherent state ---------------------------------------------------------------------------


def test_giving_up_closes_everything_and_loses_nothing(
    scene, mobilite, origine, accueil, client_de
):
    preparer(accueil, mobilite)
    actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(10))
    actions.abandonner_mobilite(acteur=accueil, mobilite=mobilite, motif="La personne reste.")

    element = mobilite.elements.get(code="ARRETE_MUTATION")
    with pytest.raises(ActionImpossible, match="abandonné"):
        actions.cocher(acteur=accueil, element=element, fait=True)
    with pytest.raises(ActionImpossible, match="clos"):
        actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(10))
    with pytest.raises(ActionImpossible, match="abandonné"):
        actions.documenter_l_impact(acteur=origine, mobilite=mobilite, donnees=PLAN)
    assert mobilite.reponses.exists()
    assert mobilite.elements.exists()
    for qui in ("cadre", "drh_region", "drh_departement", "dgs_departement"):
        attentes = a_faire(getattr(scene.troupe, qui))
        assert not [a for a in attentes if "/mobilites/" in a.url]
        page = client_de(getattr(scene.troupe, qui)).get(url("mobilite", mobilite.pk))
        assert page.status_code == 200


def test_what_waits_for_each(scene, mobilite, accueil, origine):
    preparer(accueil, mobilite)
    mobilite.elements.update(echeance=dans(3))

    titres = {
        qui: [a.titre for a in a_faire(getattr(scene.troupe, qui))]
        for qui in ("cadre", "drh_region", "drh_departement")
    }

    assert "3\u00a0points à faire pour une mobilité" in titres["cadre"]
    assert any("points à faire" in titre for titre in titres["drh_region"])
    assert "Répondre à une demande de départ" in titres["drh_departement"]
    assert "Prévoir le remplacement dans l’équipe quittée" in titres["drh_departement"]
    attente = next(a for a in a_faire(origine) if a.titre.startswith("Répondre à une demande de d"))
    assert attente.echeance == mobilite.demande_recue_le + relativedelta(months=2)


@pytest.mark.parametrize("qui", ["drh_region", "drh_departement", "cadre"])
def test_the_page_costs_the_same_whatever_is_in_the_file(
    scene, mobilite, accueil, origine, client_de, qui
):
    client = client_de(getattr(scene.troupe, qui))
    preparer(accueil, mobilite)
    actions.documenter_l_impact(acteur=origine, mobilite=mobilite, donnees=PLAN)
    couts = []
    for jour in (40, 41, 42):
        actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(jour))
        for element in mobilite.elements.filter(cote="accueil")[: jour - 39]:
            actions.cocher(acteur=accueil, element=element, fait=element.reserve_au_drh is False)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(url("mobilite", mobilite.pk)).status_code == 200
        couts.append(len(requetes))

    assert len(set(couts)) == 1
    assert couts[0] <= 16


@pytest.mark.parametrize("nombre", [1, 5, 50])
def test_what_waits_costs_the_same_for_any_number(scene, accueil, nombre):
    for _ in range(nombre):
        cadre = faire_cadre(scene.troupe.departement, "retenu")
        mobilite = faire_mobilite(
            faire_proposition(faire_opportunite(scene.troupe.region), cadre, "acceptee"),
            voie="MUTATION",
            date_effet=dans(10),
            demande_recue_le=dans(-20),
        )
        checklist.mettre_a_jour(mobilite)
    from opportunites.a_faire_dossier import attentes_du_dossier

    for qui in ("drh_region", "drh_departement", "dgs_departement", "cadre"):
        with CaptureQueriesContext(connection) as requetes:
            attentes_du_dossier(getattr(scene.troupe, qui))
        assert len(requetes) == 1
