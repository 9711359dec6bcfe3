"""What each reader of a pay sheet is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import enumerer
from collectivites.mots import Role
from opportunites.models import FicheRemuneration, Reserve
from opportunites.paie import predicats
from opportunites.paie.calculs.calcul import Calcul
from opportunites.paie.calculs.connu import Regimes, de_la_personne, du_poste
from opportunites.paie.calculs.fiche import calcul_de, figee
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from opportunites.paie.forms.champs import initial_des_avantages
from opportunites.paie.presentation import ecart_en_mots, ecrire
from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.comparaison.blocs import Bloc
from opportunites.remuneration.comparaison.maintien import PHRASE
from opportunites.remuneration.cout_employeur import HYPOTHESES, CoutAnnuel
from opportunites.remuneration.erreurs import SaisieRefusee
from opportunites.remuneration.fiche import Changement, FicheFigee, LigneFigee, differences
from opportunites.remuneration.montants import ZERO
from opportunites.remuneration.textes import euros, taux


def pour_les_employeurs(acteur: Acteur) -> bool:
    return not acteur.est(Role.CADRE)


def lire(acteur: Acteur, fiche: FicheRemuneration, enfants: int = 0) -> dict[str, Any]:
    """The whole page. The signed lines are read as they were frozen, whatever the barèmes became."""
    personne = not pour_les_employeurs(acteur)
    calcul, refus = _calcul(fiche, enfants if personne else 0)
    gelee = figee(fiche)
    precedente = _precedente(fiche)
    return {
        "fiche": fiche,
        "proposition": fiche.proposition,
        "poste": fiche.proposition.opportunite.poste,
        "personne": personne,
        "enfants": enfants if personne else 0,
        "figee": bool(gelee),
        "table": table_figee(gelee, pour_la_personne=personne) if gelee else None,
        "prudences": gelee.prudences if gelee else (),
        "calcul": calcul,
        "ecrit": ecrire(calcul, pour_la_personne=personne) if calcul else None,
        "baremes_changes": bool(gelee) and fiche.empreinte != baremes().empreinte,
        "refus": refus,
        "maintien": calcul.maintien if calcul else None,
        "phrase_maintien": PHRASE,
        "annee_net": _annee(calcul),
        "hypotheses": HYPOTHESES if calcul and not personne else (),
        "couts": [_cout(annee) for annee in calcul.couts] if calcul and not personne else [],
        "precedente": precedente,
        "changements": _changements(precedente, gelee, pour_la_personne=personne),
        "versions": list(
            FicheRemuneration.objects.visibles_par(acteur)
            .filter(proposition=fiche.proposition_id)
            .order_by("-version")
        ),
        "reserve": _reserve(acteur, fiche),
        **_droits(acteur, fiche),
    }


def _calcul(fiche: FicheRemuneration, enfants: int) -> tuple[Calcul | None, str]:
    if not fiche.est_complete:
        return None, ""
    try:
        return calcul_de(fiche, enfants), ""
    except SaisieRefusee as refusee:
        return None, refusee.refus[0].message


def _annee(calcul: Calcul | None) -> str:
    """« Sur l’année du mouvement : entre −300 € et +900 € »: of net, with the CIA of both ends."""
    return ecart_en_mots(calcul.annee.ecart("net_avant_PAS")) if calcul else ""


def _cout(annee: CoutAnnuel) -> tuple[int, str, str, str]:
    """Year, gross, cost, rate of the CNRACL."""
    cnracl = taux(annee.taux_cnracl) if annee.taux_cnracl is not None else "sans objet"
    return annee.annee, str(annee.brut), str(annee.cout), cnracl


@dataclass(frozen=True)
class TableFigee:
    """The signed lines under their titles; `tus`: what is unknown on both sides, in one sentence."""

    blocs: list[tuple[str, list[LigneFigee]]]
    tus: str

    @property
    def dit_l_annee(self) -> bool:
        """Versions signed before did not tell each line over a year."""
        return any(ligne.ecart_an for _, lignes in self.blocs for ligne in lignes)


def table_figee(gelee: FicheFigee, *, pour_la_personne: bool) -> TableFigee:
    """In their order, without those that are nothing on both sides."""
    blocs: dict[str, list[LigneFigee]] = {}
    tues: list[str] = []
    for ligne in gelee.lignes:
        if {ligne.origine, ligne.accueil} == {euros(ZERO)}:
            continue
        if not ligne.est_lue_de(la_personne=pour_la_personne):
            continue
        if ligne.bloc == Bloc.HORS_BULLETIN and ligne.est_inconnue and not ligne.sous_total:
            tues.append(ligne.libelle.lower())
            continue
        blocs.setdefault(ligne.bloc, []).append(ligne)
    if pour_la_personne:
        # Frozen without children: both totals are the same, once is enough.
        blocs.pop("Totaux", None)
    # A sum of nothing that is shown would say « inconnu » a second time.
    montres = [(t, li) for t, li in blocs.items() if not all(ligne.sous_total for ligne in li)]
    return TableFigee(montres, enumerer(tues))


def _precedente(fiche: FicheRemuneration) -> FicheRemuneration | None:
    precedente: FicheRemuneration | None = (
        FicheRemuneration.objects.filter(
            proposition=fiche.proposition_id, version__lt=fiche.version
        )
        .signees()
        .order_by("-version")
        .first()
    )
    return precedente


def _changements(
    precedente: FicheRemuneration | None, gelee: FicheFigee | None, *, pour_la_personne: bool
) -> list[Changement]:
    if precedente is None or gelee is None:
        return []
    avant = figee(precedente)
    assert avant is not None
    return [
        c
        for c in differences(avant, gelee)
        if (pour_la_personne or not c.reservee_a_la_personne) and c.bloc != "Totaux"
    ]


def _reserve(acteur: Acteur, fiche: FicheRemuneration) -> Reserve | None:
    """What a DGS is here to arbitrate."""
    if not acteur.est(Role.DGS):
        return None
    reserve: Reserve | None = (
        Reserve.objects.visibles_par(acteur)
        .filter(
            proposition=fiche.proposition_id,
            sujet=Reserve.Sujet.REMUNERATION,
            etat__in=Reserve.ETATS_OUVERTS,
        )
        .first()
    )
    return reserve


def _droits(acteur: Acteur, fiche: FicheRemuneration) -> dict[str, Any]:
    if not acteur.est(Role.DRH):
        return {"peut_saisir": False, "peut_signer": False, "peut_ouvrir": False}
    return {
        "peut_saisir": predicats.refus_saisir(acteur, fiche) is None,
        "peut_signer": predicats.refus_signer(acteur, fiche) is None,
        "peut_ouvrir": fiche.est_signee
        and predicats.refus_ouvrir_une_version(acteur, fiche.proposition) is None,
    }


def valeurs_initiales(fiche: FicheRemuneration, *, accueil: bool) -> dict[str, Any]:
    """What was typed; at first, what the registre and the délibération hold. Three queries."""
    proposition = fiche.proposition
    poste = proposition.opportunite.poste
    deja = fiche.saisie_accueil if accueil else fiche.saisie_origine
    if deja:
        genre: Any = SaisieAccueil if accueil else SaisieOrigine
        saisie = genre.depuis_json(deja)
        return {**vars(saisie), **initial_des_avantages(saisie.avantages)}
    collectivite = poste.collectivite if accueil else proposition.collectivite_origine
    regimes = Regimes.lire(collectivite)
    avantages = initial_des_avantages(regimes.avantages(collectivite.pk))
    if accueil:
        date_effet = proposition.opportunite.date_prise_poste or timezone.localdate()
        return {**du_poste(poste, regimes.groupe(poste)), "date_effet": date_effet, **avantages}
    connu = de_la_personne(proposition.cadre, timezone.localdate())
    # A line of the grid says the index: typed beside it, it would only have to be kept in step.
    if connu["grade"]:
        connu["inm"] = None
    return {**connu, **avantages}
