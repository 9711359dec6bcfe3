"""The timeline, from listed to moved."""

from __future__ import annotations

from datetime import date, datetime

from cadres.models import Candidature
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import date_texte, heure_texte, jour_de
from parcours.models import Inscription, SuiviEtape
from parcours.regles import jours_texte
from pilotage.fil.dossier import Dossier

Etat = Candidature.Etat
Avancee = Candidature.Avancee
E = SuiviEtape.Etat


def frise(dossier: Dossier) -> list[dict[str, str]]:
    """From listed to moved. Exactly one row says « vous êtes ici »; whoever has left stops there."""
    lignes = [*_debut(dossier)]
    if lignes[-1]["etat"] == "ici":
        return [*lignes, *_promesse(dossier)]
    if dossier.candidature.etat == Etat.RETIRE:
        faites = [_ligne(s.etape.intitule, s.quand) for s in dossier.suivis if s.etat == E.FAITE]
        retrait = _ligne(
            "Votre collectivité a noté votre départ"
            if dossier.cadre.parti_le
            else f"Vous vous êtes retiré{dossier.accord}",
            dossier.candidature.retire_le,
            "ici",
        )
        return [*lignes, *faites, retrait]
    lignes += _parcours(dossier)
    lignes.append(_mobilite(dossier, ici=all(ligne["etat"] != "ici" for ligne in lignes)))
    return lignes


def _ligne(titre: str, quand: date | datetime | str | None, etat: str = "fait") -> dict[str, str]:
    texte = quand if isinstance(quand, str) else date_texte(quand, courte=True) if quand else ""
    return {"titre": titre, "texte": texte, "etat": etat}


def _debut(dossier: Dossier) -> list[dict[str, str]]:
    """Listed, answered, decided: up to the row where the candidacy stands."""
    c, e = dossier.candidature, dossier.accord
    recense = _ligne(f"Votre collectivité vous a recensé{e}", c.recense_le)
    if c.etat == Etat.RECENSE:
        return [{**recense, "etat": "ici"}]
    if c.etat in {Etat.INFORME, Etat.SANS_REPONSE}:
        return [recense, _ligne("Votre réponse", "oui ou non, librement", "ici")]
    if c.etat == Etat.DESACCORD:
        return [recense, _ligne("Vous avez dit non", c.repondu_le, "ici")]
    oui = [_ligne("Vous avez dit oui", c.repondu_le)] if c.repondu_le else []
    if c.etat == Etat.ACCORD:
        decision = [_ligne("Décision de votre direction générale", "en attente", "ici")]
    elif c.etat == Etat.NON_RETENU:
        decision = [_ligne(f"Non retenu{e} cette fois", c.decide_le, "ici")]
    else:
        decision = (
            [_ligne(f"Retenu{e} par votre direction générale", c.decide_le)] if c.decide_le else []
        )
    return [recense, *oui, *decision]


def _promesse(dossier: Dossier) -> list[dict[str, str]]:
    """What would come next, for whoever is still on the way."""
    if dossier.candidature.etat not in {Etat.RECENSE, Etat.INFORME, Etat.SANS_REPONSE, Etat.ACCORD}:
        return []
    return [
        _ligne("Un parcours de quelques mois", dire("avec d’autres cadres"), "a-venir"),
        _ligne("Une mobilité", "si vous acceptez un poste", "a-venir"),
    ]


def _parcours(dossier: Dossier) -> list[dict[str, str]]:
    """The steps; « ici » is the first that is not behind the person."""
    inscription, avancee = dossier.inscription, dossier.candidature.avancee
    if inscription is None:
        if avancee:
            return []
        return [_ligne("Entrée dans une promotion", "date à venir", "ici")]
    if inscription.etat == Inscription.Etat.INTERROMPUE:
        faites = [_ligne(s.etape.intitule, s.quand) for s in dossier.suivis if s.etat == E.FAITE]
        if avancee:
            return faites
        return [*faites, _ligne("Parcours interrompu", inscription.finie_le, "ici")]
    lignes = []
    reste_ici = avancee == Avancee.EN_PARCOURS
    for suivi in dossier.suivis:
        if suivi.etat == E.ANNULEE:
            continue
        ligne = _immersion(dossier, suivi) if suivi.etape.est_immersion else _etape(suivi)
        if ligne["etat"] != "fait" and reste_ici:
            ligne, reste_ici = {**ligne, "etat": "ici"}, False
        lignes.append(ligne)
    return lignes


def _etape(suivi: SuiviEtape) -> dict[str, str]:
    intitule = suivi.etape.intitule
    if suivi.etat == E.FAITE:
        return _ligne(intitule, suivi.quand)
    if suivi.etat == E.ABSENT and suivi.excusee:
        return _ligne(intitule, "absence excusée")
    if suivi.etat == E.ABSENT:
        return _ligne(intitule, "à replanifier", "tard")
    if suivi.etat == E.PLANIFIEE and suivi.quand:
        quand = f"{date_texte(suivi.quand, courte=True)}, {heure_texte(suivi.quand)}"
        return _ligne(intitule, quand, "a-venir")
    return _ligne(intitule, "date à fixer", "a-venir")


def _immersion(dossier: Dossier, suivi: SuiviEtape) -> dict[str, str]:
    """The person's own days: those of their immersion; else the period in which to ask for some."""
    intitule = suivi.etape.intitule
    if suivi.etat in {E.FAITE, E.ABSENT}:
        return _etape(suivi)
    if dossier.immersions:
        immersion = dossier.immersions[0]
        etat = immersion.get_etat_display().lower()
        texte = (
            f"{immersion.collectivite_accueil.nom_court}, {jours_texte(immersion.dates)}, {etat}"
        )
        return _ligne(intitule, texte, "a-venir")
    if suivi.etat == E.PLANIFIEE and suivi.quand:
        return _ligne(intitule, suivi.quand, "a-venir")
    if suivi.etape.periode:
        return _ligne(intitule, f"à demander, {suivi.etape.periode}", "a-venir")
    return _ligne(intitule, "à demander", "a-venir")


def _mobilite(dossier: Dossier, *, ici: bool) -> dict[str, str]:
    """The last row: where the démarche leads."""
    avancee, mobilite = dossier.candidature.avancee, dossier.mobilite
    etat = "ici" if ici else "a-venir"
    if avancee == Avancee.EFFECTIVE:
        quand = mobilite.date_effet if mobilite else None
        return _ligne("Votre nouveau poste", quand, etat)
    if avancee == Avancee.ENGAGEE:
        prevue = mobilite.date_effet if mobilite else None
        texte = f"prévue le {date_texte(jour_de(prevue))}" if prevue else "en préparation"
        return _ligne("Votre mobilité", texte, etat)
    if dossier.propositions:
        return _ligne("Une mobilité", "un poste vous est proposé", etat)
    return _ligne("Une mobilité", "si vous acceptez un poste", etat)
