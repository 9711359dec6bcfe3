"""A démarche for all agents: no mail and no line of the journal says « cadre », whatever the act."""

import pytest

from cadres.models import Cadre
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
    _nul_n_est_nomme_a_un_autre()
    assert not [f for texte in [*textes, *lignes] for f in fautes(SAISIS.sub("", texte))]


def _nul_n_est_nomme_a_un_autre():
    """In what leaves: subject, body, calendar. The person alone reads their own name."""
    noms = {c.nom: c.utilisateur_id for c in Cadre.objects.exclude(nom="").select_related("poste")}
    for courriel in Courriel.objects.all():
        texte = f"{courriel.objet} {courriel.corps} {courriel.agenda}"
        nommes = {n for n, qui in noms.items() if n in texte and qui != courriel.utilisateur_id}
        assert not nommes, (courriel.cle, nommes)
