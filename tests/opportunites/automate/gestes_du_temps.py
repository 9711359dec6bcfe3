"""What happens to people and to the clock: time passes, bells ring, somebody leaves, is forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cadres.candidature.actions import retirer
from cadres.donnees_personnelles.effacement import demander_effacement, renoncer_a_l_effacement
from cadres.donnees_personnelles.purge import purger
from cadres.fiche.actions import modifier
from cadres.fiche.depart import annuler_depart, signaler_depart
from cadres.models import Cadre
from collectivites.models import EntreeJournal
from opportunites.dossier.actions import depart
from opportunites.propositions.actions import propositions, reponses, reserves
from tests.opportunites.automate.histoire import DERIVE_MAX, Histoire

#: Mostly hours and days; seldom the months of a silence or of a follow-up.
HEURES = (*[1, 5, 12, 23, 25, 24 * 3] * 3, 24 * 8, 24 * 15, 24 * 15, 24 * 62, 24 * 185)
CLOCHES = (
    propositions.rappeler_propositions,
    reponses.expirer_propositions,
    reserves.lapser_reserves,
    depart.constater_silences,
)


#: The acts, those that lead further more often.
GESTES_DU_TEMPS = (
    *["le_temps_passe"] * 4,
    *["les_cloches_sonnent"] * 2,
    *["partir"] * 2,
    *["quitter_l_employeur"] * 2,
    "changer_de_bureau",
    "la_purge_passe",
)


class GestesDuTemps(Histoire):
    def le_temps_passe(self, n, k, j):
        heures = HEURES[j % len(HEURES)]
        self.decalage = min(self.decalage + timedelta(hours=heures), DERIVE_MAX)

    def les_cloches_sonnent(self, n, k, j):
        """Once for the deed; a second time nothing is left to do."""
        for cloche in CLOCHES:
            self.bilan[cloche.__name__] += cloche()
        avant = EntreeJournal.objects.count()
        for cloche in CLOCHES:
            assert not cloche(), f"{cloche.__name__} did its work twice"
        assert EntreeJournal.objects.count() == avant
        self.a_ecrit = True

    def partir(self, n, k, j):
        """Seldom: somebody leaves the démarche, and may ask to be forgotten."""
        acteur, k = self.qui(n, cadre=True), k % 8
        if k == 0:
            self.agir(retirer, acteur=acteur)
        elif k < 4:
            partis = Cadre.objects.filter(candidature__etat="retire", anonymise_le=None)
            parti = self.un(partis.filter(pk__in=self.postes_tenus), n)
            self.agir(demander_effacement, acteur=self.lui(n, parti.pk) if parti else acteur)
        elif k == 4:
            self.agir(renoncer_a_l_effacement, acteur=acteur)

    def quitter_l_employeur(self, n, k, j):
        """Somebody retires, in the middle of anything; or it was a mistake."""
        siens = Cadre.objects.filter(pk__in=self.postes_tenus, anonymise_le=None)
        partis = siens.filter(parti_le__isnull=False)
        if k % 3 == 0:
            cadre = self.un(partis if j % 4 else siens, k)
            if cadre is not None:
                acteur = self.de_la_maison(n, cadre.collectivite_id)
                self.agir(annuler_depart, acteur=acteur, cadre=cadre)
        elif k % 3 == 1:  # seldom: the story would have nobody left
            presents = siens.filter(parti_le=None)
            attendus = presents.filter(poste__mobilites_entrantes__etat="ouverte")
            cadre = self.un(attendus if j % 2 else presents, k) or self.un(presents, k)
            jour = timezone.localdate() - timedelta(days=j % 6 - 1)
            if cadre is not None and self.agir(
                signaler_depart,
                acteur=self.de_la_maison(n, cadre.collectivite_id),
                cadre=cadre,
                jour=jour,
                motif="retraite",
            ):
                cadre.refresh_from_db()
                parti = jour <= timezone.localdate()
                assert (cadre.parti_le == jour) == parti, "left before the day"
                assert (cadre.depart_prevu_le == jour) == (not parti), "the day is not kept"

    def changer_de_bureau(self, n, k, j):
        """Outside the démarche: the file says another poste of the same employer."""
        if k % 3:
            return
        cadre = self.un(Cadre.objects.filter(pk__in=self.postes_tenus, anonymise_le=None), j)
        if cadre is not None and self.agir(
            modifier,
            acteur=self.de_la_maison(n, cadre.collectivite_id),
            cadre=cadre,
            donnees={"poste": f"Poste {self.numero}", "date_entree_poste": timezone.localdate()},
        ):
            cadre.refresh_from_db()
            self.postes_tenus[cadre.pk] = cadre.poste_id

    def la_purge_passe(self, n, k, j):
        self.bilan["purger"] += purger()["fiches"]
        assert not purger()["fiches"], "purged twice"
        siens = Cadre.objects.filter(pk__in=self.postes_tenus)
        self.oublies = set(siens.filter(anonymise_le__isnull=False).values_list("pk", flat=True))
        for pk in self.oublies:
            self.postes_tenus[pk] = None
        self.suivre_les_cadres()
        self.a_ecrit = True
