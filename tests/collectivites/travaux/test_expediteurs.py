"""A mail comes from somebody: a name, where answers go, the words of the employer."""

from email.header import decode_header, make_header

from django.core import mail

from collectivites.travaux.courriels import deposer, envoyer_courriel


def envoyer(troupe, gabarit="cadres/retrait", **champs):
    valeurs = {
        "demarche": troupe.demarche,
        "destinataire": "claire@essais.example",
        "cle": "essai",
        "utilisateur": troupe.cadre.utilisateur,
        "cadre": troupe.fiche_du_cadre,
        "collectivite": troupe.departement,
    }
    courriel = deposer(gabarit, **{**valeurs, **champs})
    envoyer_courriel(courriel.pk)
    return mail.outbox[-1]


def signature(message):
    """The last words of the mail, before the foot by which one chooses one's mails."""
    corps, pied = message.body.split("\n\n--\n")
    assert "/courriels/arreter/" in pied
    return corps


def test_what_a_drh_sends_bears_their_name_and_answers_go_to_them(troupe):
    message = envoyer(troupe, de=troupe.drh_departement)

    nom = str(make_header(decode_header(message.message()["From"])))
    assert nom.startswith("Dora Fabre, DRH du Département du Loiret via Quatuor <")
    assert message.reply_to == ["drh.departement@essais.example"]
    assert signature(message).endswith(
        "Dora Fabre\nDépartement du Loiret, direction des ressources humaines"
    )


def test_what_the_clock_sends_bears_the_direction_and_its_own_address(troupe):
    troupe.departement.courriel_reponse = "mobilite@departement.example"
    message = envoyer(troupe)

    assert "Dora" not in message.body
    assert message.reply_to == ["mobilite@departement.example"]


def test_without_an_address_an_answer_goes_nowhere_in_particular(troupe):
    assert envoyer(troupe).reply_to == []


def test_the_signature_is_the_one_that_the_employer_wrote(troupe):
    troupe.departement.signature = "Votre DRH\n02 38 00 00 00"

    assert signature(envoyer(troupe)).endswith("\n\nVotre DRH\n02 38 00 00 00")


def test_a_name_cannot_add_a_header(troupe):
    troupe.drh_departement.utilisateur.nom = "Fabre\nBcc: tous@essais.example"
    message = envoyer(troupe, de=troupe.drh_departement)

    assert message.message()["Bcc"] is None
    assert message.recipients() == ["claire@essais.example"]


def test_links_say_the_mandat_when_there_are_several(troupe, settings):
    message = envoyer(
        troupe, utilisateur=troupe.dgs_ville.utilisateur, comme=troupe.dgs_agglomeration.mandat
    )
    assert f"/ma-candidature/?agir={troupe.dgs_agglomeration.mandat.pk}" in message.body


def test_links_stay_as_they_are_when_there_is_one(troupe):
    message = envoyer(troupe, comme=troupe.cadre.mandat)
    assert "agir=" not in message.body
