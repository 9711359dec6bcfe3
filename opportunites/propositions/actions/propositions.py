"""A poste proposed to somebody who wants it: prepared, validated by a DGS, sent with a date.

Until it is sent, its lines of the journal bear no person: people read the lines that point to them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import lien_proposition, prevenir_le_cadre
from opportunites.communs.journal import noter
from opportunites.models import Avis, Opportunite, Proposition, Voeu
from opportunites.mots import Actes
from opportunites.propositions import messages
from opportunites.propositions.actions.clotures import retirer
from opportunites.propositions.liens import poser_la_limite
from opportunites.propositions.predicats import (
    limite_impossible,
    refus_disponible,
    refus_envoyer,
    refus_modifier_textes,
    refus_proposer,
    refus_proposer_au_suivant,
    refus_retirer_proposition,
    refus_valider,
)

#: Days before the date at which an unanswered proposition is recalled.
RAPPELS = (7, 2)
#: What the next candidate reads until the host writes better.
POURQUOI_SUIVANT = (
    "Vous avez classé ce poste parmi vos vœux. Nous serions heureux d’en parler avec vous."
)


def proposer(
    *,
    acteur: Acteur,
    opportunite: Opportunite,
    cadre: Cadre,
    pourquoi: str,
    pourquoi_employeur: str = "",
) -> Proposition:
    """Prepare a proposition of a published poste to a cadre who ranked it. `pourquoi` is read by the
    person alone, `pourquoi_employeur` by the employer that they would leave."""
    cadre = verrous.cadre(cadre.pk)
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_proposer(acteur, opportunite))
    exiger(refus_disponible(cadre))
    # Its rule leaves out the host's own people and those whose yes no longer holds.
    if not Voeu.objects.visibles_par(acteur).filter(opportunite=opportunite, cadre=cadre).exists():
        raise ActionImpossible(
            "On ne propose un poste qu’à une personne qui l’a classé dans ses vœux."
        )
    proposition = Proposition.objects.create(
        opportunite=opportunite,
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        pourquoi=pourquoi,
        pourquoi_employeur=pourquoi_employeur,
    )
    noter(acteur, proposition, Actes.PROPOSITION_PREPAREE, "Proposition préparée")
    return proposition


def modifier_textes(
    *, acteur: Acteur, proposition: Proposition, pourquoi: str, pourquoi_employeur: str
) -> None:
    """What the host writes of it may change until it is sent."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_modifier_textes(acteur, proposition))
    proposition.pourquoi, proposition.pourquoi_employeur = pourquoi, pourquoi_employeur
    proposition.save(update_fields=["pourquoi", "pourquoi_employeur"])
    noter(acteur, proposition, Actes.PROPOSITION_MODIFIEE, "Texte d’une proposition modifié")


def suivant(acteur: Acteur, opportunite: Opportunite) -> Cadre | None:
    """Who comes next for a poste: the host's own order, then the vœux'; nobody is asked twice.

    Those whom the host would take first, in its order; then those of whom it has said nothing, by
    the rank that they gave the poste. Never somebody of whom it said no. Two queries.
    """
    rangs = dict(
        Avis.objects.filter(opportunite=opportunite).values_list("cadre_id", "rang")
    )  # None: an unfavourable opinion
    voeux = (
        Voeu.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .exclude(cadre__in=opportunite.propositions.values("cadre"))
        .select_related("cadre__candidature", "cadre__collectivite")
        .order_by("rang", "exprime_le", "pk")
    )
    candidats = [
        voeu
        for voeu in voeux
        if rangs.get(voeu.cadre_id, 0) is not None and refus_disponible(voeu.cadre) is None
    ]
    # Sorting keeps the order of the vœux among those without an opinion.
    candidats.sort(key=lambda v: rangs.get(v.cadre_id) or float("inf"))
    return candidats[0].cadre if candidats else None


def proposer_au_suivant(*, acteur: Acteur, proposition: Proposition) -> Proposition:
    """Prepare, from one that came to nothing, the proposition of the same poste to the next."""
    exiger(refus_proposer_au_suivant(acteur, proposition))
    cadre = suivant(acteur, proposition.opportunite)
    if cadre is None:
        raise ActionImpossible("Personne d’autre n’est disponible pour ce poste.")
    # The person before the poste, as everywhere; then what was read without a lock is read again.
    verrous.cadre(cadre.pk)
    opportunite = verrous.opportunite(proposition.opportunite_id)
    proposition.refresh_from_db(fields=["etat"])
    proposition.opportunite = opportunite
    exiger(refus_proposer_au_suivant(acteur, proposition))
    avis = Avis.objects.filter(opportunite=opportunite, cadre=cadre).first()
    return proposer(
        acteur=acteur,
        opportunite=opportunite,
        cadre=cadre,
        pourquoi=avis.motif if avis else POURQUOI_SUIVANT,
    )


