"""A campaign of movement that is ready to simulate: an exchange of three and a chain of three are in it,
which nobody sees alone, and a wish that a host declined."""

from datetime import timedelta

from cadres.models import Cadre, Candidature
from collectivites.models import Poste
from collectivites.mots import Role
from opportunites.models import Avis, Campagne, Opportunite, Proposition, Voeu
from pilotage.demo.calendrier import instant, jour
from pilotage.demo.chapitres.registre import Registre
from pilotage.demo.organisation import Lieu

V, A, D, R = "ville", "agglomeration", "departement", "region"
FAVORABLE = "Votre parcours répond à ce poste, et l’équipe aimerait vous rencontrer."
DEFAVORABLE = "Ce poste demande une expérience budgétaire que vous commencez."
#: Each leaves their poste for that of the next; the last of the exchange, for that of the first.
ECHANGE = (A, D, R)
#: The first goes to a vacant poste of the Agglomération, each other to the poste that the one before leaves.
CHAINE = (V, R, D)


def preparer(lieu: Lieu, registre: Registre) -> None:
    """Wishes and opinions are over since yesterday: the DGS may simulate."""
    libres = {code: _disponibles(registre, code) for code in (V, A, D, R)}
    echange = [libres[code].pop(0) for code in ECHANGE]
    ouverts = [_ouvrir(cadre) for cadre in echange]
    for n, cadre in enumerate(echange):
        _souhaiter(cadre, ouverts[(n + 1) % len(ouverts)])
    vacant = _vacant(lieu, A)
    if vacant is not None:
        suite = vacant
        for code in CHAINE:
            cadre = libres[code].pop(0)
            _souhaiter(cadre, suite)
            suite = _ouvrir(cadre)
        _decliner(libres[R].pop(0), vacant)
    Campagne.objects.create(
        demarche=lieu.demarche,
        nom="Mouvement d’automne",
        voeux_du=jour(jours=-45),
        voeux_au=jour(jours=-3),
        avis_au=jour(jours=-1),
        simulation_au=jour(jours=9),
        propositions_au=jour(jours=16),
        reponses_au=jour(jours=60),
        graine="7c1f60d2a94be835",
        creee_le=instant(jour(jours=-50)),
        creee_par=lieu.mandat(D, Role.DGS),
    )


def _disponibles(registre: Registre, code: str) -> list[Cadre]:
    """In the second promotion, without a move nor a proposition under way."""
    occupes = set(
        Proposition.objects.filter(etat__in=Proposition.ETATS_VIVANTS).values_list(
            "cadre_id", flat=True
        )
    )
    visiteur = registre.visiteur
    return [
        cadre
        for cadre in registre.promotions[2][code]
        if cadre.candidature.avancee == Candidature.Avancee.EN_PARCOURS
        and cadre.pk not in occupes
        and cadre != visiteur
    ]


def _ouvrir(cadre: Cadre) -> Opportunite:
    """Their poste, « susceptible d’être vacant »: published in case they leave it."""
    poste = cadre.poste
    assert poste is not None
    publiee = instant(jour(jours=-40))
    return Opportunite.objects.create(
        poste=poste,
        etat=Opportunite.Etat.PUBLIEE,
        vacance=Opportunite.Vacance.SUSCEPTIBLE,
        presentation="Le poste s’ouvrira si la personne qui le tient rejoint un autre poste.",
        creee_le=publiee - timedelta(days=3),
        validee_le=publiee - timedelta(days=1),
        publiee_le=publiee,
        dve_numero=f"V0452026{poste.pk:09}",
        dve_transmise_le=publiee.date(),
        avis_publie_le=publiee.date() + timedelta(days=1),
        date_prise_poste=jour(mois=5).replace(day=1),
    )


def _vacant(lieu: Lieu, code: str) -> Opportunite | None:
    """A published poste that nobody holds and that nobody was proposed."""
    tenus = Poste.objects.filter(titulaire__isnull=False)
    vacante: Opportunite | None = (
        Opportunite.objects.filter(
            poste__collectivite=lieu.collectivites[code],
            etat=Opportunite.Etat.PUBLIEE,
            vacance=Opportunite.Vacance.VACANT,
            propositions__isnull=True,
        )
        .exclude(poste__in=tenus)
        .order_by("pk")
        .first()
    )
    return vacante


def _souhaiter(cadre: Cadre, opportunite: Opportunite) -> None:
    _voeu(cadre, opportunite)
    _avis(cadre, opportunite, favorable=True)


def _decliner(cadre: Cadre, opportunite: Opportunite) -> None:
    _voeu(cadre, opportunite)
    _avis(cadre, opportunite, favorable=False)


def _voeu(cadre: Cadre, opportunite: Opportunite) -> None:
    """Their first: the others follow."""
    anciens = [v for v in cadre.voeux.order_by("rang") if v.opportunite_id != opportunite.pk]
    cadre.voeux.all().delete()
    nouveau = Voeu(cadre=cadre, opportunite=opportunite, exprime_le=instant(jour(jours=-12)))
    for rang, voeu in enumerate([nouveau, *anciens], start=1):
        voeu.rang = rang
    Voeu.objects.bulk_create([nouveau, *anciens])


def _avis(cadre: Cadre, opportunite: Opportunite, *, favorable: bool) -> None:
    """After those already given, which keep their ranks."""
    Avis.objects.filter(cadre=cadre, opportunite=opportunite).delete()
    deja = opportunite.avis.filter(rang__isnull=False).order_by("-rang").first()
    Avis.objects.create(
        opportunite=opportunite,
        cadre=cadre,
        sens=Avis.Sens.FAVORABLE if favorable else Avis.Sens.DEFAVORABLE,
        rang=(deja.rang + 1 if deja else 1) if favorable else None,
        motif=FAVORABLE if favorable else DEFAVORABLE,
        donne_le=instant(jour(jours=-1)),
    )
