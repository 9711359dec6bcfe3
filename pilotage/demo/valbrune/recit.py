"""Who is in it, and what they did, in tables. Every name is invented."""

from __future__ import annotations

from dataclasses import dataclass

from cadres.mots import EtatCandidature as Etat
from collectivites.mots import Role
from pilotage.demo.cadrage.recit import TOUTES, Cadrage, Recit
from pilotage.mots import EtatCommunication, Jalon, MoyenInformation, Phase, PublicVise

CODE = "passerelles-valbrune"
V, A = "ville", "agglomeration"
#: code, name, short name, domain of its mails, directions
EMPLOYEURS = (
    (V, "Ville de Valbrune", "Ville", "valbrune.example.fr", ("Services à la population", "Services techniques")),
    (A, "Agglomération de Valbrune", "Agglomération", "agglo-valbrune.example.fr",
     ("Ressources", "Cycle de l’eau et espaces publics")),
)  # fmt: skip
#: account, first name, name, employer, role
COMPTES = (
    ("dgs.valbrune", "Luc", "Ferrandon", V, Role.DGS),
    ("drh.valbrune", "Sonia", "Marestier", V, Role.DRH),
    ("dgs.agglo-valbrune", "Judith", "Corbassac", A, Role.DGS),
    ("drh.agglo-valbrune", "Pascal", "Vignaude", A, Role.DRH),
)
COMPTE_AGENT = "agent.valbrune"


@dataclass(frozen=True)
class Agent:
    """`ans`: in the poste. `hors`: why somebody outside the public is in the list all the same."""

    code: str
    civilite: str
    prenom: str
    nom: str
    categorie: str
    cadre_emplois: str
    grade: str
    poste: str
    domaine: str
    ans: float
    etat: str
    inscrit: bool = False
    equipe: int = 0
    hors: str = ""


ADMIN, TECH = "Adjoint administratif territorial", "Adjoint technique territorial"
REDACTEUR, TECHNICIEN, MAITRISE = (
    "Rédacteur territorial", "Technicien territorial", "Agent de maîtrise territorial",
)  # fmt: skip
POPULATION = "Citoyenneté, population et vie associative"
VOIRIE = "Infrastructures, voirie et réseaux"
VERTS = "Espaces verts, paysage et biodiversité"
BATI = "Patrimoine bâti et logistique"
FINANCES = "Finances et contrôle de gestion"
JURIDIQUE = "Affaires juridiques et commande publique"
EAU = "Eau, assainissement, déchets, propreté"
RH = "Ressources humaines"
#: The first is the account of the visitor.
AGENTS = (
    Agent(V, "F", "Lucie", "Bertholon", "B", REDACTEUR, "Rédacteur principal de 2e classe",
          "Gestionnaire de l’état civil", POPULATION, 7.5, Etat.RETENU, inscrit=True),
    Agent(V, "H", "Samuel", "Orgeval", "C", TECH, "Adjoint technique principal de 1re classe",
          "Agent d’entretien de la voirie", VOIRIE, 11, Etat.RETENU, inscrit=True),
    Agent(V, "F", "Malika", "Tessandier", "C", ADMIN, "Adjoint administratif principal de 2e classe",
          "Assistante d’accueil et de gestion", POPULATION, 5, Etat.RETENU, inscrit=True),
    Agent(V, "H", "Denis", "Fourcaud", "C", MAITRISE, "Agent de maîtrise principal",
          "Chef d’équipe Espaces verts", VERTS, 9, Etat.ACCORD, equipe=6),
    Agent(V, "F", "Nora", "Lavergne", "B", TECHNICIEN, "Technicien",
          "Technicienne de maintenance des bâtiments", BATI, 4, Etat.ACCORD),
    Agent(V, "H", "Kévin", "Prudhon", "C", TECH, "Adjoint technique",
          "Agent polyvalent des bâtiments", BATI, 3.5, Etat.INFORME),
    Agent(V, "F", "Rose", "Ambeyrac", "B", REDACTEUR, "Rédacteur",
          "Assistante de la commande publique", JURIDIQUE, 6, Etat.DESACCORD),
    Agent(V, "F", "Claire", "Hostier", "A", "Éducateur de jeunes enfants", "Éducateur de jeunes enfants",
          "Éducatrice de jeunes enfants", "Enfance, famille, protection de l’enfance", 8, Etat.RECENSE,
          hors="Elle demande à rejoindre un métier administratif, et son service l’accompagne."),
    Agent(A, "H", "Youssef", "Carmelin", "B", TECHNICIEN, "Technicien principal de 1re classe",
          "Technicien des réseaux d’eau", EAU, 10, Etat.RETENU, inscrit=True),
    Agent(A, "F", "Inès", "Vauclair", "C", ADMIN, "Adjoint administratif principal de 1re classe",
          "Gestionnaire de la paie", RH, 8, Etat.RETENU, inscrit=True),
    Agent(A, "H", "Thierry", "Mazeran", "C", TECH, "Adjoint technique principal de 2e classe",
          "Conducteur de benne", EAU, 12, Etat.RETENU, inscrit=True),
    Agent(A, "F", "Hélène", "Sorbiac", "B", REDACTEUR, "Rédacteur principal de 1re classe",
          "Gestionnaire budgétaire", FINANCES, 6.5, Etat.ACCORD),
    Agent(A, "H", "Bruno", "Teillard", "C", MAITRISE, "Agent de maîtrise",
          "Surveillant de travaux", VOIRIE, 5, Etat.INFORME, equipe=3),
    Agent(A, "F", "Aline", "Duchâtel", "C", ADMIN, "Adjoint administratif",
          "Assistante des assemblées", POPULATION, 3, Etat.INFORME),
    Agent(A, "H", "Romain", "Gaudissart", "B", TECHNICIEN, "Technicien principal de 2e classe",
          "Technicien Voirie et mobilités", VOIRIE, 4.5, Etat.RECENSE),
)  # fmt: skip

