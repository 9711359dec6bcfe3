"""Rows that make no sense cannot exist, and whoever tries is told why, in French.

VIOLATIONS breaks each named constraint of each model once, on whichever database runs the suite.
A new constraint without its line here fails the suite.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, CheckConstraint, IntegerField
from django.utils import timezone

from cadres.models import Cadre, Candidature, ImportCadres
from collectivites.garanties.choix import REFERENTIELS, contrainte_de
from collectivites.garanties.integrite import GENERIQUE, traduire
from collectivites.models import (
    Collectivite,
    Courriel,
    Delegation,
    Demarche,
    Direction,
    Mandat,
    Poste,
    Tache,
    Utilisateur,
)
from opportunites.models import Mobilite, Opportunite, Proposition, Reserve, Voeu
from parcours.models import EtapeProgramme, Inscription, SuiviEtape
from tests import fabriques as f
from tests.collectivites.garanties import (
    violations_cadrage,
    violations_campagne,
    violations_dossier,
    violations_droits,
    violations_paie,
    violations_papiers,
    violations_parcours,
    violations_pilotage,
    violations_postes,
    violations_registre,
)
from tests.outils.trois_valeurs import laisse_passer

NOS_APPLICATIONS = ("collectivites", "cadres", "parcours", "opportunites", "pilotage")


def contraintes():
    return {
        contrainte.name: contrainte
        for modele in apps.get_models()
        if modele._meta.app_label in NOS_APPLICATIONS
        for contrainte in modele._meta.constraints
    }


class Lieu:
    """A démarche in which everything that is about to be broken stands upright."""

    def __init__(self, troupe):
        self.troupe = troupe
        self.t = timezone.now()
        self.candidature = troupe.fiche_du_cadre.candidature
        self.inscription = f.faire_inscription(troupe.fiche_du_cadre)
        self.promotion = self.inscription.promotion
        self.opportunite = f.faire_opportunite(troupe.region)
        self.autre_opportunite = f.faire_opportunite(troupe.ville)
        self.proposition = f.faire_proposition(self.opportunite, troupe.fiche_du_cadre)

    def changer(self, modele, pk, **champs):
        assert modele.objects.filter(pk=pk).update(**champs) == 1

    def candidater(self, **champs):
        self.changer(Candidature, self.candidature.pk, **champs)

    def proposer(self, **champs):
        self.changer(Proposition, self.proposition.pk, **champs)

    def tache(self, **champs):
        Tache.objects.create(nom="x", libelle="x", mandat=self.troupe.drh_ville.mandat, **champs)

    def courriel(self, **champs):
        Courriel.objects.create(
            demarche=self.troupe.demarche,
            destinataire="a@b.example",
            objet="o",
            corps="c",
            cle="k",
            **champs,
        )

    def importation(self, **champs):
        ImportCadres.objects.create(
            collectivite=self.troupe.region,
            mandat=self.troupe.drh_region.mandat,
            nom_fichier="x.xlsx",
            **champs,
        )

    def delegation(self, **champs):
        Delegation.objects.create(
            **{
                "delegant": self.troupe.dgs_ville.mandat,
                "delegataire": self.troupe.drh_ville.mandat,
                "fin": f.dans(1),
                **champs,
            }
        )

    def deux_mobilites(self, *, cadre=False, poste=False):
        """Two open files, with the same person or towards the same poste."""
        autre = self.autre_opportunite if cadre else self.opportunite
        qui = self.troupe.fiche_du_cadre if cadre else self.troupe.fiche_du_cadre_muet
        seconde = f.faire_proposition(autre, qui)
        f.faire_mobilite(self.proposition)
        f.faire_mobilite(seconde)


def _deux_preneurs(lieu):
    autre = f.faire_proposition(lieu.opportunite, lieu.troupe.fiche_du_cadre_muet)
    for proposition in (lieu.proposition, autre):
        lieu.changer(Proposition, proposition.pk, etat="acceptee", repondue_le=lieu.t)


def _deux_acceptees(lieu):
    autre = f.faire_proposition(lieu.autre_opportunite, lieu.troupe.fiche_du_cadre)
    for proposition in (lieu.proposition, autre):
        lieu.changer(Proposition, proposition.pk, etat="acceptee", repondue_le=lieu.t)


def _deux_arrivees_le_meme_jour(lieu):
    autre = f.faire_proposition(lieu.opportunite, lieu.troupe.fiche_du_cadre_muet)
    for proposition in (lieu.proposition, autre):
        f.faire_mobilite(proposition, "effective")


def _deux_voeux(lieu, meme_poste):
    f.faire_voeu(lieu.troupe.fiche_du_cadre, lieu.opportunite, 1)
    if meme_poste:
        f.faire_voeu(lieu.troupe.fiche_du_cadre, lieu.opportunite, 2)
    else:
        f.faire_voeu(lieu.troupe.fiche_du_cadre, lieu.autre_opportunite, 1)


VIOLATIONS = (
    violations_parcours.VIOLATIONS
    | violations_postes.VIOLATIONS
    | violations_cadrage.VIOLATIONS
    | violations_campagne.VIOLATIONS
    | violations_dossier.VIOLATIONS
    | violations_paie.VIOLATIONS
    | violations_papiers.VIOLATIONS
    | violations_droits.VIOLATIONS
    | violations_pilotage.VIOLATIONS
    | violations_registre.VIOLATIONS
    | {
        # collectivites
        "utilisateur_email_unique": lambda x: Utilisateur.objects.create(
            email=x.troupe.drh_ville.utilisateur.email.upper()
        ),
        "demarche_finit_apres_son_debut": lambda x: f.faire_demarche(date_fin=f.dans(-365)),
        "collectivite_unique_par_demarche": lambda x: Collectivite.objects.create(
            demarche=x.troupe.demarche, code="ville", nom="x", nom_court="x"
        ),
        "direction_unique_par_collectivite": lambda x: [
            Direction.objects.create(collectivite=x.troupe.ville, libelle="Finances")
            for _ in range(2)
        ],
        "mandat_finit_apres_son_debut": lambda x: x.changer(
            Mandat, x.troupe.drh_ville.mandat.pk, fin=f.dans(-101)
        ),
        "delegation_finit_apres_son_debut": lambda x: x.delegation(fin=f.dans(-1)),
        "delegation_entre_deux_personnes": lambda x: x.delegation(
            delegataire=x.troupe.dgs_ville.mandat
        ),
        "tache_finie_a_une_date": lambda x: x.tache(etat="reussie"),
        "courriel_envoye_a_une_date": lambda x: x.courriel(etat="envoye"),
        # cadres
        "cadre_courriel_unique": lambda x: f.faire_cadre(
            x.troupe.departement, courriel=x.troupe.fiche_du_cadre.courriel.upper()
        ),
        "cadre_matricule_unique": lambda x: f.faire_cadre(
            x.troupe.departement, matricule=x.troupe.fiche_du_cadre.matricule
        ),
        "candidature_reponse_datee": lambda x: x.candidater(repondu_le=None),
        "candidature_decision_datee": lambda x: x.candidater(decide_le=None),
        "candidature_information_datee": lambda x: x.changer(
            Candidature, x.troupe.fiche_du_cadre_muet.candidature.pk, informe_le=None
        ),
        "candidature_retrait_date": lambda x: x.candidater(etat="retire"),
        "candidature_avance_si_retenue": lambda x: x.candidater(etat="accord"),
        "import_confirme_a_une_date": lambda x: x.importation(etat="confirme"),
        # parcours
        "promotion_nom_unique": lambda x: f.faire_promotion(x.troupe.demarche, nom=x.promotion.nom),
        "promotion_finit_apres_son_debut": lambda x: f.faire_promotion(
            x.troupe.demarche, date_fin=f.dans(-30)
        ),
        "promotion_a_des_places": lambda x: f.faire_promotion(x.troupe.demarche, places=0),
        "etape_ordre_unique": lambda x: EtapeProgramme.objects.create(
            promotion=x.promotion, ordre=1, nature="bilan", intitule="x"
        ),
        "inscription_unique": lambda x: Inscription.objects.create(
            promotion=x.promotion, cadre=x.troupe.fiche_du_cadre, etat="achevee", finie_le=x.t
        ),
        "inscription_une_en_cours_par_cadre": lambda x: f.faire_inscription(
            x.troupe.fiche_du_cadre
        ),
        "inscription_finie_a_une_date": lambda x: x.changer(
            Inscription, x.inscription.pk, etat="achevee"
        ),
        "suivi_unique": lambda x: SuiviEtape.objects.create(
            inscription=x.inscription, etape=x.promotion.etapes.first()
        ),
        "suivi_planifie_a_une_date": lambda x: x.changer(
            SuiviEtape, x.inscription.suivis.first().pk, etat="faite"
        ),
        "suivi_excuse_si_absent": lambda x: x.changer(
            SuiviEtape, x.inscription.suivis.first().pk, excusee=True
        ),
        # opportunites
        "opportunite_une_ouverte_par_poste": lambda x: f.faire_opportunite(
            x.troupe.region, poste=x.opportunite.poste
        ),
        "opportunite_publiee_a_une_date": lambda x: x.changer(
            Opportunite, x.opportunite.pk, publiee_le=None
        ),
        "opportunite_close_a_une_date": lambda x: x.changer(
            Opportunite, x.opportunite.pk, etat="retiree"
        ),
        "voeu_unique": lambda x: _deux_voeux(x, meme_poste=True),
        "voeu_rang_unique": lambda x: _deux_voeux(x, meme_poste=False),
        "voeu_rang_borne": lambda x: f.faire_voeu(x.troupe.fiche_du_cadre, x.opportunite, 9),
        "proposition_validee_avant_l_envoi": lambda x: x.proposer(validee_le=None),
        "mobilite_entre_deux_employeurs": lambda x: f.faire_mobilite(
            x.proposition, collectivite_accueil=x.troupe.departement
        ),
        "mobilite_une_effective_par_jour": _deux_arrivees_le_meme_jour,
        "proposition_une_acceptee_par_cadre": _deux_acceptees,
        "proposition_un_preneur_par_poste": _deux_preneurs,
        "proposition_unique_vivante": lambda x: f.faire_proposition(
            x.opportunite, x.troupe.fiche_du_cadre
        ),
        "proposition_envoyee_a_ses_dates": lambda x: x.proposer(repondre_avant=None),
        "proposition_reponse_datee": lambda x: x.proposer(etat="acceptee"),
        "proposition_delai_a_venir": lambda x: x.proposer(
            repondre_avant=x.proposition.envoyee_le - timedelta(days=1)
        ),
        "proposition_raison_si_retiree": lambda x: x.proposer(motif_retrait="abandon"),
        "reserve_arbitree_a_une_date": lambda x: x.changer(
            Reserve, f.faire_reserve(x.proposition, x.troupe.drh_departement).pk, etat="levee"
        ),
        "mobilite_effective_complete": lambda x: x.changer(
            Mobilite, f.faire_mobilite(x.proposition).pk, etat="effective"
        ),
        "mobilite_change_de_poste": lambda x: f.faire_mobilite(
            x.proposition, poste_origine=x.opportunite.poste
        ),
        "mobilite_une_ouverte_par_cadre": lambda x: x.deux_mobilites(cadre=True),
        "mobilite_une_ouverte_par_poste": lambda x: x.deux_mobilites(poste=True),
    }
)


def choix():
    """Name → (model, field), for each field with choices; what no file may add to is closed."""
    return {
        contrainte_de(modele, champ).name: (modele, champ)
        for modele in apps.get_models()
        if modele._meta.app_label in NOS_APPLICATIONS
        for champ in modele._meta.concrete_fields
        if champ.choices and (modele._meta.model_name, champ.name) not in REFERENTIELS
    }


def test_each_constraint_is_broken_here():
    assert sorted(VIOLATIONS | choix()) == sorted(contraintes())


def test_the_database_closes_each_choice(db):
    """Whatever the model, and before anybody thinks of it."""
    for nom, (modele, _) in choix().items():
        with connection.cursor() as curseur:
            posees = connection.introspection.get_constraints(curseur, modele._meta.db_table)
        assert posees[nom]["check"], nom


def test_an_unknown_word_enters_no_table(troupe):
    """Each of those that the scene holds, written by SQL."""
    Lieu(troupe)
    essayes = 0
    for nom, (modele, champ) in choix().items():
        if (ligne := modele._base_manager.first()) is None:
            continue
        inconnue = 99 if isinstance(champ, IntegerField) else "?"
        with pytest.raises(IntegrityError) as erreur, transaction.atomic():
            modele._base_manager.filter(pk=ligne.pk).update(**{champ.name: inconnue})
        assert traduire(erreur.value) != GENERIQUE, nom
        essayes += 1
    assert essayes > 15


@pytest.mark.parametrize("nom", sorted(contraintes()))
def test_each_constraint_has_a_french_sentence_of_its_own(nom):
    message = str(contraintes()[nom].violation_error_message)

    assert message != str(BaseConstraint.default_violation_error_message)
    assert message[0].isupper()
    assert message.endswith(".")
    assert "'" not in message, "use ’"
    assert len(message.split()) >= 4


@pytest.mark.parametrize("nom", sorted(VIOLATIONS))
def test_whoever_breaks_a_constraint_reads_its_sentence(troupe, nom):
    lieu = Lieu(troupe)

    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        VIOLATIONS[nom](lieu)

    assert traduire(erreur.value) == contraintes()[nom].violation_error_message


@pytest.mark.parametrize(
    "nom", sorted(n for n, c in contraintes().items() if isinstance(c, CheckConstraint))
)
def test_an_empty_value_does_not_slip_through(nom):
    """A CHECK that answers NULL accepts: see `tests/outils/trois_valeurs.py`."""
    modele = next(m for m in apps.get_models() if contraintes()[nom] in m._meta.constraints)
    vides = [champ.name for champ in modele._meta.fields if champ.null]

    assert [champ for champ in vides if laisse_passer(contraintes()[nom], champ)] == []


def test_the_sentences_differ_from_one_another():
    """But for what a person would read the same."""
    memes = {
        "Une réponse porte sa date.",
        # The démarche and the version of its rules that it copies.
        "La démarche doit finir après son début.",
        "Le seuil du secret ne descend jamais sous 5.",
        # Of a cadre, of a poste, of an offer; of an offer, of an immersion.
        "Une famille hors de la liste est dite en quelques mots.",
        "Une immersion dure de 2 à 10 jours ouvrés.",
    }
    messages = [str(c.violation_error_message) for c in contraintes().values()]

    assert {m for m in messages if messages.count(m) > 1} <= memes


def test_a_constraint_that_is_not_ours_has_a_sentence_too(troupe):
    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        Demarche.objects.filter(pk=troupe.demarche.pk).update(code=None)

    assert traduire(erreur.value) == GENERIQUE


def test_a_missing_value_is_not_taken_for_a_duplicate(troupe):
    """On SQLite « NOT NULL constraint failed: table.column » names a column as UNIQUE does."""
    inscription = f.faire_inscription(troupe.fiche_du_cadre)

    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        Inscription.objects.filter(pk=inscription.pk).update(cadre=None)

    assert traduire(erreur.value) == GENERIQUE


def test_deleting_what_others_need_has_a_sentence_too(troupe):
    with pytest.raises(IntegrityError) as erreur:
        Poste.objects.filter(pk=troupe.fiche_du_cadre.poste_id).delete()

    assert traduire(erreur.value) == GENERIQUE
    assert Cadre.objects.filter(poste=troupe.fiche_du_cadre.poste).exists()


def test_a_wish_is_unique_per_person_only(troupe):
    opportunite = f.faire_opportunite(troupe.region)
    f.faire_voeu(troupe.fiche_du_cadre, opportunite)
    f.faire_voeu(troupe.fiche_du_cadre_muet, opportunite)

    assert Voeu.objects.count() == 2
