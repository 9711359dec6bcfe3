"""What deserves a word without preventing anything, one sentence per kind."""

from collections import defaultdict
from collections.abc import Mapping

from cadres.recensement.champs.texte import typographie
from cadres.recensement.modeles import Avertissement

# code -> (for one row, for several); the order is that of the page
_PHRASES: dict[str, tuple[str, str]] = {
    "partie": (
        "1 personne est notée partie : rien n'est écrit sur elle. Si elle est revenue, annulez son départ dans sa fiche, puis importez de nouveau.",
        "{n} personnes sont notées parties : rien n'est écrit sur elles. Si l'une est revenue, annulez son départ dans sa fiche, puis importez de nouveau.",
    ),
    "sans_courriel": (
        "1 personne sans courriel : elle n'est pas encore joignable.",
        "{n} personnes sans courriel : elles ne sont pas encore joignables.",
    ),
    "homonyme": (
        "1 personne porte le même nom qu'une fiche du registre : matricule ou courriel différent, ce sont deux personnes.",
        "{n} personnes ont un homonyme : matricule ou courriel différent, ce sont des personnes distinctes.",
    ),
    "courriel_exterieur": (
        "1 courriel n'est pas du domaine de la collectivité.",
        "{n} courriels ne sont pas du domaine de la collectivité.",
    ),
    "sans_categorie": (
        "1 personne sans catégorie : à compléter dans sa fiche.",
        "{n} personnes sans catégorie : à compléter dans leur fiche.",
    ),
    "mois_seul": (
        "1 date donnée au mois : le premier jour du mois est retenu.",
        "{n} dates données au mois : le premier jour du mois est retenu.",
    ),
    "annee_courte": (
        "1 date avec une année sur deux chiffres, lue jour-mois-année : à vérifier.",
        "{n} dates avec une année sur deux chiffres, lues jour-mois-année : à vérifier.",
    ),
    "serie": (
        "1 date enregistrée comme un nombre de jours : elle a été convertie.",
        "{n} dates enregistrées comme des nombres de jours : elles ont été converties.",
    ),
    "formule": (
        "1 ligne a une valeur calculée : son dernier résultat est repris, jamais la formule.",
        "{n} lignes ont des valeurs calculées : leur dernier résultat est repris, jamais la formule.",
    ),
    "matricule_nombre": (
        "1 matricule enregistré comme un nombre, plus court que les autres : un zéro initial a pu disparaître.",
        "{n} matricules enregistrés comme des nombres, plus courts que les autres : des zéros initiaux ont pu disparaître.",
    ),
    "encadrement_sans_agent": (
        "1 personne encadre, mais avec 0 agent : à vérifier.",
        "{n} personnes encadrent, mais avec 0 agent : à vérifier.",
    ),
}


def avertir(mentions: Mapping[int, set[str]]) -> tuple[Avertissement, ...]:
    """Group the codes noted on each row."""
    lignes: dict[str, list[int]] = defaultdict(list)
    for ligne in sorted(mentions):
        for code in mentions[ligne]:
            lignes[code].append(ligne)
    return tuple(
        Avertissement(code, _phrase(phrases, len(lignes[code])), tuple(lignes[code]))
        for code, phrases in _PHRASES.items()
        if code in lignes
    )


def _phrase(phrases: tuple[str, str], nombre: int) -> str:
    return typographie(phrases[0] if nombre == 1 else phrases[1].format(n=nombre))
