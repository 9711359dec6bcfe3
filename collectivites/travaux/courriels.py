"""The outbox: a mail is written with the act that causes it, and leaves after the commit.

Nobody is missed, nobody is told twice. What is written once is guaranteed by the database (`cle`
is unique). What leaves once cannot be, by anybody: between the mail server's « accepted » and our
« sent » there is an instant in which a worker may die. The choice made here: at least once. A row
is claimed before it is sent (two live workers never both send it), and a row whose worker died is
sent again by `balayer_courriels`, under the same Message-ID, by which mail systems recognise the
copy. The claim is held longer than any task may live, so that a slow worker is not taken for dead.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur, mandats_de
from collectivites.communs import lexique
from collectivites.communs.cles_de_liens import sans_les_liens
from collectivites.communs.habillage import habiller
from collectivites.garanties import mur
from collectivites.models import Collectivite, Courriel, Demarche, Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.travaux.arrets import genre, lien_d_arret
from collectivites.travaux.envoi import Issue, confier, serveur_de_courriel
from collectivites.travaux.expediteurs import Expediteur, en_tete_de, expediteur
from collectivites.travaux.horloge import Rythme, a_l_heure, il_y_a
from collectivites.travaux.numero import AUCUN, EN_TETE, numero
from collectivites.travaux.reunions import inviter, joindre
from collectivites.travaux.taches import demarrer

#: In a link: the mandat under which its reader is meant to follow it.
AGIR = "agir"
#: A row that nobody picked up after this long has lost its message.
OUBLIE = timedelta(minutes=5)
#: Longer than CELERY_TASK_TIME_LIMIT (30 minutes): whoever claimed the row is dead.
MORT = timedelta(minutes=40)
#: A mail that was refused is tried again, more and more seldom: 10, 20, 40, 80 minutes, then no more; a
#: server that is down, every 80 minutes for as long as the mail is worth reading.
ESSAIS_MAX = 5
PREMIER_REPOS = timedelta(minutes=10)
#: A mail that could not leave for so long is given up: what it announced has passed.
PEREMPTION = timedelta(days=3)
#: Seconds between the tries to write down what came of a mail, while the database restarts.
PAUSES = (1, 2, 4, 8, 15, 30)


@dataclass(frozen=True)
class Texte:
    """A mail that is ready to be read: before it leaves, or to be deposited."""

    objet: str
    corps: str
    de: Expediteur


def composer(
    gabarit: str,
    *,
    demarche: Demarche,
    de: Acteur | None = None,
    collectivite: Collectivite | None = None,
    **contexte: Any,
) -> Texte:
    """The text of `templates/courriels/<gabarit>.txt`, whose first line is the subject.

    `de`: who writes, on behalf of their employer; `collectivite`: whose HR direction, when nobody
    in particular does. The template finds `signature` at hand.
    """
    auteur = expediteur(de, collectivite)
    contexte = {
        "demarche": demarche,
        "site": settings.QUATUOR_SITE.rstrip("/"),
        "collectivite": collectivite,
        "signature": auteur.signature,
        **contexte,
    }
    with lexique.pour(demarche.public, demarche.combien):
        rendu = render_to_string(f"courriels/{gabarit}.txt", contexte)
    objet, corps = rendu.split("\n", 1)
    return Texte(objet.strip(), corps.strip() + "\n", auteur)


def deposer(
    gabarit: str,
    *,
    demarche: Demarche,
    destinataire: str,
    cle: str,
    utilisateur: Utilisateur | None = None,
    cadre_ref: int | None = None,
    agenda: object = "",
    reunion: bool = False,
    arret: str = "",
    comme: Mandat | Role | None = None,
    **contexte: Any,
) -> Courriel | None:
    """Write a mail (see `composer`) and send it after the commit.

    `agenda` is a calendar file to attach; `reunion`: it goes as an invitation. `arret`: the kind of mail (`arrets`) that its reader may
    stop. `comme`: under which of their mandats the reader follows its links. Returns None, and does
    nothing, when there is no address or when this mail was already deposited on this occasion (`cle`).
    """
    texte = composer(gabarit, demarche=demarche, **contexte)
    corps = texte.corps
    if utilisateur is not None and comme is not None:
        corps = _sous_son_mandat(corps, utilisateur, comme)
    return deposer_texte(
        objet=texte.objet,
        corps=corps,
        demarche=demarche,
        destinataire=destinataire,
        cle=cle_de(gabarit, cle),
        utilisateur=utilisateur,
        cadre_ref=cadre_ref,
        agenda=str(agenda),
        reunion=reunion,
        arret=arret,
        de=texte.de,
    )


def cle_de(gabarit: str, occasion: str) -> str:
    """What a mail is known by: its kind, then the occasion. Two kinds never meet under one key, were
    their occasions both named by a bare number."""
    return f"{gabarit}#{occasion}"


def deja_deposes(gabarit: str, occasions: Iterable[str]) -> set[str]:
    """Those of the occasions on which this mail was written: asked before composing many."""
    cherchees = {cle: o for o in occasions for cle in _cles(cle_de(gabarit, o))}
    trouvees = Courriel.objects.filter(cle__in=cherchees).values_list("cle", flat=True)
    return {cherchees[cle] for cle in trouvees}


def _cles(cle: str) -> tuple[str, ...]:
    """As it is written, and as it was before keys bore the kind: what was sent then is not sent again."""
    return (cle, cle.partition("#")[2]) if "#" in cle else (cle,)


def _sous_son_mandat(corps: str, utilisateur: Utilisateur, comme: Mandat | Role) -> str:
    """Links that say under which mandat they are meant, for whoever holds several."""
    mandats = mandats_de(utilisateur)
    vise = next((m for m in mandats if comme in (m, m.role)), None)
    if len(mandats) < 2 or vise is None:
        return corps
    site = re.escape(settings.QUATUOR_SITE.rstrip("/"))
    return re.sub(rf"{site}/[^\s\u00a0]*", lambda lien: sous_ce_mandat(lien[0], vise), corps)


def sous_ce_mandat(lien: str, mandat: Mandat | None) -> str:
    """A link, and the mandat under which it is meant, if one is."""
    if mandat is None:
        return lien
    adresse, diese, ancre = lien.partition("#")
    return f"{adresse}{'&' if '?' in adresse else '?'}{AGIR}={mandat.pk}{diese}{ancre}"


@mur.partout()
def deposer_texte(
    *,
    objet: str,
    corps: str,
    demarche: Demarche | None,
    destinataire: str,
    cle: str,
    utilisateur: Utilisateur | None = None,
    cadre_ref: int | None = None,
    agenda: str = "",
    reunion: bool = False,
    arret: str = "",
    de: Expediteur | None = None,
) -> Courriel | None:
    """Write a mail whose text is ready, and send it after the commit. None: already deposited."""
    if utilisateur is not None and destinataire == utilisateur.email:
        destinataire = utilisateur.adresse
    if not destinataire:
        return None
    if utilisateur is not None and utilisateur.is_active:
        corps = f"{corps.rstrip()}\n\n{_pied(utilisateur, arret)}"
    de = de or Expediteur()
    courriel, cree = Courriel.objects.get_or_create(
        cle__in=_cles(cle),
        defaults={
            "cle": cle,
            "demarche": demarche,
            "destinataire": destinataire,
            "utilisateur": utilisateur,
            "cadre_ref": cadre_ref,
            # Not str.split(): it would eat the no-break spaces.
            "objet": habiller(re.sub(r"[ \t\r\n]+", " ", objet).strip())[:200],
            "corps": habiller(corps.strip()) + "\n",
            "agenda": inviter(agenda, destinataire) if agenda and reunion else agenda,
            "expediteur": de.nom,
            "repondre_a": de.adresse,
            "arret": arret if utilisateur is not None else "",
        },
    )
    if not cree:
        return None
    transaction.on_commit(lambda: demarrer(envoyer_courriel, courriel.pk), robust=True)
    return courriel


def _pied(utilisateur: Utilisateur, arret: str) -> str:
    """What one may stop, from any mail."""
    if not arret:
        return f"--\nChoisir vos courriels, sans vous connecter :\n{lien_d_arret(utilisateur.pk)}"
    quoi = f"Ne plus recevoir {genre(arret).quoi}, sans vous connecter :"
    return f"--\n{quoi}\n{lien_d_arret(utilisateur.pk, arret)}"


@shared_task(acks_late=True)
@mur.partout()
def envoyer_courriel(identifiant: int) -> None:
    """Send one mail of the outbox. Claimed first, so that two workers never both send it."""
    if not serveur_de_courriel.ouvert:  # else the clock takes it up
        _envoyer(identifiant, Q(etat=Courriel.Etat.A_ENVOYER))


@a_l_heure("collectivites.balayer_courriels", "courriel(s) repris", rythme=Rythme.CONTINU)
def balayer_courriels() -> int:
    """Take up again what was lost on the way; returns how many rows were tried.

    Lost: never picked up (the broker was down), claimed by a worker that died, or refused by a
    server that may be back. Called by the clock.
    """
    essayes = 0
    perdus = Courriel.objects.filter(_perdus()).order_by("depose_le", "pk")
    for identifiant in list(perdus.values_list("pk", flat=True)[:500]):
        if serveur_de_courriel.ouvert:
            break  # five hundred mails would wait for the same server, and the clock behind them
        essayes += _envoyer(identifiant, _perdus())
    return essayes


def _perdus() -> Q:
    etat = Courriel.Etat
    perdus = Q(etat=etat.A_ENVOYER) & il_y_a("depose_le", OUBLIE)
    perdus |= Q(etat=etat.EN_COURS) & il_y_a("pris_le", MORT)
    perdus |= Q(etat=etat.EN_COURS, pris_le__isnull=True) & il_y_a("depose_le", MORT)
    for essais in range(1, ESSAIS_MAX):
        repos = PREMIER_REPOS * 2 ** (essais - 1)
        perdus |= Q(etat=etat.ECHEC, essais=essais) & il_y_a("pris_le", repos)
    return perdus & Q(depose_le__gt=timezone.now() - PEREMPTION)


def _envoyer(identifiant: int, condition: Q) -> bool:
    """Claim the row if the condition still holds, send it, say what came of it."""
    pris_le = timezone.now()
    pris = Courriel.objects.filter(condition, pk=identifiant).update(
        etat=Courriel.Etat.EN_COURS, pris_le=pris_le
    )
    if not pris:
        return False
    courriel = Courriel.objects.select_related("demarche").get(pk=identifiant)
    issue = confier(courriel.pk, lambda: _message(courriel))
    champs: dict[str, Any] = {"etat": Courriel.Etat.ECHEC, "essais": courriel.essais + 1}
    if issue is Issue.REMISE:
        champs["essais"] = min(courriel.essais + 1, ESSAIS_MAX - 1)
    elif issue is Issue.PRISE:
        champs |= {"etat": Courriel.Etat.ENVOYE, "envoye_le": timezone.now()}
        champs |= _sans_cle(courriel)
    # Only our own claim: the row may have been taken up by another, had we slept that long.
    _ecrire(Courriel.objects.filter(pk=identifiant, pris_le=pris_le), champs)
    return True


def _ecrire(lui: QuerySet[Courriel], champs: dict[str, Any]) -> None:
    """A database that restarts after the server's yes is waited for: left unsaid, the mail would leave
    again."""
    for pause in PAUSES:
        try:
            lui.update(**champs)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
        else:
            return
    lui.update(**champs)


def _sans_cle(courriel: Courriel) -> dict[str, str]:
    """What has left opens nothing any more, for whoever reads the outbox or its backups. In a demo,
    the outbox is the letter box."""
    if courriel.demarche is not None and courriel.demarche.est_demo:
        return {}
    return {"corps": sans_les_liens(courriel.corps)}


@a_l_heure("collectivites.effacer_les_liens", "courriel(s) perdu(s), dont le lien est effacé")
def effacer_les_liens_perdus() -> int:
    """Of what never left and never will."""
    abandonnes = Courriel.objects.filter(
        ~Q(etat=Courriel.Etat.ENVOYE),
        Q(demarche__isnull=True) | Q(demarche__est_demo=False),
        depose_le__lte=timezone.now() - PEREMPTION,
    ).exclude(corps="")
    vides = 0
    for courriel in abandonnes.only("pk", "corps").iterator():
        corps = sans_les_liens(courriel.corps)
        if corps != courriel.corps:
            vides += Courriel.objects.filter(pk=courriel.pk).update(corps=corps)
    return vides


def _message(courriel: Courriel) -> EmailMessage:
    """The mail itself, under an identity that a second sending keeps."""
    site = urlsplit(settings.QUATUOR_SITE).hostname or "quatuor"
    en_tetes = {"Message-ID": f"<courriel-{courriel.pk}@{site}>"}
    if (sien := numero()) != AUCUN:
        en_tetes[EN_TETE] = sien  # a mail that is complained about leads to what was asked
    if courriel.arret and courriel.utilisateur_id is not None:
        # RFC 8058: the mail program itself offers to stop, in one click.
        en_tetes["List-Unsubscribe"] = f"<{lien_d_arret(courriel.utilisateur_id, courriel.arret)}>"
        en_tetes["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        courriel.objet,
        courriel.corps,
        from_email=en_tete_de(courriel.expediteur),
        to=[courriel.destinataire],
        reply_to=[courriel.repondre_a] if courriel.repondre_a else None,
        headers=en_tetes,
    )
    return joindre(message, courriel.agenda) if courriel.agenda else message
