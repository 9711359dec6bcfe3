"""Access of colleagues: given, for a time or not, and ended. No operator is needed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.predicats import refus_finir_un_acces, refus_ouvrir_un_acces
from collectivites.communs.typographie import date_texte
from collectivites.comptes.adresses.rattachement import a_l_adresse
from collectivites.comptes.invitations import lien_invitation
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Mandat, Utilisateur
from collectivites.mots import ROLES_EMPLOYEUR, Actes, Role
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.courriels import deposer


def ouvrir_un_acces(
    *,
    acteur: Acteur,
    courriel: str,
    prenom: str,
    nom: str,
    role: str,
    debut: date,
    fin: date | None = None,
) -> Mandat:
    """A colleague acts for the collectivité, from a day to a day. Who has no account is invited;
    whether there was one already is said to nobody."""
    exiger(refus_ouvrir_un_acces(acteur, role, fin))
    aujourdhui = timezone.localdate()
    if debut < aujourdhui or (fin is not None and fin < debut):
        raise ActionImpossible("L’accès commence aujourd’hui ou plus tard, et finit après.")
    Collectivite.objects.select_for_update().get(pk=acteur.collectivite.pk)
    collegues = Mandat.objects.filter(collectivite=acteur.collectivite, role__in=ROLES_EMPLOYEUR)
    personne = a_l_adresse(courriel, prenom, nom, connus=collegues)
    mandat = Mandat.objects.create(
        utilisateur=personne, collectivite=acteur.collectivite, role=role, debut=debut, fin=fin
    )
    jusqu_a = f", jusqu’au {date_texte(fin)}" if fin else ""
    _noter(
        acteur,
        mandat,
        Actes.ACCES_OUVERT,
        f"Accès comme {Role(role).label} donné à {personne.nom_complet}, à partir du "
        f"{date_texte(debut)}{jusqu_a}",
    )
    _ecrire(acteur, mandat, "comptes/acces_ouvert", f"acces.ouvert:{mandat.pk}")
    return mandat


def finir_un_acces(*, acteur: Acteur, mandat: Mandat, fin: date) -> Mandat:
    """The last day, included: today at the earliest. The person is told."""
    Collectivite.objects.select_for_update().get(pk=mandat.collectivite_id)
    mandat = (
        Mandat.objects.select_for_update(of=("self",))
        .select_related("utilisateur", "collectivite__demarche")
        .get(pk=mandat.pk)
    )
    exiger(refus_finir_un_acces(acteur, mandat, fin))
    if fin < max(timezone.localdate(), mandat.debut):
        raise ActionImpossible("Choisissez un dernier jour à partir d’aujourd’hui.")
    mandat.fin = fin
    mandat.save(update_fields=["fin"])
    qui = mandat.utilisateur.nom_complet
    libelle = f"Accès comme {Role(mandat.role).label} de {qui} : fin le {date_texte(fin)}"
    _noter(acteur, mandat, Actes.ACCES_FINI, libelle)
    _ecrire(acteur, mandat, "comptes/acces_fini", f"acces.fini:{mandat.pk}:{fin.isoformat()}")
    return mandat


def finir_au_depart(
    *, acteur: Acteur | None, personne: Utilisateur, collectivite: Collectivite, jour: date
) -> int:
    """Somebody left the employer: what they did for it ends that day, whoever is left (`acteur`
    None: the clock says it, on the day announced). Returns how many accesses."""
    siens = Mandat.objects.en_vigueur().filter(
        utilisateur=personne, collectivite=collectivite, role__in=ROLES_EMPLOYEUR
    )
    finis = 0
    for mandat in siens.select_for_update(of=("self",)).select_related(
        "utilisateur", "collectivite__demarche"
    ):
        mandat.fin = max(jour, mandat.debut)
        mandat.save(update_fields=["fin"])
        libelle = f"Accès comme {Role(mandat.role).label} fini, par le départ de la personne"
        _noter(acteur, mandat, Actes.ACCES_FINI, libelle)
        finis += 1
    return finis


def _noter(acteur: Acteur | None, mandat: Mandat, acte: Actes, libelle: str) -> None:
    journaliser(
        acteur=acteur,
        demarche=mandat.collectivite.demarche,
        acte=acte,
        libelle=libelle,
        objet=mandat,
        collectivite=mandat.collectivite,
        details={"debut": mandat.debut.isoformat(), "fin": mandat.fin and mandat.fin.isoformat()},
    )


def _ecrire(acteur: Acteur, mandat: Mandat, gabarit: str, cle: str) -> None:
    personne = mandat.utilisateur
    deposer(
        gabarit,
        demarche=acteur.demarche,
        destinataire=personne.email,
        utilisateur=personne,
        cle=cle,
        mandat=mandat,
        personne=personne,
        par=acteur.utilisateur,
        lien="" if personne.a_une_entree else lien_invitation(personne),
    )
