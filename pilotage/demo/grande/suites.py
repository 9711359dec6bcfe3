"""What became of those who were retained: promotions, wishes, propositions, moves."""

from __future__ import annotations

from collectivites.models import Poste
from collectivites.mots import Role
from opportunites.models import Mobilite, Opportunite, Proposition, Voeu
from parcours.models import Inscription, SuiviEtape
from pilotage.demo.grande.lieux import ETAPES
from pilotage.demo.grande.lots import compter_les_lignes, derniere_cle, inserer, tirage
from pilotage.demo.grande.personnes import INSCRITS, PROPOSES, Gens, il_y_a

#: How many postes each person ranks, among those of the other employers of their démarche.
VOEUX = 3


def ecrire(gens: Gens) -> None:
    _inscrire(gens)
    _proposer(gens)
    compter_les_lignes(Opportunite, Poste)
    _classer(gens)


def _inscrire(gens: Gens) -> None:
    """In the promotions of their démarche, and at each step of the programme."""
    lieux, base = gens.lieux, derniere_cle(Inscription)
    par = lieux.promotions_par_demarche
    promotion = f"d * {par} + {tirage(30, par)}"
    fini = "pas <> 'suit'"
    inserer(
        Inscription,
        gens.entre(*INSCRITS),
        id=f"{base} + n",
        promotion=f"{lieux.promotions[0].pk} + {promotion}",
        cadre=f"{gens.cadre} + n",
        etat=f"CASE WHEN {fini} THEN 'achevee' ELSE 'en_cours' END",
        inscrit_le=il_y_a("decide - 20"),
        finie_le=f"CASE WHEN {fini} THEN {il_y_a('decide - 140')} END",
    )
    for ordre in range(len(ETAPES)):
        # The first half of the steps is done by those who still follow it.
        faite = "TRUE" if ordre < len(ETAPES) // 2 else fini
        quand = f"CASE WHEN {fini} THEN {il_y_a(f'decide - 30 - {25 * ordre}')} ELSE "
        a_venir = (
            il_y_a(str(30 - 10 * ordre)) if ordre < len(ETAPES) // 2 else il_y_a(f"-5 - {ordre}")
        )
        inserer(
            SuiviEtape,
            gens.entre(*INSCRITS),
            inscription=f"{base} + n",
            etape=f"{lieux.etapes[0].pk} + ({promotion}) * {len(ETAPES)} + {ordre}",
            etat=f"CASE WHEN {faite} THEN 'faite' ELSE 'planifiee' END",
            quand=f"{quand}{a_venir} END",
        )


def _proposer(gens: Gens) -> None:
    """One poste of another employer for each: refused, waited for, accepted, or taken."""
    ceux, dgs = gens.entre(*PROPOSES), gens.lieux.mandats[Role.DGS][0]
    base, dossier = derniere_cle(Opportunite), derniere_cle(Proposition)
    # Who moved holds it now: it is their poste of today, at their employer of today.
    poste = f"CASE WHEN pas = 'parti' THEN {gens.poste} + n ELSE {gens.ouvert} + n END"
    publiee, envoyee = (
        "decide - 150",
        f"CASE WHEN pas = 'propose' THEN {tirage(31, 10)} ELSE decide - 180 END",
    )
    inserer(
        Opportunite,
        ceux,
        id=f"{base} + n",
        poste=poste,
        etat="CASE WHEN pas = 'parti' THEN 'pourvue' ELSE 'publiee' END",
        presentation="'Un poste ouvert à la démarche, à pourvoir dans l’année.'",
        remuneration="'Selon l’expérience'",
        validee_le=il_y_a("decide - 145"),
        publiee_le=il_y_a(publiee),
        creee_le=il_y_a("decide - 140"),
        close_le=f"CASE WHEN pas = 'parti' THEN {il_y_a('decide - 240')} END",
    )
    inserer(
        Proposition,
        ceux,
        id=f"{dossier} + n",
        opportunite=f"{base} + n",
        cadre=f"{gens.cadre} + n",
        collectivite_origine="origine",
        etat="CASE pas WHEN 'acheve' THEN 'refusee' WHEN 'propose' THEN 'envoyee' "
        "WHEN 'engage' THEN 'acceptee' ELSE 'realisee' END",
        pourquoi="'Ce poste prolonge votre parcours.'",
        pourquoi_employeur="'Une expérience utile aux deux employeurs.'",
        creee_le=il_y_a(f"{envoyee} + 5"),
        validee_le=il_y_a(f"{envoyee} + 2"),
        validee_par=f"{dgs.pk} + (CASE WHEN pas = 'parti' THEN coll ELSE hote END)"
        f" - {gens.lieux.collectivites[0].pk}",
        envoyee_le=il_y_a(envoyee),
        repondre_avant=il_y_a(f"{envoyee} - 21"),
        repondue_le=f"CASE WHEN pas <> 'propose' THEN {il_y_a('decide - 190')} END",
        close_le=f"CASE WHEN pas IN ('acheve', 'parti') THEN {il_y_a('decide - 240')} END",
    )
    _bouger(gens, dossier, poste)


