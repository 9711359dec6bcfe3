"""What HR exports call their columns. Compared without accent, case or punctuation (`texte.cle`)."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from cadres.recensement.champs.texte import cle

# For each field, from the most telling to the least: when two columns claim a field, the earlier
# name wins (« Nom d'usage » before « Nom de naissance »).
SYNONYMES: dict[str, str] = {
    "matricule": "matricule|n matricule|no matricule|num matricule|numero matricule|numero de matricule|matricule agent|matricule rh|matricule paie|matr|mat|id agent|idagent|identifiant agent|identifiant|id rh|code agent|n agent|no agent|numero agent|numero d agent|num agent|agent id|id|code salarie|matricule salarie|salarie code|matric|matricul|num agent rh|no salarie|n salarie|numero salarie|id salarie|code matricule|matricule de l agent|agent matricule|code individu|matricule sirh",
    "civilite": "civilite|civ|titre de civilite|genre|sexe|h f|f h|sexe h f|m mme|code civilite|lib civilite|libelle civilite|titre|code sexe|civilite de l agent|salarie civilite",
    "nom": "nom d usage|nom usuel|nom usage|nom marital|nom de famille|nom de l agent|nom agent|nom|noms|nom du cadre|patronyme|nom patronymique|last name|surname|nom de naissance|nom naissance|nom de jeune fille|nom famille|nom usage ou marital|nom usage de l agent|nom d usage de l agent|nom d usage ou de naissance|nom salarie|salarie nom|agent nom|nom patronymique de l agent|nom de naissance de l agent|nom usuel de l agent|nom de famille de l agent|nom marital ou usuel",
    "prenom": "prenom usuel|prenom d usage|prenom|prenoms|prenom s|prenom de l agent|prenom agent|prenom du cadre|first name|prenom 1|premier prenom|prenom principal|prenom salarie|salarie prenom|agent prenom|prenom usuel de l agent|lib prenom",
    "nom_prenom": "nom prenom|nom et prenom|nom prenoms|nom et prenoms|noms et prenoms|noms prenoms|nom prenom agent|nom et prenom de l agent|agent|identite|cadre|nom complet|nom prenom de l agent|salarie|nom prenom salarie|nom et prenom du salarie|agent nom prenom|nom prenom du salarie|beneficiaire|libelle agent|lib agent",
    "prenom_nom": "prenom nom|prenom et nom|prenoms noms|full name",
    "courriel": "courriel professionnel|courriel pro|mail professionnel|mail pro|email professionnel|email pro|e mail professionnel|e mail pro|adresse mail professionnelle|adresse electronique professionnelle|courriel|mail|mel|email|e mail|adresse electronique|adresse mail|adresse email|adresse e mail|adresse courriel|adresse de courriel|adresse de messagerie|messagerie|courrier electronique|mail agent|adresse mail pro|adresse email pro|mail prof|email prof|messagerie professionnelle|messagerie prof|adresse messagerie|adresse courriel professionnelle|adresse email professionnelle|adresse professionnelle electronique|e mail de l agent|mail salarie|e mail salarie|adr mail|adresse mail agent|courriel agent|messagerie electronique|adresse e mail pro|adresse e mail professionnelle|mail de l agent|adr messagerie|adr email|adresse mel|mel pro|mel professionnel",
    "categorie": "categorie|cat|categorie hierarchique|categorie statutaire|cat hierarchique|categorie a b c|categorie agent|cat agent|cat hier|categorie hier|cat statutaire|categ|code categorie|lib categorie|libelle categorie|code cat|categ hier|categ stat|categorie fp|cat fp|categorie du grade|categorie de l agent|cat grade",
    "cadre_emplois": "cadre d emplois|cadre d emploi|cadre emplois|cadre emploi|cadres d emplois|cadre d emplois statutaire|libelle cadre d emplois|lib cadre emploi|corps|lib cadre emplois|lib cadre d emplois|libelle cadre emploi|libelle du cadre d emplois|cadre d emplois de l agent|filiere cadre d emplois|cadre emploi statutaire",
    "grade": "grade|libelle grade|lib grade|grade statutaire|grade actuel|grade de l agent|grade detenu|libelle du grade|grade detenu actuellement|grade et classe|grade emploi|lib grade actuel|libelle grade actuel|grade ou emploi|libelle grade emploi|lib grade agent|libelle long grade|grade libelle|grade agent|grade lib|grade long|libelle court grade|emploi grade",
    "echelon": "echelon|ech|echel|no echelon|numero echelon|echelon actuel|libelle echelon|code echelon|lib echelon|ech actuel|n echelon|echelon de l agent|num echelon|grade echelon",
    "statut": "statut|position|situation statutaire|statut agent|position statutaire|type de contrat|nature du contrat|type contrat|contrat|titulaire contractuel|statut juridique|position administrative|statut de l agent|position admin|statut ou contrat|lib statut|libelle statut|code statut|lib position|libelle position|position actuelle|situation administrative|sit administrative|lib contrat|libelle contrat|type agent|type d agent|nature contrat|lib type contrat|libelle type contrat|statut agent libelle|statut du salarie|categorie statut|code position|libelle position administrative|regime statutaire|type de personnel|lien juridique",
    "date_entree_poste": "date entree poste|date d entree poste|date d entree dans le poste|date entree dans le poste|date affectation|date d affectation|date d affectation sur le poste|date affectation poste|date debut poste|date de debut de poste|date de debut poste|debut poste|en poste depuis|dans le poste depuis|poste occupe depuis|depuis le|depuis|date prise de poste|date de prise de poste|prise de poste|date prise de fonction|date de prise de fonction|date de prise de fonctions|sur le poste depuis|affecte depuis|date arrivee poste|date d arrivee sur le poste|date nomination poste|date d entree en fonction|anciennete poste depuis|poste depuis|date de prise de poste actuelle|date d arrivee dans le poste|date arrivee dans le poste|dans le poste depuis le|en poste depuis le|date debut affectation|date de debut d affectation|date prise de fonctions|occupe depuis|date affect|dt affect|dt affectation|date deb affectation|dt deb affectation|deb affectation|debut affectation|date d affect|dat affect|date debut d affectation|date entree emploi|date d entree dans l emploi|date debut emploi|date debut fonction|date debut fonctions|dt entree poste|date ent poste|date prise poste|date deb poste|date affect poste|date affectation actuelle|affectation date de debut|poste date de debut|date d effet affectation|date effet affectation|dans le poste depuis quand|date de nomination sur le poste|date arrivee service",
    "poste": "poste|poste occupe|libelle poste|libelle du poste|intitule poste|intitule du poste|intitule de poste|lib poste|emploi|libelle emploi|intitule emploi|intitule de l emploi|libelle de l emploi|emploi occupe|fonction|fonctions|fonction exercee|fonction occupee|fonctions exercees|poste actuel|poste de travail|metier exerce|intitule de la fonction|intitule du poste occupe|libelle du poste occupe|fonction actuelle|metier|poste ou fonction|emploi occupe actuellement|poste fonction|fonction poste|lib emploi|lib fonction|libelle fonction|libelle de la fonction|fonction libelle|emploi libelle|poste libelle|libelle long poste|libelle long emploi|emploi type|libelle metier|lib metier|intitule fonction|intitule de fonction|lib poste occupe|lib emploi occupe|emploi fonction|fonction emploi|poste budgetaire|libelle poste budgetaire|lib poste budgetaire|libelle poste de travail|poste de travail libelle|nom du poste|titre du poste|poste emploi|designation du poste|designation poste|libelle poste actuel|emploi salarie|qualification|emploi occupe libelle|lib fct|fct",
    "direction": "direction|dir|direction affectation|direction d affectation|dga|direction generale adjointe|pole|direction service|direction ou service|affectation|service d affectation|libelle direction|direction de rattachement|departement direction|service|unite|uo|libelle service|direction ou pole|direction pole|pole direction|direction affectation actuelle|dga pole|service direction|lib direction|libelle de la direction|direction libelle|dir affectation|direction libelle long|nom direction|nom de la direction|direction dga|direction generale|lib dga|libelle dga|lib pole|libelle pole|lib dir|structure|lib structure|libelle structure|structure d affectation|structure de rattachement|entite|lib entite|libelle entite|entite d affectation|entite de rattachement|unite d affectation|lib affectation|libelle affectation|lib unite|libelle unite|unite organisationnelle|unite org|lib service|service libelle|service affectation|libelle du service|affectation libelle|affectation principale|affectation service|affectation direction|nom du service|nom service|departement service|departement d affectation|rattachement|lieu d affectation|secteur|uo libelle|libelle uo|lib uo|centre de responsabilite",
    "encadrement": "encadrement|encadrant|encadrant o n|encadrement o n|encadrant oui non|encadrement oui non|fonction d encadrement|fonctions d encadrement|encadre|manager|management|encadrement d equipe|position d encadrement|management oui non|management o n|manager oui non|encadre une equipe|fait de l encadrement|encadrant oui ou non|fonction encadrement|encadrement agents|nature encadrement|niveau d encadrement|type d encadrement",
    "nb_agents": "nb agents encadres|nb d agents encadres|nombre agents encadres|nombre d agents encadres|agents encadres|nb encadres|nbre agents encadres|nombre encadres|nombre d encadres|nb agents|nombre d agents|nombre agents|effectif encadre|effectifs encadres|taille equipe|taille de l equipe|nb de personnes encadrees|nombre de personnes encadrees|encadres|nb agents encadre|effectif|nb encadres directs|nombre d encadres directs|nb personnes encadrees|nombre de collaborateurs|nb collaborateurs|effectif de l equipe|effectifs|nb agts|nb agts encadres|nbre agents|nbre d agents|nb subordonnes|nombre de subordonnes|effectif direct|nombre d agents sous responsabilite|effectif sous responsabilite|nb etp encadres",
    "profil": "profil|profil mobilite|profil de mobilite|profil cadre|vivier|profil hp exp|hp exp|profil du cadre|type de profil",
    "domaine": "domaine de metier|domaine metier|domaine|domaine d activite|domaine professionnel|domaine de competence|domaine de competences|famille de metiers|famille metier|famille de metier|famille professionnelle|specialite|specialite metier|champ professionnel|filiere metier|domaine fonctionnel",
    "visees": "visees|visee|visees du cadre|vise|objectif de mobilite|objectif vise|proposee pour|propose pour|nominee pour|pressentie pour",
    "vise_promotion": "visee promotion|vise promotion|vise une promotion|promotion visee",
    "vise_mobilite": "visee mobilite laterale|visee mobilite|vise mobilite|vise une mobilite|vise une mobilite laterale|mobilite laterale|mobilite visee",
    "vise_developpement": "visee developpement|vise developpement|vise un developpement|developpement vise",
    "collectivite": "collectivite|employeur|collectivite employeur|nom de la collectivite|lib collectivite|libelle collectivite|etablissement|lib etablissement|libelle etablissement|societe|organisme",
    "cle": "cle quatuor ne pas modifier|cle quatuor",
}

# Columns that the démarche does not need: named to the user with the reason, and not kept.
RAISON_AGE = "L'âge ne peut pas être un critère (CGFP, art. L131-1) : Quatuor ne garde aucune date de naissance."
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
RAISON_NIR = "Le numéro de sécurité sociale n'est jamais lu : son usage est réservé par la loi (loi 78-17, art. 30 ; décret 2019-341)."
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
        RAISON_AGE,
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
    (
        r"nir|(?:(?:n|no|num|numero) )?ss|.*\bsecurite sociale\b.*|n ?o? ?secu.*|.*\binsee\b.*|nss",
        RAISON_NIR,
    ),
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


#: Columns of our own exports that Quatuor works out by itself.
_QUATUOR = {
    "anciennete dans le poste annees": "Quatuor la calcule : seule compte la date d'arrivée.",
    "situation": "Dans Quatuor, la situation suit ce que la personne répond : elle ne s'importe pas.",
    "prochaine etape": "Quatuor la calcule : elle ne s'importe pas.",
    "echeance": "Quatuor la calcule : elle ne s'importe pas.",
    "accompagnateur": "L'accompagnateur se choisit dans la fiche : il ne s'importe pas.",
    "depart": "Un départ se signale dans la fiche : il ne s'importe pas.",
    "depart de la collectivite": "Un départ se signale dans la fiche : il ne s'importe pas.",
}


def raison_quatuor(entete: str) -> str:
    """Why a column of our own export is not read back; "" for any other."""
    return _QUATUOR.get(cle(entete), "")


@lru_cache(maxsize=4096)
def nomme(entete: str) -> str:
    """The field of a heading known to the letter, "" otherwise."""
    return _INDEX.get(cle(entete), ("", 0))[0]


@lru_cache(maxsize=4096)
def reconnaitre(entete: str) -> tuple[str, int]:
    """(field, rank) for a heading, ("", 0) if unknown; a low rank is a more telling name."""
    nom = cle(entete)
    if nom in _QUATUOR:
        return "", 0
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
