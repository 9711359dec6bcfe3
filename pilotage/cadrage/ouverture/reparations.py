"""What an operator repairs in a démarche that is open: who directs an employer, and their address.

Never alone in the dark: the journal of the démarche has a line, its DGS are told, and so is the person,
at the address that they had. Never for oneself (`refus_de_l_adresse`).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.utils import timezone

from collectivites.communs.typographie import de
from collectivites.comptes.connexions.liste import fermer_toutes
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from collectivites.travaux.courriels import deposer
from pilotage.cadrage.ouverture.actions import compte_de
from pilotage.cadrage.ouverture.invitations import dgs_de, prevenir, souhaiter_la_bienvenue
from pilotage.mots import Actes

DIRECTIONS = (Role.DGS, Role.DRH)


def nommer(
    *,
    par: Utilisateur,
    collectivite: Collectivite,
    role: str,
    prenom: str,
    nom: str,
    courriel: str,
    motif: str,
) -> Mandat:
    """Somebody directs the employer from today on. Its DGS of before keeps theirs, until it is ended."""
    collectivite = _sous_verrou(collectivite)
    personne = compte_de(courriel, prenom, nom)
    _pas_soi_meme(par, personne)
    deja = Mandat.objects.en_vigueur().filter(
        utilisateur=personne, collectivite=collectivite, role=role
    )
    if deja.exists():
        raise ActionImpossible(f"{personne.nom_complet} a déjà cet accès.")
    avant = dgs_de(collectivite.demarche)
    mandat = Mandat.objects.create(utilisateur=personne, collectivite=collectivite, role=role)
    libelle = f"{personne.nom_complet}, {mandat.libelle} : nommé par l’exploitant"
    _noter(par, mandat, Actes.DIRECTION_NOMMEE, libelle, motif)
    souhaiter_la_bienvenue(personne, [mandat], par=par)
    _dire_aux_dgs(avant, mandat, par, libelle, motif)
    return mandat


def finir(*, par: Utilisateur, mandat: Mandat, motif: str) -> None:
    """The access of somebody who directs ends this evening. An employer keeps one DGS and one DRH."""
    _sous_verrou(mandat.collectivite)
    mandat = (
        Mandat.objects.select_for_update(of=("self",))
        .select_related("utilisateur", "collectivite__demarche")
        .get(pk=mandat.pk)
    )
    aujourdhui = timezone.localdate()
    if mandat.role not in DIRECTIONS or (mandat.fin is not None and mandat.fin <= aujourdhui):
        raise ActionImpossible("Cet accès est déjà fini.")
    restants = (
        Mandat.objects.en_vigueur(aujourdhui + timedelta(days=1))
        .filter(collectivite=mandat.collectivite_id, role=mandat.role)
        .exclude(pk=mandat.pk)
    )
    if not restants.exists():
        raise ActionImpossible(
            f"Il n’y aurait plus de {mandat.get_role_display()} : nommez d’abord qui prend la suite."
        )
    mandat.fin = max(aujourdhui, mandat.debut)
    mandat.save(update_fields=["fin"])
    libelle = (
        f"Accès {de(mandat.utilisateur.nom_complet)}, {mandat.libelle} : fini par l’exploitant"
    )
    _noter(par, mandat, Actes.DIRECTION_FINIE, libelle, motif)
    avant = {m.utilisateur_id: m for m in [mandat, *dgs_de(mandat.collectivite.demarche)]}
    _dire_aux_dgs(list(avant.values()), mandat, par, libelle, motif)


def changer_l_adresse(*, par: Utilisateur, mandat: Mandat, courriel: str, motif: str) -> None:
    """The login of somebody who directs. Told to the former address, and to the DGS of all the
    démarches that the person serves."""
    personne = Utilisateur.objects.select_for_update().get(pk=mandat.utilisateur_id)
    _pas_soi_meme(par, personne)
    ancienne = personne.email
    demarches = {
        m.collectivite.demarche: m
        for m in Mandat.objects.en_vigueur()
        .filter(utilisateur=personne, role__in=DIRECTIONS)
        .select_related("utilisateur", "collectivite__demarche")
    }
    personne.email = courriel
    personne.save(update_fields=["email"])
    deposer(
        "ouverture/adresse_changee",
        demarche=mandat.collectivite.demarche,
        destinataire=ancienne,
        cle=f"adresse:{uuid4()}",
        personne=personne,
        par=par,
        motif=motif,
    )
    for sien in demarches.values():
        libelle = f"Adresse {de(personne.nom_complet)}, {sien.libelle} : changée par l’exploitant"
        _noter(par, sien, Actes.ADRESSE_CHANGEE, libelle, motif)
        _dire_aux_dgs(dgs_de(sien.collectivite.demarche), sien, par, libelle, motif)


def retirer_le_second_facteur(*, par: Utilisateur, personne: Utilisateur, motif: str) -> None:
    """Somebody lost their telephone, their key and their codes: they choose again at their next login.

    Told to them, and to the DGS of the démarches that they serve; to be a cadre is told to nobody.
    """
    if not par.is_active or not par.is_superuser or personne.pk == par.pk:
        raise ActionImpossible("Un exploitant le retire à quelqu’un d’autre, jamais à soi-même.")
    perdus, _ = Authenticator.objects.filter(user=personne).delete()
    if not perdus:
        raise ActionImpossible("Ce compte n’a pas de second facteur.")
    fermer_toutes(personne)
    siens = (
        Mandat.objects.en_vigueur()
        .filter(utilisateur=personne)
        .select_related("utilisateur", "collectivite__demarche")
        .order_by("pk")
    )
    connus = {m.collectivite.demarche: m for m in siens.exclude(role=Role.CADRE)}
    premier = next(iter(connus.values()), None) or siens.first()
    if premier is not None:
        deposer(
            "ouverture/second_facteur_retire",
            demarche=premier.collectivite.demarche,
            destinataire=personne.email,
            utilisateur=personne,
            cle=f"second-facteur:{uuid4()}",
            personne=personne,
            par=par,
            motif=motif,
        )
    for mandat in connus.values():
        libelle = (
            f"Second facteur {de(personne.nom_complet)}, {mandat.libelle} : retiré par l’exploitant"
        )
        _noter(par, mandat, Actes.SECOND_FACTEUR_RETIRE, libelle, motif)
        autres = [
            m for m in dgs_de(mandat.collectivite.demarche) if m.utilisateur_id != personne.pk
        ]
        _dire_aux_dgs(autres, mandat, par, libelle, motif)


def _sous_verrou(collectivite: Collectivite) -> Collectivite:
    return (
        Collectivite.objects.select_for_update(of=("self",))
        .select_related("demarche")
        .get(pk=collectivite.pk)
    )


def _pas_soi_meme(par: Utilisateur, personne: Utilisateur) -> None:
    if personne.pk == par.pk or personne.is_superuser:
        raise ActionImpossible("Un exploitant n’agit pour aucun employeur.")


def _noter(par: Utilisateur, mandat: Mandat, acte: Actes, libelle: str, motif: str) -> None:
    # Of the whole démarche: who directs one of the employers concerns them all.
    journaliser(
        acteur=None,
        auteur=par,
        demarche=mandat.collectivite.demarche,
        acte=acte,
        libelle=libelle,
        objet=mandat,
        collectivite=None,
        motif=motif,
    )


def _dire_aux_dgs(
    mandats: list[Mandat], mandat: Mandat, par: Utilisateur, libelle: str, motif: str
) -> None:
    prevenir(
        "ouverture/reparation",
        mandats,
        f"reparation:{uuid4()}",
        libelle=libelle,
        par=par,
        motif=motif,
        employeur=mandat.collectivite,
    )
