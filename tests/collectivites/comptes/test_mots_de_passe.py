"""What anybody would try first is no password."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


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
