"""Writing a confirmed diagnosis: a few bulk statements, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from cadres.candidature.comptes import adresses_d_employeur, prevenir_du_changement, suivre_adresses
from cadres.donnees_personnelles.oppositions import Oppositions
from cadres.fiche.journal import noter
from cadres.fiche.public import public_de
from cadres.fiche.verrous import prendre
from cadres.imports.existants import ATTRIBUTS, CHAMPS_DU_FICHIER, fiches_existantes
from cadres.imports.trace import Trace
from cadres.models import Cadre, Candidature
from cadres.mots import Actes
from cadres.recensement.diagnostic import rediagnostiquer
from cadres.recensement.modeles import CHAMPS_VISEES, LigneCadre, MiseAJour
from cadres.recensement.resultat import Diagnostic
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import sans_accents
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Direction, Poste
from collectivites.refus import ActionImpossible

#: Rows a statement: bounds memory, and lets progress show.
PAR_LOT = 500

Avancer = Callable[[int, int], None]
T = TypeVar("T")


def ecrire_diagnostic(
    *,
    acteur: Acteur | None,
    collectivite: Collectivite,
    diagnostic: Diagnostic,
    motifs: dict[int, str] | None = None,
    avancer: Avancer | None = None,
    trace: Trace | None = None,
) -> dict[str, int]:
    """Write the rows of `diagnostic` against what the registre holds now. Needs a transaction.

    The collectivité's row is locked first: two DRH at once come one after the other, and the
    second finds the cadres of the first. `motifs`: line → the DRH's reason to admit a row outside
    the intended public; such rows without a reason are left aside. `trace` receives what is written.
    """
    collectivite = (
        # no_key: an act on one file, which holds it, may still add a line that points here.
        Collectivite.objects.select_for_update(of=("self",), no_key=True)
        .select_related("demarche")
        .get(pk=collectivite.pk)
    )
    frais = rediagnostiquer(
        diagnostic,
        existants=fiches_existantes(collectivite),
        est_oppose=Oppositions(collectivite),
        adresses_prises=adresses_d_employeur(collectivite),
        public=public_de(collectivite.demarche),
    )
    motifs = {ligne: motif.strip() for ligne, motif in (motifs or {}).items() if motif.strip()}
    admis = [ligne for ligne in frais.hors_public if ligne.ligne in motifs]
    nouveaux = [*frais.nouveaux, *admis]
    trace = trace or Trace()
    _ecrire_les_lignes(acteur, collectivite, nouveaux, frais.mis_a_jour, motifs, avancer, trace)
    bilan = {
        "nouveaux": len(nouveaux),
        "mis_a_jour": len(frais.mis_a_jour),
        "inchanges": len(frais.inchanges),
        "hors_public_admis": len(admis),
        "hors_public_laisses": len(frais.hors_public) - len(admis),
        "questions": len(frais.questions),
        "conflits": len(frais.conflits),
        "autres_employeurs": sum(len(autre.lignes) for autre in frais.autres_employeurs),
        "opposes": len(frais.opposes),
        "a_corriger": diagnostic.nb_lignes_a_corriger,
    }
    _dire_l_import(acteur, collectivite, bilan)
    return bilan


def _ecrire_les_lignes(
    acteur: Acteur | None,
    collectivite: Collectivite,
    nouveaux: Sequence[LigneCadre],
    mis_a_jour: Sequence[MiseAJour],
    motifs: dict[int, str],
    avancer: Avancer | None,
    trace: Trace,
) -> None:
    """The files that change are locked, all of them, before the first row is written."""
    total = len(nouveaux) + len(mis_a_jour)
    avancer = avancer or _sans_suite
    avancer(0, total)
    for cles in _lots(sorted(int(maj.fiche_id) for maj in mis_a_jour)):
        prendre(cles)
    _liberer(mis_a_jour)
    lignes_lues = [*nouveaux, *(maj.cadre for maj in mis_a_jour)]
    directions = _directions(collectivite, [ligne.direction for ligne in lignes_lues])
    suivis: list[tuple[Cadre, str]] = []
    faits = 0
    for lignes in _lots(nouveaux):
        trace.noter_les_crees(_creer(collectivite, lignes, directions, motifs))
        avancer(faits := faits + len(lignes), total)
    for mises_a_jour in _lots(mis_a_jour):
        suivis += _mettre_a_jour(mises_a_jour, directions, trace)
        avancer(faits := faits + len(mises_a_jour), total)
    suivre_adresses([cadre for cadre, _ in suivis])
    _dire_les_adresses(acteur, suivis)


def _sans_suite(fait: int, total: int) -> None:
    """Nobody watches the progress."""


def _lots(elements: Sequence[T]) -> Iterator[Sequence[T]]:
    return (elements[debut : debut + PAR_LOT] for debut in range(0, len(elements), PAR_LOT))


def _dire_l_import(
    acteur: Acteur | None, collectivite: Collectivite, bilan: dict[str, int]
) -> None:
    journaliser(
        acteur=acteur,
        acte=Actes.RECENSEMENT_IMPORTE,
        libelle=(
            f"Recensement importé : {bilan['nouveaux']} nouveaux, "
            f"{bilan['mis_a_jour']} mis à jour, {bilan['inchanges']} inchangés"
        ),
        objet=collectivite,
        collectivite=collectivite,
        demarche=collectivite.demarche,
        details=bilan,
    )


def _dire_les_adresses(acteur: Acteur | None, suivis: list[tuple[Cadre, str]]) -> None:
    """A person who was told must know that their address changed, by whom, and at the former one."""
    for cadre, ancienne in suivis:
        if not ancienne or cadre.candidature.informe_le is None:
            continue
        prevenir_du_changement(cadre, ancienne, acteur)
        noter(
            acteur,
            cadre,
            Actes.MODIFIE,
            "Fiche modifiée par un import : courriel professionnel",
            objet=cadre,
            details={"champs": ["courriel"]},
        )


def _directions(collectivite: Collectivite, libelles: Iterable[str]) -> dict[str, Direction]:
    """Comparison key → direction of the collectivité; the missing ones are created."""
    connues = {
        sans_accents(direction.libelle): direction
        for direction in Direction.objects.filter(collectivite=collectivite)
    }
    manquantes: dict[str, str] = {}
    for libelle in libelles:
        cle = sans_accents(libelle[:160])
        if cle and cle not in connues:
            manquantes.setdefault(cle, libelle[:160])
    creees = Direction.objects.bulk_create(
        Direction(collectivite=collectivite, libelle=libelle) for libelle in manquantes.values()
    )
    return connues | dict(zip(manquantes, creees, strict=True))


def _direction(directions: dict[str, Direction], libelle: str) -> Direction | None:
    return directions.get(sans_accents(libelle[:160])) if libelle else None


def _creer(
    collectivite: Collectivite,
    lignes: Sequence[LigneCadre],
    directions: dict[str, Direction],
    motifs: dict[int, str],
) -> list[Cadre]:
    """Postes, then cadres, then candidacies: three statements (a poste each: titles repeat)."""
    avec_poste = [ligne for ligne in lignes if ligne.poste]
    postes = dict(
        zip(
            (ligne.ligne for ligne in avec_poste),
            Poste.objects.bulk_create(
                Poste(
                    collectivite=collectivite,
                    direction=_direction(directions, ligne.direction),
                    intitule=ligne.poste[:200],
                    nb_agents_encadres=ligne.nb_agents,
                )
                for ligne in avec_poste
            ),
            strict=True,
        )
    )
    cadres = []
    for ligne in lignes:
        cadre = Cadre(
            collectivite=collectivite,
            direction=_direction(directions, ligne.direction),
            poste=postes.get(ligne.ligne),
            motif_hors_public=motifs.get(ligne.ligne, "")[:300],
            **_valeurs(ligne),
        )
        cadre.recherche = cadre.calculer_recherche()
        cadres.append(cadre)
    crees = Cadre.objects.bulk_create(cadres)
    Candidature.objects.bulk_create(Candidature(cadre=cadre) for cadre in crees)
    return crees


def _valeurs(ligne: LigneCadre) -> dict[str, Any]:
    return {
        ATTRIBUTS.get(champ, champ): _borner(champ, valeur)
        for champ in CHAMPS_DU_FICHIER
        # An aim that the file does not say is none.
        if (valeur := getattr(ligne, champ)) is not None or champ not in CHAMPS_VISEES
    }


def _borner(champ: str, valeur: Any) -> Any:
    """A text never exceeds its column: PostgreSQL would refuse the whole file."""
    if champ in ATTRIBUTS:
        return valeur  # bounded where it is read
    maximum = getattr(Cadre._meta.get_field(champ), "max_length", None)
    return valeur[:maximum] if isinstance(valeur, str) and maximum else valeur


def _liberer(mises_a_jour: Iterable[MiseAJour]) -> None:
    """Empty every matricule and e-mail that changes before any is written: two people may swap
    theirs, and no two rows may hold one even for an instant."""
    for champ in ("matricule", "courriel"):
        pks = [
            int(maj.fiche_id)
            for maj in mises_a_jour
            if any(changement.champ == champ for changement in maj.changements)
        ]
        for lot in _lots(pks):
            Cadre.objects.filter(pk__in=lot).update(**{champ: ""})


def _mettre_a_jour(
    mises_a_jour: Sequence[MiseAJour], directions: dict[str, Direction], trace: Trace
) -> list[tuple[Cadre, str]]:
    """Returns those whose e-mail changes, with the former one: their accounts follow at the end."""
    cadres = Cadre.objects.select_related(
        "poste", "direction", "utilisateur", "candidature", "collectivite__demarche"
    ).in_bulk([maj.fiche_id for maj in mises_a_jour])
    postes: list[Poste] = []
    adresses: list[tuple[Cadre, str]] = []
    champs: set[str] = {"recherche"}
    for maj in mises_a_jour:
        cadre = cadres.get(int(maj.fiche_id))
        if cadre is None:
            raise ActionImpossible(
                "Une fiche vient d’être retirée du registre. Rien n’a été écrit : recommencez."
            )
        apres = {changement.champ: changement.apres for changement in maj.changements}
        trace.noter_avant(cadre, maj.changements)
        champs |= apres.keys()
        if "domaine" in apres:
            champs.add("domaine_autre")
        if "courriel" in apres:
            avant = next(c.avant for c in maj.changements if c.champ == "courriel")
            adresses.append((cadre, str(avant or "")))  # the row itself is emptied already
        for champ in apres.keys() & set(CHAMPS_DU_FICHIER):
            setattr(cadre, ATTRIBUTS.get(champ, champ), _borner(champ, apres[champ]))
        if "direction" in apres:
            cadre.direction = _direction(directions, str(apres["direction"]))
        if "poste" in apres:
            postes.append(_placer(cadre, str(apres["poste"]), "date_entree_poste" in apres))
        cadre.recherche = cadre.calculer_recherche()
    renommes = [poste for poste in postes if poste.pk]
    Poste.objects.bulk_create(poste for poste in postes if not poste.pk)
    Poste.objects.bulk_update(renommes, ["intitule"], batch_size=PAR_LOT)
    for cadre in cadres.values():
        cadre.poste_id = cadre.poste.pk if cadre.poste else None
    # Only the columns that some row changes: a bulk update costs by the column.
    Cadre.objects.bulk_update(cadres.values(), sorted(champs), batch_size=PAR_LOT)
    trace.noter_apres(cadres.values())
    return adresses


def _placer(cadre: Cadre, intitule: str, nouvelle_affectation: bool) -> Poste:
    """The poste under its new title; another one, not written yet, with a new date of arrival: the
    former stays, vacant."""
    if cadre.poste is None or nouvelle_affectation:
        cadre.poste = Poste(
            collectivite_id=cadre.collectivite_id,
            direction=cadre.direction,
            nb_agents_encadres=cadre.nb_agents,
        )
    cadre.poste.intitule = intitule[:200]
    return cadre.poste
