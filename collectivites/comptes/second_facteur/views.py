"""allauth's pages of the second factor that need a word of ours."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.views import (
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse_lazy

from collectivites.acteurs.acces import LECTURE_ECRITURE, connecte

#: A key lets somebody in who is not logged in yet.
entrer_avec_une_cle = login_not_required(LoginWebAuthnView.as_view())
#: The list of keys is on the page of the second factor.
retirer_une_cle = RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))


class ConfirmerParCleView(ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        """On the same page, which still knows where one was going."""
        return self.render_to_response(self.get_context_data(form=form))


confirmer_par_une_cle = connecte(methodes=LECTURE_ECRITURE)(ConfirmerParCleView.as_view())
