"""Re-seals under the first key of QUATUOR_CLE_COACHING all that an older key sealed."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from collectivites.garanties import secret
from parcours.models.scelle import TexteScelle


class Command(BaseCommand):
    help = (
        "After « QUATUOR_CLE_COACHING=new,old » and a restart: seal everything under the new key. "
        "The old one may then be removed. One transaction: all, or nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = 0
        with transaction.atomic():
            for modele in apps.get_models():
                if not issubclass(modele, TexteScelle):
                    continue
                lignes = modele._default_manager.select_for_update().exclude(scelle="")
                for ligne in lignes.only("scelle").order_by("pk"):
                    ligne.scelle = secret.renouveler(ligne.scelle)
                    ligne.save(update_fields=["scelle"])
                    nombre += 1
            nombre += _seconds_facteurs()
        self.stdout.write(f"{nombre} texts sealed under the first key.")


def _seconds_facteurs() -> int:
    """What codes are checked with (`comptes.second_facteur.adaptateur`)."""
    lignes = Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
    for ligne in lignes:
        scelles = {nom: ligne.data[nom] for nom in ("secret", "seed") if nom in ligne.data}
        ligne.data |= {nom: secret.renouveler(scelle) for nom, scelle in scelles.items()}
        ligne.save(update_fields=["data"])
    return len(lignes)
