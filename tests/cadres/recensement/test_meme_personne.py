"""« Même personne ou deux personnes ? »: asked with both sides, never asserted; absents; empty cells."""

from dataclasses import replace

from cadres.recensement.avertissements import phrase_lignes
from cadres.recensement.diagnostic import corriger, rediagnostiquer
from cadres.recensement.modeles import FicheExistante
from cadres.recensement.personnes.modeles import AUTRE_PERSONNE
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import JOUR, diagnostic_de

ENTETE = ["Matricule", "Nom", "Prénom", "Mail", "Poste", "Direction"]
FICHE = FicheExistante(
    id=1, matricule="A100", nom="Fléchambault", prenom="Odile", courriel="odile@region.fr",
    poste="Directrice des routes", direction="Routes", categorie="A",
)  # fmt: skip
ARRIVEE = [
    "D200",
    "FLECHAMBAULT",
    "Odile",
    "odile@departement.fr",
    "Directrice des routes",
    "Routes",
]


def test_la_personne_arrivee_d_un_autre_employeur_n_est_pas_affirmee_nouvelle() -> None:
    diag = diagnostic_de([ENTETE, ARRIVEE], [FICHE])
    assert (diag.nouveaux, diag.pret, diag.sans_effet) == ((), 0, False)
    (question,) = diag.questions
    (candidat,) = question.candidats
    cotes = {r.champ: (r.fichier, r.registre, r.pareil) for r in candidat.reponses}
    assert cotes["matricule"] == ("D200", "A100", False)
    assert cotes["poste"] == ("Directrice des routes", "Directrice des routes", True)
    assert diag.absents == ()  # she may be the one
    assert Diagnostic.depuis_json(diag.vers_json()) == diag
    assert diag.decompte.replace("\u00a0", " ") == "1 ligne : 1 à reconnaître"


def test_c_est_la_meme_la_fiche_prend_ses_nouveaux_identifiants() -> None:
    diag = diagnostic_de([ENTETE, ARRIVEE], [FICHE])
    reponse = corriger(diag, {}, existants=[FICHE], aujourdhui=JOUR, decisions={2: 1})
    (maj,) = reponse.mis_a_jour
    assert {c.champ: c.apres for c in maj.changements} == {
        "matricule": "D200",
        "courriel": "odile@departement.fr",
    }
    relu = Diagnostic.depuis_json(reponse.vers_json())
    confirme = rediagnostiquer(relu, existants=[FICHE], aujourdhui=JOUR)
    assert (confirme.mis_a_jour, confirme.questions) == ((maj,), ())


def test_ce_sont_deux_personnes_la_seconde_est_nouvelle() -> None:
    diag = diagnostic_de([ENTETE, ARRIVEE], [FICHE], decisions={2: AUTRE_PERSONNE})
    assert ([c.matricule for c in diag.nouveaux], diag.questions) == (["D200"], ())
    assert [a.fiche_id for a in diag.absents] == [1]


def test_un_courriel_change_sans_matricule_fait_poser_la_question() -> None:
    fiche = replace(FICHE, matricule="")
    diag = diagnostic_de([ENTETE, ["", *ARRIVEE[1:]]], [fiche])
    assert len(diag.questions) == 1


def test_un_nom_change_au_meme_poste_fait_poser_la_question() -> None:
    fiche = replace(FICHE, matricule="", courriel="")
    diag = diagnostic_de([ENTETE, ["D200", "DURAND", "Odile", "", *ARRIVEE[4:]]], [fiche])
    assert [(q.raison, q.candidats[0].fiche_id) for q in diag.questions] == [("poste", 1)]


def test_un_ancien_identifiant_et_le_nom_suffisent_et_ne_reviennent_pas_en_arriere() -> None:
    fiche = replace(
        FICHE, matricule="D200", courriel="odile@departement.fr", anciens_matricules=("A100",)
    )
    ancienne = ["A100", "FLÉCHAMBAULT", "Odile", "", "Directrice des routes", "Routes"]
    diag = diagnostic_de([ENTETE, ancienne], [fiche])
    assert [i.fiche_id for i in diag.inchanges] == [1]
    assert "ancien_identifiant" in [a.code for a in diag.avertissements]


def test_un_homonyme_dont_la_fiche_est_prise_par_sa_propre_ligne_est_nouveau() -> None:
    sienne = ["A100", "FLÉCHAMBAULT", "Odile", "odile@region.fr", "Directrice des routes", "Routes"]
    diag = diagnostic_de([ENTETE, ARRIVEE, sienne], [FICHE])
    assert (len(diag.nouveaux), len(diag.inchanges), diag.questions) == (1, 1, ())
    homonymes = next(a for a in diag.avertissements if a.code == "homonyme")
    assert "vérifiez" in homonymes.message
    assert "distinctes" not in homonymes.message


