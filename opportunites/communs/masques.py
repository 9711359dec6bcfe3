"""The lines of the journal of a host that tell what a cadre said to it: hidden from those of its people
who also serve the employer that the cadre would leave (`collectivites.acteurs.ecart`)."""

from __future__ import annotations

from django.db.models import CharField, Exists, Q
from django.db.models.functions import Cast

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import employeurs_a_part
from opportunites.models import Proposition
from opportunites.mots import Actes

#: Bear the person.
DE_LA_PERSONNE = (
    Actes.AVIS_DONNE,
    Actes.DEMANDE_ACCEPTEE,
    Actes.DEMANDE_DECLINEE,
    Actes.PROPOSITION_QUESTION_REPONDUE,
    Actes.SOLLICITATION_POSEE,
)
#: Bear nobody, and tell that somebody is there.
DE_TOUS = (Actes.AVIS_CLASSE,)


def confidences(acteur: Acteur) -> Q:
    """A proposition that is not sent tells a wish as well; once sent, the employer left knows of it."""
    a_part = employeurs_a_part(acteur)
    siens = Cadre.objects.filter(collectivite__in=a_part)
    internes = Proposition.objects.filter(
        envoyee_le__isnull=True, collectivite_origine__in=a_part
    ).annotate(cle=Cast("pk", CharField()))
    return (
        Q(acte__in=DE_LA_PERSONNE, cadre_ref__in=siens.values("pk"))
        | Q(Exists(a_part), acte__in=DE_TOUS)
        | Q(objet_type=Proposition._meta.label_lower, objet_id__in=internes.values("cle"))
    )
