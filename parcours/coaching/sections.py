"""What the coaching adds to a person's page, and to « mes données »."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cadres.fiche.referentiels import COMPETENCES
from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import metiers
from collectivites.communs.typographie import compter, date_texte, de, heure_texte
from collectivites.mots import CodeCollectivite
from parcours.coaching.dossier import lire, lire_le_bilan
from parcours.models import (
    Accompagnement,
    Bilan,
    Carnet,
    Inscription,
    NoteCoaching,
    NotePrivee,
    Objectif,
    RendezVousCoaching,
    Sortie,
    Synthese,
)


def section_coaching(acteur: Acteur, cadre: Cadre) -> tuple[str, dict[str, Any]] | None:
    """For the employer alone: dates, durations, attendance, and what the cadre published."""
    if not acteur.est_employeur or cadre.collectivite_id != acteur.collectivite.pk:
        return None
    seances = list(
        RendezVousCoaching.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre)
        .exclude(etat=RendezVousCoaching.Etat.ANNULE)
        .order_by("-debut", "-pk")
    )
    synthese = (
        Synthese.objects.publiees_pour(acteur)
        .filter(accompagnement__cadre=cadre)
        .only("pk")
        .order_by("-publiee_le")
        .first()
    )
    # Of the bilan, the date alone leaves the database.
    fin = (
        Inscription.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .order_by("-inscrit_le", "-pk")
        .values(
            "bilan__remis_le", "sortie__dite_le", "sortie__entretien_le", "sortie__entretien_avec"
        )
        .first()
    ) or dict.fromkeys(("bilan__remis_le", "sortie__dite_le"))
    remis_le = fin["bilan__remis_le"]
    sortie = (
        {
            "dite_le": fin["sortie__dite_le"],
            "entretien_le": fin["sortie__entretien_le"],
            "entretien_avec": fin["sortie__entretien_avec"],
        }
        if fin["sortie__dite_le"]
        else None
    )
    if not (seances or synthese or remis_le or sortie):
        return None
    contexte = {
        "seances": seances,
        "tenues": sum(r.etat == RendezVousCoaching.Etat.TENU for r in seances),
        "synthese_a_lire": synthese,
        "bilan_remis_le": remis_le,
        "sortie": sortie,
    }
    return "parcours/coaching/_section_fiche.html", contexte


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """All that is held on the person: called for the person alone (`cadres.donnees_personnelles.donnees`)."""
    lignes: list[tuple[str, Any]] = []
    for ecrit in Accompagnement.objects.filter(cadre=cadre).select_related(
        "accompagnateur__utilisateur"
    ):
        fin = f", jusqu’au {date_texte(ecrit.fin)}" if ecrit.fin else ""
        nom = ecrit.accompagnateur.utilisateur.nom_complet
        lignes.append(("Accompagnement avec", f"{nom}, depuis le {date_texte(ecrit.debut)}{fin}"))
    for rendez_vous in RendezVousCoaching.objects.filter(accompagnement__cadre=cadre):
        quand = f"{date_texte(rendez_vous.debut)}, {heure_texte(rendez_vous.debut)}"
        etat = rendez_vous.get_etat_display()
        lignes.append(("Rendez-vous de coaching", f"{quand}, {rendez_vous.duree} : {etat}"))
    objectifs = Objectif.objects.filter(accompagnement__cadre=cadre)
    lignes += [("Objectif", lire(o)) for o in objectifs.select_related("accompagnement")]
    for note in NoteCoaching.objects.filter(accompagnement__cadre=cadre).select_related(
        "accompagnement", "auteur"
    ):
        titre = f"Note {de(note.auteur.nom_complet)}, {date_texte(note.ecrite_le)}"
        lignes.append((titre, lire(note)))
    for synthese in Synthese.objects.filter(accompagnement__cadre=cadre).select_related(
        "accompagnement"
    ):
        publiee = synthese.publiee_le
        titre = f"Synthèse publiée le {date_texte(publiee)}" if publiee else "Synthèse, brouillon"
        lignes.append((titre, lire(synthese)))
    if privees := NotePrivee.objects.filter(accompagnement__cadre=cadre).count():
        lignes.append(
            (
                "Notes personnelles de la personne qui vous accompagne",
                f"{compter(privees, 'note')}, que Quatuor ne montre qu’à qui les a écrites. Pour en "
                "recevoir copie (droit d’accès), demandez-la à votre délégué à la protection des "
                "données.",
            )
        )
    yield Rubrique("coaching", "Votre accompagnement, que vous deux seuls lisez", lignes)
    yield _le_carnet(cadre)
    bilans = [
        (titre, valeur)
        for bilan in Bilan.objects.filter(inscription__cadre=cadre).select_related("inscription")
        for titre, valeur in _lignes_du_bilan(bilan)
    ]
    sorties = [
        ("Mot de votre direction des ressources humaines", sortie.mot)
        for sortie in Sortie.objects.filter(inscription__cadre=cadre)
    ]
    yield Rubrique("bilan", "Votre bilan", [*bilans, *sorties])


def _le_carnet(cadre: Cadre) -> Rubrique:
    carnets = Carnet.objects.filter(cadre=cadre)
    titre = "Votre carnet, montré à vous seul"
    return Rubrique("carnet", titre, [("Carnet", lire(c)) for c in carnets])


def _lignes_du_bilan(bilan: Bilan) -> list[tuple[str, Any]]:
    codes, dit = dict(CodeCollectivite.choices), lire_le_bilan(bilan)
    return [
        ("État", bilan.get_etat_display()),
        ("Remis le", bilan.remis_le),
        ("Où vous en êtes", dit.ou_on_en_est),
        ("Disponible à partir du", dit.disponible_des),
        ("Familles de métiers", " ; ".join(metiers.dire(d, d) for d in dit.domaines)),
        ("Collectivités", ", ".join(str(codes.get(c, c)) for c in dit.collectivites)),
        ("Voie", dit.en_voie),
        ("Distance, en km", dit.distance_km),
        ("Télétravail, jours par semaine", dit.jours_teletravail),
        (
            "Compétences gagnées",
            ", ".join(COMPETENCES[c].libelle for c in dit.competences if c in COMPETENCES),
        ),
        ("Avec vos mots", dit.texte),
    ]
