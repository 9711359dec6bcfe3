"""What people are told of their sessions and immersions. Each mail carries what it changes in calendars."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.ecart import lecteurs_chez
from collectivites.communs.typographie import INSECABLE, date_texte
from collectivites.models import Collectivite, Mandat
from collectivites.mots import Role
from collectivites.travaux.courriels import deposer
from parcours.models import Immersion, InscriptionSession
from parcours.regles import jours_texte
from parcours.sessions import agenda
from parcours.suites import ecrire

N = INSECABLE


def _ecrire(
    place: InscriptionSession,
    objet: str,
    annonce: str,
    suite: str = "",
    avant: Iterable[tuple[date, date]] = (),
) -> None:
    """One mail an occasion: a revision of the place. `avant`: when the session was, once it has moved."""
    prestation = place.session.prestation
    # Nothing to put in a calendar for whoever waits, nor to take out of it.
    en_agenda = place.est_assis or place.confirmee_le is not None
    ecrire(
        "sessions/place",
        place.cadre,
        f"parcours.place:{place.pk}:{place.revision}",
        objet_courriel=f"{objet}{N}: {prestation.intitule}",
        annonce=annonce,
        suite=suite,
        place=place,
        session=place.session,
        prestation=prestation,
        evenements=agenda.evenements_place(place, avant) if en_agenda else [],
    )


def annoncer_inscription(place: InscriptionSession, *, par_sa_drh: bool) -> None:
    qui = "Votre direction des ressources humaines vous a inscrit(e)" if par_sa_drh else ""
    if place.est_assis:
        _ecrire(
            place,
            "Inscription confirmée",
            f"{qui} à cette session." if qui else "Votre place est confirmée.",
            "Un empêchement ? Annulez votre inscription dès que possible : la place servira à "
            "quelqu’un qui l’attend.",
        )
    else:
        _ecrire(
            place,
            "Liste d’attente",
            f"{qui} sur la liste d’attente de cette session."
            if qui
            else "La session est complète pour l’instant, vous êtes sur sa liste d’attente.",
            "Dès qu’une place se libère pour vous, elle vous est donnée et vous recevez un "
            "courriel. Vous n’avez rien à faire.",
        )


def annoncer_place_liberee(place: InscriptionSession) -> None:
    _ecrire(
        place,
        "Une place s’est libérée",
        "Vous étiez sur la liste d’attente : une place est maintenant à vous.",
        "Elle ne vous convient plus ? Annulez votre inscription, la personne suivante la recevra.",
    )


def annoncer_desistement(place: InscriptionSession, *, par_sa_drh: bool) -> None:
    _ecrire(
        place,
        "Inscription annulée",
        "Votre direction des ressources humaines a annulé votre inscription à cette session."
        if par_sa_drh
        else "Votre inscription à cette session est annulée.",
    )


def annoncer_deplacement(place: InscriptionSession, avant: Iterable[tuple[date, date]]) -> None:
    _ecrire(
        place,
        "Session déplacée",
        "Cette session change de date ou de lieu. "
        + (
            "Vous gardez votre place." if place.est_assis else "Vous restez sur la liste d’attente."
        ),
        "La nouvelle date ne vous convient pas ? Annulez votre inscription.",
        avant,
    )


def annoncer_transfert(place: InscriptionSession, avant: Iterable[tuple[date, date]]) -> None:
    _ecrire(
        place,
        "Nouvelle date",
        "La session est dédoublée. Votre place est dans la seconde, que voici.",
        "Cette date ne vous convient pas ? Annulez votre inscription et choisissez une autre "
        "session.",
        avant,
    )


def annoncer_annulation_de_session(place: InscriptionSession) -> None:
    _ecrire(
        place,
        "Session annulée",
        f"Cette session n’aura pas lieu. Le motif donné{N}: {place.session.motif}",
        "D’autres dates sont peut-être ouvertes dans le catalogue.",
    )


def demander_si_la_place_est_rendue(place: InscriptionSession, jeton: str) -> None:
    """Their calendar declined: nothing has changed until they say so, once for a date of the session."""
    ecrire(
        "sessions/place_declinee",
        place.cadre,
        f"parcours.declinee:{place.pk}:{place.revision}",
        place=place,
        session=place.session,
        jeton=jeton,
    )


def dire_ou_prevenir(cadre: Cadre, objet: Model, vue: str) -> None:
    """Their calendar declined what only its page can undo."""
    ecrire(
        "agenda/decline",
        cadre,
        f"parcours.decline:{objet._meta.model_name}-{objet.pk}:{getattr(objet, 'revision', 0)}",
        lien=reverse(vue),
    )


# --- Immersions -----------------------------------------------------------------------------------


def _ecrire_immersion(
    immersion: Immersion, objet: str, annonce: str, *, en_agenda: bool = False
) -> None:
    ecrire(
        "sessions/immersion",
        immersion.cadre,
        f"parcours.immersion:{immersion.pk}:{immersion.etat}:{immersion.revision}",
        objet_courriel=objet,
        annonce=annonce,
        immersion=immersion,
        jours=jours_texte(immersion.dates),
        evenements=agenda.evenements_immersion(immersion) if en_agenda else [],
    )


def demander_une_reponse(immersion: Immersion) -> None:
    """To the DRH of both employers: a month to answer."""
    demander_a_l_employeur(immersion)
    demander_a_l_accueil(immersion)


def demander_a_l_employeur(immersion: Immersion) -> None:
    _demander(immersion, _drh(immersion.collectivite_origine))


def demander_a_l_accueil(immersion: Immersion) -> None:
    _demander(immersion, _drh_d_accueil(immersion))


def _demander(immersion: Immersion, mandats: list[Mandat]) -> None:
    avant = date_texte(immersion.repondre_avant)
    for mandat in mandats:
        _ecrire_aux_rh(
            immersion,
            mandat,
            "demandee",
            f"Immersion demandée, réponse avant le {avant}",
            f"Une personne demande une immersion. Votre réponse est attendue avant le {avant}.",
        )


def _ecrire_aux_rh(
    immersion: Immersion, mandat: Mandat, occasion: str, objet: str, annonce: str
) -> None:
    deposer(
        "sessions/immersion_rh",
        demarche=immersion.collectivite_accueil.demarche,
        destinataire=mandat.utilisateur.email,
        utilisateur=mandat.utilisateur,
        cadre_ref=immersion.cadre_id,
        cle=f"parcours.immersion_{occasion}:{immersion.pk}:{mandat.pk}",
        objet_courriel=objet,
        annonce=annonce,
        immersion=immersion,
        jours=jours_texte(immersion.dates),
    )


def annoncer_reponse(immersion: Immersion) -> None:
    """Granted by both, refused or put off, with the reason."""
    if immersion.etat == Immersion.Etat.ACCORDEE:
        _ecrire_immersion(
            immersion,
            "Votre immersion est accordée",
            "Les deux employeurs ont dit oui. Reste à signer la convention, à trois.",
            en_agenda=True,
        )
    elif immersion.etat == Immersion.Etat.DEMANDEE and not immersion.est_montree:
        _ecrire_immersion(
            immersion,
            "L’accueil est d’accord pour votre immersion",
            "Le service qui vous recevrait dit oui. Votre employeur n’en sait rien. Quand vous "
            "voudrez, prévenez-le depuis la page de l’immersion : il lui faut dire oui aussi.",
        )
    elif immersion.etat == Immersion.Etat.REFUSEE:
        _ecrire_immersion(
            immersion, "Votre immersion est refusée", f"Le motif donné{N}: {immersion.motif}"
        )
    elif immersion.etat == Immersion.Etat.REPORTEE:
        apres = (
            f" Elle pourrait se faire à partir du {date_texte(immersion.reporter_apres)}."
            if immersion.reporter_apres
            else ""
        )
        _ecrire_immersion(
            immersion,
            "Votre immersion est reportée",
            f"Le motif donné{N}: {immersion.motif}{apres} Vous pouvez la demander de nouveau, à "
            "d’autres dates.",
        )


def annoncer_convention(immersion: Immersion) -> None:
    _ecrire_immersion(
        immersion,
        "Convention d’immersion signée",
        "Tout est prêt. Vous êtes en mission pendant ces jours.",
    )


def annoncer_immersion_annulee(immersion: Immersion) -> None:
    """To the person, whose calendar is cleared, and to the employers that knew of it."""
    _ecrire_immersion(
        immersion,
        "Immersion annulée",
        "Cette immersion n’aura pas lieu.",
        en_agenda=immersion.accord_origine_le is not None
        and immersion.accord_accueil_le is not None,
    )
    chez_soi = _drh(immersion.collectivite_origine) if immersion.est_montree else []
    for mandat in [*chez_soi, *_drh_d_accueil(immersion)]:
        _ecrire_aux_rh(
            immersion, mandat, "annulee", "Immersion annulée", "Cette immersion n’aura pas lieu."
        )


def _drh_d_accueil(immersion: Immersion) -> list[Mandat]:
    """While the person's employer knows nothing, not whoever serves it as well."""
    if immersion.est_montree:
        return _drh(immersion.collectivite_accueil)
    lecteurs = lecteurs_chez(immersion.collectivite_accueil_id, immersion.collectivite_origine)
    return list(lecteurs.filter(role=Role.DRH))


def _drh(collectivite: Collectivite) -> list[Mandat]:
    return list(
        Mandat.objects.en_vigueur()
        .filter(collectivite=collectivite, role=Role.DRH)
        .select_related("utilisateur")
        .order_by("pk")
    )
