"""What HR exports call their columns. Compared without accent, case or punctuation (`texte.cle`)."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from cadres.recensement.champs.texte import cle

# For each field, from the most telling to the least: when two columns claim a field, the earlier
# name wins (« Nom d'usage » before « Nom de naissance »).
SYNONYMES: dict[str, str] = {
    "matricule": "matricule|n matricule|no matricule|num matricule|numero matricule|numero de matricule|matricule agent|matricule rh|matricule paie|matr|mat|id agent|idagent|identifiant agent|identifiant|id rh|code agent|n agent|no agent|numero agent|numero d agent|num agent|agent id|id",
    "civilite": "civilite|civ|titre de civilite|genre|sexe|h f|f h|sexe h f|m mme",
    "nom": "nom d usage|nom usuel|nom usage|nom marital|nom de famille|nom de l agent|nom agent|nom|noms|nom du cadre|patronyme|nom patronymique|last name|surname|nom de naissance|nom naissance|nom de jeune fille|nom famille|nom usage ou marital",
    "prenom": "prenom usuel|prenom d usage|prenom|prenoms|prenom s|prenom de l agent|prenom agent|prenom du cadre|first name|prenom 1|premier prenom|prenom principal",
    "nom_prenom": "nom prenom|nom et prenom|nom prenoms|nom et prenoms|noms et prenoms|noms prenoms|nom prenom agent|nom et prenom de l agent|agent|identite|cadre|nom complet|nom prenom de l agent",
    "prenom_nom": "prenom nom|prenom et nom|prenoms noms|full name",
    "courriel": "courriel professionnel|courriel pro|mail professionnel|mail pro|email professionnel|email pro|e mail professionnel|e mail pro|adresse mail professionnelle|adresse electronique professionnelle|courriel|mail|mel|email|e mail|adresse electronique|adresse mail|adresse email|adresse e mail|adresse courriel|adresse de courriel|adresse de messagerie|messagerie|courrier electronique|mail agent|adresse mail pro|adresse email pro|mail prof|email prof|messagerie professionnelle|messagerie prof|adresse messagerie|adresse courriel professionnelle|adresse email professionnelle|adresse professionnelle electronique|e mail de l agent",
    "categorie": "categorie|cat|categorie hierarchique|categorie statutaire|cat hierarchique|categorie a b c|categorie agent|cat agent|cat hier|categorie hier|cat statutaire",
    "cadre_emplois": "cadre d emplois|cadre d emploi|cadre emplois|cadre emploi|cadres d emplois|cadre d emplois statutaire|libelle cadre d emplois|lib cadre emploi|corps",
    "grade": "grade|libelle grade|lib grade|grade statutaire|grade actuel|grade de l agent|grade detenu|libelle du grade|grade detenu actuellement|grade et classe",
    "echelon": "echelon|ech|echel|no echelon|numero echelon|echelon actuel|libelle echelon",
    "statut": "statut|position|situation statutaire|statut agent|position statutaire|type de contrat|nature du contrat|type contrat|contrat|titulaire contractuel|statut juridique|position administrative|statut de l agent|position admin|statut ou contrat",
    "date_entree_poste": "date entree poste|date d entree poste|date d entree dans le poste|date entree dans le poste|date affectation|date d affectation|date d affectation sur le poste|date affectation poste|date debut poste|date de debut de poste|date de debut poste|debut poste|en poste depuis|dans le poste depuis|poste occupe depuis|depuis le|depuis|date prise de poste|date de prise de poste|prise de poste|date prise de fonction|date de prise de fonction|date de prise de fonctions|sur le poste depuis|affecte depuis|date arrivee poste|date d arrivee sur le poste|date nomination poste|date d entree en fonction|anciennete poste depuis|poste depuis|date de prise de poste actuelle|date d arrivee dans le poste|date arrivee dans le poste|dans le poste depuis le|en poste depuis le|date debut affectation|date de debut d affectation|date prise de fonctions|occupe depuis",
    "poste": "poste|poste occupe|libelle poste|libelle du poste|intitule poste|intitule du poste|intitule de poste|lib poste|emploi|libelle emploi|intitule emploi|intitule de l emploi|libelle de l emploi|emploi occupe|fonction|fonctions|fonction exercee|fonction occupee|fonctions exercees|poste actuel|poste de travail|metier exerce|intitule de la fonction|intitule du poste occupe|libelle du poste occupe|fonction actuelle|metier|poste ou fonction|emploi occupe actuellement|poste fonction|fonction poste",
    "direction": "direction|dir|direction affectation|direction d affectation|dga|direction generale adjointe|pole|direction service|direction ou service|affectation|service d affectation|libelle direction|direction de rattachement|departement direction|service|unite|uo|libelle service|direction ou pole|direction pole|pole direction|direction affectation actuelle|dga pole|service direction",
    "encadrement": "encadrement|encadrant|encadrant o n|encadrement o n|encadrant oui non|encadrement oui non|fonction d encadrement|fonctions d encadrement|encadre|manager|management|encadrement d equipe|position d encadrement|management oui non|management o n|manager oui non|encadre une equipe|fait de l encadrement",
    "nb_agents": "nb agents encadres|nb d agents encadres|nombre agents encadres|nombre d agents encadres|agents encadres|nb encadres|nbre agents encadres|nombre encadres|nombre d encadres|nb agents|nombre d agents|nombre agents|effectif encadre|effectifs encadres|taille equipe|taille de l equipe|nb de personnes encadrees|nombre de personnes encadrees|encadres|nb agents encadre|effectif|nb encadres directs|nombre d encadres directs|nb personnes encadrees|nombre de collaborateurs|nb collaborateurs|effectif de l equipe",
    "profil": "profil|profil mobilite|profil de mobilite|profil cadre|vivier|profil hp exp|hp exp",
}

# Columns that the démarche does not need: named to the user with the reason, and not kept.
_AGE = "L'âge ne peut pas être un critère (CGFP, art. L131-1) : Quatuor ne garde aucune date de naissance."
_FAMILLE = (
    "La situation de famille n'est pas utile à la démarche, et ne peut pas être un critère "
    "(CGFP, art. L131-1)."
)
_SANTE = "Les données de santé ne sont pas utiles à la démarche, et ne peuvent pas être un critère."
_PAIE = "La rémunération ne fait pas partie du registre : elle n'est lue qu'au moment d'une proposition."
_HIERARCHIE = "L'avis de la hiérarchie n'entre pas dans le registre : elle n'est pas informée d'une candidature."
_PERSONNEL = "Les coordonnées personnelles ne sont pas utiles à la démarche : le courriel professionnel suffit."
_REPONSE = (
    "La réponse de la personne n'appartient qu'à elle : elle la donnera elle-même dans Quatuor."
)
_NIR = "Le numéro de sécurité sociale n'est pas utile à la démarche."
_CARRIERE = "L'ancienneté totale renseigne sur l'âge : seule compte la date d'entrée dans le poste."
_DUREE = "Une durée vieillit : donnez la date d'arrivée dans le poste."
_EVALUATION = "Les évaluations et les notes n'entrent pas dans le registre."
_LIBRE = "Les remarques libres ne sont pas reprises : la personne pourrait tout lire, et rien ne doit surprendre."
_TECHNIQUE = "Cette colonne a été ajoutée par Quatuor au fichier à corriger."
_OPINION = "Cette donnée ne peut pas être un critère (CGFP, art. L131-1)."

_ECARTEES: tuple[tuple[str, str], ...] = (
    (r"ligne d origine|a corriger( .*)?|corrections attendues", _TECHNIQUE),
    (
        r".*\bnaissance\b.*|age|ages|.*\bne e? le\b.*|date naiss.*|ddn|.*\bretraite\b.*|tranche d age",
        _AGE,
    ),
    (
        r".*\b(enfants?|charge de famille|matrimoniale?|famill?e|familiale?|conjoint|marie|epouse?|nom de jeune fille|sft|pacs)\b.*",
        _FAMILLE,
    ),
    (
        r".*\b(rqth|handicap|sante|maladie|inaptitude|medical\w*|temps partiel therapeutique|boeth?|invalidite|absences?|absenteisme)\b.*",
        _SANTE,
    ),
    (
        r".*\b(ifse|cia|nbi|rifseep|salaires?|remunerations?|traitement|paie|brut|net|primes?|indemnites?|regime indemnitaire|indice|indices|ib|im|inm|rib|iban|masse salariale|bulletin)\b.*",
        _PAIE,
    ),
    (
        r".*\b(n ?1|n 2|hierarchie|hierarchique direct|superieur|avis|responsable hierarchique)\b.*",
        _HIERARCHIE,
    ),
    (
        r".*\b(adresse|adr|domicile|code postal|cp|commune de residence|ville de residence|tel|telephone|portable|mobile|gsm|personnel|personnelle|perso|privee?)\b.*",
        _PERSONNEL,
    ),
    (
        r".*\b(volontaire|volontariat|candidat|candidate|souhaite|souhaits?|voeux?|motivations?|d accord|accord)\b.*",
        _REPONSE,
    ),
    (r"nir|.*\bsecurite sociale\b.*|n ?o? ?secu.*|.*\binsee\b.*|nss", _NIR),
    (r".*\b(anciennete|duree)\b.*\b(postes?|fonctions?)\b.*", _DUREE),
    (
        r".*\b(anciennete|date (d )?entree coll|date d entree fpt|date entree (fpt|collectivite)|date d entree (collectivite|dans la collectivite)|date de recrutement|date recrutement|date d embauche|date de titularisation|date titularisation|date d entree)\b.*",
        _CARRIERE,
    ),
    (
        r".*\b(notes?|notation|evaluations?|entretien|potentiel|appreciations?|sanctions?|discipline)\b.*",
        _EVALUATION,
    ),
    (r".*\b(commentaires?|observations?|remarques?|divers|infos?)\b.*", _LIBRE),
    (r".*\b(nationalite|syndicat\w*|syndicale?|religion|opinions?|origine|mandat)\b.*", _OPINION),
)
_MOTIFS = tuple((re.compile(motif), raison) for motif, raison in _ECARTEES)
_INDEX = {
    nom: (champ, rang)
    for champ, noms in SYNONYMES.items()
    for rang, nom in enumerate(noms.split("|"))
}
_PRECISIONS = re.compile(r"\([^)]*\)|\b(?:détenue?s?\s+)?au \d{1,2}/\d{1,2}/\d{2,4}|\*+$")
_LONGS = [nom for nom in _INDEX if len(nom) >= 6]


@lru_cache(maxsize=4096)
def reconnaitre(entete: str) -> tuple[str, int]:
    """(field, rank) for a heading, ("", 0) if unknown; a low rank is a more telling name."""
    nom = cle(entete)
    direct = _INDEX.get(nom)
    if direct is None and not raison_ecart(entete):
        # « Échelon (n°) », « Grade détenu au 01/01/2026 »
        direct = _INDEX.get(cle(_PRECISIONS.sub(" ", entete)))
    if direct is not None:
        return direct
    seuil = 94 if raison_ecart(entete) else 90  # a slip of the pen, not another word
    proche = process.extractOne(nom, _LONGS, scorer=fuzz.ratio, score_cutoff=seuil)
    if proche is None:
        return "", 0
    champ, rang = _INDEX[proche[0]]
    return champ, rang + 100


@lru_cache(maxsize=4096)
def raison_ecart(entete: str) -> str:
    """Why a column is not kept; "" when it is not one of those that we know not to keep."""
    nom = cle(entete)
    return next((raison for motif, raison in _MOTIFS if motif.fullmatch(nom)), "")
