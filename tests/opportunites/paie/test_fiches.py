"""The pay sheet of a proposition: two sides, two signatures, versions, and who reads it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from collectivites.refus import ActionImpossible
from opportunites.branchements.a_faire import a_faire
from opportunites.branchements.effacement import apres_l_anonymisation
from opportunites.dossier.droit import checklist
from opportunites.models import FicheRemuneration
from opportunites.paie.actions import fiches as actions
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from opportunites.remuneration.intervalle import Intervalle
from tests.fabriques import dans, faire_mobilite, faire_proposition, faire_reserve
from tests.fabriques.paie import (
    ACCUEIL,
    ORIGINE,
    faire_fiche_signee,
    ouvrir_fiche,
    remplir_fiche,
)


@pytest.fixture
def proposition(scene):
    return faire_proposition(scene.opportunite, scene.cadre)


@pytest.fixture
def fiche(proposition, troupe):
    return ouvrir_fiche(troupe.drh_region, proposition)


@pytest.fixture
def signee(proposition, troupe):
    return faire_fiche_signee(proposition, troupe.drh_departement, troupe.drh_region)


def page(fiche, suite=""):
    return reverse("opportunites:fiche_remuneration", args=[fiche.pk]) + suite


# --- From the opening to the two signatures -------------------------------------------------------


def test_a_sheet_is_signed_once_both_sides_are_filled_in(fiche, troupe):
    with pytest.raises(ActionImpossible, match="une fois remplie par les deux DRH"):
        actions.signer(acteur=troupe.drh_region, fiche=fiche)


def test_the_first_signature_freezes_the_result_with_its_baremes(fiche, troupe):
    remplie = remplir_fiche(fiche, troupe.drh_departement, troupe.drh_region)
    signee = actions.signer(acteur=troupe.drh_departement, fiche=remplie)

    assert signee.empreinte
    assert not signee.est_signee
    assert signee.ecart_brut_bas == signee.ecart_brut_haut == Decimal(200)


def test_the_second_signature_closes_the_version(signee, troupe):
    assert signee.est_signee
    with pytest.raises(ActionImpossible, match="ne change plus"):
        actions.saisir_l_accueil(
            acteur=troupe.drh_region, fiche=signee, saisie=SaisieAccueil(**ACCUEIL)
        )


def test_a_correction_lifts_the_signature_that_was_given_to_something_else(fiche, troupe):
    remplie = remplir_fiche(fiche, troupe.drh_departement, troupe.drh_region)
    actions.signer(acteur=troupe.drh_departement, fiche=remplie)
    actions.saisir_l_accueil(
        acteur=troupe.drh_region,
        fiche=remplie,
        saisie=SaisieAccueil(**{**ACCUEIL, "ifse_bas": Decimal(900)}),
    )

    relue = FicheRemuneration.objects.get(pk=fiche.pk)
    assert relue.signee_origine_le is None
    assert not relue.resultat
    assert not relue.empreinte


def test_nobody_signs_twice_for_one_side(fiche, troupe):
    remplie = remplir_fiche(fiche, troupe.drh_departement, troupe.drh_region)
    actions.signer(acteur=troupe.drh_departement, fiche=remplie)
    with pytest.raises(ActionImpossible, match="autre DRH"):
        actions.signer(acteur=troupe.drh_departement, fiche=remplie)


def test_a_drh_does_not_fill_in_the_side_of_the_other(fiche, troupe):
    with pytest.raises(PermissionDenied):
        actions.saisir_l_accueil(
            acteur=troupe.drh_departement, fiche=fiche, saisie=SaisieAccueil(**ACCUEIL)
        )
    with pytest.raises(PermissionDenied):
        actions.saisir_l_origine(
            acteur=troupe.drh_region, fiche=fiche, saisie=SaisieOrigine(**ORIGINE)
        )


def test_one_version_at_a_time_waits_for_its_signatures(fiche, proposition, troupe):
    with pytest.raises(ActionImpossible, match="attend déjà ses signatures"):
        ouvrir_fiche(troupe.drh_departement, proposition)


@pytest.mark.parametrize(
    ("etat", "phrase"), [("validee", "une fois la proposition envoyée"), ("refusee", "close")]
)
def test_a_sheet_opens_while_the_proposition_leads_somewhere(scene, troupe, etat, phrase):
    proposition = faire_proposition(scene.opportunite, scene.cadre, etat)
    with pytest.raises(ActionImpossible, match=phrase):
        ouvrir_fiche(troupe.drh_region, proposition)


def test_what_changed_from_one_version_to_the_next_is_shown(signee, proposition, troupe, client_de):
    suivante = ouvrir_fiche(troupe.drh_region, proposition)
    actions.saisir_l_accueil(
        acteur=troupe.drh_region,
        fiche=suivante,
        saisie=SaisieAccueil(**{**ACCUEIL, "ifse_bas": Decimal(1300)}),
    )
    for drh in (troupe.drh_departement, troupe.drh_region):
        actions.signer(acteur=drh, fiche=suivante)

    assert suivante.version == 2
    texte = client_de(troupe.drh_region).get(page(suivante)).content.decode()
    assert "Ce qui a changé depuis la version précédente" in texte
    assert "300,00" in texte


def test_the_signed_lines_stay_when_the_baremes_change(signee, troupe, client_de):
    FicheRemuneration.objects.filter(pk=signee.pk).update(empreinte="0" * 16)

    texte = client_de(troupe.drh_region).get(page(signee)).content.decode()

    assert "Les barèmes ont changé depuis" in texte
    assert "1\u00a0200,00\u00a0€" in texte


def test_what_waits_for_each_drh_follows_the_sheet(fiche, troupe):
    def titres(qui):
        return [a.titre for a in a_faire(qui) if "fiche de rémunération" in a.titre]

    assert titres(troupe.drh_region) == ["Remplir une fiche de rémunération"]
    remplie = remplir_fiche(fiche, troupe.drh_departement, troupe.drh_region)
    assert titres(troupe.drh_region) == ["Signer une fiche de rémunération"]
    actions.signer(acteur=troupe.drh_region, fiche=remplie)
    assert titres(troupe.drh_region) == []
    assert titres(troupe.drh_departement) == ["Signer une fiche de rémunération"]
    assert titres(troupe.gestionnaire_region) == titres(troupe.dgs_region) == []


def test_signing_ticks_the_point_of_the_move_s_list(scene, troupe):
    acceptee = faire_proposition(scene.opportunite, scene.cadre, "acceptee")
    mobilite = faire_mobilite(acceptee, voie="MUTATION", date_effet=dans(60))
    checklist.mettre_a_jour(mobilite)
    fiche = remplir_fiche(
        ouvrir_fiche(troupe.drh_region, acceptee), troupe.drh_departement, troupe.drh_region
    )

    actions.signer(acteur=troupe.drh_departement, fiche=fiche)

    assert mobilite.elements.get(code="REMUNERATION_ORIGINE").est_fait
    assert not mobilite.elements.get(code="REMUNERATION_ACCUEIL").est_fait


# --- Who reads what -------------------------------------------------------------------------------


def test_the_person_reads_it_once_both_have_signed(fiche, troupe, client_de):
    client = client_de(troupe.cadre)
    remplie = remplir_fiche(fiche, troupe.drh_departement, troupe.drh_region)
    actions.signer(acteur=troupe.drh_departement, fiche=remplie)
    assert client.get(page(fiche)).status_code == 404

    actions.signer(acteur=troupe.drh_region, fiche=remplie)
    assert client.get(page(fiche)).status_code == 200


@pytest.mark.parametrize(
    "qui", ["dgs_departement", "dgs_region", "drh_ville", "autre_cadre", "etranger_drh"]
)
def test_nobody_else_reads_it(signee, troupe, client_de, qui):
    assert client_de(getattr(troupe, qui)).get(page(signee)).status_code == 404


@pytest.mark.parametrize(
    "qui", ["gestionnaire_departement", "gestionnaire_region", "accompagnateur"]
)
def test_neither_gestionnaire_nor_coach_opens_such_a_page(signee, troupe, client_de, qui):
    assert client_de(getattr(troupe, qui)).get(page(signee)).status_code == 403


def test_a_dgs_reads_it_for_as_long_as_a_reserve_on_pay_waits(signee, troupe, client_de):
    reserve = faire_reserve(signee.proposition, troupe.drh_departement, sujet="remuneration")
    client = client_de(troupe.dgs_region)
    assert client.get(page(signee)).status_code == 200
    assert client_de(troupe.dgs_ville).get(page(signee)).status_code == 404

    reserve.etat, reserve.arbitree_le = "levee", reserve.deposee_le
    reserve.save()
    assert client.get(page(signee)).status_code == 404


def test_a_reserve_on_another_subject_opens_nothing(signee, troupe, client_de):
    faire_reserve(signee.proposition, troupe.drh_departement, sujet="calendrier")
    assert client_de(troupe.dgs_region).get(page(signee)).status_code == 404


def test_children_are_counted_for_the_person_alone_and_kept_by_nobody(signee, troupe, client_de):
    avec = client_de(troupe.cadre).get(page(signee, "?enfants=2")).content.decode()
    assert "Supplément familial" in avec

    for drh in (troupe.drh_departement, troupe.drh_region):
        texte = client_de(drh).get(page(signee, "?enfants=2")).content.decode()
        assert "Supplément familial" not in texte
    assert "enfants" not in str(FicheRemuneration.objects.values().get())


def test_the_participation_to_a_mutuelle_is_the_persons_own(proposition, troupe, client_de):
    signee = faire_fiche_signee(
        proposition,
        troupe.drh_departement,
        troupe.drh_region,
        accueil={"avantages": {"mutuelle": Decimal(357)}},
    )
    assert "357,00" in client_de(troupe.cadre).get(page(signee)).content.decode()
    for drh in (troupe.drh_departement, troupe.drh_region):
        assert "357,00" not in client_de(drh).get(page(signee)).content.decode()


def test_the_cost_of_the_poste_is_for_the_employers(signee, troupe, client_de):
    faire_reserve(signee.proposition, troupe.drh_departement, sujet="remuneration")
    for qui in ("drh_departement", "drh_region", "dgs_region"):
        texte = client_de(getattr(troupe, qui)).get(page(signee)).content.decode()
        assert "Ce que le poste coûtera" in texte
        assert "43,65" in texte
    texte = client_de(troupe.cadre).get(page(signee)).content.decode()
    assert "Ce que le poste coûtera" not in texte


def test_an_unknown_amount_reads_unknown_and_widens_the_total(proposition, troupe, client_de):
    fiche = ouvrir_fiche(troupe.drh_region, proposition)
    remplie = remplir_fiche(
        fiche, troupe.drh_departement, troupe.drh_region, accueil={"ifse_bas": None}
    )
    texte = client_de(troupe.drh_region).get(page(remplie)).content.decode()
    assert "inconnu" in texte
    assert "Net par mois\u00a0: au moins" in texte


def test_the_sheet_says_that_only_the_arrete_grants_the_ifse(proposition, troupe, client_de):
    signee = faire_fiche_signee(
        proposition,
        troupe.drh_departement,
        troupe.drh_region,
        accueil={
            "maintien_deliberation": "délibération n° 2025-114",
            "maintien_du": date(2025, 6, 26),
            "maintien_mois": 12,
        },
    )
    texte = client_de(troupe.cadre).get(page(signee)).content.decode()
    assert "seul l’arrêté de l’employeur" in texte
    assert "délibération n° 2025-114" in texte


# --- The pages ------------------------------------------------------------------------------------


def test_a_page_costs_ten_queries_at_most(signee, troupe, client_de, django_assert_max_num_queries):
    client = client_de(troupe.drh_region)
    client.get(page(signee))
    with django_assert_max_num_queries(10):
        client.get(page(signee))


def test_a_drh_fills_in_its_side_on_the_page(fiche, troupe, client_de):
    client = client_de(troupe.drh_departement)
    adresse = reverse("opportunites:saisir_fiche", args=[fiche.pk])
    assert "Vous remplissez le poste actuel" in client.get(adresse).content.decode()

    reponse = client.post(
        adresse,
        {
            "statut": "titulaire",
            "categorie": "A",
            "grade": "Attaché",
            "echelon": "6",
            "quotite": "80",
            "zone": "3",
            "ifse_bas": "700",
            "av_prime_annee": "1500",
        },
    )

    assert reponse.status_code == 302
    saisie = SaisieOrigine.depuis_json(FicheRemuneration.objects.get().saisie_origine)
    assert saisie.quotite == 80
    assert saisie.ifse_bas == 700
    assert saisie.avantages == {"prime_annee": Decimal(1500)}
    assert saisie.cia_bas is None


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("echelon", "25", "n’a pas d’échelon"),
        ("inm", "12", "laissez ce champ vide"),
        ("ifse_bas", "-3", "supérieure ou égale à 0"),
        ("prime_resp", "16", "prime de responsabilité va de 0 à 15"),
        ("nbi", "150", "NBI va de 0"),
        ("zone", "7", "Sélectionnez un choix valide"),
        ("quotite", "49", "supérieure ou égale à 50"),
        ("tib", "-1", "supérieure ou égale à 0"),
    ],
)
def test_bad_input_is_said_beside_its_field(fiche, troupe, client_de, champ, valeur, phrase):
    donnees = {
        "statut": "titulaire",
        "categorie": "A",
        "grade": "Attaché",
        "echelon": "6",
        "quotite": "100",
        "zone": "3",
        champ: valeur,
    }
    adresse = reverse("opportunites:saisir_fiche", args=[fiche.pk])
    reponse = client_de(troupe.drh_departement).post(adresse, donnees)

    assert reponse.status_code == 200
    erreurs = reponse.context["formulaire"].errors
    assert list(erreurs) == [champ]
    assert phrase in erreurs[champ][0].replace("\u00a0", " ")
    assert FicheRemuneration.objects.get().saisie_origine == {}


@pytest.mark.parametrize(
    ("dates", "fautif"),
    [
        ({}, "cia_present_le"),
        ({"cia_present_le": "2026-12-31", "cia_verse_le": "2027-01-01"}, "cia_verse_le"),
    ],
)
def test_the_origin_says_on_which_day_presence_is_asked_for(
    fiche, troupe, client_de, dates, fautif
):
    donnees = {"statut": "titulaire", "categorie": "A", "inm": "500", "quotite": "100", "zone": "3"}
    reponse = client_de(troupe.drh_departement).post(
        reverse("opportunites:saisir_fiche", args=[fiche.pk]),
        {**donnees, "cia_regle": "presence", **dates},
    )
    assert list(reponse.context["formulaire"].errors) == [fautif]


@pytest.mark.parametrize(
    ("present_le", "cia"),
    [(date(2026, 11, 30), 1200), (date(2026, 12, 1), 0)],
    ids=["la veille du départ", "le jour du départ"],
)
def test_a_presence_asked_for_on_a_day_decides_of_the_cia_left(
    proposition, troupe, client_de, present_le, cia
):
    signee = faire_fiche_signee(
        proposition,
        troupe.drh_departement,
        troupe.drh_region,
        origine={"cia_regle": "presence", "cia_present_le": present_le},
    )
    annee = client_de(troupe.drh_region).get(page(signee)).context["calcul"].annee

    assert annee.cia_origine == Intervalle.exact(Decimal(cia))
    assert "CIA de l’origine : sous condition de présence à une date." in [
        p.replace("\u00a0", " ") for p in annee.phrases
    ]


def test_a_date_of_effect_in_another_year_than_the_cia_of_the_origin_is_refused(
    fiche, troupe, client_de
):
    actions.saisir_l_origine(
        acteur=troupe.drh_departement,
        fiche=fiche,
        saisie=SaisieOrigine(
            **{**ORIGINE, "cia_regle": "presence", "cia_present_le": date(2026, 12, 31)}
        ),
    )
    donnees = {"voie": "MUTATION", "date_effet": "2027-01-01", "zone": "3"}
    adresse = reverse("opportunites:saisir_fiche", args=[fiche.pk])

    refusee = client_de(troupe.drh_region).post(adresse, donnees)
    assert "une date d’une autre année" in refusee.context["formulaire"].errors["date_effet"][0]
    donnees["date_effet"] = "2026-12-31"
    assert client_de(troupe.drh_region).post(adresse, donnees).status_code == 302


@pytest.mark.parametrize(
    ("champs", "fautif"),
    [
        ({"date_effet": "2035-01-01"}, "date_effet"),
        ({"ifse_bas": "900", "ifse_haut": "800"}, "ifse_haut"),
        ({"voie": "DETACHEMENT_LONG"}, "grade"),
        ({"maintien_deliberation": "n° 12"}, "maintien_du"),
        ({"cia_regle": "presence"}, "cia_present_le"),
        ({"cia_regle": "presence", "cia_present_le": "2027-01-01"}, "cia_present_le"),
        ({"cia_verse_le": "2025-12-31"}, "cia_verse_le"),
        ({"vm": "21"}, "vm"),
        ({"nbi": "-1"}, "nbi"),
        ({"voie": "DETACHEMENT_LONG", "grade": "Ingénieur", "echelon": "99"}, "echelon"),
    ],
)
def test_the_host_reads_its_errors_beside_their_fields(fiche, troupe, client_de, champs, fautif):
    donnees = {"voie": "MUTATION", "date_effet": "2026-12-01", "zone": "3", **champs}
    adresse = reverse("opportunites:saisir_fiche", args=[fiche.pk])
    reponse = client_de(troupe.drh_region).post(adresse, donnees)

    assert list(reponse.context["formulaire"].errors) == [fautif]


def test_the_paper_bears_what_was_signed_and_the_two_names(signee, troupe, client_de, monkeypatch):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())
    adresse = reverse("opportunites:fiche_pdf", args=[signee.pk])
    texte = client_de(troupe.drh_region).get(adresse).content.decode()

    assert "Signée par les deux DRH" in texte
    assert troupe.drh_departement.utilisateur.nom_complet in texte
    assert signee.empreinte in texte
    assert "mutuelle" not in texte
    assert "mutuelle" in client_de(troupe.cadre).get(adresse).content.decode()


# --- What is kept ---------------------------------------------------------------------------------


def test_the_person_finds_the_signed_sheet_among_their_data(signee, troupe, client_de):
    texte = client_de(troupe.cadre).get(reverse("cadres:mes_donnees")).content.decode()
    assert "Les fiches de rémunération signées" in texte
    assert "1\u00a0200,00\u00a0€" in texte


def test_what_somebody_was_paid_goes_with_their_name(signee):
    apres_l_anonymisation(cadre=signee.proposition.cadre)
    assert not FicheRemuneration.objects.exists()
