"""Electronic addresses as people type them."""

import re
import unicodedata

from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.texte import cle

LONGUEUR_COURRIEL = 254
#: Mailboxes that several people open: an invitation would be read by whoever opens it first.
_PARTAGEES = re.compile(
    r"(?:drh|dgs|dgst|dst|dsi|rh|sg|contact|accueil|mairie|ville|commune|secretariat|direction|info|infos"
    r"|courrier|service|services|ressources[._-]?humaines|standard|cabinet|communication|formation|recrutement"
    r"|personnel|paie|ne[._-]?pas[._-]?repondre|no[._-]?reply|(?:drh|rh|secretariat|accueil|contact|service"
    r"|direction|pole)[._-][a-z0-9._-]+)"
)
_SEPARATEURS = re.compile(r"\s*[;,/]\s*|\s+")
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAINE = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
_COURRIEL = re.compile(rf"{_LOCAL}@{_DOMAINE}")


def courriel_valide(adresse: str) -> bool:
    return (
        len(adresse) <= LONGUEUR_COURRIEL
        and adresse.find("@") <= 64
        and _COURRIEL.fullmatch(adresse) is not None
    )


_SANS_COURRIEL = re.compile(
    r"(?:pas|sans|aucune?)(?: (?:de|d))?(?: (?:mail|mel|courriel|adresse|email|e mail))?(?: pro)?"
)
_CONTENUE = re.compile(rf"{_LOCAL}@{_DOMAINE}")


def lire_courriel(texte: str) -> Lu:
    texte = texte.strip("'\"")
    if courriel_valide(bas := texte.lower()):
        return _adresse(bas)  # nearly all of them
    if _SANS_COURRIEL.fullmatch(cle(texte)):
        return Lu()
    adresse = re.sub(r"^mailto:\s*", "", texte.lower()).partition("?")[0].strip(" ;,.<>/")
    if m := re.fullmatch(r"[^<>@]*<\s*([^<>\s]+)\s*>?", texte.lower()):
        adresse = m[1]
    adresse = re.sub(r"\s*@\s*", "@", adresse)
    adresse = re.sub(r"^(?:(?:e-?)?mail|mel|mél|courriel|adresse)\s*:\s*", "", adresse)
    if courriel_valide(adresse):
        return _adresse(adresse)
    seules = set(_SEPARATEURS.split(adresse))
    if len(seules) == 1 and courriel_valide(*seules):  # twice the same
        return _adresse(seules.pop())
    return _courriel_invalide(adresse)


def _adresse(adresse: str) -> Lu:
    partagee = _PARTAGEES.fullmatch(adresse.partition("@")[0]) is not None
    return Lu(adresse, mentions=("courriel_partage",) if partagee else ())


def _courriel_invalide(adresse: str) -> Lu:
    trouvees = set(_CONTENUE.findall(adresse))
    if len(trouvees) == 1:
        [seule] = trouvees
        if re.search(rf"(?:^|[(<:#]\s*){re.escape(seule)}(?:$|\s*[\s()>#])", adresse):
            motif = "L'adresse est répétée, ou entourée d'autres mots"
            return Lu(motif=motif, suggestion=seule, applicable=True)
    if adresse.count("@") > 1 and "@@" not in adresse:
        return Lu(motif="Plusieurs adresses dans la cellule", suggestion="N'en garder qu'une")
    sans_accent = unicodedata.normalize("NFKD", adresse).encode("ascii", "ignore").decode()
    # « jean dupont@… »: a dot was most likely meant between two words
    resserree = re.sub(r"(?<=\w\w)\s+(?=\w+\w@)", ".", sans_accent)
    resserree = re.sub(r"\s+", "", resserree).replace(",", ".")
    resserree = re.sub(r"[\[({](?:at|arobase|a|@)[\])}]|@@", "@", resserree)
    resserree = re.sub(r"\.{2,}", ".", resserree)
    if resserree != adresse and courriel_valide(resserree):
        return Lu(motif="Adresse mal écrite", suggestion=resserree, applicable=True)
    if "@" in adresse:
        return Lu(motif="Adresse incomplète ou mal écrite", suggestion="Saisir l'adresse entière")
    return Lu(
        motif="Ceci n'est pas une adresse électronique",
        suggestion="Saisir l'adresse, ou laisser la cellule vide",
    )
