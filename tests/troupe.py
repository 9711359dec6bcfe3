"""The cast that every test shares: two démarches, their people, and strangers to one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Demarche, Mandat, Poste, Utilisateur
from collectivites.mots import Role
from tests import fabriques

#: name in the cast, first name, name, role, démarche (0 ours, 1 the other), collectivité
ROLES = (
    ("dgs_ville", "Diane", "Aubry", Role.DGS, 0, "ville"),
    ("dgs_departement", "Denis", "Bailly", Role.DGS, 0, "departement"),
    ("dgs_region", "Rose", "Carlier", Role.DGS, 0, "region"),
    ("drh_ville", "Viviane", "Delmas", Role.DRH, 0, "ville"),
    ("drh_agglomeration", "Agathe", "Evrard", Role.DRH, 0, "agglomeration"),
    ("drh_departement", "Dora", "Fabre", Role.DRH, 0, "departement"),
    ("drh_region", "Roland", "Garnier", Role.DRH, 0, "region"),
    ("gestionnaire_departement", "Gaël", "Hamon", Role.GESTIONNAIRE, 0, "departement"),
    ("gestionnaire_region", "Gina", "Imbert", Role.GESTIONNAIRE, 0, "region"),
    ("accompagnateur", "Alix", "Jourdan", Role.ACCOMPAGNATEUR, 0, "departement"),
    ("autre_accompagnateur", "Anouk", "Keller", Role.ACCOMPAGNATEUR, 0, "region"),
    ("cabinet", "Camille", "Vidal", Role.CABINET, 0, "departement"),
    ("etranger_dgs", "Edgar", "Leroux", Role.DGS, 1, "departement"),
    ("etranger_drh", "Elsa", "Marchand", Role.DRH, 1, "departement"),
    ("etranger_gestionnaire", "Émile", "Noël", Role.GESTIONNAIRE, 1, "departement"),
    ("etranger_accompagnateur", "Éva", "Olivier", Role.ACCOMPAGNATEUR, 1, "departement"),
)
#: name in the cast, first name, name, state of the candidacy, démarche, collectivité
CADRES = (
    ("cadre", "Claire", "Pasquier", Candidature.Etat.RETENU, 0, "departement"),
    ("cadre_muet", "Cyril", "Quentin", Candidature.Etat.INFORME, 0, "departement"),
    ("autre_cadre", "Carole", "Renaud", Candidature.Etat.RETENU, 0, "region"),
    ("etranger_cadre", "Célia", "Simon", Candidature.Etat.RETENU, 1, "departement"),
)


@dataclass
class Troupe:
    """Who plays. Everybody is an `Acteur`, but for `ancien_drh` and `operateur`, who have none.

    `dgs_ville` and `dgs_agglomeration` are one person under two mandats. `fiche_du_cadre` is the
    `Cadre` of `cadre`, entrusted to `accompagnateur`; likewise `fiche_du_cadre_muet`, and so on.
    """

    demarche: Demarche
    autre_demarche: Demarche
    ville: Collectivite
    agglomeration: Collectivite
    departement: Collectivite
    region: Collectivite
    autre_departement: Collectivite

    dgs_ville: Acteur
    dgs_agglomeration: Acteur
    dgs_departement: Acteur
    dgs_region: Acteur
    drh_ville: Acteur
    drh_agglomeration: Acteur
    drh_departement: Acteur
    drh_region: Acteur
    gestionnaire_departement: Acteur
    gestionnaire_region: Acteur
    accompagnateur: Acteur
    autre_accompagnateur: Acteur
    cabinet: Acteur
    cadre: Acteur
    cadre_muet: Acteur
    autre_cadre: Acteur
    etranger_dgs: Acteur
    etranger_drh: Acteur
    etranger_gestionnaire: Acteur
    etranger_accompagnateur: Acteur
    etranger_cadre: Acteur

    fiche_du_cadre: Cadre
    fiche_du_cadre_muet: Cadre
    fiche_de_l_autre_cadre: Cadre
    fiche_de_l_etranger: Cadre

    ancien_drh: Utilisateur
    operateur: Utilisateur


def reunir_la_troupe() -> Troupe:
    """Thirteen queries: nearly every test begins here."""
    demarches = [
        fabriques.faire_demarche("centre", nom="Parcours mobilité Centre-Val de Loire"),
        fabriques.faire_demarche("ailleurs", nom="Passerelles Bretagne"),
    ]
    lieux = [fabriques.faire_collectivites(demarche) for demarche in demarches]

    def compte(nom_de_scene: str, prenom: str, nom: str, **champs: object) -> Utilisateur:
        adresse = f"{nom_de_scene.replace('_', '.')}@essais.example"
        return fabriques.utilisateur(prenom, nom, email=adresse, **champs)

    comptes = {nom: compte(nom, *reste[:2]) for nom, *reste in (*ROLES, *CADRES)}
    comptes["ancien_drh"] = compte("ancien_drh", "Armand", "Tessier")
    comptes["operateur"] = compte("operateur", "Odile", "Ubald", is_staff=True, is_superuser=True)
    Utilisateur.objects.bulk_create(comptes.values())

    debut = fabriques.dans(-100)
    a_creer = {
        nom: Mandat(utilisateur=comptes[nom], collectivite=lieux[ou][code], role=role, debut=debut)
        for nom, _, _, role, ou, code in (
            *ROLES,
            *((nom, p, n, Role.CADRE, ou, code) for nom, p, n, _, ou, code in CADRES),
        )
    }
    a_creer["dgs_agglomeration"] = Mandat(
        utilisateur=comptes["dgs_ville"],
        collectivite=lieux[0]["agglomeration"],
        role=Role.DGS,
        debut=debut,
    )
    retire = Mandat(
        utilisateur=comptes["ancien_drh"],
        collectivite=lieux[0]["departement"],
        role=Role.DRH,
        debut=debut,
        fin=fabriques.dans(-1),
    )
    Mandat.objects.bulk_create([*a_creer.values(), retire])

    fiches = _faire_les_fiches(lieux, comptes, a_creer["accompagnateur"])
    # Mandats of today, without a delegation: there is nothing to ask the database about them.
    acteurs = {
        nom: Acteur(mandat, cadre_id=fiches[nom].pk if nom in fiches else None)
        for nom, mandat in a_creer.items()
    }
    for nom, autre in (("dgs_ville", "dgs_agglomeration"), ("dgs_agglomeration", "dgs_ville")):
        acteurs[nom] = replace(acteurs[nom], autres_mandats=(a_creer[autre],))
    return Troupe(
        demarche=demarches[0],
        autre_demarche=demarches[1],
        autre_departement=lieux[1]["departement"],
        **lieux[0],
        **acteurs,
        fiche_du_cadre=fiches["cadre"],
        fiche_du_cadre_muet=fiches["cadre_muet"],
        fiche_de_l_autre_cadre=fiches["autre_cadre"],
        fiche_de_l_etranger=fiches["etranger_cadre"],
        ancien_drh=comptes["ancien_drh"],
        operateur=comptes["operateur"],
    )


def _faire_les_fiches(
    lieux: list[dict[str, Collectivite]],
    comptes: dict[str, Utilisateur],
    accompagnateur: Mandat,
) -> dict[str, Cadre]:
    """The cast's own files in the registre, each in a poste, with their candidacy."""
    postes = {
        nom: Poste(collectivite=lieux[ou][code], intitule=f"Responsable de service ({nom})")
        for nom, _, _, _, ou, code in CADRES
    }
    Poste.objects.bulk_create(postes.values())
    fiches = {
        nom: Cadre(
            collectivite=lieux[ou][code],
            utilisateur=comptes[nom],
            matricule=f"T{rang:03}",
            civilite=Cadre.Civilite.FEMME,
            prenom=prenom,
            nom=famille,
            courriel=comptes[nom].email,
            categorie=Cadre.Categorie.A,
            cadre_emplois="Attachés territoriaux",
            grade="Attaché principal",
            statut=Cadre.Statut.TITULAIRE,
            poste=postes[nom],
            date_entree_poste=fabriques.dans(-2000),
            encadrement=True,
            nb_agents=12,
            profil=Cadre.Profil.EXPERIMENTE,
            accompagnateur=accompagnateur if nom == "cadre" else None,
        )
        for rang, (nom, prenom, famille, _, ou, code) in enumerate(CADRES)
    }
    for fiche in fiches.values():
        fiche.recherche = fiche.calculer_recherche()
    Cadre.objects.bulk_create(fiches.values())
    Candidature.objects.bulk_create(
        Candidature(cadre=fiches[nom], etat=etat, **fabriques.dates_de_la_candidature(etat))
        for nom, _, _, etat, _, _ in CADRES
    )
    return fiches
