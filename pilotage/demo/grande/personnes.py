"""The people, by the hundred thousand: who they are, where they stand, told by a number each."""

from __future__ import annotations

from cadres.models import Cadre, Candidature, Consultation
from collectivites.communs.metiers import FAMILLES, METIERS
from collectivites.communs.typographie import sans_accents
from collectivites.models import Mandat, Poste, Utilisateur
from collectivites.mots import Role
from pilotage.demo.chapitres.personnes import FEMMES, GRADES, HOMMES, NOMS
from pilotage.demo.grande.lieux import DIRECTIONS, EMPLOYEURS, Lieux
from pilotage.demo.grande.lots import (
    compter_les_lignes,
    derniere_cle,
    inserer,
    sans_index_de_recherche,
    tableau,
    tirage,
)

#: Of twenty people listed, where each stands. The retained go further by `pas`.
ETATS = (
    *("recense",) * 3,
    *("informe",) * 3,
    *("accord",) * 3,
    *("retenu",) * 8,
    "non_retenu",
    "desaccord",
    "retire",
)
#: Of ten retained: three wait, three follow a promotion, one has finished, then one was proposed a
#: poste, one accepted, one moved.
PAS = ("attend",) * 3 + ("suit",) * 3 + ("acheve", "propose", "engage", "parti")
INSCRITS = ("suit", "acheve", "propose", "engage", "parti")
AVANCEES = {"suit": "en_parcours", "acheve": "acheve", "propose": "acheve"} | {
    "engage": "engagee",
    "parti": "effective",
}
#: Those who were proposed a poste, the first of whom refused it.
PROPOSES = ("acheve", "propose", "engage", "parti")
TITRES = tuple(titre for titre in METIERS if "(" not in titre)
FONCTIONS = (
    "Chef de service",
    "Responsable de pôle",
    "Chargé de mission",
    "Directeur adjoint",
    "Directeur",
)


class Gens:
    """The source of every row: one number for each person, and what follows from it, in SQL.

    n: the number; d, c: the rank of the démarche, of the employer in it; coll, hote: keys of the employer
    of today and of the one that proposes a poste; origine: that of when they were listed; etat, pas:
    where they stand; compte: whether they have an account; recense, dit, repondu, decide: days ago.
    """

    def __init__(self, lieux: Lieux, nombre: int) -> None:
        self.lieux, self.nombre = lieux, nombre
        self.poste = derniere_cle(Poste)
        #: The postes that are proposed to them, one each: those of whom nobody is proposed one do not exist.
        self.ouvert = self.poste + nombre
        self.cadre = derniere_cle(Cadre)
        self.compte = derniere_cle(Utilisateur)
        premiere, par = lieux.collectivites[0].pk, len(EMPLOYEURS)
        pas = f"({tableau(PAS)})[1 + {tirage(1, len(PAS))}]"
        self.source = f"""(
SELECT n, d, c, etat, pas, {premiere} + d * {par} + c AS coll, {premiere} + d * {par} + autre AS hote,
  CASE WHEN pas = 'parti' THEN {premiere} + d * {par} + autre ELSE {premiere} + d * {par} + c END AS origine,
  pas <> '' AND pas <> 'attend' AS compte,
  recense, recense - 7 AS dit, recense - 28 AS repondu, recense - 28 - {tirage(8, 20)} AS decide
FROM generate_series(1, {nombre}) n
CROSS JOIN LATERAL (SELECT (n - 1) / {lieux.par_demarche} AS d, {tirage(2, par)} AS c,
  ({tableau(ETATS)})[1 + {tirage(3, len(ETATS))}] AS etat) AS qui
CROSS JOIN LATERAL (SELECT mod(c + 1 + {tirage(4, par - 1)}, {par}) AS autre,
  CASE WHEN etat = 'retenu' THEN {pas} ELSE '' END AS pas,
  CASE etat WHEN 'recense' THEN {tirage(5, 10)} WHEN 'informe' THEN 8 + {tirage(5, 12)}
    WHEN 'accord' THEN 30 + {tirage(5, 40)} ELSE 320 + {tirage(5, 450)} END AS recense) AS ou) gens"""  # noqa: S608

    def entre(self, *pas: str) -> str:
        """Those of them who came so far."""
        return f"{self.source} WHERE pas IN ({', '.join(repr(p) for p in pas)})"


