"""The cadre's own page: what is expected of me, where I stand, what is proposed to me."""

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cadres.candidature.predicats import REPONDABLES, refus_retirer
from cadres.models import Cadre, Candidature
from collectivites.acteurs.acces import Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.communs.typographie import compter
from collectivites.mots import Role
from opportunites.postes.a_faire import sollicitations
from opportunites.propositions.cartes import cartes_en_attente
from pilotage.fil import attendus as fil_attendus
from pilotage.fil import chargement, documents, frise, situation
from pilotage.fil import dossier as fil_dossier


@acces(Role.CADRE)
def mon_parcours(request: Requete) -> HttpResponse:
    """Telephone first; at most thirteen queries, the acteur's own included."""
    acteur = request.acteur
    cadre = _moi(acteur)
    if cadre is None:
        return render(request, "pilotage/fil/mon_parcours.html", {"dossier": None})
    cartes = cartes_en_attente(acteur)
    dossier = chargement.charger(acteur, cadre, [carte.proposition for carte in cartes])
    attendus = fil_attendus.attendus(dossier, sollicitations(acteur))
    contexte = {
        "dossier": dossier,
        "cadre": cadre,
        "cartes": cartes,
        "attendus": attendus,
        "phrase": fil_attendus.phrase_attendus(
            len(attendus), mobilite=dossier.mobilite is not None
        ),
        "situation": situation.situation(dossier),
        "etapes": frise.frise(dossier),
        "prochain": dossier.prochain,
        "sessions": fil_attendus.sessions(dossier),
        "en_parcours": dossier.candidature.etat == Candidature.Etat.RETENU
        and dossier.candidature.avancee == Candidature.Avancee.EN_PARCOURS,
        "repondable": cadre.candidature.etat in REPONDABLES,
        "liens_postes": _liens_postes(dossier),
        "liens_donnees": _liens_donnees(acteur, cadre),
    }
    return render(request, "pilotage/fil/mon_parcours.html", contexte)


@acces(Role.CADRE)
@couteux
def mon_parcours_pdf(request: Requete) -> HttpResponse:
    """What I did, on paper, for me to show or to keep: neither wish nor proposition, nor a word said
    in confidence."""
    cadre = _moi(request.acteur)
    if cadre is None:
        raise Http404
    html = documents.rendre_mon_parcours(
        request.acteur, chargement.charger(request.acteur, cadre, [])
    )
    return telechargement(pdf.produire(html), "application/pdf", "mon-parcours.pdf")


def _moi(acteur: Acteur) -> Cadre | None:
    moi: Cadre | None = (
        Cadre.objects.visibles_par(acteur)
        .annotate(nb_voeux=Count("voeux"))
        .select_related("candidature", "collectivite", "poste", "accompagnateur__utilisateur")
        .first()
    )
    return moi


def _liens_postes(dossier: fil_dossier.Dossier) -> list[dict[str, str]]:
    """To the open postes and the wishes, once they are open to the person."""
    if not dossier.classe_des_postes:
        return []
    return [
        {
            "libelle": "Mes vœux",
            "url": reverse("opportunites:voeux"),
            "complement": compter(dossier.voeux, "poste classé,postes classés"),
        },
        {
            "libelle": "Postes ouverts",
            "url": reverse("opportunites:opportunites"),
            "complement": f"{dossier.postes_a_lire} à lire, chez les autres"
            if dossier.postes_a_lire
            else "",
        },
    ]


def _liens_donnees(acteur: Acteur, cadre: Cadre) -> list[dict[str, str]]:
    donnees = reverse("cadres:mes_donnees")
    liens = [
        {
            "libelle": "Ce que l’on sait de vous",
            "url": donnees,
            "complement": "et qui a consulté votre dossier",
        },
        {
            "libelle": "Mon carnet",
            "url": reverse("parcours:mon_carnet"),
            "complement": "que personne d’autre ne lit",
        },
        {
            "libelle": "Tout télécharger, à lire",
            "url": reverse("cadres:lire_mes_donnees"),
            "complement": "",
        },
    ]
    if refus_retirer(acteur, cadre) is None:
        liens.append(
            {
                "libelle": "Me retirer de la démarche",
                "url": reverse("cadres:retirer"),
                "complement": "à tout moment",
            }
        )
    return liens
