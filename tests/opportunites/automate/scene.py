"""Who plays, on which stage: the same at the beginning of each story."""

from __future__ import annotations

from types import SimpleNamespace

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.models import Delegation
from collectivites.mots import Acte, Role
from opportunites.dossier.actions.suivi import ouvrir_les_suivis
from opportunites.models import Opportunite, Proposition
from tests.fabriques import (
    acteur_du_cadre,
    dans,
    faire_cadre,
    faire_delegation,
    faire_demande,
    faire_inscription,
    faire_mandat,
    faire_mobilite,
    faire_opportunite,
    faire_poste,
    faire_promotion,
    faire_proposition,
    faire_reserve,
    faire_voeu,
    il_y_a,
)

EMPLOYEURS = (
    "dgs_ville",
    "dgs_departement",
    "dgs_region",
    "drh_ville",
    "drh_departement",
    "drh_region",
    "gestionnaire_region",
    "gestionnaire_departement",
)
INTRUS = ("accompagnateur", "etranger_drh", "etranger_dgs", "etranger_cadre")
#: What a DGS may hand over to its DRH.
DELEGUES = (Acte.VALIDER_PROPOSITION, Acte.ARBITRER_RESERVE)


def monter_la_scene(troupe) -> SimpleNamespace:
    """Three employers, ten postes at different stages, ten cadres.

    Six may rank; one moved seven months ago, one has left the démarche; two are to exchange their
    postes. Another poste is held by a cadre of the story: its holder may leave, or stay.
    """
    promotion = faire_promotion(troupe.demarche)
    fiches = [
        troupe.fiche_du_cadre,
        troupe.fiche_de_l_autre_cadre,
        faire_cadre(troupe.ville, "retenu"),
        faire_cadre(troupe.ville, "retenu"),
        faire_cadre(troupe.region, "retenu"),
        faire_cadre(troupe.departement, "retenu"),
    ]
    for fiche in fiches:
        faire_inscription(fiche, promotion)
    fiches += [_qui_a_pris_son_poste(troupe), faire_cadre(troupe.departement, "retire")]
    for lieu in (troupe.ville, troupe.departement, troupe.region):
        faire_opportunite(lieu)
        faire_poste(lieu)
    faire_opportunite(troupe.region)
    faire_opportunite(troupe.ville, publiee=False)
    faire_opportunite(troupe.ville, poste=fiches[2].poste, vacance="susceptible")
    _distribuer(troupe, fiches[:6])
    _ouvrir_un_dossier(troupe, fiches[5])
    fiches += _preparer_un_echange(troupe)
    delegation = faire_delegation(troupe.dgs_departement, troupe.drh_departement, *DELEGUES)
    acteurs = {nom: getattr(troupe, nom) for nom in (*EMPLOYEURS, *INTRUS)}
    acteurs["drh_departement"] = delegation
    return SimpleNamespace(
        troupe=troupe,
        fiches=fiches,
        employeurs=[acteurs[nom] for nom in EMPLOYEURS],
        cadres=[acteur_du_cadre(fiche) for fiche in fiches],
        intrus=[acteurs[nom] for nom in INTRUS],
    )


def _distribuer(troupe, fiches) -> None:
    """Each cadre has ranked two postes of others, and is proposed them, at every stage."""
    publiees = list(Opportunite.objects.filter(etat="publiee").order_by("pk"))
    etats = ["envoyee", "envoyee", "brouillon", "validee", "envoyee", "envoyee", "expiree"]
    for rang, fiche in enumerate(fiches):
        ailleurs = [o for o in publiees if o.poste.collectivite_id != fiche.collectivite_id]
        for opportunite in (ailleurs[rang % len(ailleurs)], ailleurs[(rang + 1) % len(ailleurs)]):
            faire_voeu(fiche, opportunite)
            if etats:
                faire_proposition(opportunite, fiche, etats.pop(0))
    faire_demande(fiches[0], fiches[0].voeux.get(rang=1).opportunite)
    envoyees = list(Proposition.objects.filter(etat="envoyee").order_by("pk"))
    faire_reserve(envoyees[0], troupe.drh_region, "complement", complement_demande_le=il_y_a(1))
    faire_reserve(envoyees[-1], troupe.drh_ville, echeance=dans(1))


def _ouvrir_un_dossier(troupe, fiche) -> None:
    """A move asked for seventy days ago: silence, notice, list and departure are all at hand."""
    opportunite = faire_opportunite(troupe.region)
    faire_voeu(fiche, opportunite, rang=3)
    faire_mobilite(
        faire_proposition(opportunite, fiche, "acceptee"),
        voie="MUTATION",
        demande_recue_le=dans(-70),
        date_effet=dans(30),
    )
    fiche.candidature.avancee = "engagee"
    fiche.candidature.save(update_fields=["avancee"])


def _preparer_un_echange(troupe):
    """Between the Ville and the Région: one half is due, the other in three days."""
    ici, la = (
        faire_cadre(lieu, "retenu", avancee="engagee") for lieu in (troupe.ville, troupe.region)
    )
    for cadre, poste, jours in ((ici, la.poste, 0), (la, ici.poste, 3)):
        opportunite = faire_opportunite(poste.collectivite, poste=poste)
        faire_voeu(cadre, opportunite)
        faire_mobilite(
            faire_proposition(opportunite, cadre, "acceptee"),
            ouverte_le=il_y_a(110),
            voie="MUTATION",
            demande_recue_le=dans(-100),
            date_effet=dans(jours),
        )
    return [ici, la]


def _qui_a_pris_son_poste(troupe):
    """From the Ville to the Région, long enough ago for a first follow-up."""
    pourvue = faire_opportunite(
        troupe.region, etat="pourvue", creee_le=il_y_a(320), publiee_le=il_y_a(300)
    )
    fiche = faire_cadre(troupe.ville, "retenu", avancee="effective")
    mobilite = faire_mobilite(
        faire_proposition(pourvue, fiche, "realisee"),
        "effective",
        date_effet=dans(-200),
        effective_le=il_y_a(200),
    )
    ouvrir_les_suivis(mobilite)
    fiche.collectivite, fiche.poste = troupe.region, pourvue.poste
    fiche.save()
    faire_mandat(Role.CADRE, troupe.region, fiche.utilisateur)
    return fiche


def renouveler(acteur):
    """The same mandat as the database now sees it: its delegations, its cadre's file."""
    return acteur_du_mandat(acteur.mandat)


def basculer_la_delegation(acteur, maintenant) -> None:
    """The delegation received by this DRH ends, or a new one begins."""
    recue = Delegation.objects.filter(delegataire=acteur.mandat, revoquee_le__isnull=True)
    if not recue.update(revoquee_le=maintenant):
        ancienne = Delegation.objects.filter(delegataire=acteur.mandat).latest("pk")
        Delegation.objects.create(
            delegant=ancienne.delegant,
            delegataire=acteur.mandat,
            actes=list(DELEGUES),
            fin=dans(700),
        )
