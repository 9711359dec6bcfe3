"""The journal page: who, in whose name, when, why, and never a name too many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.mots import Actes as ActesCadres
from collectivites.acteurs.delegations import donner_delegation
from collectivites.chaine.maillons import reprendre
from collectivites.chaine.verification import empreinte_du_journal
from collectivites.communs.listes import valeurs_de
from collectivites.journal import journaliser
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Acte, Actes, Role, actes_de_suivi
from opportunites.mots import Actes as ActesOpportunites
from opportunites.propositions.actions.propositions import valider
from opportunites.propositions.actions.reserves import arbitrer_reserve
from parcours.mots import Actes as ActesParcours
from pilotage.journal.requetes import choix_des_filtres, lignes_de, parts_de
from pilotage.journal.taches import deposer_les_empreintes
from pilotage.mots import Actes as ActesPilotage
from tests import fabriques

URL = "/journal/"


def decider(acteur, cadre=None, collectivite=None, **champs):
    valeurs = {"acte": Actes.DELEGATION_DONNEE, "libelle": "Cadre retenu", **champs}
    return journaliser(
        acteur=acteur,
        objet=cadre or acteur.mandat,
        collectivite=collectivite or acteur.collectivite,
        cadre_ref=cadre.pk if cadre else None,
        **valeurs,
    )


def lire(client, **filtres) -> str:
    return client.get(URL, filtres).content.decode().split("<tbody>")[-1]


@pytest.mark.parametrize(
    ("nom", "statut"),
    [("dgs_ville", 200), ("gestionnaire_region", 200), ("cadre", 403), ("accompagnateur", 403)],
)
def test_employers_read_it(troupe, client_de, nom, statut):
    assert client_de(getattr(troupe, nom)).get(URL).status_code == statut


def test_a_line_says_who_in_whose_name_and_why(troupe, client_de):
    decider(troupe.dgs_departement, troupe.fiche_du_cadre, motif="Son projet est mûr")
    page = lire(client_de(troupe.drh_departement))
    for mot in ("Denis Bailly", "DGS, Département du Loiret", "Son projet est mûr", "Claire"):
        assert mot in page


def test_a_line_under_delegation_says_so(troupe, client_de):
    delegue = fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.RETENIR)
    decider(delegue, delegue=Acte.RETENIR)
    assert "par délégation de Rose Carlier" in lire(client_de(troupe.dgs_region))


def test_another_collectivite_and_another_demarche_do_not_read_it(troupe, client_de):
    decider(troupe.dgs_departement, troupe.fiche_du_cadre)
    assert "Cadre retenu" not in lire(client_de(troupe.dgs_ville))
    assert "Cadre retenu" not in lire(client_de(troupe.etranger_dgs))


def test_a_name_that_the_reader_may_not_see_is_not_shown(troupe, client_de):
    """The Ville is engaged by a line about somebody of the Département who has not said yes."""
    decider(troupe.dgs_departement, troupe.fiche_du_cadre_muet, collectivite=troupe.ville)
    page = lire(client_de(troupe.dgs_ville))
    assert "Cadre retenu" in page
    assert "Quentin" not in page
    assert f"/registre/{troupe.fiche_du_cadre_muet.pk}/" not in page


def test_a_cadre_who_answers_is_not_named_by_their_signature(troupe, client_de):
    decider(
        troupe.cadre_muet,
        troupe.fiche_du_cadre_muet,
        collectivite=troupe.ville,
        libelle="Réponse donnée",
    )
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert "Réponse donnée" in page
    assert "Quentin" not in page
    assert "Quentin" in client_de(troupe.dgs_departement).get(URL).content.decode()


def test_what_is_the_persons_own_stays_theirs(troupe, client_de):
    decider(troupe.cadre, troupe.fiche_du_cadre, libelle="Vœu classé", reserve_a_la_personne=True)
    assert "Vœu classé" not in lire(client_de(troupe.dgs_departement))


def test_it_is_filtered_by_act_author_and_period(troupe, client_de):
    decider(troupe.dgs_region, libelle="Première", acte=Actes.DELEGATION_DONNEE)
    decider(troupe.drh_region, libelle="Seconde", acte=ActesPilotage.ETAPE_ROUTE_FAITE)
    client = client_de(troupe.dgs_region)
    assert "Seconde" not in lire(client, acte=Actes.DELEGATION_DONNEE)
    auteur = troupe.drh_region.utilisateur.pk
    assert "Première" not in lire(client, auteur=auteur)
    assert "Première" in lire(client, depuis=fabriques.dans(0).isoformat())
    assert "Première" not in lire(client, jusqu_au=fabriques.dans(-1).isoformat())


@pytest.mark.parametrize("filtre", [{"acte": "absent"}, {"depuis": "demain"}, {"page": "99"}])
def test_an_unknown_filter_is_ignored(troupe, client_de, filtre):
    decider(troupe.dgs_region)
    reponse = client_de(troupe.dgs_region).get(URL, filtre)
    assert reponse.status_code == 200
    assert "Cadre retenu" in reponse.content.decode()


def test_the_clock_signs_as_such(troupe, client_de):
    journaliser(
        acteur=None,
        demarche=troupe.demarche,
        acte=Actes.DELEGATION_REVOQUEE,
        libelle="Proposition expirée",
        objet=troupe.region,
        collectivite=troupe.region,
    )
    assert "Automatiquement" in lire(client_de(troupe.dgs_region))


def test_the_filter_offers_the_acts_that_were_met_by_their_labels(troupe, client_de):
    decider(troupe.dgs_region)
    decider(troupe.dgs_region, acte=ActesPilotage.ETAPE_ROUTE_FAITE)

    choix = client_de(troupe.dgs_region).get(URL).context["filtres"].fields["acte"].choices

    assert choix == [
        ("", "Tous les actes"),
        ("delegation.donnee", "Délégation donnée"),
        ("route.etape_faite", "Étape de la feuille de route faite"),
    ]


def test_an_act_that_is_no_longer_taken_is_read_and_not_offered(troupe, client_de):
    EntreeJournal.objects.create(
        demarche=troupe.demarche, acte="acte.ancien", libelle="Fait autrefois"
    )

    reponse = client_de(troupe.dgs_region).get(URL)

    assert "Fait autrefois" in reponse.text
    assert reponse.context["filtres"].fields["acte"].choices == [("", "Tous les actes")]


def test_the_queries_do_not_grow(troupe, client_de):
    client = client_de(troupe.dgs_departement)
    client.get(URL)  # the session is written once
    nombres = []
    for ajout in (1, 4, 45):
        for _ in range(ajout):
            decider(troupe.dgs_departement, troupe.fiche_du_cadre)
        with CaptureQueriesContext(connection) as requetes:
            client.get(URL)
        nombres.append(len(requetes))
    assert len(set(nombres)) == 1
    assert nombres[0] <= 15
    assert EntreeJournal.objects.count() == 50


def test_a_long_journal_is_counted_to_a_bound_and_read_to_its_end(troupe, client_de, monkeypatch):
    """« Les lignes plus anciennes » follow the last that can be leafed through: none is read twice, none lost."""
    monkeypatch.setattr("collectivites.communs.listes.COMPTE_MAX", 50)
    for rang in range(120):
        decider(troupe.dgs_departement, libelle=f"Décision {rang:03}.")
    client = client_de(troupe.dgs_departement)

    lues, adresse = [], URL
    while adresse:
        for numero in (1, 2):
            suite = "&" if "?" in adresse else "?"
            page = client.get(f"{adresse}{suite}page={numero}")
            lues += [ligne.quoi for ligne in page.context["lignes"]]
            if not page.context["page_obj"].has_next():
                break
        adresse = f"{URL}{page.context['suivantes']}" if page.context["suivantes"] else ""

    assert lues == [f"Décision {rang:03}." for rang in reversed(range(120))]
    premiere = client.get(URL)
    assert premiere.context["page_obj"].paginator.count == 50
    assert not premiere.context["suivantes"]


def test_a_key_of_a_line_that_is_not_read_moves_nothing(troupe, client_de):
    decider(troupe.dgs_departement, libelle="La sienne")
    ailleurs = decider(troupe.dgs_region, libelle="Une autre")
    for cle in (ailleurs.pk, "abc", "9" * 30, "-1"):
        page = client_de(troupe.dgs_departement).get(URL, {"avant": cle})
        assert [ligne.quoi for ligne in page.context["lignes"]] == ["La sienne"]


@pytest.mark.deux_moteurs
def test_what_the_filters_offer_is_what_reading_every_line_finds(troupe):
    """The leaps from value to value, beside a plain DISTINCT, for each reader."""
    delegue = fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.RETENIR)
    decider(delegue, delegue=Acte.RETENIR)
    decider(troupe.dgs_departement, troupe.fiche_du_cadre, acte=ActesCadres.RETENU)
    decider(troupe.dgs_ville, collectivite=troupe.dgs_region.collectivite, acte=ActesCadres.CONFIE)
    EntreeJournal.objects.create(
        demarche=troupe.demarche, acte=ActesPilotage.ETAPE_ROUTE_FAITE, libelle="Pour tous"
    )
    for acteur in (troupe.dgs_region, troupe.drh_departement, troupe.dgs_ville):
        lignes = lignes_de(acteur)
        auteurs = lignes.exclude(role=Role.CADRE).exclude(auteur=None).order_by()
        offerts = {int(cle) for cle, _ in choix_des_filtres(acteur, lignes)["auteur"]}
        assert offerts == set(auteurs.values_list("auteur", flat=True))
        for champ in ("acte", "delegation"):
            attendues = set(lignes.order_by().values_list(champ, flat=True)) - {None}
            trouvees = valeurs_de(champ, *parts_de(acteur, lignes))
            assert set(trouvees) == attendues
            assert len(trouvees) == len(attendues)


# --- Decisions, and the rest apart ------------------------------------------------------------


def test_decisions_are_read_first_and_reminders_on_request(troupe, client_de):
    decider(troupe.dgs_departement, libelle="Une vraie décision")
    decider(troupe.drh_departement, libelle="Un simple rappel", acte=ActesCadres.RAPPEL)
    client = client_de(troupe.dgs_departement)

    assert "Un simple rappel" not in lire(client)
    assert "Une vraie décision" in lire(client)
    assert "Une vraie décision" not in lire(client, lignes="suivi")
    assert "Un simple rappel" in lire(client, lignes="suivi")
    assert "Un simple rappel" in lire(client, lignes="tout")
    # Who asks for an act reads it, decision or not.
    assert "Un simple rappel" in lire(client, acte=ActesCadres.RAPPEL)


def test_no_act_that_engages_somebody_is_set_apart():
    """What a DGS decides, what a person answers: read by default."""
    suivi = set(actes_de_suivi())
    for acte in (
        Actes.DELEGATION_DONNEE,
        ActesCadres.RETENU,
        ActesCadres.DESACCORD,
        ActesParcours.PROMOTION_OUVERTE,
        ActesOpportunites.RESERVE_RETENUE,
        ActesOpportunites.PROPOSITION_VALIDEE,
        ActesOpportunites.MOBILITE_EFFECTIVE,
        ActesPilotage.ETAPE_ROUTE_FAITE,
    ):
        assert acte.value not in suivi


def test_a_decision_that_engages_two_employers_is_one_line_for_each_reader(troupe, client_de):
    reserve = fabriques.faire_reserve(
        fabriques.faire_proposition(
            fabriques.faire_opportunite(troupe.ville), troupe.fiche_du_cadre
        ),
        troupe.drh_departement,
    )
    arbitrer_reserve(
        acteur=troupe.dgs_ville, reserve=reserve, decision="levee", motif="L’équipe est prête"
    )

    assert EntreeJournal.objects.filter(acte=ActesOpportunites.RESERVE_LEVEE).count() == 2
    for lecteur in (troupe.dgs_ville, troupe.dgs_departement, troupe.drh_departement):
        page = lire(client_de(lecteur))
        assert page.count("L’équipe est prête") == 1
        # The line bears nobody; whoever may open the reserve reads whom it is about.
        assert troupe.fiche_du_cadre.nom_complet in page
    assert "L’équipe est prête" not in lire(client_de(troupe.dgs_region))


def test_a_proposition_names_its_person_to_the_host_alone_until_it_is_sent(troupe, client_de):
    proposition = fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.ville),
        troupe.fiche_du_cadre,
        etat="brouillon",
    )
    valider(acteur=troupe.dgs_ville, proposition=proposition)
    nom = troupe.fiche_du_cadre.nom_complet

    assert nom in lire(client_de(troupe.drh_ville), acte=ActesOpportunites.PROPOSITION_VALIDEE)
    assert "Proposition validée" not in lire(client_de(troupe.dgs_departement), lignes="tout")
    assert "Proposition validée" in lire(client_de(troupe.dgs_ville), personne=nom)
    assert "Aucune décision ne répond" in lire(client_de(troupe.dgs_ville), personne="Personne")


def test_a_person_is_searched_among_those_one_sees(troupe, client_de):
    decider(troupe.dgs_departement, troupe.fiche_du_cadre_muet, collectivite=troupe.ville)
    muet = troupe.fiche_du_cadre_muet.nom

    assert "Cadre retenu" in lire(client_de(troupe.drh_departement), personne=muet)
    assert "Cadre retenu" not in lire(client_de(troupe.dgs_ville), personne=muet)


def test_what_was_decided_in_the_name_of_a_dgs_is_found(troupe, client_de):
    delegue = fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.RETENIR)
    decider(delegue, delegue=Acte.RETENIR, libelle="Par la DRH, en son nom")
    decider(delegue, libelle="Par la DRH, pour elle-même")
    decider(troupe.dgs_region, libelle="Par elle")
    client = client_de(troupe.dgs_region)
    au_nom_de = f"u{troupe.dgs_region.utilisateur.pk}"

    page = lire(client, au_nom_de=au_nom_de)
    assert "Par la DRH, en son nom" in page
    assert "Par elle" in page
    assert "Par la DRH, pour elle-même" not in page
    page = lire(client, delegation="oui")
    assert "Par la DRH, en son nom" in page
    assert "Par elle" not in page
    assert "Par elle" in lire(client, au_nom_de=f"c{troupe.region.pk}")
    assert "Par elle" not in lire(client, au_nom_de=f"c{troupe.ville.pk}")


def test_a_delegation_says_its_acts(troupe, client_de):
    donner_delegation(
        acteur=troupe.dgs_region,
        delegataire=troupe.drh_region.mandat,
        actes=[Acte.RETENIR, Acte.ARBITRER_RESERVE],
        fin=fabriques.dans(30),
    )
    page = lire(client_de(troupe.dgs_region))
    assert "Arbitrer une réserve technique" in page
    assert "Retenir ou ne pas retenir un cadre" in page


# --- Files and the chain ----------------------------------------------------------------------


def test_the_csv_holds_the_lines_of_the_filters_and_no_other(troupe, client_de):
    decider(troupe.dgs_departement, troupe.fiche_du_cadre, motif="=1+1")
    decider(troupe.dgs_departement, libelle="Une autre")
    decider(troupe.dgs_region, libelle="Ailleurs")

    reponse = client_de(troupe.dgs_departement).get(
        f"{URL}journal.csv", {"personne": troupe.fiche_du_cadre.nom}
    )

    texte = reponse.content.decode("utf-8-sig")
    entete, ligne = texte.strip().split("\r\n")
    assert entete.startswith("Quand;Acte;Décision;Cadre concerné")
    assert "Cadre retenu" in ligne
    assert troupe.fiche_du_cadre.nom_complet in ligne
    assert "'=1+1" in ligne  # no text becomes a formula


def test_the_paper_says_its_filters_and_the_head_of_the_chain(troupe, client_de, monkeypatch):
    decider(troupe.dgs_departement, troupe.fiche_du_cadre)
    reprendre(troupe.demarche)
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())

    page = client_de(troupe.dgs_departement).get(
        f"{URL}journal.pdf", {"auteur": troupe.dgs_departement.utilisateur.pk}
    )

    papier = page.content.decode()
    assert "Denis Bailly" in papier
    assert "Les décisions" in papier
    assert str(empreinte_du_journal(troupe.demarche)) in papier
    assert str(empreinte_du_journal(troupe.demarche)) in client_de(troupe.dgs_departement).get(
        URL
    ).content.decode().replace("\u00a0", " ")


def test_each_dgs_receives_the_head_of_the_chain_once_a_month(troupe):
    decider(troupe.dgs_departement)
    assert deposer_les_empreintes() == 0  # nothing of a day that is over
    reprendre(troupe.demarche)

    combien = deposer_les_empreintes()

    courriels = Courriel.objects.filter(objet__startswith="L’empreinte du journal")
    assert combien == courriels.count() == 4
    assert deposer_les_empreintes() == 0
    assert str(empreinte_du_journal(troupe.demarche)) in courriels[0].corps.replace("\u00a0", " ")
    destinataires = {c.destinataire for c in courriels}
    assert troupe.dgs_ville.utilisateur.email in destinataires
    assert troupe.drh_ville.utilisateur.email not in destinataires