def rappeler_propositions(maintenant: datetime | None = None) -> int:
    """Remind, seven days then two days before the date, whoever has not answered.

    A proposition sent within the time of a reminder is not reminded of: its own mail is fresh.
    Returns how many mails were written.
    """
    maintenant = maintenant or timezone.now()
    ecrits = 0
    attendues = avec_tout(
        Proposition.objects.filter(
            etat=Proposition.Etat.ENVOYEE,
            repondre_avant__gt=maintenant,
            repondre_avant__lte=maintenant + timedelta(days=max(RAPPELS)),
        )
    )
    for proposition in attendues:
        assert proposition.repondre_avant is not None
        assert proposition.envoyee_le is not None
        reste = proposition.repondre_avant - maintenant
        jours = min(j for j in RAPPELS if reste <= timedelta(days=j))
        if proposition.envoyee_le >= proposition.repondre_avant - timedelta(days=jours):
            continue
        poste = proposition.opportunite.poste
        with transaction.atomic():
            # The date is part of the key: an answer taken back may bring a new one.
            ecrits += bool(
                prevenir_le_cadre(
                    "propositions/rappel",
                    proposition.cadre,
                    f"proposition-{proposition.pk}-rappel-{jours}-"
                    f"{proposition.repondre_avant:%Y%m%d%H%M}",
                    proposition=proposition,
                    poste=poste,
                    accueil=poste.collectivite,
                    lien=lien_proposition(proposition),
                )
            )
    return ecrits


def avec_tout(propositions: QuerySet[Proposition]) -> QuerySet[Proposition]:
    return propositions.select_related(
        "opportunite__poste__collectivite__demarche",
        "cadre__utilisateur",
        "cadre__collectivite__demarche",
    ).order_by("pk")


def valider(*, acteur: Acteur, proposition: Proposition) -> None:
    """The DGS of the host agrees to propose this poste to this person."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_valider(acteur, proposition))
    proposition.etat = Proposition.Etat.VALIDEE
    proposition.validee_le = timezone.now()
    proposition.validee_par = acteur.mandat
    proposition.save(update_fields=["etat", "validee_le", "validee_par"])
    noter(
        acteur,
        proposition,
        Actes.PROPOSITION_VALIDEE,
        "Proposition validée",
        delegue=Acte.VALIDER_PROPOSITION,
    )


def envoyer(*, acteur: Acteur, proposition: Proposition, repondre_avant: datetime) -> None:
    """Send it: from now on the person and their employer know of it."""
    cadre = verrous.cadre(proposition.cadre_id)
    opportunite = verrous.opportunite(proposition.opportunite_id)
    proposition = verrous.proposition(proposition.pk)
    proposition.opportunite, proposition.cadre = opportunite, cadre
    exiger(refus_envoyer(acteur, proposition))
    exiger(limite_impossible(repondre_avant))
    exiger(poser_la_limite(proposition, repondre_avant))
    proposition.etat = Proposition.Etat.ENVOYEE
    proposition.envoyee_le = timezone.now()
    proposition.repondre_avant = repondre_avant
    proposition.save(update_fields=["etat", "envoyee_le", "repondre_avant"])
    noter(
        acteur,
        proposition,
        Actes.PROPOSITION_ENVOYEE,
        "Proposition envoyée",
        cadre_ref=cadre.pk,
        details={"repondre_avant": repondre_avant.isoformat()},
    )
    prevenir_le_cadre(
        messages.ENVOI,
        cadre,
        f"proposition-{proposition.pk}-envoyee",
        **messages.de_l_envoi(acteur, proposition),
    )


def retirer_proposition(*, acteur: Acteur, proposition: Proposition, motif: str = "") -> None:
    """The host changes its mind before the person has answered."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_retirer_proposition(acteur, proposition))
    retirer(proposition, Proposition.Retrait.EMPLOYEUR, acteur=acteur, motif=motif)
