"""One story: its clock, its people, and how an act is tried."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from unittest import mock

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

from cadres.models import Cadre
from collectivites.garanties.integrite import GENERIQUE, traduire
from collectivites.refus import ActionImpossible
from opportunites.models import Proposition
from tests.fabriques import acteur_du_cadre

VRAI_MAINTENANT = timezone.now
#: The démarche still runs by then.
DERIVE_MAX = timedelta(days=700)


class Histoire(RuleBasedStateMachine):
    """Everything that a story writes is undone at its end."""

    scene: SimpleNamespace
    ouvrir_client = None
    bilan: Counter[str] = Counter()
    pas = 0

    def __init__(self) -> None:
        super().__init__()
        self.decalage = timedelta()
        self.horloge = mock.patch("django.utils.timezone.now", self.maintenant)
        self.horloge.start()
        self.bloc = transaction.atomic()
        self.bloc.__enter__()
        self.employeurs = list(self.scene.employeurs)
        self.cadres = list(self.scene.cadres)
        self.intrus = list(self.scene.intrus)
        #: cadre → the poste that they must hold now, whatever was decided for later.
        self.postes_tenus = {f.pk: f.poste_id for f in self.scene.fiches}
        #: proposition → when its person answered, by our own watch.
        self.repondues = dict(
            Proposition.objects.filter(repondue_le__isnull=False).values_list("pk", "repondue_le")
        )
        self.oublies: set[int] = set()
        self.tour = self.numero = 0
        self.a_ecrit = True  # the stage itself is looked at first
        self.commencer()

    def commencer(self) -> None:
        """What the invariants remember of the beginning."""

    def maintenant(self):
        return VRAI_MAINTENANT() + self.decalage

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.bloc.__exit__(None, None, None)
        self.horloge.stop()

    # --- Who, and what --------------------------------------------------------------------------

    @property
    def tous(self):
        return [*self.employeurs, *self.cadres, *self.intrus]

    def un(self, lignes, n):
        """The n-th row, turning round; None of an empty table."""
        pks = list(lignes.order_by("pk").values_list("pk", flat=True))
        return lignes.model.objects.get(pk=pks[n % len(pks)]) if pks else None

    def qui(self, n, *, cadre=False):
        """Mostly those whose act it may be; one time in eight, anybody at all."""
        liste = self.tous if n % 8 == 7 else self.cadres if cadre else self.employeurs
        return liste[n // 8 % len(liste)] if liste else self.employeurs[0]

    def de_la_maison(self, n, collectivite_id):
        """Somebody of that employer, most of the time."""
        ici = [a for a in self.employeurs if a.collectivite.pk == collectivite_id]
        return self.qui(n) if n % 8 == 7 or not ici else ici[n // 8 % len(ici)]

    def hote(self, n, opportunite):
        return self.de_la_maison(n, opportunite.poste.collectivite_id)

    def lui(self, n, cadre_id):
        """The person concerned, most of the time."""
        siens = [a for a in self.cadres if a.cadre_id == cadre_id]
        return self.qui(n, cadre=True) if n % 8 == 7 or not siens else siens[0]

    # --- Acting ---------------------------------------------------------------------------------

    def agir(self, geste, **parametres) -> bool:
        """An act: it succeeds, or is refused in French, and then nothing is written."""
        nom = geste.__name__
        note(f"{parametres['acteur'].libelle}: {nom}")  # printed with the story that fails
        try:
            with transaction.atomic():
                geste(**parametres)
        except ActionImpossible as refus:
            self.bilan[f"{nom}: refusé"] += 1
            if not refus.message.strip().endswith((".", "»")):
                raise AssertionError(refus.message) from refus
        except PermissionDenied:
            self.bilan[f"{nom}: interdit"] += 1
        except IntegrityError as erreur:
            # The last guard speaks French too; a constraint without its sentence is a fault.
            if traduire(erreur) == GENERIQUE:
                raise
            self.bilan[f"{nom}: contrainte"] += 1
        else:
            self.bilan[nom] += 1
            self.a_ecrit = True
            return True
        return False

    def suivre_les_cadres(self) -> None:
        """Whoever has moved acts from now on under their new mandat; whoever is forgotten, no more."""
        vivants = {f.pk: f for f in Cadre.objects.filter(pk__in=[a.cadre_id for a in self.cadres])}
        self.cadres = [
            a
            if vivants[a.cadre_id].collectivite_id == a.collectivite.pk
            else acteur_du_cadre(vivants[a.cadre_id])
            for a in self.cadres
            if vivants[a.cadre_id].utilisateur_id is not None
        ]
