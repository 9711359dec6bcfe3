"""From a workbook read to its diagnosis. Pure: nothing is written, nothing is looked up outside."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cadres.recensement.champs.texte import nettoyer
from cadres.recensement.conclusion import Etat, conclure, en_texte
from cadres.recensement.entetes.colonnes import associer
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.lecture import Classeur
from cadres.recensement.lignes.extraction import LigneBrute, extraire
from cadres.recensement.lignes.nettoyage import Contexte, EstOppose, nettoyer_ligne
from cadres.recensement.lignes.tri import Tri, trier
from cadres.recensement.modeles import (
    CHAMPS,
    CHAMPS_COMPOSES,
    CHAMPS_VISEES,
    Anomalie,
    ColonneEcartee,
    ColonneLue,
    Doublon,
    FicheExistante,
)
from cadres.recensement.personnes.cles import lire_cle
from cadres.recensement.personnes.employeurs import separer_employeurs
from cadres.recensement.personnes.public import PublicVise
from cadres.recensement.personnes.rapprochement import Decisions, Reponses
from cadres.recensement.resultat import Diagnostic

Corrections = Mapping[tuple[int, str], str]


def proposer_colonnes(
    classeur: Classeur,
    correspondance: Mapping[str, str] | None = None,
    *,
    aujourdhui: date | None = None,
) -> tuple[ColonneLue, ...]:
    """What each column would become, for the page where the DRH corrects the mapping."""
    return associer(
        classeur.entete,
        classeur.donnees,
        correspondance,
        aujourdhui=aujourdhui,
        date_1904=classeur.date_1904,
    )


def diagnostiquer(
    classeur: Classeur,
    *,
    existants: Iterable[FicheExistante],
    correspondance: Mapping[str, str] | None = None,
    corrections: Corrections | None = None,
    domaine_courriel: str | None = None,
    aujourdhui: date | None = None,
    est_oppose: EstOppose | None = None,
    adresses_prises: Mapping[str, str] | None = None,
    adresses_nommees: Mapping[str, str] | None = None,
    public: PublicVise | None = None,
    employeur: Collection[str] = (),
    autres_employeurs: Collection[str] = (),
    sans_masquees: bool = False,
    decisions: Decisions | None = None,
    reponses: Reponses | None = None,
) -> Diagnostic:
    """Sort the rows of a staff list into groups, against the current registre of the collectivité.

    `employeur`, `autres_employeurs`: the names of one's own and of the others, to set the rows of the
    others aside. `sans_masquees`: leave out the rows that the file hides (they are taken otherwise: an
    old filter must not make people vanish, and the diagnosis says so). `decisions`, `reponses`: what was
    answered to questions and to conflicts. Raises `FichierIllisible` when no column gives the name and
    the first name; nothing else.
    """
    colonnes = proposer_colonnes(classeur, correspondance, aujourdhui=aujourdhui)
    _exiger_identite(colonnes)
    fiches = list(existants)
    contexte = _contexte(
        {c.champ: c.colonne for c in colonnes if c.champ},
        aujourdhui,
        domaine_courriel,
        est_oppose,
        adresses_prises,
        adresses_nommees,
        public,
    )
    brutes, tri, masquees = _lire_les_lignes(classeur, colonnes, sans_masquees=sans_masquees)
    brutes, autres = separer_employeurs(
        brutes,
        employeur=employeur,
        autres=autres_employeurs,
        fiches={str(fiche.id) for fiche in fiches},
    )
    doublons = _corriger_et_dedoublonner(brutes, corrections or {})
    etat = Etat()
    for brute in brutes:
        if brute.numero not in doublons:
            etat.ranger(nettoyer_ligne(brute, contexte), contexte)
    refusees = {c for c, champ in (correspondance or {}).items() if champ not in CHAMPS}
    base = Diagnostic(
        nom_fichier=classeur.nom_fichier,
        format=classeur.format,
        feuille=classeur.feuille,
        ligne_entete=classeur.entete.ligne,
        nb_lignes=len(brutes),
        nb_vides=_compter_vides(classeur) + tri.vides,
        correspondance={
            c.colonne: c.champ or (correspondance or {})[c.colonne]
            for c in colonnes
            if c.champ or c.colonne in refusees
        },
        colonnes_ecartees=tuple(
            ColonneEcartee(c.colonne, c.code, c.raison) for c in colonnes if not c.champ
        ),
        doublons=tuple(Doublon(n, premiere) for n, premiere in doublons.items()),
        ignorees=tuple(tri.ignorees),
        messages=classeur.messages,
        autres_employeurs=autres,
        masquees=masquees,
        sans_masquees=sans_masquees,
        feuilles=classeur.feuilles,
        decisions=dict(decisions or {}),
        reponses=dict(reponses or {}),
    )
    return conclure(base, etat, fiches, contexte)


def corriger(
    diagnostic: Diagnostic,
    corrections: Corrections,
    *,
    existants: Iterable[FicheExistante],
    domaine_courriel: str | None = None,
    aujourdhui: date | None = None,
    est_oppose: EstOppose | None = None,
    adresses_prises: Mapping[str, str] | None = None,
    adresses_nommees: Mapping[str, str] | None = None,
    public: PublicVise | None = None,
    decisions: Decisions | None = None,
    reponses: Reponses | None = None,
) -> Diagnostic:
    """The same diagnosis once values are corrected on screen: {(row, field): value}.

    `decisions` and `reponses` are added to those already given, and remembered in the diagnosis.
    """
    contexte = _contexte(
        diagnostic.colonnes,
        aujourdhui,
        domaine_courriel,
        est_oppose,
        adresses_prises,
        adresses_nommees,
        public,
    )
    etat = _relire(diagnostic, corrections, contexte)
    base = replace(
        diagnostic,
        decisions={**diagnostic.decisions, **(decisions or {})},
        reponses={**diagnostic.reponses, **(reponses or {})},
    )
    return conclure(base, etat, existants, contexte)


def _relire(diagnostic: Diagnostic, corrections: Corrections, contexte: Contexte) -> Etat:
    """The rows again: those that are corrected are read afresh, the others stay as they were read."""
    par_ligne: dict[int, dict[str, str]] = defaultdict(dict)
    for (ligne, champ), valeur in corrections.items():
        if champ in CHAMPS:
            par_ligne[ligne][champ] = nettoyer(valeur)
    laissees: dict[int, list[Anomalie]] = defaultdict(list)
    for anomalie in diagnostic.laissees:
        laissees[anomalie.ligne].append(anomalie)
    etat = Etat()
    for avertissement in diagnostic.avertissements:
        for ligne in avertissement.lignes:
            etat.mentions[ligne].add(avertissement.code)
    for cadre in diagnostic.lignes_valides:
        if cadre.ligne in par_ligne:
            etat.mentions.pop(cadre.ligne, None)
            textes = {a.champ: a.valeur for a in laissees[cadre.ligne]}
            _reprendre(cadre.ligne, en_texte(cadre) | textes, par_ligne, etat, contexte)
        else:
            etat.cadres[cadre.ligne] = cadre
            if cadre.ligne in laissees:
                etat.laissees[cadre.ligne] = laissees[cadre.ligne]
    for rejet in diagnostic.rejets:
        _reprendre(rejet.ligne, dict(rejet.valeurs), par_ligne, etat, contexte)
    return etat


def rediagnostiquer(
    diagnostic: Diagnostic,
    *,
    existants: Iterable[FicheExistante],
    domaine_courriel: str | None = None,
    aujourdhui: date | None = None,
    est_oppose: EstOppose | None = None,
    adresses_prises: Mapping[str, str] | None = None,
    adresses_nommees: Mapping[str, str] | None = None,
    public: PublicVise | None = None,
) -> Diagnostic:
    """The same rows against what the registre holds now: to be called under lock, before writing."""
    return corriger(
        diagnostic,
        {},
        existants=existants,
        domaine_courriel=domaine_courriel,
        aujourdhui=aujourdhui,
        est_oppose=est_oppose,
        adresses_prises=adresses_prises,
        adresses_nommees=adresses_nommees,
        public=public,
    )


def _contexte(
    colonnes: Mapping[str, str],
    aujourdhui: date | None,
    domaine: str | None,
    est_oppose: EstOppose | None,
    adresses_prises: Mapping[str, str] | None,
    adresses_nommees: Mapping[str, str] | None,
    public: PublicVise | None,
) -> Contexte:
    jour = aujourdhui or date.today()  # noqa: DTZ011 - a day of the server, no instant is compared
    if "visees" in colonnes:
        colonnes = {**dict.fromkeys(CHAMPS_VISEES, colonnes["visees"]), **colonnes}
    return Contexte(
        colonnes,
        jour,
        domaine or "",
        est_oppose,
        adresses_prises or {},
        adresses_nommees or {},
        public or PublicVise(),
    )


def _exiger_identite(colonnes: Iterable[ColonneLue]) -> None:
    champs = {c.champ for c in colonnes}
    if champs & {*CHAMPS_COMPOSES} or {"nom", "prenom"} <= champs:
        return
    manque = "« Prénom »" if "nom" in champs else "« Nom »"
    raison = f"Aucune colonne {manque} n'a été reconnue"
    raise FichierIllisible(
        f"{raison} : dans votre tableur, donnez-lui ce nom, puis redéposez le fichier."
    )


def _lire_les_lignes(
    classeur: Classeur, colonnes: Sequence[ColonneLue], *, sans_masquees: bool
) -> tuple[list[LigneBrute], Tri, tuple[int, ...]]:
    """(the kept texts of each person, what the other rows are, rows of people that the file hides)."""
    rangs = {nom: i for i, nom in enumerate(classeur.entete.colonnes)}
    positions = {rangs[c.colonne]: c.champ for c in colonnes if c.champ}
    secours = [rangs[c.colonne] for c in colonnes if c.code == "secours"]
    tri = trier(classeur, positions)
    masquees = [n for n, _, _ in tri.gardees if n in classeur.masquees]
    laissees = set(masquees) if sans_masquees else set()
    brutes = [
        extraire(n, cellules, positions, classeur.date_1904, secours, section)
        for n, cellules, section in tri.gardees
        if n not in laissees
    ]
    if masquees and not sans_masquees:
        for brute in brutes:
            if brute.numero in classeur.masquees:
                brute.mentions.add("masquee")
    return brutes, tri, tuple(masquees)


def _compter_vides(classeur: Classeur) -> int:
    """Empty rows between the header and the last row that holds something."""
    numeros = [n for n, _ in classeur.donnees]
    return max(0, max(numeros) - classeur.entete.ligne - len(numeros)) if numeros else 0


def _corriger_et_dedoublonner(brutes: list[LigneBrute], corrections: Corrections) -> dict[int, int]:
    """Apply the corrections, then say which rows repeat an earlier one word for word."""
    vues: dict[tuple[tuple[str, str], ...], int] = {}
    doublons: dict[int, int] = {}
    par_ligne: dict[int, dict[str, str]] = defaultdict(dict)
    for (ligne, champ), valeur in corrections.items():
        par_ligne[ligne][champ] = nettoyer(valeur)
    for brute in brutes:
        if brute.numero in par_ligne:
            brute.corriger(par_ligne[brute.numero])
        premiere = vues.setdefault(tuple(brute.valeurs.items()), brute.numero)
        if premiere != brute.numero:
            doublons[brute.numero] = premiere
    return doublons


def _reprendre(
    ligne: int,
    valeurs: dict[str, str],
    par_ligne: Mapping[int, dict[str, str]],
    etat: Etat,
    contexte: Contexte,
) -> None:
    """Clean a row again from its stored text, with its corrections if any."""
    brute = LigneBrute(ligne, valeurs)
    brute.corriger(par_ligne.get(ligne, {}))
    brute.cle = lire_cle(brute.valeurs.get("cle", ""))
    etat.ranger(nettoyer_ligne(brute, contexte), contexte)