def test_une_decision_ne_donne_pas_deux_lignes_a_la_meme_fiche() -> None:
    autre = ["D300", "FLECHAMBAULT", "Odile", "o2@departement.fr", "Cheffe", "Routes"]
    diag = diagnostic_de([ENTETE, ARRIVEE, autre], [FICHE], decisions={2: 1, 3: 1})
    assert (len(diag.mis_a_jour), len(diag.nouveaux)) == (1, 1)


# --- Who and what is missing ------------------------------------------------------------------------


def test_les_absents_du_fichier_sont_nommes_sauf_partis_et_lignes_a_corriger() -> None:
    fiches = [
        FICHE,
        replace(FICHE, id=2, matricule="A2", courriel="b@v.fr", nom="Martin"),
        replace(FICHE, id=3, matricule="A3", courriel="c@v.fr", nom="Petit", partie=True),
        replace(FICHE, id=4, matricule="A4", courriel="d@v.fr", nom="Roux"),
    ]
    lignes = [["A100", "FLÉCHAMBAULT", "Odile", "", "", ""], ["A4", "ROUX", "", "", "", ""]]
    diag = diagnostic_de([ENTETE, *lignes], fiches)
    assert [(a.fiche_id, a.nom, a.poste) for a in diag.absents] == [
        (2, "Martin", "Directrice des routes")
    ]


def test_une_cellule_videe_est_dite_et_n_efface_rien() -> None:
    diag = diagnostic_de(
        [ENTETE, ["A100", "FLÉCHAMBAULT", "Odile", "odile@region.fr", "", "Routes"]], [FICHE]
    )
    assert [(v.champ, v.avant) for v in diag.videes] == [("poste", "Directrice des routes")]
    assert (len(diag.inchanges), diag.nb_inchangees) == (1, 0)
    assert [a.lignes for a in diag.avertissements if a.code == "videe"] == [(2,)]
    assert "sans_poste" not in [a.code for a in diag.avertissements]


def test_ce_qui_manque_est_compte() -> None:
    diag = diagnostic_de([ENTETE, ["1", "A", "B", "a@v.fr", "", ""], ["2", "C", "D", "", "P", "D"]])
    comptes = {a.code: a.lignes for a in diag.avertissements}
    assert (comptes["sans_poste"], comptes["sans_direction"]) == ((2,), (2,))
    assert (comptes["sans_date"], comptes["sans_domaine"]) == ((2, 3), (2, 3))


def test_le_decompte_tombe_juste_doublons_compris() -> None:
    ligne = ["1", "A", "B", "", "", ""]
    diag = diagnostic_de(
        [ENTETE, ligne, ["2", "C", "D", "", "", ""], ligne, ["3", "", "E", "", "", ""]]
    )
    assert diag.decompte.replace("\u00a0", " ") == ("4 lignes : 2 prêtes, 1 à corriger, 1 répétée")


def test_les_numeros_de_lignes_se_disent_sans_points_de_suspension() -> None:
    assert phrase_lignes([4]) == "Ligne 4"
    assert phrase_lignes([2, 3]) == "Lignes 2 et 3"
    assert phrase_lignes([*range(2, 17), 20, 31]) == "Lignes 2 à 16, 20 et 31"
    assert phrase_lignes([2, 4, 6, 8], maximum=2) == "Lignes 2, 4 et 2 autres"
    assert phrase_lignes([]) == ""


def test_un_courriel_partage_est_pris_et_dit() -> None:
    diag = diagnostic_de([ENTETE, ["1", "A", "B", "drh@ville.fr", "P", "D"]])
    assert [c.courriel for c in diag.nouveaux] == ["drh@ville.fr"]
    assert [a.lignes for a in diag.avertissements if a.code == "courriel_partage"] == [(2,)]


def test_une_adresse_deja_prise_est_dite_de_qui_quand_le_lecteur_peut_le_savoir() -> None:
    prises = {"h.vaubrun@v.fr": "vaubrun|helene", "x@region.fr": "autre|x"}
    lignes = [["1", "A", "B", "h.vaubrun@v.fr", "", ""], ["2", "C", "D", "x@region.fr", "", ""]]
    diag = diagnostic_de(
        [ENTETE, *lignes],
        adresses_prises=prises,
        adresses_nommees={"h.vaubrun@v.fr": "Hélène Vaubrun"},
    )
    motifs = [a.motif.replace("\u00a0", " ") for a in diag.a_corriger]
    assert motifs[0].endswith("qui agit pour votre collectivité : Hélène Vaubrun")
    assert motifs[1].endswith("qui agit pour votre collectivité")
