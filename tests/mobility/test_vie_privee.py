"""docs/vie-privee says what the code holds, how long, and who reads it; the rest is for a DPO to judge."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from cadres.donnees_personnelles.conservation import REGLES
from cadres.donnees_personnelles.effacement import dependants
from cadres.models import Cadre
from collectivites.mots import Role
from scripts import vie_privee
from tests.acces.matrice import PERSONAS, lire
from tests.mobility.test_securite import fonctions

RACINE = Path(settings.BASE_DIR)
FERMEES = {"403", "404", "405"}
#: What the purge follows by rules of their own, though it hangs on a file.
A_LEUR_REGLE = {
    "cadres.CompetenceDite": "competences",
    "cadres.Consultation": "consultations",
    "cadres.Fusion": "trente jours",
    "opportunites.Estimation": "estimations",
    "opportunites.LettreFaite": "un jour",
}


@pytest.mark.sans_base
def test_chaque_table_et_chaque_champ_de_la_base_sont_dits():
    """A new model, or a new field, is answered there before anybody forgets it."""
    dits = {ligne["modele"]: ligne for ligne in vie_privee.lire("donnees.csv")}
    modeles = {modele._meta.label: modele for modele in apps.get_models()}

    assert dits.keys() == modeles.keys()
    for label, modele in modeles.items():
        tenus = [*modele._meta.concrete_fields, *modele._meta.local_many_to_many]
        champs = [champ.name for champ in tenus if champ.name != "id"]
        assert dits[label]["champs"].split() == champs, f"{label}: {' '.join(champs)}"
        assert dits[label]["categorie"], label
        assert dits[label]["nom"], label


@pytest.mark.sans_base
def test_ce_qui_part_avec_la_fiche_est_ce_que_le_code_efface():
    dits = {ligne["modele"]: ligne["regle"] for ligne in vie_privee.lire("donnees.csv")}
    pendus = {modele._meta.label for modele, _ in dependants(Cadre)} | {"cadres.Cadre"}

    assert {m for m, regle in dits.items() if regle == "fiche"} == pendus - A_LEUR_REGLE.keys()
    assert {m: dits[m] for m in A_LEUR_REGLE} == A_LEUR_REGLE
    assert set(dits.values()) <= {regle.cle for regle in REGLES} | vie_privee.SANS_REGLE.keys()


@pytest.mark.sans_base
def test_les_destinataires_sont_ceux_de_la_matrice_des_droits():
    attendu = lire()
    roles = [ligne for ligne in vie_privee.lire("destinataires.csv") if ligne["role"]]

    assert {ligne["role"] for ligne in roles} >= set(Role.values)
    for ligne in roles:
        assert ligne["role"] in PERSONAS
        for adresse in ligne["ouvertes"].split():
            assert attendu[adresse, "GET"][ligne["role"]] == "200", (ligne["role"], adresse)
        for adresse in ligne["fermees"].split():
            assert attendu[adresse, "GET"][ligne["role"]] in FERMEES, (ligne["role"], adresse)


@pytest.mark.sans_base
def test_chaque_mesure_a_son_test_ou_son_fichier():
    mesures = vie_privee.lire("mesures.csv")

    assert len({m["risque"] for m in mesures}) >= 4
    for mesure in mesures:
        chemin, _, nom = mesure["ou"].partition("::")
        assert (RACINE / chemin).exists(), mesure
        assert not nom or nom in fonctions(chemin), mesure


@pytest.mark.sans_base
@pytest.mark.parametrize("nom", vie_privee.PAPIERS)
def test_chaque_papier_suit_le_code(nom):
    """Durations, categories, recipients: written anew by scripts/vie_privee.py."""
    texte = (vie_privee.DOSSIER / nom).read_text(encoding="utf-8")

    assert texte == vie_privee.papier(nom), "scripts/vie_privee.py"
    assert "[à compléter" in texte


@pytest.mark.sans_base
def test_les_durees_de_l_analyse_sont_celles_de_la_page():
    aipd = (vie_privee.DOSSIER / "aipd.md").read_text(encoding="utf-8")
    registre = (vie_privee.DOSSIER / "registre.md").read_text(encoding="utf-8")

    for regle in REGLES:
        ligne = f"| {regle.quoi} | {regle.duree} après {regle.depuis} | {regle.sort} |"
        assert ligne in aipd
        assert ligne in registre


@pytest.mark.sans_base
def test_un_champ_oublie_se_verrait(monkeypatch):
    lignes = vie_privee.lire("donnees.csv")
    fiche = next(ligne for ligne in lignes if ligne["modele"] == "cadres.Cadre")
    fiche["champs"] = fiche["champs"].replace(" prenom ", " ")
    monkeypatch.setattr(vie_privee, "lire", lambda _: lignes)

    with pytest.raises(AssertionError, match=r"cadres\.Cadre: "):
        test_chaque_table_et_chaque_champ_de_la_base_sont_dits()
