"""From a workbook read to its diagnosis. Pure: nothing is written, nothing is looked up outside."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cadres.recensement.avertissements import avertir
from cadres.recensement.champs.noms import nom_valide
from cadres.recensement.champs.texte import cle, nettoyer, sans_mot, tronquer
from cadres.recensement.colonnes import associer, est_entete_repete, texte_brut
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.cellules import COLONNES_MAX, Cellule, Ligne
from cadres.recensement.fichiers.lecture import Classeur
from cadres.recensement.lignes import (
    Contexte,
    EstOppose,
    LigneBrute,
    Nettoyage,
    extraire,
    nettoyer_ligne,
)
from cadres.recensement.modeles import (
    CHAMPS,
    CHAMPS_COMPOSES,
    CHAMPS_IDENTITE,
    Anomalie,
    ColonneEcartee,
    ColonneLue,
    Doublon,
    FicheExistante,
    Inchange,
    LigneCadre,
    LigneIgnoree,
    LigneRejetee,
    MiseAJour,
    afficher,
)
from cadres.recensement.rapprochement import rapprocher
from cadres.recensement.resultat import Diagnostic

Corrections = Mapping[tuple[int, str], str]
_TOTAL = re.compile(
    r"(?:sous )?tota(?:l|ux)\b.*|effectifs? .*|nombre (?:de|d|total)\b.*|somme\b.*|moyenne\b.*"
)
_COMMENTAIRE = re.compile(
    r"(?:nb|n b|note|notes|nota|source|legende|attention|commentaire|remarque|mise a jour|extraction|edite|fin)\b.*"
)
#: A line that only names a service, above those of its people.
_SERVICE = re.compile(
    r"(?:sous )?(?:direction|dir|service|pole|dga|dgs|dgst|departement|mission|secretariat|cabinet"
    r"|unite|bureau|cellule|delegation|inspection|site|agence)\b.*"
)
#: A line of the organisation chart that nobody holds.
_VACANT = re.compile(r"(?:postes? )?(?:vacante?s?|(?:a )?pourvoir|a recruter|recrutement)(?: .*)?")


@dataclass(slots=True)
class _Etat:
    """Rows on their way to a diagnosis, by row number."""

    cadres: dict[int, LigneCadre] = field(default_factory=dict)
    bruts: dict[int, Mapping[str, str]] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)
    rejets: list[LigneRejetee] = field(default_factory=list)
    mentions: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    opposes: set[int] = field(default_factory=set)

    def ranger(self, nettoyage: Nettoyage, est_oppose: EstOppose | None) -> None:
        brute = nettoyage.brute
        if nettoyage.cadre is None and est_oppose and est_oppose(*nettoyage.identite):
            self.opposes.add(brute.numero)  # not even to be corrected
            return
        if nettoyage.cadre is not None:
            self.cadres[brute.numero] = nettoyage.cadre
            self.bruts[brute.numero] = brute.valeurs
            self.mentions[brute.numero] |= brute.mentions
        else:
            self.anomalies += nettoyage.anomalies
            self.rejets.append(LigneRejetee(brute.numero, brute.valeurs))


def proposer_colonnes(
    classeur: Classeur, correspondance: Mapping[str, str] | None = None
) -> tuple[ColonneLue, ...]:
    """What each column would become, for the page where the DRH corrects the mapping."""
    return associer(classeur.entete, classeur.donnees, correspondance)


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
) -> Diagnostic:
    """Sort the rows of a staff list into groups, against the current registre of the collectivité.

    Raises `FichierIllisible` when no column gives the name and the first name; nothing else.
    """
    colonnes = proposer_colonnes(classeur, correspondance)
    _exiger_identite(colonnes)
    contexte = _contexte(
        {c.champ: c.colonne for c in colonnes if c.champ},
        aujourdhui,
        domaine_courriel,
        est_oppose,
        adresses_prises,
    )
    rangs = {nom: i for i, nom in enumerate(classeur.entete.colonnes)}
    positions = {rangs[c.colonne]: c.champ for c in colonnes if c.champ}
    lignes, ignorees, sans_contenu = _trier(classeur, positions)
    secours = [rangs[c.colonne] for c in colonnes if c.code == "secours"]
    brutes = [
        extraire(n, cellules, positions, classeur.date_1904, secours) for n, cellules in lignes
    ]
    doublons = _corriger_et_dedoublonner(brutes, corrections or {})
    etat = _Etat()
    for brute in brutes:
        if brute.numero not in doublons:
            etat.ranger(nettoyer_ligne(brute, contexte), est_oppose)
    refusees = {c for c, champ in (correspondance or {}).items() if not champ}
    base = Diagnostic(
        nom_fichier=classeur.nom_fichier,
        format=classeur.format,
        feuille=classeur.feuille,
        ligne_entete=classeur.entete.ligne,
        nb_lignes=len(brutes),
        nb_vides=_compter_vides(classeur) + sans_contenu,
        correspondance={c.colonne: c.champ for c in colonnes if c.champ or c.colonne in refusees},
        colonnes_ecartees=tuple(
            ColonneEcartee(c.colonne, c.code, c.raison) for c in colonnes if not c.champ
        ),
        doublons=tuple(Doublon(n, premiere) for n, premiere in doublons.items()),
        ignorees=tuple(ignorees),
        messages=classeur.messages,
    )
    return _conclure(base, etat, existants, contexte)


def corriger(
    diagnostic: Diagnostic,
    corrections: Corrections,
    *,
    existants: Iterable[FicheExistante],
    domaine_courriel: str | None = None,
    aujourdhui: date | None = None,
    est_oppose: EstOppose | None = None,
    adresses_prises: Mapping[str, str] | None = None,
) -> Diagnostic:
    """The same diagnosis once values are corrected on screen: {(row, field): value}."""
    contexte = _contexte(
        diagnostic.colonnes, aujourdhui, domaine_courriel, est_oppose, adresses_prises
    )
    par_ligne: dict[int, dict[str, str]] = defaultdict(dict)
    for (ligne, champ), valeur in corrections.items():
        if champ in CHAMPS:
            par_ligne[ligne][champ] = nettoyer(valeur)
    etat = _Etat()
    for avertissement in diagnostic.avertissements:
        for ligne in avertissement.lignes:
            etat.mentions[ligne].add(avertissement.code)
    for cadre in diagnostic.lignes_valides:
        if cadre.ligne in par_ligne:
            etat.mentions.pop(cadre.ligne, None)
            _reprendre(cadre.ligne, _en_texte(cadre), par_ligne, etat, contexte)
        else:
            etat.cadres[cadre.ligne] = cadre
    for rejet in diagnostic.rejets:
        _reprendre(rejet.ligne, dict(rejet.valeurs), par_ligne, etat, contexte)
    return _conclure(diagnostic, etat, existants, contexte)


def rediagnostiquer(
    diagnostic: Diagnostic,
    *,
    existants: Iterable[FicheExistante],
    domaine_courriel: str | None = None,
    aujourdhui: date | None = None,
    est_oppose: EstOppose | None = None,
    adresses_prises: Mapping[str, str] | None = None,
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
    )


def _contexte(
    colonnes: Mapping[str, str],
    aujourdhui: date | None,
    domaine: str | None,
    est_oppose: EstOppose | None,
    adresses_prises: Mapping[str, str] | None,
) -> Contexte:
    jour = aujourdhui or date.today()  # noqa: DTZ011 - a day of the server, no instant is compared
    return Contexte(colonnes, jour, domaine or "", est_oppose, adresses_prises or {})


def _exiger_identite(colonnes: Iterable[ColonneLue]) -> None:
    champs = {c.champ for c in colonnes}
    if champs & {*CHAMPS_COMPOSES} or {"nom", "prenom"} <= champs:
        return
    manque = "« Prénom »" if "nom" in champs else "« Nom »"
    raise FichierIllisible(
        f"Aucune colonne {manque} n'a été reconnue : dans votre tableur, donnez-lui ce nom, "
        "puis redéposez le fichier."
    )


def _trier(
    classeur: Classeur, positions: Mapping[int, str]
) -> tuple[list[Ligne], list[LigneIgnoree], int]:
    """(rows of people, rows left aside and why, rows that only hold blanks)."""
    gardees: list[Ligne] = []
    ignorees: list[LigneIgnoree] = []
    vides = 0
    rangs = {champ: i for i, champ in positions.items()}
    nom, prenom = rangs.get("nom", COLONNES_MAX), rangs.get("prenom", COLONNES_MAX)
    for numero, cellules in classeur.donnees:
        repete = est_entete_repete(cellules, classeur.entete)
        if not repete and _est_mot(cellules, nom) and _est_mot(cellules, prenom):
            gardees.append((numero, cellules))  # nearly all rows
            continue
        textes = [(i, nettoyer(texte_brut(c))) for i, c in enumerate(cellules) if c is not None]
        pleins = [(i, t) for i, t in textes if t]
        if not pleins:
            vides += 1
            continue
        raison = "entete" if repete else _raison(pleins, positions)
        if raison:
            contenu = tronquer(" · ".join(t for _, t in pleins[:3]), 80)
            ignorees.append(LigneIgnoree(numero, raison, contenu))
        else:
            gardees.append((numero, cellules))
    return gardees, ignorees, vides


def _est_mot(cellules: Sequence[Cellule], rang: int) -> bool:
    cellule = cellules[rang] if rang < len(cellules) else None
    if not isinstance(cellule, str):
        return False
    texte = cellule.strip()
    return texte.isalpha() and texte.casefold() not in {"vacant", "vacante", "pourvoir"}


def _raison(pleins: Sequence[tuple[int, str]], positions: Mapping[int, str]) -> str:
    """Why a row is not a person: "total", "commentaire", or "" when it may be one."""
    champs = {positions[i]: texte for i, texte in pleins if i in positions}
    compose = any(champ in champs for champ in CHAMPS_COMPOSES)
    identite = [champs[c] for c in ("nom", "prenom", *CHAMPS_COMPOSES) if c in champs]
    if identite and all(sans_mot(t) or _VACANT.fullmatch(cle(t)) for t in identite):
        return "vacant" if any(not sans_mot(t) for t in identite) else ""
    if ("nom" in champs and nom_valide(champs.get("prenom", ""))) or (compose and len(pleins) > 2):
        return ""
    if any(_TOTAL.fullmatch(cle(t)) for _, t in pleins[:3]):
        return "total"
    if not compose and not champs.keys() & CHAMPS_IDENTITE:
        return "commentaire"
    if len(pleins) == 1:
        texte = pleins[0][1]
        bavard = len(texte) > 40 or len(texte.split()) >= 5 or texte[0] in "*(•" or texte[-1] == ":"
        if bavard or _COMMENTAIRE.fullmatch(cle(texte)) or _SERVICE.fullmatch(cle(texte)):
            return "commentaire"
    return ""


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
            brute.valeurs |= par_ligne[brute.numero]
        premiere = vues.setdefault(tuple(brute.valeurs.items()), brute.numero)
        if premiere != brute.numero:
            doublons[brute.numero] = premiere
    return doublons


def _reprendre(
    ligne: int,
    valeurs: dict[str, str],
    par_ligne: Mapping[int, dict[str, str]],
    etat: _Etat,
    contexte: Contexte,
) -> None:
    """Clean a row again from its stored text, with its corrections if any."""
    brute = LigneBrute(ligne, valeurs | par_ligne.get(ligne, {}))
    etat.ranger(nettoyer_ligne(brute, contexte), contexte.est_oppose)


def _en_texte(cadre: LigneCadre) -> dict[str, str]:
    textes = {champ: afficher(champ, valeur) for champ, valeur in cadre.valeurs().items()}
    return {champ: texte for champ, texte in textes.items() if texte}


def _conclure(
    base: Diagnostic, etat: _Etat, existants: Iterable[FicheExistante], contexte: Contexte
) -> Diagnostic:
    """Match the clean rows and put the diagnosis together."""
    cadres = [etat.cadres[ligne] for ligne in sorted(etat.cadres)]
    fiches = {fiche.id: fiche for fiche in existants}
    groupes = rapprocher(cadres, fiches.values(), contexte.colonnes, contexte.est_oppose)
    rejetes = [etat.cadres[a.ligne] for a in groupes.anomalies]
    rejets = etat.rejets + [
        LigneRejetee(c.ligne, etat.bruts.get(c.ligne) or _en_texte(c)) for c in rejetes
    ]
    diagnostic = replace(
        base,
        nouveaux=tuple(groupes.nouveaux),
        mis_a_jour=tuple(groupes.mis_a_jour),
        inchanges=tuple(groupes.inchanges),
        hors_public=tuple(groupes.hors_public),
        a_corriger=_ordonner(etat.anomalies + groupes.anomalies, contexte),
        rejets=tuple(sorted(rejets, key=lambda r: r.ligne)),
        opposes=tuple(sorted({*base.opposes, *etat.opposes, *groupes.opposes})),
        doublons=tuple(sorted((*base.doublons, *groupes.doublons), key=lambda d: d.ligne)),
    )
    retenus = diagnostic.lignes_valides
    mentions = {
        c.ligne: etat.mentions.get(c.ligne, set()) - {"homonyme", "partie"} for c in retenus
    }
    connus: list[MiseAJour | Inchange] = [*groupes.mis_a_jour, *groupes.inchanges]
    for connu in connus:
        # What the file leaves blank is not missing when the registre has it.
        fiche = fiches[connu.fiche_id]
        mentions[connu.cadre.ligne] -= {
            code
            for code, valeur in (
                ("sans_courriel", fiche.courriel),
                ("sans_categorie", fiche.categorie),
            )
            if valeur
        }
        if fiche.partie:
            mentions[connu.cadre.ligne] = {"partie"}
    for ligne in [*groupes.homonymes, *_homonymes(retenus)]:
        mentions[ligne].add("homonyme")
    _oublier_matricules_sains(retenus, mentions)
    return replace(diagnostic, avertissements=avertir(mentions))


def _ordonner(anomalies: Iterable[Anomalie], contexte: Contexte) -> tuple[Anomalie, ...]:
    """By row, then as the columns come in the file."""
    rangs = {colonne: rang for rang, colonne in enumerate(contexte.colonnes.values())}
    return tuple(sorted(anomalies, key=lambda a: (a.ligne, rangs.get(a.colonne, len(rangs)))))


def _homonymes(cadres: Sequence[LigneCadre]) -> list[int]:
    comptes = Counter((cle(c.nom), cle(c.prenom)) for c in cadres)
    return [c.ligne for c in cadres if comptes[cle(c.nom), cle(c.prenom)] > 1]


def _oublier_matricules_sains(
    cadres: Sequence[LigneCadre], mentions: Mapping[int, set[str]]
) -> None:
    """A matricule stored as a number is only worth a word when it is shorter than the others."""
    longueurs = Counter(len(c.matricule) for c in cadres if c.matricule)
    usuelle = longueurs.most_common(1)[0][0] if longueurs else 0
    for cadre in cadres:
        if not 0 < len(cadre.matricule) < usuelle:
            mentions[cadre.ligne].discard("matricule_nombre")
