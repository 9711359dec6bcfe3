"""A line of the journal says who, in whose name, when and why."""

import pytest

from collectivites.journal import journaliser
from collectivites.models import EntreeJournal
from collectivites.mots import Acte, Actes
from tests import fabriques


def ecrire(acteur, **champs):
    valeurs = {
        "acteur": acteur,
        "acte": Actes.DELEGATION_DONNEE,
        "libelle": "Décision d’essai",
        "objet": champs.get("collectivite") or acteur.collectivite,
        "collectivite": acteur.collectivite if acteur else None,
    }
    return journaliser(**{**valeurs, **champs})


def test_a_line_tells_who_decided_in_whose_name_and_why(troupe):
    ligne = ecrire(troupe.dgs_agglomeration, motif="Parce que.", details={"n": 1})

    ligne.refresh_from_db()
    assert ligne.auteur == troupe.dgs_agglomeration.utilisateur
    assert (ligne.role, ligne.au_nom_de) == ("dgs", troupe.agglomeration)
    assert ligne.demarche == troupe.demarche
    assert (ligne.motif, ligne.details) == ("Parce que.", {"n": 1})
    assert (ligne.objet_type, ligne.objet_id) == (
        "collectivites.collectivite",
        str(troupe.agglomeration.pk),
    )


def test_a_delegated_act_names_its_delegation(troupe):
    drh = fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)

    ligne = ecrire(drh, delegue=Acte.RETENIR)

    assert ligne.delegation == drh.delegations[0]
    assert ecrire(drh).delegation is None
    assert ecrire(troupe.dgs_departement, delegue=Acte.RETENIR).delegation is None


def test_what_the_clock_decides_has_no_author_but_a_demarche(troupe):
    ligne = ecrire(None, demarche=troupe.demarche, objet=troupe.ville, collectivite=troupe.ville)

    assert ligne.auteur is None
    assert ligne.demarche == troupe.demarche
    with pytest.raises(AssertionError):
        ecrire(None, objet=troupe.ville, collectivite=troupe.ville)


@pytest.mark.parametrize("acte", ["delegation.donnee", "essai", Acte.RETENIR])
def test_what_is_no_act_of_the_journal_is_not_written(troupe, acte):
    with pytest.raises(TypeError, match="is no act"):
        ecrire(troupe.dgs_ville, acte=acte)

    assert not EntreeJournal.objects.exists()


# --- Who reads it -----------------------------------------------------------------------------


def lues_par(acteur):
    return set(EntreeJournal.objects.visibles_par(acteur).values_list("libelle", flat=True))


def test_an_employer_reads_what_engages_it_or_everybody(troupe):
    ecrire(troupe.dgs_departement, libelle="chez-nous")
    ecrire(troupe.dgs_region, libelle="chez-eux")
    ecrire(troupe.dgs_region, libelle="pour-nous", collectivite=troupe.departement)
    ecrire(troupe.dgs_departement, libelle="par-nous", collectivite=troupe.region)
    ecrire(troupe.dgs_region, libelle="pour-tous", collectivite=None, objet=troupe.demarche)
    ecrire(troupe.etranger_dgs, libelle="ailleurs", collectivite=None, objet=troupe.autre_demarche)
    ecrire(troupe.cadre, libelle="prive", reserve_a_la_personne=True)

    assert lues_par(troupe.drh_departement) == {"chez-nous", "pour-nous", "par-nous", "pour-tous"}
    assert lues_par(troupe.etranger_drh) == {"ailleurs"}
    assert lues_par(troupe.accompagnateur) == set()


def test_a_cadre_reads_what_concerns_them_even_what_is_theirs_alone(troupe):
    moi, autre = troupe.fiche_du_cadre.pk, troupe.fiche_du_cadre_muet.pk
    ecrire(troupe.dgs_departement, libelle="sur-moi", cadre_ref=moi)
    ecrire(troupe.cadre, libelle="prive", cadre_ref=moi, reserve_a_la_personne=True)
    ecrire(troupe.dgs_departement, libelle="sur-un-autre", cadre_ref=autre)
    ecrire(troupe.dgs_departement, libelle="sans-personne")

    assert lues_par(troupe.cadre) == {"sur-moi", "prive"}


def test_a_cadre_without_a_file_reads_nothing(troupe):
    ecrire(troupe.dgs_region, libelle="sans-personne")
    sans_fiche = fabriques.faire_acteur("cadre", troupe.region)

    assert lues_par(sans_fiche) == set()
