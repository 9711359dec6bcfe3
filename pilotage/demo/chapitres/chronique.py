"""The journal of past decisions, and the first mails."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from cadres.candidature.actions import SANS_RAPPEL
from cadres.models import Candidature, Consultation
from cadres.mots import Actes as ActesCadres
from collectivites.acteurs.acteur import Acteur
from collectivites.comptes.invitations import lien_invitation
from collectivites.models import Collectivite, Delegation, Demarche, EntreeJournal
from collectivites.mots import Acte, Role
from collectivites.travaux import courriels
from opportunites.communs.courriels import lien_proposition, prevenir_le_cadre
from opportunites.models import Mobilite, Proposition
from opportunites.mots import Actes as ActesOpportunites
from parcours.models import Promotion
from parcours.mots import Actes as ActesParcours
from pilotage.demo.calendrier import jour
from pilotage.demo.journal import ligne
from pilotage.demo.organisation import COMPTE_CADRE, Lieu


def ecrire(lieu: Lieu, promotions: dict[int, Promotion]) -> None:
    """Fill the journal and the outbox."""
    _journal(lieu, promotions)
    _courriels(lieu)
    _lectures(lieu)


def _journal(lieu: Lieu, promotions: dict[int, Promotion]) -> None:
    lignes = [
        ligne(
            lieu.mandat("departement", Role.DGS),
            ActesParcours.PROMOTION_OUVERTE,
            f"{promotion.nom} ouverte, {promotion.places} places",
            promotion,
            promotion.ouverte_le,
            collectivite=None,
        )
        for promotion in promotions.values()
    ]
    lignes += _decisions(lieu) + _validations(lieu) + _arrivees(lieu)
    EntreeJournal.objects.bulk_create(lignes)
    _departs()


def _sous_delegation(lieu: Lieu, code: str, quand: datetime | None) -> Delegation | None:
    """The delegation under which the DRH decided on that day, if one ran."""
    if quand is None:
        return None
    le = timezone.localdate(quand)
    return (
        Delegation.objects.filter(
            delegant=lieu.mandat(code, Role.DGS), debut__lte=le, fin__gte=le, revoquee_le=None
        )
        .select_related("delegataire__utilisateur", "delegataire__collectivite")
        .first()
    )


def _departs() -> None:
    """The employer that is left reads the move as well: the same decision, a second line."""
    effectives = {str(m.pk): m for m in Mobilite.objects.filter(etat=Mobilite.Etat.EFFECTIVE)}
    arrivees = EntreeJournal.objects.filter(acte=ActesOpportunites.MOBILITE_EFFECTIVE)
    suites = []
    for arrivee in arrivees:
        origine = effectives[arrivee.objet_id].collectivite_origine_id
        premiere, arrivee.pk = arrivee.pk, None
        arrivee.suite_de_id, arrivee.collectivite_id = premiere, origine
        if origine != arrivee.au_nom_de_id:
            suites.append(arrivee)
    EntreeJournal.objects.bulk_create(suites)


def _decisions(lieu: Lieu) -> list[EntreeJournal]:
    lignes = []
    for candidature in Candidature.objects.filter(decide_le__isnull=False).select_related(
        "cadre__collectivite"
    ):
        cadre = candidature.cadre
        origine = _origine(cadre.pk) or cadre.collectivite
        retenu = candidature.etat != Candidature.Etat.NON_RETENU
        delegation = _sous_delegation(lieu, origine.code, candidature.decide_le)
        decision = ligne(
            lieu.mandat(origine.code, Role.DGS),
            ActesCadres.RETENU if retenu else ActesCadres.NON_RETENU,
            "Cadre retenu" if retenu else "Cadre non retenu",
            candidature,
            candidature.decide_le,
            cadre_ref=cadre.pk,
            motif=candidature.motif_decision,
            delegation=delegation if delegation and Acte.RETENIR in delegation.actes else None,
        )
        lignes.append(decision)
    return lignes


def _validations(lieu: Lieu) -> list[EntreeJournal]:
    envoyees = Proposition.objects.filter(envoyee_le__isnull=False)

    def sous(proposition: Proposition) -> Delegation | None:
        code = proposition.opportunite.poste.collectivite.code
        delegation = _sous_delegation(lieu, code, proposition.validee_le)
        delegue = delegation and Acte.VALIDER_PROPOSITION in delegation.actes
        return delegation if delegue else None

    return [
        ligne(
            lieu.mandat(proposition.opportunite.poste.collectivite.code, Role.DGS),
            ActesOpportunites.PROPOSITION_VALIDEE,
            f"Proposition validée : {proposition.opportunite.poste.intitule}",
            proposition,
            proposition.validee_le,
            cadre_ref=proposition.cadre_id,
            delegation=sous(proposition),
        )
        for proposition in envoyees.select_related("opportunite__poste__collectivite")
    ]


def _arrivees(lieu: Lieu) -> list[EntreeJournal]:
    effectives = Mobilite.objects.filter(etat=Mobilite.Etat.EFFECTIVE)
    return [
        ligne(
            lieu.mandat(mobilite.collectivite_accueil.code, Role.DRH),
            ActesOpportunites.MOBILITE_EFFECTIVE,
            f"Mobilité effective : {mobilite.poste_accueil.intitule}",
            mobilite,
            mobilite.effective_le,
            cadre_ref=mobilite.cadre_id,
        )
        for mobilite in effectives.select_related("collectivite_accueil", "poste_accueil")
    ]


def _origine(cadre_id: int) -> Collectivite | None:
    """The employer of somebody before they moved."""
    mobilite = (
        Mobilite.objects.filter(cadre_id=cadre_id, etat=Mobilite.Etat.EFFECTIVE)
        .select_related("collectivite_origine")
        .first()
    )
    return mobilite.collectivite_origine if mobilite else None


def _courriels(lieu: Lieu) -> None:
    """The words of one employer, the invitations, and the proposition that the visitor reads."""
    Collectivite.objects.filter(demarche=lieu.demarche, code="departement").update(
        ouverture_invitation="Nous avons pensé à vous, et j’aimerais vous dire pourquoi.",
        signature="Direction des ressources humaines, pôle mobilité",
        courriel_reponse="mobilite.departement@demo.example",
    )
    inviter(lieu)
    proposition = Proposition.objects.select_related(
        "opportunite__poste__collectivite", "cadre__utilisateur", "cadre__collectivite__demarche"
    ).get(etat=Proposition.Etat.ENVOYEE, cadre__courriel=COMPTE_CADRE)
    prevenir_le_cadre(
        "propositions/envoyee",
        proposition.cadre,
        f"proposition-{proposition.pk}-envoyee",
        proposition=proposition,
        poste=proposition.opportunite.poste,
        accueil=proposition.opportunite.poste.collectivite,
        lien=lien_proposition(proposition),
    )


def inviter(lieu: Lieu) -> None:
    """The invitations of those who have not answered: each holds a link that works."""
    demarche: Demarche = lieu.demarche
    en_attente = Candidature.objects.filter(
        etat=Candidature.Etat.INFORME, cadre__collectivite__in=lieu.collectivites.values()
    ).select_related("cadre__utilisateur", "cadre__collectivite")
    for candidature in en_attente:
        cadre = candidature.cadre
        assert cadre.utilisateur is not None
        courriels.deposer(
            "cadres/recense",
            demarche=demarche,
            destinataire=cadre.courriel,
            cle=f"cadres_recense:{cadre.pk}:demo",
            utilisateur=cadre.utilisateur,
            cadre_ref=cadre.pk,
            cadre=cadre,
            collectivite=cadre.collectivite,
            arret=SANS_RAPPEL,
            de=Acteur(lieu.mandat(cadre.collectivite.code, Role.DRH)),
            lien=lien_invitation(cadre.utilisateur, reverse("cadres:ma_candidature")),
            premier_acces=True,
            rappel=False,
            volontaire=candidature.origine == Candidature.Origine.VOLONTARIAT,
            delai=jour(jours=14),
            expediteur=lieu.mandat(cadre.collectivite.code, Role.DRH).utilisateur,
        )


def _lectures(lieu: Lieu) -> None:
    """Who opened the pages of the cadre whose account one tries: of the last days."""
    proposition = Proposition.objects.select_related("cadre", "opportunite__poste").get(
        etat=Proposition.Etat.ENVOYEE, cadre__courriel=COMPTE_CADRE
    )
    cadre = proposition.cadre
    codes = {c.pk: c.code for c in Collectivite.objects.filter(demarche=lieu.demarche)}
    sienne = codes[cadre.collectivite_id]
    accueil = codes[proposition.opportunite.poste.collectivite_id]
    natures = Consultation.Nature
    Consultation.objects.bulk_create(
        Consultation(
            cadre=cadre,
            utilisateur=mandat.utilisateur,
            collectivite=mandat.collectivite,
            role=mandat.role,
            nature=nature,
            quand=timezone.now() - timedelta(days=jours, hours=heures),
        )
        for code, jours, heures, nature in (
            (sienne, 21, 1, natures.FICHE),
            (sienne, 21, 2, natures.PARCOURS),
            (accueil, 9, 3, natures.VOEU),
            (accueil, 6, 4, natures.PROPOSITION),
            (sienne, 5, 2, natures.PROPOSITION),
            (sienne, 5, 1, natures.DOCUMENT),
        )
        for mandat in [lieu.mandat(code, Role.DRH)]
    )
