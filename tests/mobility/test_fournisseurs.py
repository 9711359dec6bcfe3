"""Identity providers are described by the environment: wholly, or the server does not start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from mobility.reglages import fournisseurs
from tests.mobility.test_reglages import PRODUCTION
from tests.mobility.test_reglages import lire as lire_un_processus

pytestmark = pytest.mark.sans_base

PROCONNECT = {
    "QUATUOR_OIDC": "proconnect",
    "QUATUOR_OIDC_PROCONNECT_CLIENT": "un-client",
    "QUATUOR_OIDC_PROCONNECT_SECRET": "un-secret",
}
AGGLO = {
    "QUATUOR_OIDC": "agglo",
    "QUATUOR_OIDC_AGGLO_CLIENT": "un-client",
    "QUATUOR_OIDC_AGGLO_SECRET": "un-secret",
    "QUATUOR_OIDC_AGGLO_SERVEUR": "https://annuaire.example/realms/agglo/",
    "QUATUOR_OIDC_AGGLO_NOM": "l’annuaire de l’agglomération",
}


def test_aucun_par_defaut():
    assert fournisseurs.lire({}) == []


def test_proconnect_se_decrit_par_un_client_et_un_secret():
    (lu,) = fournisseurs.lire(PROCONNECT)

    assert lu["serveur"] == "https://auth.agentconnect.gouv.fr/api/v2"
    assert (lu["signe"], lu["siret"], lu["alg"]) == (True, "siret", "RS256")
    assert lu["acr"] == ["eidas1", "eidas1-mfa", "eidas2", "eidas3"]
    assert lu["acr_fort"] == ["eidas2", "eidas3"]
    assert lu["reauthentifie"] is False


@pytest.mark.parametrize(
    ("minimum", "admis"),
    [
        ("eidas0-mfa", ["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"]),
        ("eidas1-mfa", ["eidas1-mfa", "eidas2", "eidas3"]),
        ("eidas3", ["eidas3"]),
    ],
)
def test_le_niveau_de_proconnect_est_un_minimum(minimum, admis):
    (lu,) = fournisseurs.lire({**PROCONNECT, "QUATUOR_OIDC_PROCONNECT_ACR": minimum})

    assert lu["acr"] == admis


def test_un_autre_se_decrit_en_entier_et_les_boutons_suivent_l_ordre(tmp_path):
    (tmp_path / "secret").write_text("garde-ailleurs\n")
    tous = {
        **PROCONNECT,
        **AGGLO,
        "QUATUOR_OIDC": "agglo, proconnect",
        "QUATUOR_OIDC_AGGLO_SECRET": "",
        "QUATUOR_OIDC_AGGLO_SECRET_FILE": str(tmp_path / "secret"),
        "QUATUOR_OIDC_AGGLO_ACR": "or, argent",
    }

    agglo, proconnect = fournisseurs.lire(tous)

    assert (agglo["secret"], agglo["signe"], agglo["siret"]) == ("garde-ailleurs", False, "")
    assert agglo["serveur"] == AGGLO["QUATUOR_OIDC_AGGLO_SERVEUR"], "an issuer, to the last sign"
    assert (agglo["acr"], agglo["reauthentifie"]) == (["or", "argent"], True)
    assert proconnect["est_proconnect"]


@pytest.mark.parametrize("manquant", ["CLIENT", "SECRET", "SERVEUR", "NOM"])
def test_une_description_a_moitie_ne_demarre_pas(manquant):
    with pytest.raises(ImproperlyConfigured, match=f"QUATUOR_OIDC_AGGLO_{manquant} is missing"):
        fournisseurs.lire({n: v for n, v in AGGLO.items() if n != f"QUATUOR_OIDC_AGGLO_{manquant}"})


@pytest.mark.parametrize(
    ("faux", "mots"),
    [
        ({**AGGLO, "QUATUOR_OIDC": ""}, "describes nothing"),
        (
            {**AGGLO, "QUATUOR_OIDC_AGGLO_SIREN": "siren"},
            "QUATUOR_OIDC_AGGLO_SIREN describes nothing",
        ),
        ({**PROCONNECT, "QUATUOR_OIDC": "proconnect,proconnect"}, "said once"),
        ({"QUATUOR_OIDC": "Pro Connect"}, "small letters"),
        ({**AGGLO, "QUATUOR_OIDC_AGGLO_ALG": "HS256"}, "expected one of RS256"),
        ({**AGGLO, "QUATUOR_OIDC_AGGLO_ALG": "none"}, "expected one of RS256"),
        ({**AGGLO, "QUATUOR_OIDC_AGGLO_USERINFO": "xml"}, "expected jwt or json"),
        ({**AGGLO, "QUATUOR_OIDC_AGGLO_SERVEUR": "annuaire.example"}, "https address"),
        ({**PROCONNECT, "QUATUOR_OIDC_PROCONNECT_USERINFO": "json"}, "not to be changed"),
        ({**PROCONNECT, "QUATUOR_OIDC_PROCONNECT_ACR": "eidas9"}, "expected one of eidas0"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_ce_qui_ne_va_pas_est_dit(faux, mots):
    with pytest.raises(ImproperlyConfigured, match=mots):
        fournisseurs.lire(faux)


def test_en_production_un_fournisseur_sans_tls_ne_demarre_pas(tmp_path):
    """In a process of its own: in the tests, as in the demo, a provider may be on the same machine."""
    en_clair = {**AGGLO, "QUATUOR_OIDC_AGGLO_SERVEUR": "http://annuaire.example"}

    assert "is an https address" in lire_un_processus(
        tmp_path, "FOURNISSEURS", **PRODUCTION, **en_clair
    )
    valeurs = lire_un_processus(tmp_path, "FOURNISSEURS", **PRODUCTION, **AGGLO)
    assert valeurs["FOURNISSEURS"][0]["nom"] == "agglo"
