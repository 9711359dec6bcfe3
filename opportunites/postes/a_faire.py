"""What waits for somebody about postes: wishes, requests, opinions, publicity, the next candidate."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from cadres.models import Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente, grouper
from opportunites.communs.attentes import AU_PLUS, poste_et_employeur
from opportunites.models import (
    Avis,
    Demande,
    Opportunite,
    Proposition,
    Sollicitation,
    Voeu,
)

#: A move is engaged or done: the person awaits nothing of another poste.
PRIS = (Candidature.Avancee.ENGAGEE, Candidature.Avancee.EFFECTIVE)
DISPONIBLES = tuple(avancee for avancee in Candidature.Avancee if avancee not in PRIS)


def pour_le_cadre(acteur: Acteur) -> list[Attente]:
    """What hosts ask them; postes are open, and they ranked none. Three queries."""
    return [*sollicitations(acteur), *_classer(acteur)]


def sollicitations(acteur: Acteur) -> list[Attente]:
    """« Ce poste vous intéresserait-il ? » One query."""
    posees = (
        Sollicitation.objects.visibles_par(acteur)
        .filter(etat=Sollicitation.Etat.POSEE, opportunite__etat=Opportunite.Etat.PUBLIEE)
        .select_related("opportunite__poste__collectivite")
        .order_by("posee_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Dire si un poste vous intéresserait",
            detail=poste_et_employeur(s.opportunite),
            url=reverse("opportunites:repondre_sollicitation", args=[s.pk]),
            bouton="Lire et répondre",
        )
        for s in posees
    ]


def _classer(acteur: Acteur) -> list[Attente]:
    """Two queries."""
    ouverts = (
        Opportunite.objects.visibles_par(acteur)
        .filter(etat=Opportunite.Etat.PUBLIEE)
        .exclude(poste__collectivite=acteur.collectivite)
    )
    if Voeu.objects.visibles_par(acteur).exists() or not ouverts.exists():
        return []
    return [
        Attente(
            titre="Classer les postes qui vous tentent",
            detail="Des postes sont ouverts. Votre employeur ne lit jamais la liste de vos vœux.",
            url=reverse("opportunites:opportunites"),
            bouton="Voir les postes ouverts",
        )
    ]


def pour_l_employeur(acteur: Acteur) -> list[Attente]:
    """Requests to answer, opinions to give, postes to publish, propose again or declare. Four
    queries at most."""
    if not acteur.est_rh:
        return []
    return [*_demandes(acteur), *_avis(acteur), *_postes(acteur)]


def _demandes(acteur: Acteur) -> list[Attente]:
    """Cadres who asked the host for a first meeting. One query."""
    demandes = (
        Demande.objects.visibles_par(acteur)
        .filter(etat=Demande.Etat.DEPOSEE)
        .select_related("cadre", "opportunite__poste")
        .order_by("echeance", "pk")[:AU_PLUS]
    )
    return [
        Attente(
            titre=f"Répondre à une demande : {demande.get_nature_display().lower()}",
            detail=f"{demande.cadre.nom_complet}, {demande.opportunite.poste.annonce}",
            sans_nom=demande.opportunite.poste.annonce,
            url=reverse("opportunites:repondre_demande", args=[demande.pk]),
            bouton="Répondre",
            echeance=demande.echeance,
        )
        for demande in demandes
    ]


def _avis(acteur: Acteur) -> list[Attente]:
    """Candidates of whom the host has said nothing, a line a poste. One query."""
    if not acteur.est(Role.DRH):
        return []
    ici = {"cadre": OuterRef("cadre"), "opportunite": OuterRef("opportunite")}
    sans_avis = (
        Voeu.objects.visibles_par(acteur)
        .filter(
            ~Exists(Avis.objects.filter(**ici)),
            ~Exists(Proposition.objects.filter(**ici)),
            opportunite__etat__in=Opportunite.ETATS_OUVERTS,
        )
        .exclude(cadre__candidature__avancee__in=PRIS)
        .values("opportunite_id", "opportunite__poste__intitule")
        .annotate(n=Count("pk"))
        .order_by("-n", "opportunite_id")[:AU_PLUS]
    )
    lignes = list(sans_avis)
    personnes = compter(sum(ligne["n"] for ligne in lignes), "candidature")
    attentes = [
        Attente(
            titre="Donner votre avis sur des candidats",
            detail=f"{compter(ligne['n'], 'personne')}, {ligne['opportunite__poste__intitule']}",
            url=reverse("opportunites:opportunite", args=[ligne["opportunite_id"]]),
            bouton="Lire les vœux",
        )
        for ligne in lignes
    ]
    return _en_une_ligne(
        acteur,
        attentes,
        "Donner votre avis sur les candidats de {n} postes",
        "Voir les postes",
        f"{personnes} sans avis de votre part",
    )


def _postes(acteur: Acteur) -> list[Attente]:
    """Needs to publish; postes whose last proposition came to nothing while somebody else had ranked
    them; vacancies to declare. Two queries."""
    lignes = (
        Opportunite.objects.visibles_par(acteur)
        .filter(poste__collectivite=acteur.collectivite)
        .filter(
            Q(etat__in=Opportunite.ETATS_INTERNES)
            | Q(etat__in=Opportunite.ETATS_OUVERTS, avis_publie_le__isnull=True)
        )
        .select_related("poste")
        .order_by("creee_le")[:AU_PLUS]
    )
    a_publier = [_publier(o) for o in lignes if not o.est_ouverte]
    a_declarer = [_declarer(o) for o in lignes if o.est_ouverte]
    a_reproposer = [_reproposer(p) for p in _sans_suite(acteur)]
    publier = "Publier {n} postes"
    reproposer = "Proposer {n} postes à la personne suivante"
    declarer = "Déclarer {n} vacances et publier leur avis"
    return [
        *_en_une_ligne(acteur, a_publier, publier, "Ouvrir la liste"),
        *_en_une_ligne(acteur, a_reproposer, reproposer, "Voir les postes"),
        *_en_une_ligne(acteur, a_declarer, declarer, "Voir les postes"),
    ]


def _publier(opportunite: Opportunite) -> Attente:
    page = reverse("opportunites:opportunite", args=[opportunite.pk])
    return Attente("Publier un poste", opportunite.poste.annonce, page, "Relire et publier")


def _declarer(opportunite: Opportunite) -> Attente:
    return Attente(
        "Déclarer la vacance et publier l’avis",
        opportunite.poste.annonce,
        reverse("opportunites:publicite", args=[opportunite.pk]),
        "Suivre la publicité",
    )


def _reproposer(proposition: Proposition) -> Attente:
    return Attente(
        "Proposer le poste à la personne suivante",
        proposition.opportunite.poste.annonce,
        reverse("opportunites:proposition", args=[proposition.pk]),
        "Voir qui vient ensuite",
    )


def _sans_suite(acteur: Acteur) -> list[Proposition]:
    """The last proposition of each poste that came to nothing, while somebody else had ranked it.

    Asked of the propositions, few of which are closed, and not of every poste. One query.
    """
    du_poste = Proposition.objects.filter(opportunite=OuterRef("opportunite"))
    ici = {"cadre": OuterRef("cadre"), "opportunite": OuterRef("opportunite")}
    reste = Voeu.objects.visibles_par(acteur).filter(
        ~Exists(Proposition.objects.filter(**ici)),
        ~Exists(Avis.objects.filter(**ici, rang__isnull=True)),
        opportunite=OuterRef("opportunite"),
        cadre__candidature__avancee__in=DISPONIBLES,
    )
    # One that the reader may open: whoever withdrew since is not shown to them any more.
    closes = (
        Proposition.objects.visibles_par(acteur)
        .filter(
            ~Exists(du_poste.filter(etat__in=Proposition.ETATS_VIVANTS)),
            Exists(reste),
            opportunite__poste__collectivite=acteur.collectivite,
            opportunite__etat__in=Opportunite.ETATS_OUVERTS,
            etat__in=[Proposition.Etat.REFUSEE, Proposition.Etat.EXPIREE],
        )
        .select_related("opportunite__poste")
        .order_by("opportunite__creee_le", "opportunite", "-close_le", "-pk")[: 4 * AU_PLUS]
    )
    dernieres: dict[int, Proposition] = {}
    for proposition in closes:
        dernieres.setdefault(proposition.opportunite_id, proposition)
    return list(dernieres.values())[:AU_PLUS]


def _en_une_ligne(
    acteur: Acteur, attentes: list[Attente], titre: str, bouton: str, detail: str = ""
) -> list[Attente]:
    """Beyond two lines alike, one that counts them, names the first, and opens one's postes."""
    miens = f"{reverse('opportunites:opportunites')}?collectivite={acteur.collectivite.pk}"

    def ensemble(n: int) -> Attente:
        compte = f"{n}\u00a0ou plus" if n >= AU_PLUS else str(n)
        noms = list(dict.fromkeys(a.detail for a in attentes))
        cites = f"{', '.join(noms[:2])}{'…' if len(noms) > 2 else ''}"
        return Attente(titre.replace("{n} ", f"{compte}\u00a0"), detail or cites, miens, bouton)

    return grouper(attentes, ensemble)