#: employer, title, cadres d’emplois, domaine, what it is
POSTE = (
    A, "Gestionnaire de marchés publics", (REDACTEUR, ADMIN), JURIDIQUE,
    "Préparer les consultations avec les services, suivre l’exécution des marchés et tenir leurs délais. "
    "Une formation de six jours et un tutorat de trois mois accompagnent la prise de poste.",
)  # fmt: skip

_PREUVE = "Relevé de décisions"
VALBRUNE = Cadrage(
    accords={
        V: ("Conseil municipal", (-7, -2), "041"),
        A: ("Conseil communautaire", (-7, 4), "2-17"),
    },
    objet="Accord de principe à la démarche de mobilité de tous les agents.",
    engagement=(-7, 8),
    informations=(
        (V, "La maire et l’adjoint au personnel", (-8, 12), MoyenInformation.REUNION, "Note d’intention"),
        (A, "Le bureau communautaire", (-8, 20), MoyenInformation.BUREAU, "Note d’intention"),
    ),
    franchis=(
        (Jalon.LANCEMENT, 1, (-6, 0), "dgs.ville"),
        (Jalon.PROMOTION, 1, (-4, 0), "dgs.agglomeration"),
        (Jalon.PROPOSITIONS, 1, (-1, 0), "dgs.ville"),
    ),
    route=(
        Recit("note", Phase.CADRAGE, "Note stratégique validée par les deux DGS", TOUTES, (-8, 0), (-8, 20),
              "dgs.ville", "Note stratégique signée"),
        Recit("langage", Phase.CADRAGE, "Éléments de communication communs", TOUTES, (-8, 20), (-7, 5),
              "drh.agglomeration", "Dossier commun", ("note",)),
        Recit("calage", Phase.CADRAGE, "Réunion de calage : communication interne (élus, encadrement, agents)",
              TOUTES, None, (-7, 8), "dgs.agglomeration", _PREUVE, ("langage",)),
        Recit("ouverture", Phase.CADRAGE, "Réunion d’ouverture entre DGS et DRH", TOUTES, None, (-7, 12),
              "dgs.ville", _PREUVE, ("calage",)),
        Recit("elus.ville", Phase.CADRAGE, "Accord de principe des élus : Ville", (V,), (-8, 20), (-7, -2),
              "dgs.ville", "Délibération du conseil municipal", ("note",), elus=True),
        Recit("elus.agglomeration", Phase.CADRAGE, "Accord de principe des élus : Agglomération", (A,), (-8, 20),
              (-7, 4), "dgs.agglomeration", "Délibération du conseil communautaire", ("note",), elus=True),
        Recit("seminaire", Phase.CADRAGE, "Séminaire de lancement", TOUTES, None, (-6, -5), "drh.ville",
              "Programme et liste de présence", ("ouverture",)),
        Recit("lancement", Phase.CADRAGE, "Lancement officiel", TOUTES, None, (-6, 0), "dgs.ville",
              "Discours de la maire et du président", ("elus.ville", "elus.agglomeration", "seminaire"), elus=True),
        Recit("liste.ville", Phase.RECENSEMENT, "Liste des candidats possibles : Ville", (V,), (-6, 0), (-5, 10),
              "drh.ville", "Liste remise au DGS", ("note",)),
        Recit("liste.agglomeration", Phase.RECENSEMENT, "Liste des candidats possibles : Agglomération", (A,),
              (-6, 0), (-5, 12), "drh.agglomeration", "Liste remise à la DGS", ("note",)),
        Recit("promotion1", Phase.PARCOURS, "Ouverture de la promotion 1", TOUTES, (-5, 0), (-4, 4),
              "dgs.agglomeration", "Liste des participants arrêtée", ("lancement",)),
        Recit("propositions", Phase.OPPORTUNITES, "Ouverture des propositions", TOUTES, (-2, 0), (-1, 2),
              "drh.ville", "Règles communes de proposition", ("promotion1",)),
        Recit("promotion2", Phase.PARCOURS, "Ouverture de la promotion 2", TOUTES, (5, 0), (6, 0), "dgs.ville",
              apres=("promotion1",)),
        Recit("miparcours", Phase.MOBILITE, "Bilan à mi-parcours", TOUTES, (9, 0), (10, 0), "dgs.agglomeration",
              elus=True),
    ),
    communication=(
        ("Lettre aux agents", PublicVise.AGENTS, "Changer de métier sans quitter Valbrune, et seulement si l’on veut.",
         "Bulletin de paie", None, "drh.ville", (-6, 1), EtatCommunication.FAITE, "Lettre.pdf"),
        ("Point de presse commun", PublicVise.PRESSE, "Deux employeurs voisins ouvrent leurs postes à leurs agents.",
         "Hôtel de ville", None, "dgs.ville", (-6, 0), EtatCommunication.FAITE, ""),
        ("Portes ouvertes des métiers", PublicVise.AGENTS, "Une journée pour voir le métier d’à côté.",
         "Centre technique de l’Agglomération", A, "drh.agglomeration", (1, 10), EtatCommunication.PREVUE, ""),
    ),
    langage=((
        "Passerelles Valbrune permet aux agents de la Ville et de l’Agglomération de changer de métier ou "
        "d’employeur.\n\nElle est volontaire : chacun dit oui ou non, et un refus est sans conséquence.\n\n"
        "Elle s’adresse aux catégories B et C, des filières administrative et technique, là où les métiers "
        "changent le plus.", (-7, 0)),),
    redige_par="drh.agglomeration",
)  # fmt: skip