def _bouger(gens: Gens, dossier: int, poste: str) -> None:
    """The file of each move, under way or effective; `poste`: that of the host, `dossier`: where the keys of the
    propositions begin."""
    inserer(
        Mobilite,
        gens.entre("engage", "parti"),
        proposition=f"{dossier} + n",
        cadre=f"{gens.cadre} + n",
        collectivite_origine="origine",
        collectivite_accueil="CASE WHEN pas = 'parti' THEN coll ELSE hote END",
        poste_origine=f"CASE WHEN pas = 'engage' THEN {gens.poste} + n END",
        poste_accueil=poste,
        etat="CASE WHEN pas = 'parti' THEN 'effective' ELSE 'ouverte' END",
        voie="CASE WHEN mod(n, 3) = 0 THEN 'DETACHEMENT_LONG' ELSE 'MUTATION' END",
        date_effet=f"CASE WHEN pas = 'parti' THEN {il_y_a('recense - 290')}::date"
        f" ELSE {il_y_a(f'-20 - {tirage(32, 60)}')}::date END",
        anciennete_origine_jours=f"200 + {tirage(33, 5000)}",
        ouverte_le=il_y_a("decide - 190"),
        effective_le=f"CASE WHEN pas = 'parti' THEN {il_y_a('decide - 240')} END",
    )


def _classer(gens: Gens) -> None:
    """Wishes, for postes that are open at the other employers of the same démarche."""
    employeurs = len(gens.lieux.collectivites) // len(gens.lieux.demarches)
    premiere = gens.lieux.collectivites[0].pk
    ouvertes = f"""SELECT o.id, p.collectivite_id AS chez,
        row_number() OVER (PARTITION BY p.collectivite_id ORDER BY o.id) - 1 AS place
      FROM opportunites_opportunite o JOIN collectivites_poste p ON p.id = o.poste_id
      WHERE o.etat = 'publiee' AND p.collectivite_id >= {premiere}"""  # noqa: S608
    for rang in range(1, VOEUX + 1):
        ailleurs = f"{premiere} + d * {employeurs} + mod(c + {rang}, {employeurs})"
        # Who they are, then which of the postes there: by place, which a join looks for at once.
        choix = f"""SELECT n, chez, recense, decide, mod({tirage(40 + rang, 1_000_000)}, combien) AS place
          FROM (SELECT gens.*, {ailleurs} AS chez FROM {gens.entre(*INSCRITS)}) gens
          JOIN (SELECT chez, count(*) AS combien FROM ({ouvertes}) o GROUP BY chez) comptes USING (chez)"""  # noqa: S608
        inserer(
            Voeu,
            f"({choix}) gens JOIN ({ouvertes}) ouvertes USING (chez, place)",
            cadre=f"{gens.cadre} + n",
            opportunite="ouvertes.id",
            rang=str(rang),
            exprime_le=il_y_a("decide - 100"),
        )
