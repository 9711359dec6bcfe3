"""A campaign of movement that is ready to simulate, and what a run finds in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Poste
from opportunites.campagne.calcul.changements import empreinte
from opportunites.campagne.calcul.instance import construire
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.campagne.calcul.resolution import calculer
from opportunites.models import Avis, Campagne, Opportunite, Simulation, Voeu
from opportunites.mouvement.comparaison.generateur import Taille
from opportunites.mouvement.comparaison.generateur import campagne as tirer
from opportunites.mouvement.donnees import Conduite
from tests.fabriques.fondations import faire_poste
from tests.fabriques.opportunites import faire_avis, faire_opportunite
from tests.fabriques.registre import dates_de_la_candidature, faire_cadre
from tests.fabriques.temps import dans, il_y_a


def faire_campagne(acteur: Acteur, **champs: Any) -> Campagne:
    """Opinions are in since five days; simulations end in five."""
    valeurs: dict[str, Any] = {
        "nom": "Mouvement d’essai",
        "voeux_du": dans(-40),
        "voeux_au": dans(-15),
        "avis_au": dans(-5),
        "simulation_au": dans(5),
        "propositions_au": dans(12),
        "reponses_au": dans(40),
        "graine": "0123456789abcdef",
    }
    return Campagne.objects.create(
        demarche=acteur.demarche, creee_par=acteur.mandat, **{**valeurs, **champs}
    )


def faire_simulation(campagne: Campagne, acteur: Acteur) -> Simulation:
    """A run that has its answer, from the data of now."""
    parametres = par_defaut(acteur.demarche)
    entree = construire(campagne, parametres)
    return Simulation.objects.create(
        campagne=campagne,
        auteur=acteur.mandat,
        etat=Simulation.Etat.CALCULEE,
        finie_le=il_y_a(1),
        parametres=parametres,
        entree=entree,
        empreinte=empreinte(entree),
        resultat=calculer(entree, parametres, Conduite()),
    )


def faire_voeu_en_temps(
    cadre: Cadre, opportunite: Opportunite, rang: int = 1, *, avis: int | None = 1
) -> Voeu:
    """A wish of twenty days ago, and the host's favourable opinion (None: none)."""
    if avis:
        faire_avis(opportunite, cadre, avis)
    return Voeu.objects.create(
        cadre=cadre, opportunite=opportunite, rang=rang, exprime_le=il_y_a(20)
    )


def faire_poste_tenu(collectivite: Collectivite, nom: str, titre: str) -> tuple[Cadre, Opportunite]:
    """Somebody retained, and their own poste, open in case they leave it."""
    poste = faire_poste(collectivite, titre)
    cadre = faire_cadre(collectivite, "retenu", nom=nom, poste=poste, avancee="en_parcours")
    opportunite = faire_opportunite(
        collectivite, poste=poste, vacance=Opportunite.Vacance.SUSCEPTIBLE
    )
    return cadre, opportunite


@dataclass
class Mouvement:
    """An exchange between `marin` (Ville, `phare`) and `nadir` (Département, `digue`); a chain:
    `orson` (Agglomération, `quai`) to `vigie`, vacant at the Région; `pavel` (Ville, `rade`) to `quai`.
    `refuse` (Ville, `anse`) wanted `vigie`: its host said no."""

    campagne: Campagne
    marin: Cadre
    nadir: Cadre
    orson: Cadre
    pavel: Cadre
    refuse: Cadre
    phare: Opportunite
    digue: Opportunite
    quai: Opportunite
    rade: Opportunite
    vigie: Opportunite


def faire_mouvement(troupe: Any, **dates: Any) -> Mouvement:
    ville, agglo = troupe.ville, troupe.agglomeration
    marin, phare = faire_poste_tenu(ville, "Marin", "Le phare")
    nadir, digue = faire_poste_tenu(troupe.departement, "Nadir", "La digue")
    orson, quai = faire_poste_tenu(agglo, "Orson", "Le quai")
    pavel, rade = faire_poste_tenu(ville, "Pavel", "La rade")
    refuse, _ = faire_poste_tenu(ville, "Quarantaine", "L’anse")
    vigie = faire_opportunite(troupe.region, poste=faire_poste(troupe.region, "La vigie"))
    faire_voeu_en_temps(marin, digue)
    faire_voeu_en_temps(nadir, phare)
    faire_voeu_en_temps(orson, vigie)
    faire_voeu_en_temps(pavel, quai)
    faire_voeu_en_temps(refuse, vigie, avis=None)
    faire_avis(vigie, refuse, None)
    return Mouvement(
        faire_campagne(troupe.dgs_ville, **dates),
        marin, nadir, orson, pavel, refuse, phare, digue, quai, rade, vigie,
    )  # fmt: skip


def faire_grand_mouvement(troupe: Any, taille: Taille, graine: int) -> Campagne:
    """A drawn campaign as live rows, in bulk: large enough for a run to last. Nobody has an account."""
    tire = tirer(taille, graine)
    chez = {c.initiale: c for c in troupe.demarche.collectivites.all()}
    postes = {
        p.id: Poste(collectivite=chez[p.collectivite], intitule=f"Poste {p.id}")
        for p in tire.postes
    }
    Poste.objects.bulk_create(postes.values())
    cadres = {
        c.id: Cadre(
            collectivite=postes[c.poste].collectivite,
            poste=postes[c.poste],
            prenom="Dominique",
            nom=f"Cadre {c.id}",
            matricule=c.id,
            categorie=Cadre.Categorie.A,
            date_entree_poste=dans(-2000),
        )
        for c in tire.cadres
        if c.poste
    }
    Cadre.objects.bulk_create(cadres.values())
    Candidature.objects.bulk_create(
        Candidature(
            cadre=c, etat="retenu", avancee="en_parcours", **dates_de_la_candidature("retenu")
        )
        for c in cadres.values()
    )
    tenus = {c.poste for c in tire.cadres}
    V = Opportunite.Vacance
    ouverts = {
        nom: Opportunite(
            poste=poste,
            etat=Opportunite.Etat.PUBLIEE,
            vacance=V.SUSCEPTIBLE if nom in tenus else V.VACANT,
            validee_le=il_y_a(45),
            publiee_le=il_y_a(44),
        )
        for nom, poste in postes.items()
    }
    Opportunite.objects.bulk_create(ouverts.values())
    Voeu.objects.bulk_create(
        Voeu(cadre=cadres[c.id], opportunite=ouverts[p], rang=rang, exprime_le=il_y_a(20))
        for c in tire.cadres
        for p, rang in c.voeux
        if _ailleurs(cadres[c.id], postes[p])
    )
    Avis.objects.bulk_create(
        Avis(
            cadre=cadres[c],
            opportunite=ouverts[p],
            sens=Avis.Sens.FAVORABLE,
            rang=rang,
            motif="Oui.",
        )
        for p, siens in tire.avis.items()
        for rang, c in enumerate(sorted(siens), 1)
        if _ailleurs(cadres[c], postes[p])
    )
    return faire_campagne(troupe.dgs_ville)


def _ailleurs(cadre: Cadre, poste: Poste) -> bool:
    """A move leads to another employer: the draw knows nothing of it."""
    return cadre.collectivite != poste.collectivite
