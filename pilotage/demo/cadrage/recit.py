"""The story of the cadrage, in tables: dates are (months from today, days)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilotage.mots import EtatCommunication, Jalon, MoyenInformation, Phase, PublicVise

Quand = tuple[int, int]
TOUTES: tuple[str, ...] = ()
QUATRE = ("ville", "agglomeration", "departement", "region")


@dataclass(frozen=True)
class Recit:
    """A step. `codes`: whose, none for all; `role.code` of `responsable`; `dites`: who has closed it
    (QUATRE: all that it awaits)."""

    cle: str
    phase: Phase
    intitule: str
    codes: tuple[str, ...]
    debut: Quand | None
    echeance: Quand
    responsable: str
    preuve: str = ""
    apres: tuple[str, ...] = ()
    elus: bool = False
    dites: tuple[str, ...] = QUATRE


Action = tuple[str, PublicVise, str, str, str | None, str, Quand, EtatCommunication, str]


@dataclass(frozen=True)
class Cadrage:
    """What the élus, the DGS and their services did, in one démarche.

    `accords`: code → body, when, number. `franchis`: the gate, its rank, when, by whom. `langage`: its
    versions and when each was written.
    """

    accords: Mapping[str, tuple[str, Quand, str]]
    objet: str
    engagement: Quand
    informations: tuple[tuple[str, str, Quand, MoyenInformation, str], ...]
    franchis: tuple[tuple[Jalon, int, Quand, str], ...]
    route: tuple[Recit, ...]
    communication: tuple[Action, ...]
    langage: tuple[tuple[str, Quand], ...]
    redige_par: str


#: code → body, days after the launch of the cadrage, number
ACCORDS = {
    "ville": ("Conseil municipal", (-25, -2), "118"),
    "agglomeration": ("Conseil métropolitain", (-25, 2), "64"),
    "departement": ("Commission permanente du conseil départemental", (-25, 6), "B03"),
    "region": ("Commission permanente du conseil régional", (-24, -14), "0217"),
}
INFORMATIONS = (
    ("ville", "Le maire et l’adjointe au personnel", (-26, 25), MoyenInformation.REUNION, "Note stratégique"),
    ("ville", "L’ensemble du conseil municipal", (-2, 3), MoyenInformation.ASSEMBLEE, "Bilan à deux ans"),
    ("agglomeration", "Le bureau métropolitain", (-26, 26), MoyenInformation.BUREAU, "Note stratégique"),
    ("departement", "La commission du personnel", (-25, -5), MoyenInformation.COMMISSION, "Note stratégique"),
    ("departement", "Le président et ses vice-présidents", (-2, 5), MoyenInformation.COURRIER, "Bilan à deux ans"),
    ("region", "La vice-présidente aux ressources humaines", (-25, -3), MoyenInformation.REUNION, "Note stratégique"),
)  # fmt: skip

ROUTE = (
    Recit("note", Phase.CADRAGE, "Note stratégique validée par les quatre DGS", TOUTES, (-26, 0), (-26, 20),
          "dgs.departement", "Note stratégique signée"),
    Recit("langage", Phase.CADRAGE, "Éléments de communication communs", TOUTES, (-26, 20), (-25, 0),
          "drh.ville", "Dossier commun, version 2", ("note",)),
    *(Recit(f"elus.{code}", Phase.CADRAGE, f"Accord de principe des élus : {nom}", (code,), (-26, 22), ACCORDS[code][1],
            f"dgs.{code}", f"{ACCORDS[code][0]}, n° {ACCORDS[code][2]}", ("note",), elus=True)
      for code, nom in zip(QUATRE, ("Ville", "Métropole", "Département", "Région"), strict=True)),
    Recit("calage", Phase.CADRAGE, "Réunion de calage : communication interne (élus, cadres, agents)", TOUTES, None,
          (-25, 8), "dgs.ville", "Relevé de décisions de la réunion de calage", ("langage",)),
    Recit("ouverture", Phase.CADRAGE, "Réunion d’ouverture entre DGS et DRH", TOUTES, None, (-25, 15),
          "dgs.region", "Relevé de décisions de la réunion d’ouverture", ("calage",)),
    Recit("seminaire", Phase.CADRAGE, "Séminaire de lancement de la démarche", TOUTES, None, (-24, 2),
          "drh.agglomeration", "Programme et liste de présence", ("ouverture",)),
    Recit("lancement", Phase.CADRAGE, "Lancement officiel", TOUTES, None, (-24, 8), "dgs.departement",
          "Discours des quatre exécutifs", (*(f"elus.{c}" for c in QUATRE), "seminaire"), elus=True),
    *(Recit(f"liste.{code}", Phase.RECENSEMENT, f"Liste des candidats possibles : {nom}", (code,), (-25, 8), (-24, 5),
            f"drh.{code}", "Liste remise au DGS", ("note",))
      for code, nom in zip(QUATRE, ("Ville", "Métropole", "Département", "Région"), strict=True)),
    Recit("promotion1", Phase.PARCOURS, "Ouverture de la promotion 1", TOUTES, (-24, 12), (-23, 5), "dgs.departement",
          "Liste des participants arrêtée", ("lancement",)),
    Recit("propositions", Phase.OPPORTUNITES, "Ouverture des propositions", TOUTES, (-22, 0), (-20, 0), "drh.region",
          "Règles communes de proposition", ("promotion1",)),
    Recit("premiere", Phase.MOBILITE, "Première mobilité effective", TOUTES, None, (-14, -9), "drh.departement",
          "Article du magazine municipal", elus=True),
    Recit("promotion2", Phase.PARCOURS, "Ouverture de la promotion 2", TOUTES, (-9, 0), (-8, 0), "dgs.departement",
          "Liste des participants arrêtée", ("promotion1",)),
    Recit("deuxans", Phase.MOBILITE, "Bilan à deux ans devant les quatre DGS", TOUTES, None, (-2, -9), "dgs.region",
          "Relevé de décisions du comité"),
    Recit("calageregion", Phase.OPPORTUNITES, "Calage avec les élus régionaux", ("region",), None, (-1, -9),
          "dgs.region", elus=True),
    Recit("programme3", Phase.PARCOURS, "Programme de la promotion 3 validé", TOUTES, (-1, 0), (0, 12),
          "drh.agglomeration", "Programme signé", ("promotion2",), dites=("departement", "region")),
    Recit("liste3", Phase.RECENSEMENT, "Listes pour la promotion 3", ("departement",), (-1, 0), (0, 4),
          "drh.departement"),
    Recit("promotion3", Phase.PARCOURS, "Ouverture de la promotion 3", TOUTES, (2, 0), (3, 12), "dgs.departement",
          apres=("promotion2", "programme3")),
    Recit("comite", Phase.CADRAGE, "Comité des quatre directions", TOUTES, None, (1, 4), "dgs.departement"),
    Recit("seminaire3", Phase.PARCOURS, "Séminaire de lancement de la promotion 3", ("agglomeration",), None, (4, 4),
          "drh.agglomeration", apres=("promotion3",)),
    Recit("bilan", Phase.MOBILITE, "Bilan de la démarche devant les assemblées", TOUTES, (8, 0), (9, 4),
          "dgs.ville", elus=True),
)  # fmt: skip

#: title, public, message, channel, code (none: all), who, when, state, material
COMMUNICATION: tuple[Action, ...] = (
    ("Note aux directeurs généraux adjoints", PublicVise.CADRES, "La démarche est volontaire, sans conséquence pour qui dit non.",
     "Réunion de chaque comité de direction", None, "dgs.departement", (-25, 10), EtatCommunication.FAITE, "Note interne.pdf"),
    ("Page commune sur les intranets", PublicVise.AGENTS, "Quatre employeurs voisins ouvrent leurs postes d’encadrement.",
     "Intranet", None, "drh.ville", (-25, 20), EtatCommunication.FAITE, ""),
    ("Conférence de presse de lancement", PublicVise.PRESSE, "Changer d’employeur sans changer de territoire.",
     "Conférence de presse, hôtel de la Métropole", None, "dgs.ville", (-24, 8), EtatCommunication.FAITE, "Dossier de presse.pdf"),
    ("Rencontre avec le centre de gestion et le CNFPT", PublicVise.PARTENAIRES, "Mettre en commun les formations de l’encadrement.",
     "Réunion de travail", "departement", "drh.departement", (-22, 5), EtatCommunication.FAITE, ""),
    ("Portrait d’une première mobilité", PublicVise.AGENTS, "Elle raconte son nouveau poste, avec son accord.",
     "Magazine interne", "departement", "drh.departement", (-13, 0), EtatCommunication.FAITE, ""),
    ("Bilan à deux ans aux exécutifs", PublicVise.ELUS, "Ce qui est tenu, ce qui reste à faire.",
     "Note pour les élus", None, "dgs.region", (-2, 2), EtatCommunication.FAITE, "Bilan à deux ans.pdf"),
    ("Petit déjeuner de presse", PublicVise.PRESSE, "Remplacé par la conférence de presse de la Ville.",
     "Rencontre", None, "dgs.ville", (-1, 5), EtatCommunication.ANNULEE, ""),
    ("Réunion d’information des cadres avant la promotion 3", PublicVise.CADRES, "Ce que la démarche apporte, par ceux qui l’ont suivie.",
     "Réunion, hôtel du Département", None, "drh.departement", (0, 15), EtatCommunication.PREVUE, ""),
    ("Conférence de presse : deux ans de mobilités", PublicVise.PRESSE, "Des postes pourvus entre voisins.",
     "Conférence de presse, hôtel de ville", "ville", "dgs.ville", (2, 4), EtatCommunication.PREVUE, ""),
    ("Présentation du bilan aux partenaires", PublicVise.PARTENAIRES, "Ce que d’autres territoires peuvent reprendre.",
     "Journée d’étude", None, "drh.region", (8, 10), EtatCommunication.PREVUE, ""),
)  # fmt: skip

LANGAGE = (
    "La démarche de mobilité réunit quatre employeurs publics du même bassin de vie.\n\n"
    "Elle est volontaire : chaque cadre dit oui ou non, et un refus est sans conséquence.",
    "La démarche de mobilité réunit quatre employeurs publics d’un même bassin de vie : la Ville, la Métropole, le "
    "Département et la Région.\n\n"
    "Elle est volontaire. Chaque cadre dit oui ou non, à chaque étape, et un refus reste sans conséquence.\n\n"
    "Elle sert le service public : des compétences qui existaient à quelques rues de là pourvoient nos postes "
    "d’encadrement, sans recruter davantage.\n\n"
    "Elle respecte un équilibre : chaque collectivité accueille à peu près autant de cadres qu’elle en voit partir.",
)

DGS_QUI_FRANCHIT = "dgs.departement"
ORLEANS = Cadrage(
    accords=ACCORDS,
    objet="Accord de principe à la démarche de mobilité des cadres.",
    engagement=(-25, 15),
    informations=INFORMATIONS,
    franchis=(
        (Jalon.LANCEMENT, 1, (-24, 6), DGS_QUI_FRANCHIT),
        (Jalon.PROMOTION, 1, (-23, 0), DGS_QUI_FRANCHIT),
        (Jalon.PROMOTION, 2, (-9, 0), DGS_QUI_FRANCHIT),
        (Jalon.PROPOSITIONS, 1, (-20, 0), DGS_QUI_FRANCHIT),
    ),
    route=ROUTE,
    communication=COMMUNICATION,
    langage=((LANGAGE[0], (-25, 0)), (LANGAGE[1], (-3, 0))),
    redige_par="drh.ville",
)
