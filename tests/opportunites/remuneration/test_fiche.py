"""A frozen fiche reads the same for ever, and tells what changed since."""

import json

from opportunites.remuneration.comparaison.blocs import Bloc
from opportunites.remuneration.comparaison.comparaison import comparer
from opportunites.remuneration.fiche import FicheFigee, differences, figer
from tests.opportunites.remuneration.aide import BAREMES, exact, poste

ICI = poste("Ville", enf=2)


def fiche(**champs):
    return figer(comparer(ICI, poste("Métropole", enf=2, **champs), BAREMES), BAREMES)


def test_une_fiche_survit_a_son_aller_retour_en_json():
    figee = fiche(ifse="850")
    assert FicheFigee.depuis_json(json.loads(json.dumps(figee.en_json()))) == figee
    assert figee.empreinte == BAREMES.empreinte


def test_deux_versions_egales_n_ont_aucune_difference():
    assert differences(fiche(), fiche()) == []


def test_une_ifse_relevee_change_sa_ligne_et_les_totaux_rien_d_autre():
    changements = differences(fiche(ifse="800"), fiche(ifse="850"))
    assert {c.code for c in changements} == {"IFSE", "brut", "net_avant_PAS", "net_imposable"}
    ifse = next(c for c in changements if c.code == "IFSE")
    assert (ifse.avant.accueil, ifse.apres.accueil) == ("800,00\u00a0€", "850,00\u00a0€")


def test_les_totaux_avec_la_famille_sont_reserves_a_la_personne():
    reservees = {li.bloc for li in fiche().lignes if li.reservee_a_la_personne}
    assert "Totaux" in reservees
    assert "Totaux hors éléments familiaux" not in reservees
    sft = next(li for li in fiche().lignes if li.code == "SFT")
    assert sft.reservee_a_la_personne


def test_une_ligne_qui_n_y_est_plus_se_voit_aussi():
    avant, apres = fiche(), fiche()
    courte = FicheFigee(apres.empreinte, apres.date, apres.lignes[1:], apres.prudences)
    (perdue,) = differences(avant, courte)
    assert perdue.apres is None
    (gagnee,) = differences(courte, avant)
    assert gagnee.avant is None


def test_des_jours_ne_se_lisent_pas_en_euros():
    la = {"conges_rtt": exact(50), "trajet": exact("22.5")}
    lues = {li.code: li.accueil for li in fiche(avantages=la).lignes}
    assert lues["conges_rtt"] == "50\u00a0jours par an"
    assert lues["trajet"] == "22,5\u00a0minutes par trajet"
    assert lues["heures"] == "inconnu"


def test_chaque_bloc_porte_sa_somme_et_chacun_la_sienne():
    avantages = {"prime_annee": exact(1500), "mutuelle": exact(300)}
    sommes = [li for li in fiche(avantages=avantages).lignes if li.sous_total]

    def lues(bloc, *, la_personne):
        return [
            (li.libelle, li.accueil)
            for li in sommes
            if li.bloc == bloc and li.est_lue_de(la_personne=la_personne)
        ]

    poste = [("Ensemble", "700,00\u00a0€"), ("Ensemble, CIA compris", "9\u00a0600,00\u00a0€")]
    assert lues(Bloc.POSTE, la_personne=True) == lues(Bloc.POSTE, la_personne=False) == poste
    assert lues(Bloc.HORS_BULLETIN, la_personne=True) == [
        ("Ensemble, en euros", "au moins 1\u00a0800,00\u00a0€")
    ]
    assert lues(Bloc.HORS_BULLETIN, la_personne=False) == [
        ("Ensemble, en euros", "au moins 1\u00a0500,00\u00a0€")
    ]
    famille = lues(Bloc.PERSONNE, la_personne=True), lues(Bloc.PERSONNE, la_personne=False)
    assert len(famille[0]) == len(famille[1]) == 1
    assert famille[0] != famille[1]


def test_une_version_signee_avant_les_sommes_se_lit_encore():
    ancienne = fiche().en_json()
    for ligne in ancienne["lignes"]:
        del ligne["sous_total"], ligne["reservee_aux_employeurs"]
    assert not any(li.sous_total for li in FicheFigee.depuis_json(ancienne).lignes)
