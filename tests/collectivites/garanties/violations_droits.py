"""Each constraint of the skills, the correction requests, the erasure and the journal, broken once."""

from django.utils import timezone

from cadres.models import CompetenceDite, DemandeCorrection, Opposition
from collectivites.models import EntreeJournal, MaillonJournal


def _competence(x, **champs):
    return CompetenceDite.objects.create(
        cadre=x.troupe.fiche_du_cadre, **{"code": "MGT01", "niveau": 3, **champs}
    )


def _demande(x, **champs):
    return DemandeCorrection.objects.create(
        cadre=x.troupe.fiche_du_cadre, champ="poste", explication="Depuis mars.", **champs
    )


def _opposition(x, nom="ab" * 32):
    return Opposition.objects.create(collectivite=x.troupe.departement, nom=nom)


def _maillon(x):
    ligne = EntreeJournal.objects.create(demarche=x.troupe.demarche, acte="x", libelle="x")
    MaillonJournal.objects.filter(entree=ligne).update(numero=1)


def _deux(faire, x):
    faire(x)
    faire(x)


VIOLATIONS = {
    "candidature_effacement_hors_demarche": lambda x: x.candidater(
        effacement_demande_le=timezone.now()
    ),
    "candidature_opposition_avec_effacement": lambda x: x.candidater(ne_plus_recenser=True),
    "opposition_une_fois_par_personne": lambda x: _deux(_opposition, x),
    "opposition_porte_une_empreinte": lambda x: _opposition(x, nom=""),
    "competence_une_fois_par_cadre": lambda x: _deux(_competence, x),
    "competence_niveau_de_1_a_4": lambda x: _competence(x, niveau=5),
    "journal_une_ligne_par_place": lambda x: _deux(_maillon, x),
    "correction_repondue_a_une_date": lambda x: _demande(x, etat="faite"),
    "correction_une_ouverte_par_sujet": lambda x: _deux(_demande, x),
}
