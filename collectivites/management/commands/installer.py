"""`manage.py installer`: the first operator, and what the installation still lacks. May be run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from collectivites.comptes.invitations import lien_invitation
from collectivites.models import Utilisateur
from collectivites.travaux.sante.etat import OK, lire_la_preparation
from collectivites.travaux.sante.installation import points


class Command(BaseCommand):
    help = (
        "Crée le compte de la première personne qui exploite le site, puis dit ce qui manque encore. Se "
        "relance autant que de besoin : finit en erreur tant que quelque chose de grave manque."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--adresse", help="courriel de la première personne qui exploite")
        parser.add_argument("--prenom", default="")
        parser.add_argument("--nom", default="")
        parser.add_argument(
            "--essai", metavar="ADRESSE", help="envoyer un courriel d’essai à cette adresse"
        )

    def handle(
        self,
        *args: Any,
        adresse: str | None,
        prenom: str,
        nom: str,
        essai: str | None,
        **options: Any,
    ) -> None:
        lus = points()
        for point in lus:
            signe = "✗" if point.grave else "!"
            self.stdout.write(f"{signe if point.manque else '✓'} {point.nom}")
            if point.manque:
                self.stdout.write(f"    {point.manque}")
        etats = lire_la_preparation().lignes
        if etats["base"] == etats["migrations"] == OK:
            self._exploitant(adresse, prenom, nom)
        if essai:
            self._essayer(essai)
        if graves := [point.nom for point in lus if point.manque and point.grave]:
            raise CommandError(f"À régler avant d’ouvrir : {', '.join(graves)}.")

    def _exploitant(self, adresse: str | None, prenom: str, nom: str) -> None:
        if Utilisateur.objects.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write("✓ exploitation : quelqu’un a un compte")
            return
        adresse = adresse or self._demander("Courriel de qui exploite le site : ")
        try:
            validate_email(adresse)
        except ValidationError:
            raise CommandError(
                "Une adresse est attendue : --adresse prenom.nom@example.fr.", returncode=2
            ) from None
        if Utilisateur.objects.filter(email__iexact=adresse).exists():
            raise CommandError("Cette adresse a déjà un compte, qui n’exploite pas le site.")
        compte = Utilisateur.objects.create_superuser(
            adresse,
            None,
            prenom=prenom or self._demander("Prénom : "),
            nom=nom or self._demander("Nom : "),
        )
        self.stdout.write(
            "✓ exploitation : compte créé. Pour choisir un mot de passe, une seule fois :"
        )
        self.stdout.write(f"    {lien_invitation(compte)}")

    def _demander(self, quoi: str) -> str:
        try:
            return input(quoi).strip()
        except EOFError:
            return ""

    def _essayer(self, adresse: str) -> None:
        try:
            EmailMessage(
                "Quatuor : courriel d’essai", "Ce courriel est arrivé : rien à faire.", to=[adresse]
            ).send()
        except OSError as erreur:
            raise CommandError(f"Le courriel d’essai n’est pas parti ({erreur}).") from erreur
        self.stdout.write(f"Courriel d’essai remis au serveur, pour {adresse}.")
