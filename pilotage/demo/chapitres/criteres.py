"""What is written against the list of the demonstration: criteria, and a view that is kept."""

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.registre import actions
from cadres.registre.criteres.actions import ecrire_criteres
from collectivites.mots import Role
from pilotage.demo.organisation import Lieu

#: collectivité → its criteria. Those of the Région bear on the two sexes unequally, and say so.
CRITERES: dict[str, dict[str, list[str]]] = {
    "ville": {"anciennete": ["3"], "categorie": ["A+", "A"]},
    "agglomeration": {"anciennete": ["5"]},
    "departement": {"anciennete": ["3"], "categorie": ["A+", "A"], "encadrement": ["oui"]},
    "region": {"anciennete": ["3"], "agents": ["20"]},
}
VUES = (
    ("Réponses attendues", "situation=informe&tri=-anciennete"),
    ("Ont dit oui, à décider", "situation=accord&tri=-anciennete"),
    (
        "Dix ans et plus dans le poste",
        "anciennete=10&colonnes=collectivite,poste,anciennete,agents",
    ),
)


def ecrire(lieu: Lieu) -> None:
    """The DRH of each collectivité writes its criteria, and keeps three views."""
    for code, criteres in CRITERES.items():
        acteur = acteur_du_mandat(lieu.mandat(code, Role.DRH))
        ecrire_criteres(acteur=acteur, criteres=criteres)
        for nom, parametres in VUES:
            actions.enregistrer_vue(acteur=acteur, nom=nom, parametres=parametres)
