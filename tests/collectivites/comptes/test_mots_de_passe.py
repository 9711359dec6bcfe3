"""What anybody would try first is no password."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from collectivites.comptes import mots_de_passe


@pytest.mark.parametrize(
    "devinable",
    [
        "aaaaaaaaaaaa",
        "abababababab",
        "azertyuiop12",
        "motdepasse123",
        "M0tdepasse!2026",
        "Bonjour202612",
        "orleansorleans45",
        "2026!Loiret!2026",
        "Marseille2026!",
        "chocolat-12345",
        "Nicolas#2026#",
        "Octobre.2026!",
        "Utilisateur45",
    ],
)
def test_un_mot_de_passe_que_l_on_devine_est_refuse(devinable):
    with pytest.raises(ValidationError):
        validate_password(devinable)


@pytest.mark.parametrize(
    "bon", ["cheval-agrafe-piscine", "la tour penche au nord", "Zk4!vbQm2#tLp9"]
)
def test_plusieurs_mots_sans_rapport_sont_un_bon_mot_de_passe(bon):
    validate_password(bon)


@pytest.mark.parametrize(
    "sien",
    [
        "Claire.Pasquier45",
        "pasquier-2026-!",
        "Departement45Loiret",
        "bonjourPasquier1",
        "Passerelles2026!",
    ],
)
def test_ce_que_chacun_sait_de_la_personne_n_est_pas_un_mot_de_passe(troupe, sien):
    """Her name, the words of her employer and of the démarche, with or without a common word."""
    claire = troupe.cadre.utilisateur
    type(troupe.demarche).objects.filter(pk=troupe.demarche.pk).update(nom="Passerelles")
    with pytest.raises(ValidationError) as erreur:
        validate_password(sien, claire)
    assert all("mot de passe" in message for message in erreur.value.messages)


def test_son_nom_parmi_des_mots_sans_rapport_est_admis(troupe):
    validate_password("pasquier broute un nuage vert", troupe.cadre.utilisateur)


def test_la_liste_livree_dit_d_ou_elle_vient():
    texte = mots_de_passe.COURANTS.read_text(encoding="utf-8")
    assert "CC BY 4.0" in texte
    assert "richelieu" in texte.lower()
    assert len(mots_de_passe.mots_courants()) > 3000
