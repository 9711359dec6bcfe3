"""Who is new, who is known, what changes, and who cannot be told."""

from dataclasses import replace
from datetime import date

import pytest

from cadres.recensement.diagnostic import corriger, rediagnostiquer
from cadres.recensement.modeles import FicheExistante
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import JOUR, diagnostic_de, ecrire_dans_le_registre

ENTETE = ["Matricule", "Nom", "Prénom", "Mail", "Catégorie", "Encadrement", "Poste", "Échelon"]
AGATHE = ["00123", "MARTIN", "Agathe", "agathe@v.fr", "A", "O", "Cheffe de service", "4"]
FICHE = FicheExistante(
    id=1, matricule="00123", nom="Martin", prenom="Agathe", courriel="agathe@v.fr",
    categorie="A", encadrement=True, poste="Cheffe de service", echelon="4",
)  # fmt: skip


def modifier(**valeurs: str) -> list[str]:
    noms = [
        "matricule",
        "nom",
        "prenom",
        "courriel",
        "categorie",
        "encadrement",
        "poste",
        "echelon",
    ]
    return [valeurs.get(nom, valeur) for nom, valeur in zip(noms, AGATHE, strict=True)]


def motifs(diag: Diagnostic) -> list[tuple[int, str]]:
    return [(a.ligne, a.motif) for a in diag.a_corriger]


def test_une_fiche_identique_est_inchangee() -> None:
    diag = diagnostic_de([ENTETE, AGATHE], [FICHE])
    assert [i.fiche_id for i in diag.inchanges] == [1]
    assert diag.pret == 1


def test_une_mise_a_jour_dit_champ_par_champ_avant_et_apres() -> None:
    diag = diagnostic_de(
        [ENTETE, modifier(poste="Directrice", echelon="5e", encadrement="N")], [FICHE]
    )
    (maj,) = diag.mis_a_jour
    assert {c.champ: (c.avant, c.apres) for c in maj.changements} == {
        "poste": ("Cheffe de service", "Directrice"), "echelon": ("4", "5"), "encadrement": (True, False),
    }  # fmt: skip
    encadrement = next(c for c in maj.changements if c.champ == "encadrement")
    assert (encadrement.avant_affiche, encadrement.apres_affiche) == ("Oui", "Non")


def test_une_cellule_vide_n_efface_rien() -> None:
    diag = diagnostic_de([ENTETE, modifier(poste="", echelon="-", courriel="")], [FICHE])
    assert len(diag.inchanges) == 1


def test_le_matricule_perd_ses_zeros_sans_perdre_la_personne() -> None:
    diag = diagnostic_de([ENTETE, modifier(matricule="123", courriel="")], [FICHE])
    assert len(diag.inchanges) == 1  # and « 00123 » is not replaced by « 123 »


def test_le_matricule_l_emporte_et_le_courriel_change() -> None:
    (maj,) = diagnostic_de([ENTETE, modifier(courriel="a.martin@v.fr")], [FICHE]).mis_a_jour
    assert [(c.champ, c.apres) for c in maj.changements] == [("courriel", "a.martin@v.fr")]


def test_sans_matricule_le_courriel_puis_le_nom_retrouvent_la_fiche() -> None:
    assert diagnostic_de([ENTETE, modifier(matricule="")], [FICHE]).inchanges
    assert diagnostic_de([ENTETE, modifier(matricule="", courriel="")], [FICHE]).inchanges


def test_des_capitales_sans_accent_ne_degradent_pas_un_nom() -> None:
    fiche = replace(FICHE, nom="Guérin")
    assert diagnostic_de([ENTETE, modifier(nom="GUERIN")], [fiche]).inchanges
    (maj,) = diagnostic_de(
        [ENTETE, modifier(nom="GUÉRIN")], [replace(FICHE, nom="Guerin")]
    ).mis_a_jour
    assert maj.changements[0].apres == "Guérin"


@pytest.mark.parametrize(
    "autre", [{"matricule": "00999"}, {"matricule": "", "courriel": "autre@v.fr"}]
)
def test_un_homonyme_du_registre_fait_poser_la_question(autre: dict[str, str]) -> None:
    ligne = modifier(**({"courriel": ""} | autre))
    diag = diagnostic_de([ENTETE, ligne], [FICHE])
    assert (diag.nouveaux, diag.mis_a_jour, diag.pret) == ((), (), 0)
    assert [q.candidats[0].fiche_id for q in diag.questions] == [1]


