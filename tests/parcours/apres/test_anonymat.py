"""Whoever holds the base alone links no answer to anybody: by value, by order, by place, by transaction.

The attacker has a dump of each table, as it stands while the evaluation is open and once it is closed,
sorts it by every column and by the places that the engine gives its rows (`rowid`, `ctid`, `xmin`), and
knows who answered what at which rank: it must find none of it back.
"""

import base64
import re

import pytest
from django.apps import apps
from django.db import connection, transaction

from parcours.apres.evaluation import actions
from parcours.models import Evaluation, Parole, Participation, Urne
from tests.fabriques import (
    acteur_du_cadre,
    dans,
    faire_cadre,
    faire_evaluation,
    faire_place,
    faire_prestation,
    faire_session,
    il_y_a,
)

pytestmark = [pytest.mark.deux_moteurs, pytest.mark.django_db(transaction=True)]
COMBIEN = 24


@pytest.fixture
def evaluation(troupe):
    session = faire_session(
        faire_prestation(troupe.region), places=COMBIEN, debut=il_y_a(3), etat="tenue"
    )
    for _ in range(COMBIEN):
        faire_place(session, faire_cadre(troupe.ville, "retenu"), "present")
    return faire_evaluation(session)


@pytest.fixture
def reponses(evaluation):
    """Each in its own transaction, in the order of the keys: what the attacker would like to find."""
    places = evaluation.session.inscriptions.order_by("pk").select_related("cadre")
    dites = []
    for rang, place in enumerate(places):
        texte = f"Parole numéro {rang:02d}"
        with transaction.atomic():
            actions.repondre(
                acteur=acteur_du_cadre(place.cadre),
                evaluation=evaluation,
                choix={"utile": 1 + rang % 4, "annonce": 4, "organisation": 4},
                texte=texte,
            )
        dites.append((place.cadre_id, texte))
    return dites


def clore(evaluation):
    Evaluation.objects.filter(pk=evaluation.pk).update(ouverte_le=dans(-20), jusqu_au=dans(-1))
    assert actions.depouiller_les_closes() == 1


def places_du_moteur():
    """What the engine says of a row beside its columns."""
    return ["rowid"] if connection.vendor == "sqlite" else ["ctid", "xmin", "xmax", "cmin"]


def lignes(modele):
    """Every row with every column, those of the engine too, as text."""
    table = modele._meta.db_table
    colonnes = [champ.column for champ in modele._meta.concrete_fields] + places_du_moteur()
    lues = ", ".join(
        f'"{c}"'
        if connection.vendor == "sqlite" and c != "rowid"
        else f"{c}::text"
        if connection.vendor == "postgresql"
        else c
        for c in colonnes
    )
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {lues} FROM {table}")
        return [
            {c: str(valeur) for c, valeur in zip(colonnes, ligne, strict=True)}
            for ligne in curseur.fetchall()
        ]


def cle_de_tri(valeur):
    """As the number, or the pair, that it is; else as text."""
    nombres = re.findall(r"\d+", valeur) if re.fullmatch(r"[\d(),.\s-]+", valeur) else []
    return ([int(n) for n in nombres], valeur)


def rangs_retrouves(lues, reponses):
    """How many texts stand at the rank of who wrote them, for the best of all the sorts."""
    voulus = [texte for _, texte in reponses]
    meilleur = 0
    for colonne in lues[0]:
        if colonne == "texte":
            continue  # the attacker sorts by what it holds, not by what it looks for
        triees = [ligne["texte"] for ligne in sorted(lues, key=lambda x: cle_de_tri(x[colonne]))]
        for essai in (triees, triees[::-1], [x["texte"] for x in lues]):
            meilleur = max(meilleur, sum(a == b for a, b in zip(essai, voulus, strict=True)))
    return meilleur


def test_while_it_is_open_no_row_is_an_answer(evaluation, reponses):
    urne = Urne.objects.get()
    assert not Parole.objects.exists()
    assert (Evaluation.objects.get().reponses, Evaluation.objects.get().effectifs) == (None, {})
    assert "Parole" not in urne.scelle
    # The seal says in clear the second at which it was made: this one says none.
    octets = base64.urlsafe_b64decode(urne.scelle)
    assert int.from_bytes(octets[1:9], "big") == 0


def test_the_urn_itself_is_in_no_order(evaluation, reponses):
    """Even for whoever holds the key."""
    dits = [bulletin["texte"] for bulletin in Urne.objects.get().lire()]
    assert sorted(dits) == sorted(texte for _, texte in reponses)
    assert sum(a == b for a, b in zip(dits, [t for _, t in reponses], strict=True)) < COMBIEN // 2


def test_no_column_of_any_table_bears_an_hour_or_a_person_beside_an_answer():
    for modele in (Evaluation, Urne, Parole):
        for champ in modele._meta.concrete_fields:
            assert champ.get_internal_type() not in {"DateTimeField", "TimeField"}, champ
            assert champ.related_model not in {
                apps.get_model("cadres.Cadre"),
                apps.get_model("collectivites.Utilisateur"),
                apps.get_model("collectivites.Mandat"),
                Participation,
            }, champ
    assert {c.name for c in Participation._meta.concrete_fields} == {"id", "evaluation", "cadre"}


def test_once_closed_no_sort_gives_the_order_back(evaluation, reponses):
    clore(evaluation)

    lues = lignes(Parole)

    assert len(lues) == COMBIEN
    # By chance one or two stand at their rank, five of 24 once in five hundred sorts.
    assert rangs_retrouves(lues, reponses) < COMBIEN // 2
    assert not Participation.objects.exists()
    assert not Urne.objects.exists()


def test_once_closed_all_rows_are_of_one_transaction(evaluation, reponses):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite keeps no transaction beside a row")
    clore(evaluation)
    assert len({ligne["xmin"] for ligne in lignes(Parole)}) == 1


def test_no_other_table_holds_a_text_nor_what_was_chosen(evaluation, reponses):
    """The whole dump is read: neither a mail, nor the journal, nor a session repeats an answer."""
    for modele in apps.get_models(include_auto_created=True):
        if modele in {Parole, Urne} or not modele._meta.managed:
            continue
        for ligne in modele._base_manager.values():
            assert "Parole numéro" not in str(ligne), modele


def test_the_journal_says_nothing_of_who_answered(evaluation, reponses):
    personnes = {cadre for cadre, _ in reponses}
    lignes_du_journal = apps.get_model("collectivites.EntreeJournal").objects.filter(
        acte__startswith="evaluation."
    )
    assert {ligne.acte for ligne in lignes_du_journal} == {"evaluation.ouverte"}
    assert not personnes & set(lignes_du_journal.values_list("cadre_ref", flat=True))
