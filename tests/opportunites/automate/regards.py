"""What each may see, at every moment of a story: rows, lines of the journal, mails, pages."""

from __future__ import annotations

from django.urls import reverse
from hypothesis.stateful import invariant

from collectivites.models import Courriel, EntreeJournal
from opportunites.models import (
    Avis,
    Demande,
    Element,
    Impact,
    Mobilite,
    Opportunite,
    Proposition,
    ReponseOrigine,
    Reserve,
    Suivi,
    Voeu,
)
from pilotage.accueil.a_faire import attentes_de
from tests.opportunites.automate.histoire import Histoire

#: Whose rows are told by a path to the cadre.
CHEMINS = {
    Voeu: "cadre",
    Avis: "cadre",
    Demande: "cadre",
    Proposition: "cadre",
    Mobilite: "cadre",
    Reserve: "proposition__cadre",
    ReponseOrigine: "mobilite__cadre",
    Element: "mobilite__cadre",
    Impact: "mobilite__cadre",
    Suivi: "mobilite__cadre",
}
PAGES = (
    (Opportunite, "opportunite"),
    (Proposition, "proposition"),
    (Mobilite, "mobilite"),
    (Reserve, "arbitrer_reserve"),
    (Suivi, "suivi"),
    (None, "opportunites"),
    (None, "propositions"),
    (None, "mobilites"),
    (None, "voeux"),
)

#: A page costs twenty acts.
REGARDS = (*["regarder"] * 2, "suivre_un_lien_d_a_faire")


class Regards(Histoire):
    @invariant()
    def nul_ne_voit_ce_qui_n_est_pas_sien(self) -> None:
        """One person an act that wrote something: each is looked at many times in a story."""
        if not self.a_ecrit:
            return
        tous = self.tous
        acteur = tous[self.tour % len(tous)]
        if acteur in self.intrus:
            self._l_intrus_ne_voit_rien(acteur)
        elif acteur.est_employeur:
            self._l_employeur_ne_voit_que_les_siens(acteur)
        else:
            self._le_cadre_ne_voit_que_lui(acteur)

    def _l_employeur_ne_voit_que_les_siens(self, acteur) -> None:
        ici = acteur.collectivite
        for modele in (Voeu, Avis, Demande):
            vus = modele.objects.visibles_par(acteur)
            assert not vus.filter(cadre__collectivite=ici).exists(), "the present employer looks"
            assert not vus.exclude(opportunite__poste__collectivite=ici).exists()
        ailleurs = Proposition.objects.visibles_par(acteur).exclude(
            opportunite__poste__collectivite=ici
        )
        assert not ailleurs.exclude(collectivite_origine=ici).exists()
        assert not ailleurs.filter(envoyee_le__isnull=True).exists()
        impacts = Impact.objects.visibles_par(acteur)
        assert not impacts.exclude(mobilite__collectivite_origine=ici).exists()
        assert not Suivi.objects.visibles_par(acteur).filter(cote="cadre").exists()
        lignes = EntreeJournal.objects.visibles_par(acteur)
        assert not lignes.filter(acte__startswith="voeu.").exists()
        assert not lignes.filter(acte="proposition.motif_du_refus").exists()
        internes = Opportunite.objects.visibles_par(acteur).exclude(poste__collectivite=ici)
        assert not internes.exclude(etat__in=["publiee", "close"]).exists()
        # Nor by mail: a request to meet is written to the host alone.
        recus = Courriel.objects.filter(
            destinataire=acteur.utilisateur.email, cle__startswith="propositions/demande"
        )
        assert not recus.filter(cadre_ref__isnull=False).exists()

    def _le_cadre_ne_voit_que_lui(self, acteur) -> None:
        for modele, chemin in CHEMINS.items():
            vus = modele.objects.visibles_par(acteur)
            assert not vus.exclude(**{f"{chemin}__pk": acteur.cadre_id}).exists(), modele
        assert not Proposition.objects.visibles_par(acteur).filter(envoyee_le__isnull=True).exists()
        assert not Reserve.objects.visibles_par(acteur).exists()
        assert not Impact.objects.visibles_par(acteur).exists()
        lignes = EntreeJournal.objects.visibles_par(acteur)
        assert not lignes.exclude(cadre_ref=acteur.cadre_id).exists()

    def _l_intrus_ne_voit_rien(self, acteur) -> None:
        """Strangers may act at home: what they must not see is ours."""
        notre = self.scene.troupe.demarche
        for modele, chemin in CHEMINS.items():
            vus = modele.objects.visibles_par(acteur)
            assert not vus.filter(**{f"{chemin}__collectivite__demarche": notre}).exists(), modele
        postes = Opportunite.objects.visibles_par(acteur)
        assert not postes.filter(poste__collectivite__demarche=notre).exists()
        if acteur.demarche != notre:
            assert not EntreeJournal.objects.visibles_par(acteur).filter(demarche=notre).exists()

    # --- Pages ----------------------------------------------------------------------------------

    def regarder(self, n, k, j):
        """Whoever looks, at whatever: a page, a refusal, or nothing there. Never a fault."""
        acteur = self.tous[n % len(self.tous)]
        modele, nom = PAGES[j % len(PAGES)]
        objet = self.un(modele.objects.all(), k) if modele else None
        if modele and objet is None:
            return
        adresse = reverse(f"opportunites:{nom}", args=[objet.pk] if objet else [])
        statut = self.ouvrir_client(acteur).get(adresse).status_code
        # 302: the page of an act that the state forbids, with a sentence that says why.
        admis = {200, 403, 404, 302} if nom == "suivi" else {200, 403, 404}
        assert statut in admis, (adresse, statut)
        if modele in {Proposition, Mobilite, Opportunite}:
            visible = modele.objects.visibles_par(acteur).filter(pk=objet.pk).exists()
            assert (statut == 200) == visible, (adresse, statut, acteur.libelle)
        self.bilan["pages"] += 1

    def suivre_un_lien_d_a_faire(self, n, k, j):
        """Whatever the first page asks of somebody opens for them."""
        acteur = self.tous[n % len(self.tous)]
        attentes = attentes_de(acteur)
        if not attentes:
            return
        lien = attentes[k % len(attentes)].url.partition("#")[0]
        statut = self.ouvrir_client(acteur).get(lien).status_code
        assert statut == 200, (acteur.libelle, lien, statut)
        self.bilan["liens d’à faire"] += 1
