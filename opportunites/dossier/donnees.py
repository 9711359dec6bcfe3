"""« Mes données »: what a move's file holds on the person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.communs.typographie import compter, date_texte
from opportunites.models import (
    DossierASigner,
    Element,
    LettreFaite,
    Mobilite,
    ReponseOrigine,
    Suivi,
)


def _ligne_mobilite(mobilite: Mobilite) -> tuple[str, str]:
    texte = f"{mobilite.collectivite_accueil.nom_court}, {mobilite.get_etat_display().lower()}"
    if mobilite.voie:
        texte += f", {mobilite.get_voie_display().lower()}"
    if mobilite.date_effet:
        texte += f", au {date_texte(mobilite.date_effet)}"
    return mobilite.poste_accueil.intitule, texte


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Every move by its start; dates and facts kept for the law, answers of the employer, the list,
    follow-ups, letters that wait, what was signed. 7 queries."""
    mobilites = (
        Mobilite.objects.filter(cadre=cadre)
        .select_related("poste_accueil", "collectivite_accueil")
        .order_by("ouverte_le")
    )
    faits = [fait for m in mobilites for fait in _faits(m)]
    reponses = ReponseOrigine.objects.filter(mobilite__cadre=cadre).order_by("le")
    # What was added by hand is somebody's words about the person, whoever has to do it.
    elements = Element.objects.filter(
        Q(cote=Element.Cote.CADRE) | Q(ajoute_par__isnull=False), mobilite__cadre=cadre
    )
    suivis = Suivi.objects.filter(mobilite__cadre=cadre, renseigne_le__isnull=False)
    yield Rubrique("mobilites", "Vos mobilités", [_ligne_mobilite(m) for m in mobilites])
    yield Rubrique("dossier_mobilite", "Ce que retient votre dossier de mobilité", faits)
    yield Rubrique(
        "reponses_origine",
        "Les réponses de votre employeur à votre départ",
        [(date_texte(r.le), _reponse(r)) for r in reponses],
    )
    yield Rubrique(
        "points_mobilite",
        "Les points de votre dossier",
        [
            (_point(e), f"fait le {date_texte(e.fait_le)}" if e.fait_le else "à faire")
            for e in elements
        ],
    )
    yield Rubrique(
        "suivis_mobilite",
        "Le suivi de votre mobilité",
        [(f"À {s.mois} mois, {s.get_cote_display().lower()}", _suivi(s)) for s in suivis],
    )
    yield _lettres(cadre)
    yield _signatures(cadre)


def _lettres(cadre: Cadre) -> Rubrique:
    """Made from a Word model, by whom and when: the file itself goes a day later."""
    lettres = LettreFaite.objects.filter(cadre=cadre).select_related(
        "fournee__modele__collectivite"
    )
    return Rubrique(
        "lettres_faites",
        "Les lettres à votre nom, gardées un jour",
        [
            (
                lettre.fournee.modele.get_genre_display(),
                f"{lettre.fournee.modele.collectivite.nom}, le {date_texte(lettre.fournee.demandee_le)}",
            )
            for lettre in lettres
        ],
    )


def _signatures(cadre: Cadre) -> Rubrique:
    """Each folder that left to be signed, and who signed it, as its file says."""
    dossiers = DossierASigner.objects.filter(mobilite__cadre=cadre).prefetch_related("retours")
    return Rubrique(
        "dossiers_a_signer",
        "Les dossiers de votre mobilité partis à la signature",
        [(f"Dossier n° {d.reference}, du {date_texte(d.fait_le)}", _signe(d)) for d in dossiers],
    )


def _signe(dossier: DossierASigner) -> str:
    signees = [
        (s.nom or "signataire non nommé") + (f", le {date_texte(s.le)}" if s.le else "")
        for s in dossier.signees
    ]
    return " ; ".join(signees) or "signature attendue"


def _faits(mobilite: Mobilite) -> Iterable[tuple[str, str]]:
    poste = mobilite.poste_accueil.intitule
    if mobilite.demande_recue_le:
        yield f"{poste} : demande reçue", date_texte(mobilite.demande_recue_le)
    if mobilite.titularise_le:
        yield (
            f"{poste} : date de titularisation",
            f"{date_texte(mobilite.titularise_le)}, pour le seul calcul de l’indemnité (L512-25)",
        )
    if mobilite.anciennete_services:
        yield f"{poste} : services", mobilite.get_anciennete_services_display()
    if mobilite.cet_jours is not None:
        yield f"{poste} : compte épargne-temps", mobilite.cet_texte


def _point(element: Element) -> str:
    if element.cote == Element.Cote.CADRE:
        return element.libelle
    return f"{element.libelle} ({element.get_cote_display().lower()})"


def _reponse(reponse: ReponseOrigine) -> str:
    texte = reponse.get_sens_display()
    if reponse.date_convenue:
        texte += f", départ le {date_texte(reponse.date_convenue)}"
    if reponse.motif:
        texte += f" : {reponse.get_motif_display().lower()}"
    return f"{texte}. {reponse.texte}".strip()


def _suivi(suivi: Suivi) -> str:
    """All that is held, the employer's voice included: it is about the person."""
    texte = "toujours en poste" if suivi.en_poste else "plus en poste"
    texte += f" ; {suivi.get_bilan_display().lower()}"
    if suivi.themes:
        texte += f" ; {compter(len(suivi.themes), 'enseignement')}"
    return f"{texte}. {suivi.note}".strip()
