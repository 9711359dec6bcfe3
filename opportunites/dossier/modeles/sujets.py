"""Whom letters may be about, and what each may say of them: what the HR direction that makes them reads.

A letter is about a row: a proposition, a move, a finished parcours. A value that its reader may not read,
or that nobody typed, is absent: the letter says « à compléter » there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cadres.candidature.situations import est_des_siens
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import avec_article, date_texte, de_avec_article
from opportunites.communs import objets
from opportunites.dossier.droit.voies import toutes_les_voies
from opportunites.dossier.modeles.champs import champs_de
from opportunites.models import Mobilite, Proposition
from opportunites.mots import GenreModele
from parcours.models import Inscription, InscriptionSession, SuiviEtape
from parcours.mots import EtatInscription, EtatPlace, EtatSuivi, NatureEtape

A_COMPLETER = "[à compléter\u00a0: {}]"
#: What a certificate tells of a parcours: common steps. Not coaching, nor what is said alone with somebody.
_ETAPES_DITES = (NatureEtape.SEMINAIRE, NatureEtape.ECOLE, NatureEtape.IMMERSION)

Sujet = Proposition | Mobilite | Inscription
Valeurs = dict[str, str]


# --- Whom ----------------------------------------------------------------------------------------


def _propositions(acteur: Acteur) -> QuerySet[Proposition]:
    """The host's own, once they are validated and as long as they may lead somewhere."""
    return (
        objets.propositions(acteur)
        .filter(
            opportunite__poste__collectivite=acteur.collectivite,
            validee_le__isnull=False,
            etat__in=Proposition.ETATS_VIVANTS,
        )
        .select_related("cadre__collectivite")
    )


def _mobilites(acteur: Acteur) -> QuerySet[Mobilite]:
    """Those of either side whose route and date are chosen."""
    return (
        objets.mobilites(acteur)
        .exclude(etat=Mobilite.Etat.ABANDONNEE)
        .exclude(voie="")
        .filter(date_effet__isnull=False)
        .select_related("cadre__collectivite", "cadre__poste")
    )


def _parcours(acteur: Acteur) -> QuerySet[Inscription]:
    """The finished parcours of one's own people: their attendance is nobody else's to certify."""
    visibles: QuerySet[Inscription] = Inscription.objects.visibles_par(acteur)
    return (
        visibles.filter(etat=EtatInscription.ACHEVEE, cadre__collectivite=acteur.collectivite)
        .select_related("promotion", "cadre__collectivite", "cadre__poste")
        .order_by("-promotion__date_fin", "cadre__nom", "pk")
    )


_SUJETS: dict[str, Callable[[Acteur], QuerySet[Any]]] = {
    GenreModele.LETTRE: _propositions,
    GenreModele.ARRETE: _mobilites,
    GenreModele.CONVENTION: _mobilites,
    GenreModele.ATTESTATION: _parcours,
}


def sujets(acteur: Acteur, genre: str) -> QuerySet[Any]:
    """The rows that letters of that kind may be about."""
    return _SUJETS[genre](acteur)


def dire(sujet: Any) -> str:
    """« Nadia Ferrand, directrice de l’éducation », in the list where one chooses."""
    match sujet:
        case Proposition():
            return f"{sujet.cadre.nom_complet}, {sujet.opportunite.poste.intitule}"
        case Mobilite():
            assert sujet.date_effet is not None  # `_mobilites` asks for it
            voie = toutes_les_voies()[sujet.voie].libelle
            return f"{sujet.cadre.nom_complet}, {voie.lower()} au {date_texte(sujet.date_effet)}"
    return f"{sujet.cadre.nom_complet}, {sujet.promotion.nom}"


# --- What ----------------------------------------------------------------------------------------


def valeurs(acteur: Acteur, genre: str, choisis: Sequence[Any]) -> list[Valeurs]:
    """What each letter may say, in the order of `choisis`. Two queries at most, whatever their number."""
    communes = _communes(acteur)
    etapes, sessions = _suivis(acteur, choisis) if genre == GenreModele.ATTESTATION else ({}, {})
    toutes = []
    for sujet in choisis:
        dites = {**communes, **_personne(acteur, sujet.cadre)}
        match sujet:
            case Proposition():
                dites |= _proposition(sujet)
            case Mobilite():
                dites |= _mouvement(sujet)
            case _:
                dites |= _du_parcours(sujet, etapes, sessions)
        toutes.append(dites)
    return toutes


def completer(genre: str, dites: Valeurs) -> tuple[Valeurs, list[str]]:
    """The values of a letter, each field filled in; and those that say « à compléter »."""
    completes, manques = {}, []
    for cle, champ in champs_de(genre).items():
        valeur = dites.get(cle, "").strip()
        if not valeur and not champ.muet:
            manques.append(cle)
            valeur = A_COMPLETER.format(champ.quoi.lower())
        completes[cle] = valeur
    return completes, manques


