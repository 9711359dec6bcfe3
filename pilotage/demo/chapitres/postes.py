"""The postes that the démarche may offer: vacant ones, those that somebody leaves; what
each says of itself, and its publicity."""

import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from cadres.models import Cadre
from collectivites.communs import metiers
from collectivites.communs.typographie import sans_accents
from collectivites.models import Poste
from collectivites.mots import Role
from opportunites.models import Opportunite
from pilotage.demo.calendrier import instant, jour
from pilotage.demo.organisation import CODES, Lieu, direction_de, lire

D, R = "departement", "region"
#: Whom to call about a poste (invented), where it is, who leads it.
CONTACTS = {
    "ville": ("Solène Aubertin", "02 38 00 10 10", "Hôtel de ville, place de l’Étape"),
    "agglomeration": ("Matthieu Corvisart", "02 38 00 20 20", "Espace Saint-Marc"),
    "departement": ("Inès Delaporte", "02 38 00 30 30", "Hôtel du département, rue Eugène-Vignat"),
    "region": ("Bastien Ferrand", "02 38 00 40 40", "Hôtel de région, rue Saint-Pierre-Lentin"),
}
#: Gross euros a year, by groupe IFSE (invented, plausible).
FOURCHETTES = {"A1": (68_000, 82_000), "A2": (58_000, 70_000), "A3": (50_000, 60_000)}


def annonce(poste: Poste) -> dict[str, Any]:
    """What a cadre needs to choose: whom to call, who leads, how much."""
    nom, telephone, _ = CONTACTS[poste.collectivite.code]
    prenom, famille = sans_accents(nom).split()
    bas, haut = FOURCHETTES.get(poste.groupe_ifse, (46_000, 54_000))
    return {
        "numero": f"P-{poste.pk:04}",
        "responsable": "Directrice ou directeur général adjoint",
        "contact_nom": nom,
        "contact_telephone": telephone,
        "contact_courriel": f"{prenom}.{famille}@demo.example",
        "remuneration_min": bas,
        "remuneration_max": haut,
        "remuneration": "selon l’expérience",
    }


class Postes:
    """`libres`: by collectivité, those that nobody holds nor was proposed."""

    def __init__(self, lieu: Lieu, hasard: random.Random) -> None:
        self.lieu, self.hasard = lieu, hasard
        self.libres = self._vacants()
        # Kept for the account cadre@: the poste that its visitor is asked about.
        self.du_visiteur = next(p for p in self.libres[D] if "Enfance" in p.intitule)
        self.libres[D].remove(self.du_visiteur)
        self.titres: dict[str, int] = defaultdict(int)
        self.declarations = 0

    def _vacants(self) -> dict[str, list[Poste]]:
        """The postes of `demo_postes.csv`, all vacant (invented, plausible)."""
        postes: dict[str, list[Poste]] = defaultdict(list)
        for ligne in lire("demo_postes.csv"):
            code = CODES[ligne["collectivite"]][0]
            directions = self.lieu.directions[code]
            direction = next((d for d in directions if d.libelle == ligne["direction"]), None)
            poste = Poste.objects.create(
                collectivite=self.lieu.collectivites[code],
                direction=direction or directions[0],
                intitule=ligne["intitule"].replace("'", "’"),
                cadres_emplois=ligne["cadres_emplois"].split("|"),
                groupe_ifse=ligne["groupe_ifse"],
                nb_agents_encadres=int(ligne["nb_agents_encadres"]),
                jours_teletravail=int(ligne["jours_teletravail"]),
                ouvert_contractuel=ligne["ouvert_contractuel"] == "True",
                emploi_fonctionnel=ligne["groupe_ifse"] == "A1",
                lieu=CONTACTS[code][2],
                missions="Conduire l’équipe et son budget, porter les projets votés par l’assemblée, "
                "et rendre compte à la direction générale. Les trois premiers mois sont ceux de la "
                "passation.",
                **metiers.colonnes(ligne["champ"]),
            )
            if not poste.emploi_fonctionnel:
                postes[code].append(poste)
        return postes

    def quitte(self, code: str, modele: Cadre) -> Poste:
        """A poste that somebody else left, or one made for the occasion."""
        ancien = modele.poste
        assert ancien is not None
        self.titres[code] += 1
        directions = self.lieu.directions[code]
        tour = directions[self.titres[code] % len(directions)]
        return Poste.objects.create(
            collectivite=self.lieu.collectivites[code],
            direction=direction_de(directions, ancien.domaine) or tour,
            intitule=ancien.intitule,
            cadres_emplois=ancien.cadres_emplois,
            groupe_ifse="A3",
            nb_agents_encadres=self.hasard.randint(5, 45),
            jours_teletravail=self.hasard.randint(1, 2),
            **metiers.colonnes(ancien.famille_de_metiers),
        )

    def sans_preneur(self, code: str, rang: int) -> dict[str, Any]:
        """A poste that nobody has yet: still a need, declared, or published for some days."""
        commun = {
            "presentation": "L’équipe vous attend, et vous présentera le poste.",
            "date_prise_poste": jour(mois=4).replace(day=1),
        }
        if rang == 0 and code != D:
            etat = Opportunite.Etat.TRANSMISE if code == R else Opportunite.Etat.BESOIN
            if etat == Opportunite.Etat.BESOIN:
                return {"etat": etat, **commun}
            publicite = self.publicite(code, jour(jours=-2)) | {"avis_publie_le": None}
            return {"etat": etat, "validee_le": instant(jour(jours=-4)), **commun, **publicite}
        publiee = jour(jours=-6 - 3 * rang)
        if rang == 2:
            commun |= {"vacance": Opportunite.Vacance.SUSCEPTIBLE}
        elif rang == 3:
            commun |= {
                "vacance": Opportunite.Vacance.A_UNE_DATE,
                "vacant_le": jour(mois=2).replace(day=1),
            }
        return {
            "etat": Opportunite.Etat.PUBLIEE,
            "validee_le": instant(publiee - timedelta(days=2)),
            "publiee_le": instant(publiee),
            **commun,
            **self.publicite(code, publiee),
            **(self._urgence() if rang == 1 and code == D else {}),
        }

    def _urgence(self) -> dict[str, Any]:
        """Its publicity ends before its month."""
        return {
            "urgence_le": instant(jour(jours=-3), 11),
            "urgence_par": self.lieu.mandat(D, Role.DRH),
            "urgence_motif": "La direction est sans responsable depuis un départ imprévu, et le "
            "contrôle annuel commence dans un mois.",
            "urgence_fin": jour(jours=5),
        }

    def publicite(self, code: str, transmise: date) -> dict[str, Any]:
        """A declaration of vacancy, numbered in the manner of the centres de gestion (invented)."""
        self.declarations += 1
        return {
            "dve_numero": f"V0{45 if code != R else 99}{transmise:%y%m}{self.declarations:05}001",
            "dve_transmise_le": transmise,
            "avis_publie_le": min(transmise + timedelta(days=1), jour()),
        }