def test_un_matricule_d_une_autre_personne_est_a_corriger() -> None:
    diag = diagnostic_de(
        [ENTETE, modifier(nom="PETIT", prenom="Luc", courriel="luc@v.fr")], [FICHE]
    )
    assert motifs(diag) == [
        (2, "Ce matricule est déjà celui d’une autre personne du registre\u00a0: Agathe Martin")
    ]


def test_un_courriel_d_un_autre_matricule_est_a_corriger() -> None:
    diag = diagnostic_de([ENTETE, modifier(matricule="00999")], [FICHE])
    assert motifs(diag) == [
        (2, "Ce courriel est déjà celui d’une fiche d’un autre matricule\u00a0: Agathe Martin")
    ]


def test_un_nom_porte_par_deux_fiches_fait_choisir_entre_elles() -> None:
    fiches = [replace(FICHE, id=i, matricule=str(i), courriel=f"{i}@v.fr") for i in (7, 8)]
    diag = diagnostic_de([ENTETE, modifier(matricule="", courriel="")], fiches)
    assert [[c.fiche_id for c in q.candidats] for q in diag.questions] == [[7, 8]]


def test_un_doublon_exact_compte_une_fois_meme_ecrit_autrement() -> None:
    diag = diagnostic_de([ENTETE, AGATHE, AGATHE, modifier(nom="Martin", encadrement="oui")])
    assert len(diag.nouveaux) == 1
    assert [(d.ligne, d.premiere) for d in diag.doublons] == [(3, 2), (4, 2)]


def test_deux_lignes_du_meme_matricule_se_contredisent() -> None:
    diag = diagnostic_de([ENTETE, AGATHE, modifier(poste="Directrice")])
    assert len(diag.nouveaux) == 1
    assert motifs(diag) == [(3, "Déjà porté par la ligne 2\u00a0: Agathe Martin")]


def test_deux_lignes_du_meme_courriel_se_contredisent() -> None:
    diag = diagnostic_de([ENTETE, AGATHE, modifier(matricule="9", nom="PETIT")])
    assert [(a.ligne, a.colonne) for a in diag.a_corriger] == [(3, "Mail")]


def test_deux_homonymes_que_rien_ne_distingue_sont_a_corriger() -> None:
    nus = modifier(matricule="", courriel="")
    diag = diagnostic_de([ENTETE, nus, modifier(matricule="", courriel="", poste="Directrice")])
    assert len(diag.nouveaux) == 1
    assert motifs(diag) == [(3, "Même nom et même prénom que la ligne 2")]


def test_hors_public_categorie_b_ou_c_sans_encadrement() -> None:
    lignes = [
        modifier(
            matricule=str(i),
            nom=f"MARTIN{'ABCDE'[i]}",
            courriel=f"{i}@v.fr",
            categorie=c,
            encadrement=e,
        )
        for i, (c, e) in enumerate([("B", "N"), ("C", ""), ("B", "O"), ("A", "N"), ("", "N")])
    ]
    diag = diagnostic_de([ENTETE, *lignes])
    assert [c.ligne for c in diag.hors_public] == [2, 3]
    assert [c.ligne for c in diag.nouveaux] == [4, 5, 6]
    registre = ecrire_dans_le_registre(diag)
    assert len(diagnostic_de([ENTETE, *lignes], registre).inchanges) == 5


def test_une_categorie_vide_vient_du_grade_et_une_contradiction_se_voit() -> None:
    entete = ["Nom", "Prénom", "Catégorie", "Grade"]
    diag = diagnostic_de([entete, ["A", "A", "", "REDACTEUR"], ["B", "B", "B", "Attaché"]])
    assert [c.categorie for c in diag.hors_public] == ["B"]
    assert [(a.ligne, a.colonne, a.suggestion) for a in diag.a_corriger] == [(3, "Catégorie", "A")]


def test_un_echelon_hors_de_la_grille_est_laisse_vide_et_dit() -> None:
    diag = diagnostic_de([["Nom", "Prénom", "Grade", "Éch."], ["A", "A", "Attaché", "15"]])
    assert [(a.colonne, a.suggestion) for a in diag.laissees] == [("Éch.", "de 1 à 11")]
    assert [(c.grade, c.echelon) for c in diag.nouveaux] == [("Attaché", "")]


