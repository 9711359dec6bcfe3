"""Each constraint of the cadrage, broken once."""

from pilotage.models import (
    AccordElus,
    ActionCommunication,
    ApprobationElements,
    ClotureEtape,
    ElementsDeLangage,
    PassageJalon,
    RenonciationCriteres,
)
from tests import fabriques as f


def _cloture(x, **champs):
    return ClotureEtape.objects.create(
        **{
            "etape": f.faire_etape(x.troupe.demarche),
            "collectivite": x.troupe.ville,
            "faite_le": f.dans(0),
            "preuve": "Note",
            "par": x.troupe.dgs_ville.mandat,
        }
        | champs
    )


def _deux_clotures(x):
    _cloture(x, etape=_cloture(x).etape)


def _action(x, **champs):
    ActionCommunication.objects.create(
        **{
            "demarche": x.troupe.demarche,
            "intitule": "Presse",
            "public": "presse",
            "canal": "Conférence",
            "jour": f.dans(3),
        }
        | champs
    )


def _elements(x):
    return ElementsDeLangage.objects.create(
        demarche=x.troupe.demarche, version=1, texte="x", redige_par=x.troupe.drh_ville.mandat
    )


def _deux_approbations(x):
    elements = _elements(x)
    for _ in range(2):
        ApprobationElements.objects.create(
            elements=elements, collectivite=x.troupe.ville, par=x.troupe.dgs_ville.mandat
        )


def _accord(x, **champs):
    x.changer(AccordElus, AccordElus.objects.get(collectivite=x.troupe.ville).pk, **champs)


VIOLATIONS = {
    "etape_route_commence_avant_sa_fin": lambda x: f.faire_etape(
        x.troupe.demarche, debut=f.dans(6)
    ),
    "cloture_etape_une_par_collectivite": _deux_clotures,
    "cloture_etape_a_sa_preuve": lambda x: _cloture(x, preuve=""),
    "cloture_etape_annulee_avec_son_motif": lambda x: _cloture(
        x, annulee_le=x.t, annulee_par=x.troupe.dgs_ville.mandat
    ),
    "jalon_franchi_une_fois": lambda x: PassageJalon.objects.create(
        demarche=x.troupe.demarche, jalon="lancement"
    ),
    "renonciation_criteres_motivee": lambda x: RenonciationCriteres.objects.create(
        collectivite=x.troupe.ville, par=x.troupe.dgs_ville.mandat, motif=""
    ),
    "accord_elus_un_par_collectivite": lambda x: f.faire_accord(x.troupe.ville),
    "accord_elus_complet": lambda x: _accord(x, numero=""),
    "accord_elus_retire_avec_son_motif": lambda x: _accord(x, retire_le=x.t),
    "action_communication_public_et_etat_connus": lambda x: _action(x, public="lune"),
    "elements_de_langage_version_unique": lambda x: [_elements(x) for _ in range(2)],
    "elements_approuves_une_fois": _deux_approbations,
}
