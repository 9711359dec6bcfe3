"""The accounts that the login page of the demo offers. Nothing here serves a real démarche."""

from dataclasses import dataclass, field

from django.conf import settings

from collectivites.communs import lexique
from collectivites.communs.typographie import enumerer
from collectivites.garanties import mur
from collectivites.models import Demarche, Utilisateur
from collectivites.mots import Public, Role
from pilotage.demo.organisation import ADRESSES, MOT_DE_PASSE

__all__ = ["ADRESSES", "MOT_DE_PASSE", "CompteDemo", "compte_de_demonstration", "comptes_demo"]


@dataclass
class CompteDemo:
    """One person to try the demo as. `role`: « DGS, Ville et Agglomération »; `demarche`: which one."""

    courriel: str
    nom: str
    demarche: str = ""
    initiale: str = ""
    libelle_role: str = ""
    collectivites: list[str] = field(default_factory=list)

    @property
    def libelle(self) -> str:
        return self.nom

    @property
    def role(self) -> str:
        if not self.libelle_role:
            return "Administration de l’installation"
        return f"{self.libelle_role}, {enumerer(self.collectivites)}"


@mur.partout()
def comptes_demo() -> list[CompteDemo]:
    """The accounts of the demo that are in the database, in a fixed order. One query.

    Somebody who also serves a real démarche is left out.
    """
    lignes = (
        Utilisateur.objects.filter(email__in=ADRESSES, is_active=True)
        .order_by("mandats__pk")
        .values_list(
            "email",
            "prenom",
            "nom",
            "mandats__role",
            "mandats__collectivite__code",
            "mandats__collectivite__nom_court",
            "mandats__collectivite__demarche__est_demo",
            "mandats__collectivite__demarche__nom",
            "mandats__collectivite__demarche__public",
        )
    )
    comptes: dict[str, CompteDemo] = {}
    reels: set[str] = set()
    for courriel, prenom, nom, role, code, nom_court, est_demo, demarche, public in lignes:
        if role and not est_demo:
            reels.add(courriel)
            continue
        compte = comptes.setdefault(courriel, CompteDemo(courriel, f"{prenom} {nom}".strip()))
        if role:
            with lexique.pour(public):
                compte.libelle_role = compte.libelle_role or lexique.dire(Role(role).label)
            pour = "tous les agents" if public == Public.AGENTS else "les cadres"
            compte.demarche = f"{demarche}, pour {pour}"
            compte.initiale = compte.initiale or code[0].upper()
            if nom_court not in compte.collectivites:
                compte.collectivites.append(nom_court)
        else:
            compte.initiale, compte.demarche = "Q", "L’installation"
    return [comptes[courriel] for courriel in ADRESSES if courriel in comptes.keys() - reels]


@mur.partout()
def compte_de_demonstration(courriel: str) -> Utilisateur | None:
    """The account to log in as: one of the demo's, in the demo only, else None."""
    if not settings.DEMO or courriel not in {compte.courriel for compte in comptes_demo()}:
        return None
    compte = Utilisateur.objects.filter(email=courriel, is_active=True).first()
    if compte is not None and compte.is_superuser:
        # The operator's account opens everything: never without a password beside real data.
        return None if Demarche.objects.filter(est_demo=False).exists() else compte
    return compte