def test_non_avec_des_agents_encadres_est_a_corriger() -> None:
    diag = diagnostic_de(
        [["Nom", "Prénom", "Encadrement", "Nb agents encadrés"], ["A", "A", "N", "12"]]
    )
    assert [(a.colonne, a.suggestion, a.applicable) for a in diag.a_corriger] == [
        ("Encadrement", "Oui", True)
    ]


def test_corriger_a_l_ecran_fait_entrer_la_ligne_sans_le_fichier() -> None:
    diag = diagnostic_de(
        [ENTETE, AGATHE, modifier(matricule="7", nom="=1+1", courriel="x", echelon="5")]
    )
    relu = Diagnostic.depuis_json(diag.vers_json())
    assert relu.nb_lignes_a_corriger == 1
    a_moitie = corriger(relu, {(3, "nom"): "PETIT"}, existants=[], aujourdhui=JOUR)
    assert a_moitie.a_corriger == ()
    assert [(a.champ, a.valeur) for a in a_moitie.laissees] == [("courriel", "x")]
    bon = corriger(a_moitie, {(3, "courriel"): ""}, existants=[], aujourdhui=JOUR)
    assert [(c.ligne, c.nom, c.echelon) for c in bon.nouveaux] == [
        (2, "Martin", "4"),
        (3, "Petit", "5"),
    ]
    assert [a.lignes for a in bon.avertissements if a.code == "sans_courriel"] == [(3,)]


def test_corriger_des_la_lecture() -> None:
    diag = diagnostic_de([ENTETE, modifier(nom="")], corrections={(2, "nom"): "MARTIN"})
    assert [c.nom for c in diag.nouveaux] == ["Martin"]


def test_une_correction_peut_lever_ou_creer_une_contradiction() -> None:
    diag = diagnostic_de([ENTETE, AGATHE, modifier(poste="Directrice")])
    bon = corriger(
        diag, {(3, "matricule"): "9", (3, "courriel"): "b@v.fr"}, existants=[], aujourdhui=JOUR
    )
    assert [c.ligne for c in bon.nouveaux] == [2, 3]
    double = corriger(bon, {(3, "matricule"): "00123"}, existants=[], aujourdhui=JOUR)
    assert motifs(double) == [(3, "Déjà porté par la ligne 2\u00a0: Agathe Martin")]


def test_confirmer_apres_un_autre_drh_n_ajoute_personne_deux_fois() -> None:
    diag = diagnostic_de([ENTETE, AGATHE])
    confirme = rediagnostiquer(diag, existants=[replace(FICHE, poste="Autre")], aujourdhui=JOUR)
    assert confirme.nouveaux == ()
    assert [c.champ for c in confirme.mis_a_jour[0].changements] == ["poste"]


def test_nom_et_prenom_dans_une_colonne() -> None:
    diag = diagnostic_de(
        [["Nom et prénom", "Mail"], ["MARTIN Agathe", "a@v.fr"], ["Dupont Martin Marie", "b@v.fr"]]
    )
    assert [(c.nom, c.prenom) for c in diag.nouveaux] == [("Martin", "Agathe")]
    assert [(a.champ, a.colonne) for a in diag.a_corriger] == [("nom_prenom", "Nom et prénom")]
    bon = corriger(diag, {(3, "nom_prenom"): "Dupont Martin, Marie"}, existants=[], aujourdhui=JOUR)
    assert [(c.nom, c.prenom) for c in bon.nouveaux][1] == ("Dupont Martin", "Marie")


def test_le_domaine_de_la_collectivite_signale_une_adresse_exterieure() -> None:
    diag = diagnostic_de([ENTETE, modifier(courriel="a@gmail.com")], domaine_courriel="v.fr")
    assert "courriel_exterieur" in [a.code for a in diag.avertissements]


