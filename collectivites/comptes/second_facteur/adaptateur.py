"""allauth's second factors, in this house: their secrets sealed, their words in French."""

from __future__ import annotations

from typing import Any

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils import timezone
from django.utils.html import format_html
from qrcode.constants import ERROR_CORRECT_M

from collectivites.communs.typographie import date_texte
from collectivites.garanties import secret

#: What a secret of a second factor is sealed for.
POUR = "second facteur"
_MARGE = 4


class AdaptateurSecondFacteur(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Ce moyen ne peut pas être retiré.",
        "cannot_generate_recovery_codes": "Choisissez d’abord une application ou une clé : les codes "
        "de secours les remplacent, ils ne suffisent pas.",
        "incorrect_code": "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, et "
        "vérifiez l’heure de votre téléphone.",
    }

    def encrypt(self, text: str) -> str:
        return secret.sceller(text, pour=POUR)

    def decrypt(self, encrypted_text: str) -> str:
        return secret.ouvrir(encrypted_text, pour=POUR)

    def build_totp_svg(self, url: str) -> str:
        """One path, without style nor declaration: it stands in the page under our policy, and no
        image of it is asked for anywhere."""
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_MARGE)
        code.add_data(url)
        code.make()
        lignes = code.get_matrix()
        trait = "".join(
            f"M{x} {y}h1v1h-1z"
            for y, ligne in enumerate(lignes)
            for x, noir in enumerate(ligne)
            if noir
        )
        return format_html(
            '<svg class="q-qr" viewBox="0 0 {0} {0}" role="img" aria-label="Code à photographier avec '
            'votre application" shape-rendering="crispEdges"><path d="{1}"/></svg>',
            len(lignes),
            trait,
        )

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        return f"Clé du {date_texte(timezone.localdate())}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Quatuor"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {
            **super().get_public_key_credential_user_entity(user),
            "display_name": user.nom_complet,
        }
