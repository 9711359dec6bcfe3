"""allauth's pages of the second factor that need a word of ours."""

from __future__ import annotations

from allauth.mfa.webauthn.views import LoginWebAuthnView, RemoveWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse_lazy

#: A key lets somebody in who is not logged in yet.
entrer_avec_une_cle = login_not_required(LoginWebAuthnView.as_view())
#: The list of keys is on the page of the second factor.
retirer_une_cle = RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))
