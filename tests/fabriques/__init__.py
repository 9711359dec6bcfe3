"""Rows for the tests: each factory makes the smallest coherent thing that the database accepts.

`faire_cadre(collectivite, etat="accord")`: what a test cares about is said, the rest is made up.
Every other field of the model may be given by name.
"""

from tests.fabriques.apres import (
    demander_un_mentor,
    faire_evaluation,
    faire_evaluation_publiee,
    faire_presence,
    mettre_dans_l_urne,
)
from tests.fabriques.cadrage import (
    faire_accord,
    faire_etape,
    faire_piece,
    fermer_les_jalons,
    laisser_ouvrir_une_promotion,
    ouvrir_les_jalons,
)
from tests.fabriques.campagne import (
    faire_campagne,
    faire_grand_mouvement,
    faire_mouvement,
    faire_poste_tenu,
    faire_simulation,
    faire_voeu_en_temps,
)
from tests.fabriques.fondations import (
    COLLECTIVITES,
    MOT_DE_PASSE,
    faire_acteur,
    faire_collectivites,
    faire_delegation,
    faire_demarche,
    faire_mandat,
    faire_poste,
    faire_utilisateur,
    utilisateur,
)
from tests.fabriques.opportunites import (
    faire_avis,
    faire_demande,
    faire_mobilite,
    faire_opportunite,
    faire_point,
    faire_proposition,
    faire_reserve,
    faire_urgence,
    faire_voeu,
)
from tests.fabriques.papiers import (
    faire_docx,
    faire_dossier_a_signer,
    faire_fournee,
    faire_modele,
    faire_retour_signe,
)
from tests.fabriques.parcours import (
    PROGRAMME,
    faire_immersion,
    faire_inscription,
    faire_offre_immersion,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
)
from tests.fabriques.registre import (
    acteur_du_cadre,
    dates_de_la_candidature,
    faire_cadre,
)
from tests.fabriques.temps import (
    dans,
    il_y_a,
    midi,
)

__all__ = [
    "COLLECTIVITES",
    "MOT_DE_PASSE",
    "PROGRAMME",
    "acteur_du_cadre",
    "dans",
    "dates_de_la_candidature",
    "demander_un_mentor",
    "faire_accord",
    "faire_acteur",
    "faire_avis",
    "faire_cadre",
    "faire_campagne",
    "faire_collectivites",
    "faire_delegation",
    "faire_demande",
    "faire_demarche",
    "faire_docx",
    "faire_dossier_a_signer",
    "faire_etape",
    "faire_evaluation",
    "faire_evaluation_publiee",
    "faire_fournee",
    "faire_grand_mouvement",
    "faire_immersion",
    "faire_inscription",
    "faire_mandat",
    "faire_mobilite",
    "faire_modele",
    "faire_mouvement",
    "faire_offre_immersion",
    "faire_opportunite",
    "faire_piece",
    "faire_place",
    "faire_point",
    "faire_poste",
    "faire_poste_tenu",
    "faire_presence",
    "faire_prestation",
    "faire_promotion",
    "faire_proposition",
    "faire_reserve",
    "faire_retour_signe",
    "faire_session",
    "faire_simulation",
    "faire_urgence",
    "faire_utilisateur",
    "faire_voeu",
    "faire_voeu_en_temps",
    "fermer_les_jalons",
    "il_y_a",
    "laisser_ouvrir_une_promotion",
    "mettre_dans_l_urne",
    "midi",
    "ouvrir_les_jalons",
    "utilisateur",
]
