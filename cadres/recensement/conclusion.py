"""The end of a diagnosis: rows matched with the registre, what deserves a word, who is absent."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cadres.recensement.avertissements import avertir
from cadres.recensement.champs.noms import cle_nom, separer
from cadres.recensement.lignes.nettoyage import Contexte, Nettoyage, codes_manquants
from cadres.recensement.modeles import (
    CHAMPS_COMPOSES,
    Anomalie,
    FicheExistante,
    Inchange,
    LigneCadre,
    LigneRejetee,
    MiseAJour,
    afficher,
)
from cadres.recensement.personnes.comparaison import cle_matricule
from cadres.recensement.personnes.employeurs import resumer
from cadres.recensement.personnes.modeles import Absent
from cadres.recensement.personnes.rapprochement import Rapprochement, Reglages, rapprocher
from cadres.recensement.resultat import Diagnostic

#: Said of the rows as they stand against the registre: worked out again each time.
_DU_MOMENT = frozenset({"homonyme", "partie", "ailleurs", "videe", "ancien_identifiant"})


@dataclass(slots=True)
class Etat:
    """Rows on their way to a diagnosis, by row number."""

    cadres: dict[int, LigneCadre] = field(default_factory=dict)
    bruts: dict[int, Mapping[str, str]] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)
    laissees: dict[int, list[Anomalie]] = field(default_factory=dict)
    rejets: list[LigneRejetee] = field(default_factory=list)
    mentions: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    opposes: set[int] = field(default_factory=set)

    def ranger(self, nettoyage: Nettoyage, contexte: Contexte) -> None:
        brute = nettoyage.brute
        if nettoyage.cadre is not None:
            self.cadres[brute.numero] = nettoyage.cadre
            self.bruts[brute.numero] = brute.valeurs
            self.mentions[brute.numero] |= brute.mentions
            if nettoyage.anomalies:
                self.laissees[brute.numero] = nettoyage.anomalies
        elif contexte.est_oppose and contexte.est_oppose(*nettoyage.identite):
            self.opposes.add(brute.numero)  # not even to be corrected
        else:
            self.anomalies += nettoyage.anomalies
            self.rejets.append(LigneRejetee(brute.numero, brute.valeurs))


def conclure(
    base: Diagnostic, etat: Etat, existants: Iterable[FicheExistante], contexte: Contexte
) -> Diagnostic:
    """Match the clean rows and put the diagnosis together."""
    cadres = [etat.cadres[ligne] for ligne in sorted(etat.cadres)]
    fiches = {fiche.id: fiche for fiche in existants}
    reglages = Reglages(
        contexte.colonnes,
        contexte.est_oppose,
        base.decisions,
        base.reponses,
        {ligne: [a.champ for a in anomalies] for ligne, anomalies in etat.laissees.items()},
        contexte.public,
    )
    groupes = rapprocher(cadres, fiches.values(), reglages)
    rejetes = {a.ligne for a in groupes.anomalies}
    rejets = etat.rejets + [
        LigneRejetee(ligne, etat.bruts.get(ligne) or en_texte(etat.cadres[ligne]))
        for ligne in rejetes
    ]
    partis = rejetes | {*groupes.opposes, *groupes.disparues, *(d.ligne for d in groupes.doublons)}
    laissees = [a for ligne, lues in etat.laissees.items() if ligne not in partis for a in lues]
    dues = [a for ligne in rejetes for a in etat.laissees.get(ligne, ())]
    autres = {a.nom: set(a.lignes) for a in base.autres_employeurs}
    autres.setdefault("", set()).update(groupes.disparues)
    diagnostic = replace(
        base,
        nouveaux=tuple(groupes.nouveaux),
        mis_a_jour=tuple(groupes.mis_a_jour),
        inchanges=tuple(groupes.inchanges),
        hors_public=tuple(groupes.hors_public),
        questions=tuple(groupes.questions),
        conflits=tuple(groupes.conflits),
        videes=tuple(groupes.videes),
        a_corriger=_ordonner(etat.anomalies + groupes.anomalies + dues, contexte),
        laissees=_ordonner(laissees, contexte),
        rejets=tuple(sorted(rejets, key=lambda r: r.ligne)),
        opposes=tuple(sorted({*base.opposes, *etat.opposes, *groupes.opposes})),
        doublons=tuple(sorted((*base.doublons, *groupes.doublons), key=lambda d: d.ligne)),
        autres_employeurs=resumer(autres.items()),
        nb_lignes=base.nb_lignes - len(groupes.disparues),
        absents=_absents(fiches.values(), groupes, rejets),
    )
    mentions = _mentions(diagnostic, etat, groupes, fiches)
    return replace(diagnostic, avertissements=avertir(mentions))


def _mentions(
    diagnostic: Diagnostic,
    etat: Etat,
    groupes: Rapprochement,
    fiches: Mapping[int | str, FicheExistante],
) -> dict[int, set[str]]:
    retenus = diagnostic.lignes_valides
    mentions = {c.ligne: etat.mentions.get(c.ligne, set()) - _DU_MOMENT for c in retenus}
    connus: list[MiseAJour | Inchange] = [*groupes.mis_a_jour, *groupes.inchanges]
    for connu in connus:
        # What the file leaves blank is not missing when the registre has it.
        fiche = fiches[connu.fiche_id]
        ligne = connu.cadre.ligne
        mentions[ligne] -= _connus(fiche)
        if fiche.partie:
            mentions[ligne] = {"ailleurs" if fiche.ailleurs else "partie"}
    for code, lignes in (
        ("videe", [v.ligne for v in groupes.videes]),
        ("ancien_identifiant", groupes.anciens),
        ("homonyme", _homonymes(retenus)),
    ):
        for ligne in lignes:
            mentions[ligne].add(code)
    _oublier_matricules_sains(retenus, mentions)
    return mentions


def _connus(fiche: FicheExistante) -> set[str]:
    return codes_manquants(
        {
            "courriel": fiche.courriel,
            "categorie": fiche.categorie,
            "poste": fiche.poste,
            "direction": fiche.direction,
            "date_entree_poste": fiche.date_entree_poste,
            "domaine": fiche.domaine,
        }
    )


def _absents(
    fiches: Iterable[FicheExistante], groupes: Rapprochement, rejets: Sequence[LigneRejetee]
) -> tuple[Absent, ...]:
    """The people of the registre of whom the file says nothing, not even on a row to correct."""
    connus: list[MiseAJour | Inchange] = [*groupes.mis_a_jour, *groupes.inchanges]
    presentes = {connu.fiche_id for connu in connus}
    presentes |= {c.fiche_id for q in groupes.questions for c in q.candidats}
    cles: set[str] = set()
    for rejet in rejets:
        cles |= _cles_brutes(rejet.valeurs)
    return tuple(
        Absent(f.id, f.nom, f.prenom, f.poste, f.direction)
        for f in fiches
        if f.id not in presentes and not f.partie and not (cles and _cles(f) & cles)
    )


def _cles(fiche: FicheExistante) -> set[str]:
    cles = {cle_nom(fiche.nom, fiche.prenom), f"m:{cle_matricule(fiche.matricule)}"}
    return (cles | {fiche.courriel.lower()}) - {"", "m:"}


def _cles_brutes(valeurs: Mapping[str, str]) -> set[str]:
    nom, prenom = valeurs.get("nom", ""), valeurs.get("prenom", "")
    for compose in CHAMPS_COMPOSES if not (nom and prenom) else ():
        separes = separer(valeurs.get(compose, ""), prenom_dabord=compose == "prenom_nom")
        nom, prenom = separes or (nom, prenom)
    cles = {cle_nom(nom, prenom), f"m:{cle_matricule(valeurs.get('matricule', ''))}"}
    return (cles | {valeurs.get("courriel", "").lower()}) - {"", "m:", "|"}


def en_texte(cadre: LigneCadre) -> dict[str, str]:
    """A clean row as the texts that would be read into it."""
    textes = {champ: afficher(champ, valeur) for champ, valeur in cadre.valeurs().items()}
    textes["cle"] = cadre.cle
    return {champ: texte for champ, texte in textes.items() if texte}


def _ordonner(anomalies: Iterable[Anomalie], contexte: Contexte) -> tuple[Anomalie, ...]:
    """By row, then as the columns come in the file."""
    rangs = {colonne: rang for rang, colonne in enumerate(contexte.colonnes.values())}
    return tuple(sorted(anomalies, key=lambda a: (a.ligne, rangs.get(a.colonne, len(rangs)))))


def _homonymes(cadres: Sequence[LigneCadre]) -> list[int]:
    noms = [cle_nom(c.nom, c.prenom) for c in cadres]
    comptes = Counter(noms)
    return [c.ligne for c, nom in zip(cadres, noms, strict=True) if comptes[nom] > 1]


def _oublier_matricules_sains(
    cadres: Sequence[LigneCadre], mentions: Mapping[int, set[str]]
) -> None:
    """A matricule stored as a number is only worth a word when it is shorter than the others."""
    longueurs = Counter(len(c.matricule) for c in cadres if c.matricule)
    usuelle = longueurs.most_common(1)[0][0] if longueurs else 0
    for cadre in cadres:
        if not 0 < len(cadre.matricule) < usuelle:
            mentions[cadre.ligne].discard("matricule_nombre")
