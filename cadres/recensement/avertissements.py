"""What deserves a word without preventing anything, one sentence per kind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cadres.recensement.champs.texte import typographie
from cadres.recensement.modeles import Avertissement

# code -> (for one row, for several); the order is that of the page
_PHRASES: dict[str, tuple[str, str]] = {
    "masquee": (
        "1 ligne est masquée dans le fichier, par un filtre ou à la main : elle est reprise comme les autres.",
        "{n} lignes sont masquées dans le fichier, par un filtre ou à la main : elles sont reprises comme les autres.",
    ),
    "nir": (
        "1 ligne portait un numéro de sécurité sociale : il n'est ni lu ni gardé, son usage est réservé par la loi (loi 78-17, art. 30 ; décret 2019-341).",
        "{n} lignes portaient un numéro de sécurité sociale : il n'est ni lu ni gardé, son usage est réservé par la loi (loi 78-17, art. 30 ; décret 2019-341).",
    ),
    "erreur_calcul": (
        "1 ligne montre une erreur de calcul du tableur (#N/A…) : la cellule compte comme vide.",
        "{n} lignes montrent une erreur de calcul du tableur (#N/A…) : la cellule compte comme vide.",
    ),
    "cle_abimee": (
        "1 ligne a une clé Quatuor abîmée : la personne est reconnue par son nom et ses identifiants.",
        "{n} lignes ont une clé Quatuor abîmée : les personnes sont reconnues par leur nom et leurs identifiants.",
    ),
    "cle_repetee": (
        "1 ligne répète la clé Quatuor d'une autre : elle est lue comme celle d'une autre personne.",
        "{n} lignes répètent la clé Quatuor d'une autre : elles sont lues comme celles d'autres personnes.",
    ),
    "employeur_inconnu": (
        "1 ligne nomme un employeur qui n'est pas dans la démarche : elle est reprise.",
        "{n} lignes nomment un employeur qui n'est pas dans la démarche : elles sont reprises.",
    ),
    "partie": (
        "1 personne est notée partie : rien n'est écrit sur elle. Si elle est revenue, annulez son départ dans sa fiche, puis importez de nouveau.",
        "{n} personnes sont notées parties : rien n'est écrit sur elles. Si l'une est revenue, annulez son départ dans sa fiche, puis importez de nouveau.",
    ),
    "ailleurs": (
        "1 personne a rejoint un autre employeur de la démarche : rien n'est écrit sur elle.",
        "{n} personnes ont rejoint un autre employeur de la démarche : rien n'est écrit sur elles.",
    ),
    "sans_courriel": (
        "1 personne sans courriel : elle n'est pas encore joignable.",
        "{n} personnes sans courriel : elles ne sont pas encore joignables.",
    ),
    "sans_poste": (
        "1 personne sans poste : à compléter dans sa fiche.",
        "{n} personnes sans poste : à compléter dans leur fiche.",
    ),
    "sans_direction": (
        "1 personne sans direction : à compléter dans sa fiche.",
        "{n} personnes sans direction : à compléter dans leur fiche.",
    ),
    "sans_date": (
        "1 personne sans date d'arrivée dans le poste : son ancienneté n'est pas connue.",
        "{n} personnes sans date d'arrivée dans le poste : leur ancienneté n'est pas connue.",
    ),
    "sans_domaine": (
        "1 personne sans famille de métiers : les rapprochements avec un poste en dépendent.",
        "{n} personnes sans famille de métiers : les rapprochements avec un poste en dépendent.",
    ),
    "famille_hors_liste": (
        "1 personne avec une famille de métiers qui n'est pas dans la liste : son texte est gardé. Choisissez-en une dans sa fiche, pour que les postes s'y comparent.",
        "{n} personnes avec une famille de métiers qui n'est pas dans la liste : leur texte est gardé. Choisissez-en une dans leur fiche, pour que les postes s'y comparent.",
    ),
    "homonyme": (
        "1 ligne porte un nom et un prénom que porte une autre ligne : vérifiez que ce sont deux personnes.",
        "{n} lignes portent le même nom et le même prénom qu'une autre : vérifiez que ce sont plusieurs personnes.",
    ),
    "videe": (
        "1 ligne laisse vide ce que le registre connaît : la fiche garde sa valeur.",
        "{n} lignes laissent vide ce que le registre connaît : les fiches gardent leur valeur.",
    ),
    "ancien_identifiant": (
        "1 personne est reconnue par un ancien matricule ou courriel : la fiche garde les nouveaux.",
        "{n} personnes sont reconnues par un ancien matricule ou courriel : les fiches gardent les nouveaux.",
    ),
    "courriel_exterieur": (
        "1 courriel n'est pas du domaine de la collectivité.",
        "{n} courriels ne sont pas du domaine de la collectivité.",
    ),
    "sans_categorie": (
        "1 personne sans catégorie : à compléter dans sa fiche.",
        "{n} personnes sans catégorie : à compléter dans leur fiche.",
    ),
    "courriel_partage": (
        "1 courriel semble partagé par un service (« drh@ », « accueil@ ») : l'invitation y serait lue par d'autres.",
        "{n} courriels semblent partagés par un service (« drh@ », « accueil@ ») : l'invitation y serait lue par d'autres.",
    ),
    "section": (
        "1 personne reçoit sa direction de la ligne de titre placée au-dessus d'elle.",
        "{n} personnes reçoivent leur direction de la ligne de titre placée au-dessus d'elles.",
    ),
    "prenoms": (
        "1 personne a plusieurs prénoms dans la cellule : ils sont gardés ensemble.",
        "{n} personnes ont plusieurs prénoms dans la cellule : ils sont gardés ensemble.",
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


def phrase_lignes(lignes: Sequence[int], maximum: int = 15) -> str:
    """« Ligne 4 », « Lignes 2 à 16, 20 et 31 », « Lignes 2, 5 et 12 autres »: never an ellipsis."""
    suites: list[tuple[int, int]] = []
    for ligne in sorted(lignes):
        if suites and ligne == suites[-1][1] + 1:
            suites[-1] = (suites[-1][0], ligne)
        else:
            suites.append((ligne, ligne))
    textes = []
    for debut, fin in suites[:maximum]:
        seules = [str(debut)] if debut == fin else [str(debut), str(fin)]
        textes += seules if fin - debut < 2 else [f"{debut} à {fin}"]
    reste = sum(fin - debut + 1 for debut, fin in suites[maximum:])
    if reste:
        textes.append(f"{reste} autre{'s' * (reste > 1)}")
    tete = "Lignes" if len(lignes) > 1 else "Ligne"
    corps = " et ".join(filter(None, [", ".join(textes[:-1]), *textes[-1:]]))
    return f"{tete} {corps}" if textes else ""


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
