"""The situations in the order of the journey, and the place (`Cadre.rang`) that each one holds.

The database writes the place, from the candidacy (`cadres.models.gardes`): one index then serves who is
seen, who is shown by default, and the order of situations.
"""

from cadres.mots import Avancee
from cadres.mots import EtatCandidature as Etat

#: Those whose yes holds stand side by side; whoever left comes last.
ORDRE: tuple[str, ...] = (
    Etat.RECENSE,
    Etat.INFORME,
    Etat.ACCORD,
    Etat.RETENU,
    Avancee.EN_PARCOURS,
    Avancee.ACHEVE,
    Avancee.ENGAGEE,
    Avancee.EFFECTIVE,
    Etat.SANS_REPONSE,
    Etat.DESACCORD,
    Etat.NON_RETENU,
    Etat.RETIRE,
)
RANGS: dict[str, int] = {cle: rang for rang, cle in enumerate(ORDRE)}
#: After their yes, and as long as it holds (`cadres.mots.ETATS_PARTAGES`): first place and last.
PARTAGES = (RANGS[Etat.ACCORD], RANGS[Avancee.EFFECTIVE])
#: Withdrew from the démarche, or left the employer.
PARTI = RANGS[Etat.RETIRE]