def test_les_lignes_qui_ne_sont_personne() -> None:
    lignes = [
        AGATHE,
        ENTETE,  # printed again
        ["* Les agents en congé ne figurent pas dans cette liste", *[""] * 7],
        ["", "", "", "", "", "", "DGA Culture", ""],
        ["Total", "1", *[""] * 6],
        ["", "TOTAL GÉNÉRAL", "12", *[""] * 5],
        ["Sous-total", *[""] * 7],
        ["", "PETIT", *[""] * 6],
    ]
    diag = diagnostic_de([ENTETE, *lignes])
    assert [(i.ligne, i.raison) for i in diag.ignorees] == [
        (3, "entete"), (4, "commentaire"), (5, "section"), (6, "total"), (7, "total"), (8, "total"),
    ]  # fmt: skip
    assert motifs(diag) == [(9, "Le prénom manque")]
    assert diag.nb_lignes == 2


def test_les_dates_se_comparent_comme_des_dates() -> None:
    entete = ["Nom", "Prénom", "Date d'affectation"]
    fiche = FicheExistante(id=1, nom="Martin", prenom="Agathe", date_entree_poste=date(2016, 3, 18))
    assert diagnostic_de([entete, ["MARTIN", "Agathe", "18.3.16"]], [fiche]).inchanges
    (maj,) = diagnostic_de([entete, ["MARTIN", "Agathe", "mars 2017"]], [fiche]).mis_a_jour
    assert maj.changements[0].avant_affiche == "18/03/2016"
    assert Diagnostic.depuis_json(
        diagnostic_de([entete, ["MARTIN", "Agathe", "mars 2017"]], [fiche]).vers_json()
    ).mis_a_jour == (maj,)


# --- Two people swap what names them ------------------------------------------------------------

CLES = ["Matricule", "Nom", "Prénom", "Courriel"]
DEUX = [
    FicheExistante(id=1, nom="Dupont", prenom="Anne", matricule="M1", courriel="a@ville.example"),
    FicheExistante(id=2, nom="Martin", prenom="Anne", matricule="M2", courriel="b@ville.example"),
]


def changes(diag: Diagnostic) -> dict[object, dict[str, object]]:
    return {m.fiche_id: {c.champ: c.apres for c in m.changements} for m in diag.mis_a_jour}


def test_deux_personnes_echangent_leurs_courriels() -> None:
    diag = diagnostic_de(
        [
            CLES,
            ["M1", "Dupont", "Anne", "b@ville.example"],
            ["M2", "Martin", "Anne", "a@ville.example"],
        ],
        DEUX,
    )
    assert changes(diag) == {
        1: {"courriel": "b@ville.example"},
        2: {"courriel": "a@ville.example"},
    }


def test_deux_personnes_echangent_leurs_matricules() -> None:
    diag = diagnostic_de(
        [
            CLES,
            ["M2", "Dupont", "Anne", "a@ville.example"],
            ["M1", "Martin", "Anne", "b@ville.example"],
        ],
        DEUX,
    )
    assert changes(diag) == {1: {"matricule": "M2"}, 2: {"matricule": "M1"}}


def test_un_echange_a_moitie_dit_n_est_pas_ecrit() -> None:
    """Only one of the two rows is there: the e-mail is still somebody else's."""
    diag = diagnostic_de([CLES, ["M1", "Dupont", "Anne", "b@ville.example"]], DEUX)
    assert diag.mis_a_jour == ()
    assert diag.nb_lignes_a_corriger == 1


def test_une_cle_cedee_par_une_ligne_refusee_ne_l_est_pas() -> None:
    """Row 3 would free b@, but it wants the e-mail of row 4, who keeps it: nobody moves."""
    trois = [
        *DEUX,
        FicheExistante(
            id=3, nom="Petit", prenom="Paul", matricule="M3", courriel="c@ville.example"
        ),
    ]
    diag = diagnostic_de(
        [
            CLES,
            ["M1", "Dupont", "Anne", "b@ville.example"],
            ["M2", "Martin", "Anne", "c@ville.example"],
        ],
        trois,
    )
    assert diag.mis_a_jour == ()
    assert diag.nb_lignes_a_corriger == 2


def test_un_nouveau_reprend_l_adresse_que_quelqu_un_quitte() -> None:
    diag = diagnostic_de(
        [
            CLES,
            ["M1", "Dupont", "Anne", "anne.dupont@ville.example"],
            ["M9", "Neuf", "Zoé", "a@ville.example"],
        ],
        DEUX,
    )
    assert changes(diag) == {1: {"courriel": "anne.dupont@ville.example"}}
    assert [c.nom for c in diag.nouveaux] == ["Neuf"]
