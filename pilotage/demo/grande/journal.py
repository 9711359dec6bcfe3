"""What was decided about each of them, in the journal, and its chain."""

from __future__ import annotations

from cadres.mots import Actes as Registre
from collectivites.chaine.maillons import reprendre
from collectivites.models import EntreeJournal
from collectivites.mots import ActeJournal, Role
from opportunites.mots import Actes as Opportunites
from parcours.mots import Actes as Parcours
from pilotage.demo.grande.lots import inserer
from pilotage.demo.grande.personnes import INSCRITS, PROPOSES, Gens, il_y_a

_PARTIS = "('parti', 'engage', 'propose', 'acheve', 'suit')"
_AILLEURS = "CASE WHEN pas = 'parti' THEN coll ELSE hote END"


def _lignes() -> tuple[tuple[ActeJournal, str, str, str, str], ...]:
    """(act, who decides, whom it engages, when, for whom)."""
    proposes = f"pas IN {PROPOSES}"
    return (
        (Registre.RECENSE, Role.DRH, "origine", "recense", "TRUE"),
        (Registre.INFORME, Role.DRH, "origine", "dit", "etat <> 'recense'"),
        (Registre.RAPPEL, "", "origine", "dit - 7", "etat NOT IN ('recense', 'informe')"),
        (
            Registre.ACCORD,
            Role.CADRE,
            "origine",
            "repondu",
            "etat IN ('accord', 'retenu', 'non_retenu', 'retire')",
        ),
        (Registre.DESACCORD, Role.CADRE, "origine", "repondu", "etat = 'desaccord'"),
        (Registre.RETENU, Role.DGS, "origine", "decide", "etat = 'retenu'"),
        (Registre.NON_RETENU, Role.DGS, "origine", "decide", "etat = 'non_retenu'"),
        (Registre.RETIRE, Role.CADRE, "origine", "decide", "etat = 'retire'"),
        (Parcours.INSCRIPTION_FAITE, Role.DRH, "origine", "decide - 20", f"pas IN {INSCRITS}"),
        (Opportunites.PROPOSITION_VALIDEE, Role.DGS, _AILLEURS, "decide - 178", proposes),
        (Opportunites.PROPOSITION_ENVOYEE, Role.DRH, _AILLEURS, "decide - 180", proposes),
        (
            Opportunites.PROPOSITION_ACCEPTEE,
            Role.CADRE,
            _AILLEURS,
            "decide - 190",
            "pas IN ('engage', 'parti')",
        ),
        (Opportunites.PROPOSITION_REFUSEE, Role.CADRE, _AILLEURS, "decide - 190", "pas = 'acheve'"),
        (Opportunites.MOBILITE_EFFECTIVE, Role.DRH, _AILLEURS, "decide - 240", "pas = 'parti'"),
    )


def ecrire(gens: Gens) -> int:
    """Every line, then every chain, which vouches for the dates to come alone. Returns the number of lines."""
    lieux = gens.lieux
    premiere, demarche = lieux.collectivites[0].pk, lieux.demarches[0].pk
    total = 0
    for acte, role, engage, quand, ceux in _lignes():
        if role in lieux.mandats:
            qui = f"{lieux.mandats[role][0].utilisateur_id} + ({engage}) - {premiere}"
        else:
            qui = f"CASE WHEN compte THEN {gens.compte} + n END" if role else "NULL"
        total += inserer(
            EntreeJournal,
            f"{gens.source} WHERE {ceux}",
            demarche=f"{demarche} + d",
            collectivite=engage,
            auteur=f"({qui})::bigint",
            role=f"'{role}'",
            au_nom_de="NULL" if role in ("", Role.CADRE) else engage,
            acte=f"'{acte.value}'",
            libelle="'" + str(acte.label).replace("'", "’") + "'",
            objet_type="'cadres.cadre'",
            objet_id=f"({gens.cadre} + n)::text",
            cadre_ref=f"{gens.cadre} + n",
            quand=il_y_a(quand),
        )
    for celle_ci in lieux.demarches:
        reprendre(celle_ci)
    return total
