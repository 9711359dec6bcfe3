"""The cadre's notes to self: no journal, no mail."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.coaching import predicats
from parcours.models import Carnet

DEPASSE = "Votre carnet a changé entre-temps, dans un autre onglet : rien n’a été enregistré."


def ecrire_dans_mon_carnet(*, acteur: Acteur, cadre: Cadre, texte: str, revision: int) -> bool:
    """The whole text, as it now reads; emptied, nothing of it is kept. True when there is one."""
    exiger(predicats.refus_tenir_un_carnet(acteur, cadre))
    verrous.prendre([cadre.pk])
    carnet = Carnet.objects.filter(cadre=cadre).first()
    if revision != (carnet.revision if carnet else 0):
        raise ActionImpossible(DEPASSE)
    if not texte.strip():
        if carnet:
            carnet.delete()
        return False
    carnet = carnet or Carnet(cadre=cadre, revision=0)
    carnet.texte = texte.strip()
    carnet.revision += 1
    carnet.modifie_le = timezone.now()
    carnet.save()
    return True