def il_y_a(jours: str) -> str:
    """An hour of the working day, so many days ago."""
    return (
        f"(date_trunc('day', now()) - make_interval(days => {jours}) + make_interval(hours => "
        f"8 + {tirage(6, 9)}, mins => {tirage(7, 60)}))"
    )


def ecrire(gens: Gens) -> None:
    """Accounts, postes, candidacies, files. A candidacy is written before its file: the database then finds
    where the file stands as it writes it, once."""
    _comptes(gens)
    _postes(gens)
    _candidatures(gens)
    with sans_index_de_recherche():
        _cadres(gens)
    _lectures(gens)
    compter_les_lignes(Utilisateur, Poste, Candidature, Cadre)


def _candidatures(gens: Gens) -> None:
    parti = f"CASE WHEN pas = 'parti' THEN {il_y_a('decide')} END"
    etats = {
        "informe_le": f"CASE WHEN etat <> 'recense' THEN {il_y_a('dit')} END",
        "repondu_le": f"CASE WHEN etat NOT IN ('recense', 'informe') THEN {il_y_a('repondu')} END",
        "decide_le": f"CASE WHEN etat IN ('retenu', 'non_retenu') THEN {il_y_a('decide')} ELSE {parti} END",
        "retire_le": f"CASE WHEN etat = 'retire' THEN {il_y_a('decide')} END",
    }
    avancees = " ".join(f"WHEN '{cle}' THEN '{valeur}'" for cle, valeur in AVANCEES.items())
    inserer(
        Candidature,
        gens.source,
        cadre=f"{gens.cadre} + n",
        etat="etat",
        avancee=f"CASE pas {avancees} ELSE '' END",
        origine=f"CASE WHEN {tirage(9, 12)} = 0 THEN 'volontariat' ELSE 'recensement' END",
        recense_le=il_y_a("recense"),
        **etats,
    )


def _lectures(gens: Gens) -> None:
    """One file in two was read by its HR direction."""
    inserer(
        Consultation,
        f"{gens.source} WHERE mod(n, 2) = 0",
        cadre=f"{gens.cadre} + n",
        utilisateur=f"{gens.lieux.mandats[Role.DRH][0].utilisateur_id} + d * {len(EMPLOYEURS)} + c",
        collectivite="coll",
        role="'drh'",
        nature="'fiche'",
        quand=il_y_a(tirage(10, 200)),
    )


def _comptes(gens: Gens) -> None:
    """Who follows a promotion, or did, has an account: some of them come in each day."""
    ceux = f"{gens.source} WHERE compte"
    inserer(
        Utilisateur,
        ceux,
        id=f"{gens.compte} + n",
        email="'cadre.' || n || '@demo.example'",
        password="'" + gens.lieux.mot_de_passe + "'",
        prenom=_prenom(PRENOMS),
        nom=_nom(NOMS),
        last_login=il_y_a(tirage(11, 60)),
    )
    inserer(
        Mandat,
        ceux,
        utilisateur=f"{gens.compte} + n",
        collectivite="coll",
        role="'cadre'",
        debut=f"{il_y_a('decide')}::date",
    )


PRENOMS = tuple(p for paire in zip(FEMMES, HOMMES, strict=True) for p in paire)


def _prenom(prenoms: tuple[str, ...]) -> str:
    """A woman's where the number is even, as `civilite` has it."""
    return f"({tableau(prenoms)})[1 + 2 * {tirage(12, len(prenoms) // 2)} + mod(n, 2)]"


def _nom(noms: list[str] | tuple[str, ...]) -> str:
    """One in three bears two names."""
    premier, second = tirage(13, len(noms)), tirage(14, len(noms))
    return (
        f"(({tableau(noms)})[1 + {premier}] || CASE WHEN mod(n, 3) = 0 THEN '-' || "
        f"({tableau(noms)})[1 + {second}] ELSE '' END)"
    )


