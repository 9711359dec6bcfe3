"""Accounts are opened by invitation only; the link of an invitation sets the first password."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from collectivites.acteurs.acteur import Acteur, mandats_de
from collectivites.communs.cles_de_liens import SANS_CLE
from collectivites.comptes import essais, preuve
from collectivites.comptes.connexions.appareils import dire_le_nouvel_appareil
from collectivites.comptes.jetons import jeton_invitation
from collectivites.garanties import mur
from collectivites.models import Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.travaux.courriels import deposer, deposer_texte

#: Where the key of an invitation waits for the password.
_EN_SESSION = "invitation"
#: allauth's name for the mail of « mot de passe oublié ».
REINITIALISATION = "account/email/password_reset_key"
_ETAPES = {
    "allauth.mfa.stages.AuthenticateStage": "collectivites.comptes.second_facteur.etape.Etape"
}


class AdaptateurComptes(DefaultAccountAdapter):
    """allauth, closed: nobody signs up by themselves, and its mails go through our outbox."""

    # Five failures in five minutes for one account from one address (`comptes.essais`).
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Trop d’essais avec un mot de passe faux. Attendez cinq minutes "
        "avant de recommencer, ou demandez un lien avec « Mot de passe oublié » : il ouvre tout de "
        "suite.",
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By account and address: false passwords from afar shut nobody out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        if essais.trop_d_essais_de_partout(request, essais.compte_vise(**credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        essais.noter_l_echec(request, essais.compte_vise(**credentials), get_ip(request))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        if not essais.est_un_appareil_connu(request, user.email):
            dire_le_nouvel_appareil(request, user)
        reponse = super().post_login(request, user, **kwargs)
        essais.reconnaitre_l_appareil(reponse, user)
        return reponse

    def get_login_stages(self) -> list[str]:
        """Ours asks for no second factor after a provider that has shown one."""
        return [_ETAPES.get(etape, etape) for etape in super().get_login_stages()]

    def get_client_ip(self, request: HttpRequest) -> str:
        """A session opened by a command has none: it is told as such, not refused."""
        return get_client_ip(request) or "0.0.0.0"  # noqa: S104 (an address that nobody has)

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Before a second factor is chosen, seen or left, as before any sensitive act of ours. allauth asks
        nothing of whoever has nothing to prove it by: here their mailbox answers, not an open session."""
        if preuve.est_fraiche(self.request):
            return False
        if not get_reauthentication_flows(self.request.user):
            messages.info(self.request, preuve.SANS_MOYEN)
            raise ImmediateHttpResponse(redirect("account_reset_password"))
        return True

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @mur.partout()
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        utilisateur = Utilisateur.objects.filter(email__iexact=email).first()
        if (
            template_prefix == REINITIALISATION
            and utilisateur
            and not utilisateur.has_usable_password()
        ):
            # Nobody changes a password that they never chose: this is their invitation, again.
            inviter(utilisateur)
            return
        message = self.render_mail(template_prefix, email, context)
        # The page of the demo's mails shows anybody those of its démarche: a mail is filed under a
        # démarche only when the person serves no other, which may be a real one.
        demarches = (
            {m.collectivite.demarche for m in mandats_de(utilisateur)} if utilisateur else set()
        )
        deposer_texte(
            objet=str(message.subject),
            corps=str(message.body),
            demarche=demarches.pop() if len(demarches) == 1 else None,
            destinataire=email,
            cle=f"compte:{uuid4()}",
            utilisateur=utilisateur,
        )


def lien_invitation(utilisateur: Utilisateur, suite: str = "") -> str:
    """The absolute address where the invited person sets a password, then reads the page `suite`."""
    chemin = reverse(
        "collectivites:invitation",
        args=[
            urlsafe_base64_encode(force_bytes(utilisateur.pk)),
            jeton_invitation.make_token(utilisateur),
        ],
    )
    adresse = f"{settings.QUATUOR_SITE.rstrip('/')}{chemin}"
    return f"{adresse}?{urlencode({'suite': suite})}" if suite else adresse


@mur.partout()
def inviter(utilisateur: Utilisateur, *, de: Acteur | None = None) -> None:
    """Write to somebody who has a role and no password yet: which role, why, and the way in."""
    mandats = mandats_de(utilisateur)
    if not mandats:
        return
    premier = mandats[0]
    suite = reverse("cadres:ma_candidature") if premier.role == Role.CADRE else ""
    deposer(
        "comptes/invitation",
        demarche=premier.collectivite.demarche,
        destinataire=utilisateur.email,
        cle=f"invitation:{uuid4()}",
        utilisateur=utilisateur,
        de=de,
        collectivite=premier.collectivite,
        personne=utilisateur,
        mandats=mandats,
        comme_cadre=premier.role == Role.CADRE,
        lien=lien_invitation(utilisateur, suite),
    )


def invite_du_lien(request: HttpRequest, uid: str, jeton: str) -> Utilisateur | None:
    """The person whom an invitation link names, or None when it is false, used or too old.

    The key of a link that holds is kept in the session: the address that follows has none (SANS_CLE).
    """
    if jeton == SANS_CLE:
        return invite_du_jeton(uid, request.session.get(_EN_SESSION, ""))
    invite = invite_du_jeton(uid, jeton)
    if invite is not None:
        request.session[_EN_SESSION] = jeton
    return invite


def oublier_le_lien(request: HttpRequest) -> None:
    request.session.pop(_EN_SESSION, None)


def invite_du_jeton(uid: str, jeton: str) -> Utilisateur | None:
    """None: false, used, or too old."""
    try:
        pk = int(force_str(urlsafe_base64_decode(uid)))
    except (TypeError, ValueError, OverflowError):
        return None
    utilisateur = Utilisateur.objects.filter(pk=pk, is_active=True).first()
    if utilisateur is None or not jeton_invitation.check_token(utilisateur, jeton):
        return None
    return utilisateur


#: Reserved (RFC 2606): no mail ever leaves for it.
DOMAINE_ANONYME = "anonyme.invalid"


def anonymiser_compte(utilisateur: Utilisateur) -> None:
    """The account opens nothing any more and names nobody. Its row stays: the journal points to it."""
    for relation in utilisateur._meta.related_objects:
        # Addresses kept by allauth, preferences, calendars: what exists by the account alone.
        if relation.on_delete is CASCADE:
            relation.related_model._default_manager.filter(
                **{relation.field.name: utilisateur}
            ).delete()
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Utilisateur), object_id=str(utilisateur.pk)
    ).delete()
    aujourdhui = timezone.localdate()
    for mandat in Mandat.objects.en_vigueur().filter(utilisateur=utilisateur):
        mandat.fin = max(aujourdhui, mandat.debut)
        mandat.save(update_fields=["fin"])
    utilisateur.email = f"anonyme-{utilisateur.pk}@{DOMAINE_ANONYME}"
    utilisateur.adresse_a_confirmer = ""
    utilisateur.prenom, utilisateur.nom = "Personne", "anonymisée"
    utilisateur.is_active = utilisateur.is_staff = utilisateur.is_superuser = False
    utilisateur.last_login = utilisateur.visite_precedente = None
    utilisateur.set_unusable_password()
    utilisateur.save()