def _date(jour: Any) -> str:
    return date_texte(jour) if jour else ""


def _communes(acteur: Acteur) -> Valeurs:
    nom = acteur.collectivite.nom
    return {
        "collectivite.nom": nom,
        "collectivite.article": avec_article(nom),
        "collectivite.de": de_avec_article(nom),
        "jour": date_texte(timezone.localdate()),
        "auteur.nom": acteur.utilisateur.nom_complet,
        "auteur.titre": acteur.role.label,
    }


def _personne(acteur: Acteur, cadre: Cadre) -> Valeurs:
    siens = est_des_siens(acteur, cadre)
    return {
        "personne.civilite": cadre.get_civilite_display() if cadre.civilite else "",
        "personne.prenom": cadre.prenom,
        "personne.nom": cadre.nom,
        "personne.nom_complet": cadre.nom_complet,
        "personne.e": {"F": "e", "M": ""}.get(cadre.civilite, "(e)"),
        "personne.cadre_emplois": cadre.cadre_emplois,
        "personne.grade": cadre.grade,
        "personne.categorie": cadre.categorie,
        "personne.echelon": cadre.echelon if siens else "",
        "personne.statut": cadre.get_statut_display() if siens and cadre.statut else "",
        "personne.matricule": cadre.matricule if siens else "",
        "personne.poste": cadre.poste.intitule if cadre.poste else "",
        "personne.employeur": cadre.collectivite.nom,
    }


def _proposition(proposition: Proposition) -> Valeurs:
    opportunite = proposition.opportunite
    poste = opportunite.poste
    return {
        "proposition.poste": poste.intitule,
        "proposition.direction": poste.direction.libelle if poste.direction else "",
        "proposition.pourquoi": proposition.pourquoi,
        "proposition.reponse_avant": _date(proposition.repondre_avant),
        "proposition.reference": f"P-{proposition.pk}",
        "proposition.contact": opportunite.contact,
    }


def _mouvement(mobilite: Mobilite) -> Valeurs:
    voie = toutes_les_voies()[mobilite.voie]
    quitte = mobilite.poste_origine
    return {
        "mouvement.voie": voie.libelle,
        "mouvement.textes": voie.articles,
        "mouvement.duree": voie.duree,
        **_employeur("origine", mobilite.collectivite_origine.nom),
        **_employeur("accueil", mobilite.collectivite_accueil.nom),
        "mouvement.poste_origine": quitte.intitule if quitte else "",
        "mouvement.poste_accueil": mobilite.poste_accueil.intitule,
        "mouvement.date_effet": _date(mobilite.date_effet),
        "mouvement.demande_le": _date(mobilite.demande_recue_le),
        "mouvement.accord_le": _date(mobilite.date_convenue),
        "mouvement.reference": f"M-{mobilite.pk}",
    }


def _employeur(cote: str, nom: str) -> Valeurs:
    return {
        f"mouvement.{cote}": nom,
        f"mouvement.{cote}_article": avec_article(nom),
        f"mouvement.{cote}_de": de_avec_article(nom),
    }


Faits = dict[int, list[str]]


def _suivis(acteur: Acteur, choisis: Iterable[Inscription]) -> tuple[Faits, Faits]:
    """Steps done by enrolment, sessions attended by cadre. Two queries."""
    etapes: Faits = defaultdict(list)
    sessions: Faits = defaultdict(list)
    siens = list(choisis)
    for suivi in (
        SuiviEtape.objects.visibles_par(acteur)
        .filter(inscription__in=siens, etat=EtatSuivi.FAITE, etape__nature__in=_ETAPES_DITES)
        .select_related("etape")
        .order_by("etape__ordre", "pk")
    ):
        etapes[suivi.inscription_id].append(suivi.etape.intitule)
    for place in (
        InscriptionSession.objects.visibles_par(acteur)
        .filter(cadre__in=[i.cadre_id for i in siens], etat=EtatPlace.PRESENT)
        .select_related("session__prestation")
        .order_by("session__debut", "pk")
    ):
        sessions[place.cadre_id].append(place.session.prestation.intitule)
    return etapes, sessions


def _du_parcours(inscription: Inscription, etapes: Faits, sessions: Faits) -> Valeurs:
    promotion = inscription.promotion
    return {
        "parcours.promotion": promotion.nom,
        "parcours.debut": _date(promotion.date_debut),
        "parcours.fin": _date(promotion.date_fin),
        "parcours.etapes": "\n".join(etapes.get(inscription.pk, [])),
        "parcours.sessions": "\n".join(sessions.get(inscription.cadre_id, [])),
    }
