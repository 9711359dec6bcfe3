"""Each constraint of the rules of a démarche and of what leaves the house, broken once."""

from pilotage.models import ArreteDesChiffres, DocumentElus
from pilotage.models.regles import AccordRegle, ChangementRegle, VersionRegles
from tests import fabriques as f


def _changement(x, **champs):
    return ChangementRegle.objects.create(
        **{
            "demarche": x.troupe.demarche,
            "regle": "objectif",
            "avant": {},
            "apres": {},
            "motif": "Deux promotions de plus.",
            "propose_par": x.troupe.dgs_ville.mandat,
        }
        | champs
    )


def _deux_accords(x):
    changement = _changement(x)
    for _ in range(2):
        AccordRegle.objects.create(
            changement=changement, collectivite=x.troupe.ville, par=x.troupe.dgs_ville.mandat
        )


def _version(x, **champs):
    VersionRegles.objects.create(
        **{
            "demarche": x.troupe.demarche,
            "date_debut": f.dans(-365),
            "date_fin": f.dans(730),
            "objectif_mobilites": 36,
            "tolerance_solde": 2,
            "seuil_secret": 5,
            "publicite_mois": 1,
            "rappel_jours": 7,
            "public": "cadres",
        }
        | champs
    )


def _arrete(x, **champs):
    return ArreteDesChiffres.objects.create(
        **{"demarche": x.troupe.demarche, "numero": 1, "jour": f.dans(0), "dits": {}, "releve": {}}
        | champs
    )


def _document(x, arrete=None, **champs):
    return DocumentElus.objects.create(
        **{
            "arrete": arrete or _arrete(x),
            "collectivite": x.troupe.ville,
            "genre": "note",
            "contact": "DRH",
            "signataire": "D. Aubry",
            "qualite": "DGS",
            "cree_par": x.troupe.dgs_ville.mandat,
        }
        | champs
    )


def _signe(x, arrete=None, **champs):
    return _document(
        x,
        arrete,
        **{"etat": "signe", "numero": 1, "signe_le": f.il_y_a(-1), "empreinte": "a"} | champs,
    )


def _deux_documents(x):
    _signe(x, _signe(x).arrete)


VIOLATIONS = {
    "accord_un_par_employeur": _deux_accords,
    "changement_clos_a_une_date": lambda x: _changement(x, etat="refuse"),
    "changement_motive": lambda x: _changement(x, motif=""),
    "changement_un_seul_en_attente": lambda x: [_changement(x) for _ in range(2)],
    "demarche_objectif_positif": lambda x: f.faire_demarche(objectif_mobilites=0),
    "demarche_public_connu": lambda x: f.faire_demarche(filieres="culturelle"),
    "demarche_publicite_legale": lambda x: f.faire_demarche(publicite_mois=0),
    "demarche_rappels_dans_le_delai": lambda x: f.faire_demarche(rappel_jours=4),
    "demarche_seuil_du_secret": lambda x: f.faire_demarche(seuil_secret=4),
    "version_finit_apres_son_debut": lambda x: _version(x, date_fin=f.dans(-365)),
    "version_seuil_du_secret": lambda x: _version(x, seuil_secret=4),
    "arrete_numero_unique": lambda x: [_arrete(x, jour=f.dans(n)) for n in (0, 1)],
    "arrete_unique_par_jour": lambda x: [_arrete(x, numero=n) for n in (1, 2)],
    "document_bilan_d_une_promotion": lambda x: _document(x, genre="bilan"),
    "document_numero_unique": _deux_documents,
    "document_signe_a_numero_et_date": lambda x: _signe(x, numero=None),
    "document_signe_apres_sa_preparation": lambda x: _signe(x, signe_le=f.il_y_a(1)),
}
