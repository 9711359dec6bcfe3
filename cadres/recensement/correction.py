"""Files made of a diagnosis: the rows to correct, to fix and send again; the whole, to read at ease."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cadres.recensement.fichiers.tableur import ecrire_tableur
from cadres.recensement.modeles import CHAMPS_COMPOSES, Anomalie, afficher
from cadres.recensement.resultat import Diagnostic

ENTETE_LIGNE = "Ligne d’origine"
ENTETE_MOTIF = "À corriger"


def fichier_a_corriger(diagnostic: Diagnostic) -> bytes:
    """An xlsx with the kept columns only, the original row number and the reasons."""
    colonnes = [
        (colonne, champ)
        for champ, colonne in diagnostic.colonnes.items()
        if champ != "collectivite"
    ]
    motifs: dict[int, list[Anomalie]] = defaultdict(list)
    for anomalie in diagnostic.a_corriger:
        motifs[anomalie.ligne].append(anomalie)
    lignes = (
        [
            rejet.ligne,
            *(_valeur(rejet.valeurs, champ) for _, champ in colonnes),
            "\n".join(_motif(a) for a in motifs[rejet.ligne]),
        ]
        for rejet in diagnostic.rejets
    )
    entetes = [ENTETE_LIGNE, *(colonne for colonne, _ in colonnes), ENTETE_MOTIF]
    return b"".join(ecrire_tableur(entetes, lignes, "xlsx", titre="Lignes à corriger"))


ENTETES_DIAGNOSTIC = (
    *("Ligne", "Ce qu’elle devient", "Nom", "Prénom", "Colonne", "Dans le registre"),
    *("Dans le fichier", "Pourquoi", "Suggestion"),
)


def fichier_du_diagnostic(diagnostic: Diagnostic) -> bytes:
    """The whole diagnosis as an xlsx, one line for each thing said, in the order of the file."""
    lignes = sorted(
        (
            *_personnes(diagnostic),
            *_changements(diagnostic),
            *_valeurs(diagnostic),
            *_autres(diagnostic),
        ),
        key=lambda ligne: int(str(ligne[0] or 0)),
    )
    absents = [
        [None, "Absente du fichier", a.nom, a.prenom, "", a.poste, "", "", ""]
        for a in diagnostic.absents
    ]
    tout: list[Sequence[object]] = [*lignes, *absents]
    return b"".join(ecrire_tableur(ENTETES_DIAGNOSTIC, tout, "xlsx", titre="Diagnostic"))


def _personnes(diagnostic: Diagnostic) -> Iterator[list[object]]:
    groupes = (
        ("Nouvelle", diagnostic.nouveaux),
        ("Hors public visé", diagnostic.hors_public),
        ("Déjà au registre", [i.cadre for i in diagnostic.inchanges]),
        ("Même personne ou deux personnes ?", [q.cadre for q in diagnostic.questions]),
    )
    for sort, cadres in groupes:
        for cadre in cadres:
            poste = afficher("poste", cadre.poste)
            yield [cadre.ligne, sort, cadre.nom, cadre.prenom, "", "", poste, "", ""]


def _changements(diagnostic: Diagnostic) -> Iterator[list[object]]:
    noms = {c.ligne: (c.nom, c.prenom) for c in diagnostic.lignes_valides}
    for maj in diagnostic.mis_a_jour:
        for c in maj.changements:
            qui = (maj.cadre.nom, maj.cadre.prenom)
            avant, apres = c.avant_affiche, c.apres_affiche
            yield [maj.cadre.ligne, "Mise à jour", *qui, c.libelle, avant, apres, "", ""]
    for conflit in diagnostic.conflits:
        yield [
            conflit.ligne,
            "Changée des deux côtés",
            *noms[conflit.ligne],
            conflit.libelle,
            conflit.actuel_affiche,
            conflit.fichier_affiche,
            f"Exportée : {conflit.exporte_affiche}",
            "",
        ]
    for videe in diagnostic.videes:
        qui = noms[videe.ligne]
        yield [videe.ligne, "Cellule vide", *qui, videe.libelle, videe.avant_affiche, "", "", ""]


def _valeurs(diagnostic: Diagnostic) -> Iterator[list[object]]:
    for sort, anomalies in (
        ("À corriger", diagnostic.a_corriger),
        ("Champ laissé vide", diagnostic.laissees),
    ):
        for a in anomalies:
            yield [a.ligne, sort, a.qui, "", a.colonne, "", a.valeur, a.motif, a.suggestion]


def _autres(diagnostic: Diagnostic) -> Iterator[list[object]]:
    for doublon in diagnostic.doublons:
        yield [doublon.ligne, f"Répète la ligne {doublon.premiere}", *[""] * 7]
    for ignoree in diagnostic.ignorees:
        yield [ignoree.ligne, "Pas une personne", *[""] * 4, ignoree.contenu, "", ""]
    for autre in diagnostic.autres_employeurs:
        for ligne in autre.lignes:
            yield [ligne, "Autre employeur", *[""] * 5, autre.nom, ""]
    for ligne in diagnostic.opposes:
        yield [ligne, "Laissée de côté (opposition)", *[""] * 7]


def _valeur(valeurs: Mapping[str, str], champ: str) -> str:
    if champ in CHAMPS_COMPOSES and not valeurs.get(champ) and "nom" in valeurs:
        paire = [valeurs["nom"], valeurs.get("prenom", "")]
        return ", ".join(paire if champ == "nom_prenom" else reversed(paire))
    return valeurs.get(champ, "")


def _motif(anomalie: Anomalie) -> str:
    conseil = f" ({anomalie.suggestion})" if anomalie.suggestion else ""
    return f"{anomalie.colonne} : {anomalie.motif}{conseil}"