def _sans_accents(valeurs: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(sans_accents(valeur) for valeur in valeurs)


def titre(titres: tuple[str, ...]) -> str:
    return f"({tableau(titres)})[1 + {tirage(15, len(titres))}]"


_CODES = tuple(METIERS[titre] for titre in TITRES)
_FAMILLES = tuple(FAMILLES[code].libelle for code in _CODES)


def _postes(gens: Gens) -> None:
    """The poste that each holds; and, at the host, that which is proposed to some."""
    directions = gens.lieux.directions[0].pk
    emplois = tableau([g[0] for g in GRADES])
    premiere = gens.lieux.collectivites[0].pk
    for cle, coll, ceux in (
        (gens.poste, "coll", gens.source),
        (gens.ouvert, "hote", gens.entre("acheve", "propose", "engage")),
    ):
        inserer(
            Poste,
            ceux,
            id=f"{cle} + n",
            collectivite=coll,
            direction=f"{directions} + ({coll} - {premiere}) * {len(DIRECTIONS)} + {tirage(16, len(DIRECTIONS))}",
            intitule=titre(TITRES),
            cadres_emplois=f"jsonb_build_array(({emplois})[1 + {tirage(17, len(GRADES))}])",
            groupe_ifse="'A3'",
            nb_agents_encadres=f"{tirage(18, 60)}",
            domaine=f"({tableau(_CODES)})[1 + {tirage(15, len(TITRES))}]",
            recherche=f"{titre(_sans_accents(TITRES))} || ' ' || "
            f"({tableau(_sans_accents(_FAMILLES))})[1 + {tirage(15, len(TITRES))}]",
        )


def _cadres(gens: Gens) -> None:
    grade = f"[1 + {tirage(17, len(GRADES))}]"
    direction = f"[1 + {tirage(16, len(DIRECTIONS))}]"
    accompagnateur = gens.lieux.mandats[Role.ACCOMPAGNATEUR][0].pk
    colonnes = {
        "nom": _nom(NOMS),
        "prenom": _prenom(PRENOMS),
        "civilite": "CASE WHEN mod(n, 2) = 0 THEN 'F' ELSE 'M' END",
        "matricule": "lpad(n::text, 6, '0')",
        # One in twenty has no address: a HR direction has them to find.
        "courriel": f"CASE WHEN {tirage(19, 20)} = 0 AND NOT compte THEN '' ELSE 'cadre.' || n || '@demo.example' END",
        "categorie": f"({tableau([g[2] for g in GRADES])}){grade}",
        "cadre_emplois": f"({tableau([g[0] for g in GRADES])}){grade}",
        "grade": f"({tableau([g[1] for g in GRADES])}){grade}",
        "echelon": f"(1 + {tirage(20, 9)})::text",
        "statut": f"CASE WHEN {tirage(21, 12)} = 0 THEN 'cdi' ELSE 'titulaire' END",
        "date_entree_poste": f"CASE WHEN pas = 'parti' THEN (now() - make_interval(days => recense - 290))::date "
        f"ELSE (now() - make_interval(days => 100 + {tirage(22, 6000)}))::date END",
        "encadrement": f"{tirage(18, 60)} > 0",
        "nb_agents": tirage(18, 60),
        "domaine": f"({tableau(_CODES)})[1 + {tirage(15, len(TITRES))}]",
        "profil": "CASE WHEN mod(n, 3) = 0 THEN 'haut_potentiel' ELSE 'experimente' END",
        "vise_mobilite": "mod(n, 3) <> 0",
        "vise_promotion": "mod(n, 3) = 0",
        "accompagnateur": f"CASE WHEN pas = 'suit' THEN {accompagnateur} + d * {len(EMPLOYEURS)} + c END",
        "cree_le": il_y_a("recense"),
    }
    nom, prenom = _nom(_sans_accents(NOMS)), _prenom(_sans_accents(PRENOMS))
    recherche = " || ' ' || ".join(
        (
            *(nom, prenom, nom, titre(_sans_accents(TITRES))),
            f"({tableau(_sans_accents(DIRECTIONS))}){direction}",
            f"({tableau(_sans_accents([g[1] for g in GRADES]))}){grade}",
        )
    )
    inserer(
        Cadre,
        gens.source,
        id=f"{gens.cadre} + n",
        collectivite="coll",
        utilisateur=f"CASE WHEN compte THEN {gens.compte} + n END",
        direction=f"{gens.lieux.directions[0].pk} + (d * {len(EMPLOYEURS)} + c) * {len(DIRECTIONS)}"
        f" + {tirage(16, len(DIRECTIONS))}",
        poste=f"{gens.poste} + n",
        recherche=recherche,
        **colonnes,
    )
