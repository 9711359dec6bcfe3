"""The file of the rows to correct: fix it in a spreadsheet, send it again."""

from collections import defaultdict
from collections.abc import Mapping

from cadres.recensement.fichiers.tableur import ecrire_tableur
from cadres.recensement.modeles import CHAMPS_COMPOSES, Anomalie
from cadres.recensement.resultat import Diagnostic

ENTETE_LIGNE = "Ligne d’origine"
ENTETE_MOTIF = "À corriger"


def fichier_a_corriger(diagnostic: Diagnostic) -> bytes:
    """An xlsx with the kept columns only, the original row number and the reasons."""
    colonnes = [(colonne, champ) for colonne, champ in diagnostic.correspondance.items() if champ]
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
    return b"".join(ecrire_tableur(entetes, lignes, "xlsx"))


def _valeur(valeurs: Mapping[str, str], champ: str) -> str:
    if champ in CHAMPS_COMPOSES and not valeurs.get(champ) and "nom" in valeurs:
        paire = [valeurs["nom"], valeurs.get("prenom", "")]
        return ", ".join(paire if champ == "nom_prenom" else reversed(paire))
    return valeurs.get(champ, "")


def _motif(anomalie: Anomalie) -> str:
    conseil = f" ({anomalie.suggestion})" if anomalie.suggestion else ""
    return f"{anomalie.colonne}\u00a0: {anomalie.motif}{conseil}"
