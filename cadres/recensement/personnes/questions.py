"""« Même personne ou deux personnes ? »: both sides, side by side, for whoever knows them."""

from collections.abc import Iterable

from cadres.recensement.champs.texte import cle
from cadres.recensement.modeles import CHAMPS, FicheExistante, LigneCadre, afficher
from cadres.recensement.personnes.modeles import Candidat, Question, Reponse

#: What helps to tell, in this order: shown only where one side at least says something.
COMPARES = (
    *("nom", "prenom", "matricule", "courriel", "poste", "direction", "date_entree_poste"),
    *("grade", "categorie", "statut"),
)
CANDIDATS_MAX = 5


def demander(cadre: LigneCadre, raison: str, fiches: Iterable[FicheExistante]) -> Question:
    """The question of one row; the likeliest record first."""
    candidats = [_candidat(cadre, fiche) for fiche in fiches]
    candidats.sort(key=lambda c: -sum(r.pareil for r in c.reponses))
    return Question(cadre, raison, tuple(candidats[:CANDIDATS_MAX]))


def _candidat(cadre: LigneCadre, fiche: FicheExistante) -> Candidat:
    reponses = []
    for champ in COMPARES:
        fichier = afficher(champ, getattr(cadre, champ))
        registre = afficher(champ, getattr(fiche, champ))
        if fichier or registre:
            pareil = bool(fichier) and cle(fichier) == cle(registre)
            reponses.append(Reponse(champ, CHAMPS[champ], fichier, registre, pareil))
    return Candidat(fiche.id, fiche.nom, fiche.prenom, tuple(reponses))
