"""The fields that a Word model may name: one closed list, its examples, and which model takes which.

Neither pay, nor wishes, nor anything of the coaching has a field: no model can name them. `reserve`: what
the registre shows to the person's own employer alone; elsewhere the letter says « à compléter ».
"""

from __future__ import annotations

from dataclasses import dataclass

from opportunites.mots import GenreModele


@dataclass(frozen=True)
class Champ:
    """`{{ cle }}` in a model. `muet`: nothing in its place is a value too (a masculine ending)."""

    cle: str
    quoi: str
    exemple: str
    reserve: bool = False
    muet: bool = False

    @property
    def balise(self) -> str:
        return f"{{{{ {self.cle} }}}}"


_COMMUNS = (
    Champ("collectivite.nom", "Votre collectivité", "Ville de Valbrune"),
    Champ("collectivite.article", "La même, avec son article", "la Ville de Valbrune"),
    Champ("collectivite.de", "La même, après « de »", "de la Ville de Valbrune"),
    Champ("jour", "Le jour où les lettres sont faites", "3 mars 2027"),
    Champ("auteur.nom", "Qui fait les lettres", "Claire Vasseur"),
    Champ("auteur.titre", "Sa fonction dans Quatuor", "DRH"),
)
_PERSONNE = (
    Champ("personne.civilite", "Civilité", "Madame"),
    Champ("personne.prenom", "Prénom", "Nadia"),
    Champ("personne.nom", "Nom", "Ferrand"),
    Champ("personne.nom_complet", "Prénom et nom", "Nadia Ferrand"),
    Champ(
        "personne.e",
        "« e » au féminin, rien au masculin, « (e) » si la civilité manque",
        "e",
        muet=True,
    ),
    Champ("personne.cadre_emplois", "Cadre d’emplois", "Attachés territoriaux"),
    Champ("personne.grade", "Grade", "Attachée principale"),
    Champ("personne.categorie", "Catégorie", "A"),
    Champ("personne.echelon", "Échelon", "6", reserve=True),
    Champ("personne.statut", "Statut", "Titulaire", reserve=True),
    Champ("personne.matricule", "Matricule", "V-20417", reserve=True),
    Champ("personne.poste", "Poste occupé", "Responsable du service des assemblées"),
    Champ("personne.employeur", "Employeur actuel", "Département de l’Aubre"),
)
_PROPOSITION = (
    Champ("proposition.poste", "Poste proposé", "Direction de l’éducation"),
    Champ("proposition.direction", "Sa direction", "Pôle enfance et jeunesse"),
    Champ(
        "proposition.pourquoi",
        "Pourquoi, tel que vous l’avez écrit à la personne",
        "Votre expérience répond à ce poste.",
    ),
    Champ("proposition.reponse_avant", "Réponse attendue avant le", "31 mars 2027"),
    Champ("proposition.reference", "Référence", "P-128"),
    Champ("proposition.contact", "Contact donné pour ce poste", "le service recrutement"),
)
_MOUVEMENT = (
    Champ("mouvement.voie", "Voie statutaire", "Mutation"),
    Champ("mouvement.textes", "Textes de cette voie", "CGFP L512-23 à L512-26, L511-3"),
    Champ("mouvement.duree", "Durée", "Définitive"),
    Champ("mouvement.origine", "Employeur d’origine", "Département de l’Aubre"),
    Champ("mouvement.origine_article", "Le même, avec son article", "le Département de l’Aubre"),
    Champ("mouvement.origine_de", "Le même, après « de »", "du Département de l’Aubre"),
    Champ("mouvement.accueil", "Employeur d’accueil", "Ville de Valbrune"),
    Champ("mouvement.accueil_article", "Le même, avec son article", "la Ville de Valbrune"),
    Champ("mouvement.accueil_de", "Le même, après « de »", "de la Ville de Valbrune"),
    Champ("mouvement.poste_origine", "Poste quitté", "Responsable du service des assemblées"),
    Champ("mouvement.poste_accueil", "Poste d’accueil", "Direction de l’éducation"),
    Champ("mouvement.date_effet", "Date d’effet", "1er juin 2027"),
    Champ("mouvement.demande_le", "Demande de la personne reçue le", "10 mars 2027"),
    Champ("mouvement.accord_le", "Date convenue avec l’origine", "1er juin 2027"),
    Champ("mouvement.reference", "Référence", "M-64"),
)
_PARCOURS = (
    Champ("parcours.promotion", "Promotion", "Promotion 2027"),
    Champ("parcours.debut", "Son début", "4 janvier 2027"),
    Champ("parcours.fin", "Sa fin", "30 juin 2027"),
    Champ("parcours.etapes", "Étapes faites, l’une sous l’autre", "Séminaire de lancement"),
    Champ("parcours.sessions", "Sessions suivies, l’une sous l’autre", "Conduire un projet"),
)

_DU_GENRE = {
    GenreModele.LETTRE: _PROPOSITION,
    GenreModele.ARRETE: _MOUVEMENT,
    GenreModele.CONVENTION: _MOUVEMENT,
    GenreModele.ATTESTATION: _PARCOURS,
}


def champs_de(genre: str) -> dict[str, Champ]:
    """key → field, in the order in which the page lists them."""
    champs = (*_COMMUNS, *_PERSONNE, *_DU_GENRE[GenreModele(genre)])
    return {champ.cle: champ for champ in champs}


def exemples(genre: str) -> dict[str, str]:
    """key → made up value, the same person everywhere."""
    return {cle: champ.exemple for cle, champ in champs_de(genre).items()}
