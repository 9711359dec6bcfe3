"""The files of the moves: answers of the origins, lists partly done, teams covered or not, and what
became of those who moved. Dates only: no chance here, so that the rest of the demo stays as it is."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile
from pypdf import PdfReader, PdfWriter

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import jour_de
from collectivites.models import Mandat, Utilisateur
from collectivites.mots import Role
from opportunites.dossier.actions.suivi import ouvrir_les_suivis
from opportunites.dossier.droit import checklist, delais
from opportunites.dossier.modeles.champs import champs_de
from opportunites.dossier.modeles.fournis import PAR_CODE, en_docx
from opportunites.dossier.modeles.grammaire import lire
from opportunites.dossier.signature import composition
from opportunites.dossier.signature.manifeste import etablir
from opportunites.dossier.signature.retour import comparer, empreinte
from opportunites.models import (
    DossierASigner,
    Element,
    Impact,
    Mobilite,
    ModeleWord,
    ReponseOrigine,
    RetourSigne,
    Suivi,
)
from pilotage.demo.calendrier import instant, jour, ouvre
from pilotage.demo.organisation import Lieu

R = Mobilite.Reponse
PLANS: tuple[dict[str, Any], ...] = (
    {
        "plan": Impact.Plan.ARRIVEE,
        "risque": Impact.Risque.FAIBLE,
        "recouvrement_jours": 5,
        "interim": "",
        "precision": "La personne qui arrive vient de la démarche : une semaine en commun.",
    },
    {
        "plan": Impact.Plan.INTERIM,
        "risque": Impact.Risque.MOYEN,
        "recouvrement_jours": None,
        "interim": "L’adjointe à la direction",
        "precision": "Le budget se vote pendant l’intérim : un point par semaine avec la DGA.",
    },
)
#: Who answers at six and twelve months, in turn: how it goes, and what is kept of it.
VOIX = (
    (Suivi.Bilan.TRES_BIEN, [Suivi.Theme.PASSATION, Suivi.Theme.PARCOURS]),
    (Suivi.Bilan.BIEN, [Suivi.Theme.ACCUEIL]),
    (Suivi.Bilan.BIEN, [Suivi.Theme.PASSATION, Suivi.Theme.CULTURE]),
    (Suivi.Bilan.MITIGE, [Suivi.Theme.OUTILS, Suivi.Theme.CALENDRIER]),
    (Suivi.Bilan.TRES_BIEN, [Suivi.Theme.ACCUEIL, Suivi.Theme.PARCOURS]),
)


def remplir(lieu: Lieu) -> None:
    """After the moves, before the journal."""
    mobilites = Mobilite.objects.select_related(
        "cadre__utilisateur", "collectivite_origine", "collectivite_accueil", "poste_accueil"
    ).order_by("date_effet", "pk")
    for rang, mobilite in enumerate(mobilites.filter(etat=Mobilite.Etat.EFFECTIVE)):
        _passee(lieu, mobilite, rang)
    for rang, mobilite in enumerate(mobilites.filter(etat=Mobilite.Etat.OUVERTE)):
        _en_cours(lieu, mobilite, rang)
    _modele(lieu.mandat("ville", Role.DRH))
    _signature(lieu)


# --- Moves done -----------------------------------------------------------------------------------


def _passee(lieu: Lieu, mobilite: Mobilite, rang: int) -> None:
    assert mobilite.date_effet is not None
    effet, accord = mobilite.date_effet, jour_de(mobilite.ouverte_le)
    mobilite.demande_recue_le = accord + timedelta(days=1)
    par_silence = rang % 6 == 1 and mobilite.voie != Mobilite.Voie.PORTABILITE_CDI
    if par_silence and mobilite.demande_recue_le + relativedelta(months=3) <= effet:
        mobilite.reponse_origine = R.TACITE
        silence = delais.acceptation_tacite(mobilite.demande_recue_le)
        _repondre(lieu, mobilite, instant(silence, 0, 10))
    else:
        mobilite.reponse_origine, mobilite.date_convenue = R.ACCORD, effet
        _repondre(lieu, mobilite, instant(ouvre(accord + timedelta(days=12)), 15))
    mobilite.save()
    checklist.mettre_a_jour(mobilite)
    _cocher(
        lieu, mobilite, sauf={"DOSSIER_AGENT", "IDENTIFIANTS"} if effet > jour(mois=-2) else set()
    )
    for numero, suivi in enumerate(ouvrir_les_suivis(mobilite)):
        # Every fifth voice is late, so that « À faire » has something to ask for.
        if suivi.echeance <= jour() and (rang + numero) % 5 != 4:
            _dire(lieu, suivi, rang + numero)


def _dire(lieu: Lieu, suivi: Suivi, rang: int) -> None:
    mobilite = suivi.mobilite
    suivi.bilan, suivi.themes = VOIX[rang % len(VOIX)]
    suivi.en_poste = True
    suivi.renseigne_le = instant(min(ouvre(suivi.echeance + timedelta(days=6)), jour()), 11)
    suivi.renseigne_par = (
        lieu.mandat(mobilite.collectivite_accueil.code, Role.DRH)
        if suivi.cote == Suivi.Cote.ACCUEIL
        else Mandat.objects.filter(
            utilisateur=mobilite.cadre.utilisateur,
            collectivite=mobilite.collectivite_accueil,
            role=Role.CADRE,
        ).first()
    )
    suivi.save()


# --- Moves under way ------------------------------------------------------------------------------


def _en_cours(lieu: Lieu, mobilite: Mobilite, rang: int) -> None:
    """Agreed; agreed on another date; within one administration; awaited twice."""
    assert mobilite.date_effet is not None
    accord = jour_de(mobilite.ouverte_le)
    origine, accueil = mobilite.collectivite_origine, mobilite.collectivite_accueil
    if origine.groupe_employeur and origine.groupe_employeur == accueil.groupe_employeur:
        mobilite.voie = Mobilite.Voie.SERVICE_COMMUN
    else:
        mobilite.demande_faite_le = mobilite.demande_recue_le = accord + timedelta(days=2)
        _fixer(lieu, mobilite, rang, mobilite.demande_recue_le)
    mobilite.cet_jours = 18 + rang
    mobilite.save()
    checklist.mettre_a_jour(mobilite)
    _cocher(lieu, mobilite, jusqu_a=jour(), sauf={"PASSATION_NOTE", "PAIE", "VISITE_MEDICALE"})
    if rang == 1:
        _ajouter(lieu, mobilite)
    if rang < len(PLANS):
        _couvrir(lieu, mobilite, PLANS[rang], accord)


def _fixer(lieu: Lieu, mobilite: Mobilite, rang: int, recue: date) -> None:
    effet = mobilite.date_effet
    assert effet is not None
    if rang < 2:
        mobilite.reponse_origine = R.ACCORD if rang == 0 else R.DATE
        mobilite.date_convenue = effet
        mobilite.date_souhaitee = effet if rang == 0 else effet - timedelta(days=14)
        _repondre(lieu, mobilite, instant(ouvre(recue + timedelta(days=9)), 16))
        return
    mobilite.date_effet = max(effet, delais.depart_au_plus_tard(recue))
    mobilite.date_souhaitee = effet


def _ajouter(lieu: Lieu, mobilite: Mobilite) -> None:
    """What no rule could know of, added by the DRH of origin."""
    Element.objects.create(
        mobilite=mobilite,
        code="ajout-demo",
        ordre=checklist.APRES_LA_REGLE,
        libelle="Transmettre les accès au logiciel de subventions",
        cote=Element.Cote.ORIGINE,
        echeance=jour(jours=9),
        ajoute_par=lieu.mandat(mobilite.collectivite_origine.code, Role.DRH),
    )


def _couvrir(lieu: Lieu, mobilite: Mobilite, plan: dict[str, Any], accord: date) -> None:
    ecart = timedelta(days=-7 if plan["recouvrement_jours"] else 21)
    Impact.objects.create(
        mobilite=mobilite,
        remplacement_le=(mobilite.date_effet or accord) + ecart,
        maj_le=instant(ouvre(accord + timedelta(days=15)), 10),
        maj_par=lieu.mandat(mobilite.collectivite_origine.code, Role.DRH),
        **plan,
    )


# --- Both -----------------------------------------------------------------------------------------


def _repondre(lieu: Lieu, mobilite: Mobilite, quand: datetime) -> None:
    tacite = mobilite.reponse_origine == R.TACITE
    ReponseOrigine.objects.create(
        mobilite=mobilite,
        sens=mobilite.reponse_origine,
        date_convenue=mobilite.date_convenue,
        texte="" if tacite else "Date convenue entre les deux directions.",
        par=None if tacite else lieu.mandat(mobilite.collectivite_origine.code, Role.DRH),
        le=quand,
    )


def _cocher(lieu: Lieu, mobilite: Mobilite, *, jusqu_a: date | None = None, sauf: set[str]) -> None:
    """What was due is done, a little before its day; what is in `sauf` is late, or to come."""
    elements = [
        e
        for e in Element.objects.filter(mobilite=mobilite).exclude(code__in=sauf)
        if e.echeance and (jusqu_a is None or e.echeance <= jusqu_a)
    ]
    for element in elements:
        assert element.echeance is not None
        fait = ouvre(element.echeance - timedelta(days=4))
        premier = jour_de(mobilite.ouverte_le) + timedelta(days=1)
        element.fait_le = instant(min(max(fait, premier), jour()), 14)
        element.fait_par = _qui(lieu, mobilite, element)
    Element.objects.bulk_update(elements, ["fait_le", "fait_par"])


def _qui(lieu: Lieu, mobilite: Mobilite, element: Element) -> Utilisateur:
    if element.cote == Element.Cote.CADRE:
        assert mobilite.cadre.utilisateur is not None
        return mobilite.cadre.utilisateur
    cote = (
        mobilite.collectivite_origine
        if element.cote == Element.Cote.ORIGINE
        else mobilite.collectivite_accueil
    )
    return lieu.mandat(cote.code, Role.DRH).utilisateur


# --- Papers ---------------------------------------------------------------------------------------


def _modele(drh: Mandat) -> None:
    """A Word model of the Ville: its letter of proposition."""
    fourni = PAR_CODE["lettre-proposition"]
    contenu = en_docx(fourni)
    ModeleWord.objects.create(
        collectivite=drh.collectivite,
        genre=fourni.genre,
        nom="Lettre de proposition, à notre en-tête",
        nom_fichier="lettre-proposition-ville.docx",
        contenu=contenu,
        champs=list(lire(contenu, champs_de(fourni.genre)).cles),
        depose_le=instant(jour(jours=-40), 9),
        depose_par=drh,
    )


def _signature(lieu: Lieu) -> None:
    """A folder that left for the parapheur of the Ville, and came back signed, written anew by it."""
    mobilite = (
        Mobilite.objects.filter(
            etat=Mobilite.Etat.EFFECTIVE, collectivite_accueil=lieu.collectivites["ville"]
        )
        .exclude(voie="")
        .select_related(
            "cadre__candidature",
            "cadre__collectivite__demarche",
            "collectivite_origine",
            "collectivite_accueil",
            "poste_origine",
            "poste_accueil",
        )
        .order_by("-date_effet", "pk")
        .first()
    )
    if mobilite is None:
        return
    drh = lieu.mandat("ville", Role.DRH)
    acteur, reference = Acteur(mandat=drh), composition.numeroter(mobilite)
    pieces = composition.pieces_de_la_mobilite(acteur, mobilite)
    manifeste = etablir(acteur, mobilite, reference, pieces)
    objet = "Mobilité entre deux employeurs : accord des deux directions des ressources humaines"
    contenu = composition.composer(mobilite, manifeste, objet, pieces, drh.collectivite)
    dossier = DossierASigner(
        mobilite=mobilite,
        reference=reference,
        empreinte=empreinte(contenu),
        manifeste=manifeste,
        garde_jusqu_au=date.fromisoformat(manifeste["conservation"]["jusqu_au"]),
        fait_le=instant(jour(jours=-9), 10),
        fait_par=drh,
    )
    dossier.piece.save(f"{reference}.pdf", ContentFile(contenu), save=False)
    dossier.save()
    _retour(dossier, contenu, drh)


def _retour(dossier: DossierASigner, contenu: bytes, drh: Mandat) -> None:
    reecrit = io.BytesIO()
    PdfWriter(clone_from=PdfReader(io.BytesIO(contenu))).write(reecrit)
    signe = reecrit.getvalue()
    comparaison = comparer(contenu, signe, dossier.reference)
    retour = RetourSigne(
        dossier=dossier,
        empreinte=empreinte(signe),
        constat=comparaison.constat,
        ecarts=comparaison.ecarts,
        signatures=[
            {
                "nom": f"{drh.utilisateur.nom_complet}, DRH",
                "le": jour(jours=-6).isoformat(),
                "lu": False,
            }
        ],
        depose_le=instant(jour(jours=-5), 11),
        depose_par=drh,
    )
    retour.piece.save("signe.pdf", ContentFile(signe), save=False)
    retour.save()
