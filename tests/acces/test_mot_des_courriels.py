"""A démarche for all agents: no mail and no line of the journal says « cadre », whatever the act."""

import pytest

from collectivites.communs import lexique
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Public
from tests.acces.test_mot_du_public import SAISIS, fautes
from tests.acces.test_qui_le_saura import AVANT, GESTES, GESTES_COURTS, decor_du_monde, monde

__all__ = ["decor_du_monde", "monde"]


@pytest.mark.parametrize("acte", [*GESTES, *GESTES_COURTS])
def test_no_mail_and_no_line_of_the_journal_says_the_wrong_word(acte, troupe, monde, monkeypatch):
    """Each act of a person, as in their own request."""
    demarche = troupe.demarche
    monkeypatch.setattr(demarche, "public", Public.AGENTS)
    type(demarche).objects.filter(pk=demarche.pk).update(public=Public.AGENTS)
    avant, geste, _ = GESTES_COURTS.get(acte) or (AVANT.get(acte), GESTES.get(acte), None)
    with lexique.pour(Public.AGENTS, demarche.combien):
        if avant:
            avant(troupe, monde)
        geste(troupe, monde)
        lignes = [lexique.dire(e.libelle) for e in EntreeJournal.objects.all()]
    textes = [f"{c.objet} {c.corps}" for c in Courriel.objects.filter(demarche=demarche)]
    assert not [f for texte in [*textes, *lignes] for f in fautes(SAISIS.sub("", texte))]
