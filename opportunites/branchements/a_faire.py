"""What waits for somebody here: to answer, validate, send, arbitrate, prepare, make effective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from collectivites.communs.typographie import compter, jour_de
from collectivites.mots import Acte, Role
from collectivites.travaux.attentes import Attente, grouper
from opportunites.dossier.a_faire import attentes_du_dossier
from opportunites.models import Avis, Demande, Opportunite, Proposition, Reserve, Voeu

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

#: « À faire » is no list of everything: the pages of the app hold the rest.
AU_PLUS = 20


def a_faire(acteur: Acteur) -> list[Attente]:
    """A fixed number of queries: nine for a DRH, ten with every delegation; three for a DGS."""
    if acteur.est(Role.CADRE):
        return [*_repondre(acteur), *_classer(acteur), *attentes_du_dossier(acteur)]
    if not acteur.est_employeur:
        return []
    return [
        *_arbitrer(acteur),
        *_propositions(acteur),
        *_completer(acteur),
        *_demandes(acteur),
        *_avis(acteur),
        *_postes(acteur),
        *attentes_du_dossier(acteur),
    ]


def _repondre(acteur: Acteur) -> list[Attente]:
    attendues = (
        Proposition.objects.visibles_par(acteur)
        .filter(etat=Proposition.Etat.ENVOYEE, repondre_avant__gt=timezone.now())
        .select_related("opportunite__poste__collectivite")
        .order_by("repondre_avant")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Répondre à une proposition",
            detail=_poste(proposition.opportunite),
            url=reverse("opportunites:proposition", args=[proposition.pk]),
            bouton="Lire et répondre",
            echeance=jour_de(proposition.repondre_avant),
        )
        for proposition in attendues
        if proposition.repondre_avant
    ]


def _classer(acteur: Acteur) -> list[Attente]:
    """Postes are open, and the cadre has ranked none. Two queries."""
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
            detail="Des postes sont ouverts. Vos vœux ne sont jamais montrés à votre employeur.",
            url=reverse("opportunites:opportunites"),
            bouton="Voir les postes ouverts",
        )
    ]


def _propositions(acteur: Acteur) -> list[Attente]:
    """Of one's own postes: to validate, when one may; to send, once validated."""
    etats = [Proposition.Etat.VALIDEE]
    if acteur.peut(Acte.VALIDER_PROPOSITION):
        etats.append(Proposition.Etat.BROUILLON)
    if acteur.est(Role.DGS):
        etats.remove(Proposition.Etat.VALIDEE)  # its HR direction sends
    miennes = (
        Proposition.objects.visibles_par(acteur)
        .filter(opportunite__poste__collectivite=acteur.collectivite, etat__in=etats)
        .select_related("opportunite__poste__collectivite", "cadre")
        .order_by("creee_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Valider une proposition"
            if proposition.etat == Proposition.Etat.BROUILLON
            else "Envoyer une proposition",
            detail=f"{proposition.cadre.nom_complet}, {proposition.opportunite.poste.intitule}",
            url=reverse("opportunites:proposition", args=[proposition.pk]),
            bouton="Valider" if proposition.etat == Proposition.Etat.BROUILLON else "Envoyer",
        )
        for proposition in miennes
    ]


def _arbitrer(acteur: Acteur) -> list[Attente]:
    if not acteur.peut(Acte.ARBITRER_RESERVE):
        return []
    attendues = (
        Reserve.objects.visibles_par(acteur)
        .filter(etat__in=Reserve.ETATS_OUVERTS, echeance__gte=timezone.localdate())
        .exclude(deposee_par__utilisateur=acteur.utilisateur)
        .select_related("collectivite", "proposition__opportunite__poste__collectivite")
        .order_by("echeance")[:AU_PLUS]
    )
    return [
        Attente(
            titre=f"Arbitrer une réserve\u00a0: {reserve.get_sujet_display().lower()}",
            detail=f"{reserve.collectivite.nom}, à propos du poste "
            f"«\u00a0{reserve.proposition.opportunite.poste.intitule}\u00a0»",
            url=reverse("opportunites:arbitrer_reserve", args=[reserve.pk]),
            bouton="Arbitrer",
            echeance=reserve.echeance,
        )
        for reserve in attendues
    ]


def _postes(acteur: Acteur) -> list[Attente]:
    """Needs to publish; vacancies to declare; postes whose last proposition came to nothing while
    somebody else had ranked them. Two queries."""
    if not acteur.est_rh:
        return []
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
    a_publier, a_declarer = [], []
    for opportunite in lignes:
        intitule = opportunite.poste.intitule
        if not opportunite.est_ouverte:
            page = reverse("opportunites:opportunite", args=[opportunite.pk])
            a_publier.append(Attente("Publier un poste", intitule, page, "Relire et publier"))
        else:
            a_declarer.append(
                Attente(
                    "Déclarer la vacance et publier l’avis",
                    intitule,
                    reverse("opportunites:publicite", args=[opportunite.pk]),
                    "Suivre la publicité",
                )
            )
    a_reproposer = [
        Attente(
            "Proposer le poste à la personne suivante",
            proposition.opportunite.poste.intitule,
            reverse("opportunites:proposition", args=[proposition.pk]),
            "Voir qui vient ensuite",
        )
        for proposition in _sans_suite(acteur)
    ]
    return [
        *_en_une_ligne(acteur, a_publier, "Publier {n} postes", "Ouvrir la liste"),
        *_en_une_ligne(
            acteur,
            a_reproposer,
            "Proposer {n} postes à la personne suivante",
            "Voir les postes",
        ),
        *_en_une_ligne(
            acteur,
            a_declarer,
            "Déclarer {n} vacances et publier leur avis",
            "Voir les postes",
        ),
    ]


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
        cadre__candidature__avancee__in=["", "en_parcours", "acheve"],
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


def _demandes(acteur: Acteur) -> list[Attente]:
    """Cadres who asked the host for a first meeting. One query."""
    if not acteur.est_rh:
        return []
    demandes = (
        Demande.objects.visibles_par(acteur)
        .filter(etat=Demande.Etat.DEPOSEE)
        .select_related("cadre", "opportunite__poste")
        .order_by("echeance", "pk")[:AU_PLUS]
    )
    return [
        Attente(
            titre=f"Répondre à une demande\u00a0: {demande.get_nature_display().lower()}",
            detail=f"{demande.cadre.nom_complet}, {demande.opportunite.poste.intitule}",
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
        .exclude(cadre__candidature__avancee__in=["engagee", "effective"])
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


def _completer(acteur: Acteur) -> list[Attente]:
    """Reserves that a DGS sent back to their DRH. One query."""
    if not acteur.est(Role.DRH):
        return []
    reserves = (
        Reserve.objects.visibles_par(acteur)
        .filter(
            etat=Reserve.Etat.COMPLEMENT,
            collectivite=acteur.collectivite,
            echeance__gte=timezone.localdate(),
        )
        .select_related("proposition__opportunite__poste__collectivite")
        .order_by("echeance")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Compléter une réserve",
            detail=_poste(reserve.proposition.opportunite),
            url=reverse("opportunites:completer_reserve", args=[reserve.pk]),
            bouton="Compléter",
            echeance=reserve.echeance,
        )
        for reserve in reserves
    ]


def _poste(opportunite: Opportunite) -> str:
    return f"{opportunite.poste.intitule}, {opportunite.poste.collectivite.nom_court}"
