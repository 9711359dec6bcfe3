"""docs/exemples/systemd: the installation without Docker, in step with the one of docker-compose.yml."""

import configparser
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

pytestmark = pytest.mark.sans_base

RACINE = Path(settings.BASE_DIR)
UNITES = RACINE / "docs" / "exemples" / "systemd"
#: Our unit → the service of docker-compose.yml that does the same.
MEMES = {
    "quatuor-executeur": "worker",
    "quatuor-calculs": "calculs",
    "quatuor-horloge": "beat",
    "quatuor-sauvegarde": "sauvegarde",
}


def lire(nom):
    unite = configparser.RawConfigParser(strict=False)
    unite.optionxform = str
    unite.read_string((UNITES / nom).read_text(encoding="utf-8").replace("\\\n", " "))
    return unite


def ordre(nom):
    return " ".join(lire(f"{nom}.service")["Service"]["ExecStart"].split())


def options(commande):
    """What a server is told, but where it listens and what it writes for itself."""
    mots = [mot for mot in commande.split() if "/" not in mot or mot.startswith("--")]
    return {
        mot for mot in mots if not re.match(r"--(bind|worker-tmp-dir|schedule|pidfile)", mot)
    } - {
        *("gunicorn", "celery", "mobility.wsgi"),
    }


def test_the_site_is_served_as_in_the_image():
    image = (RACINE / "Dockerfile").read_text(encoding="utf-8")
    cmd = re.search(r'^CMD \["gunicorn"(.*?)\]', image, re.DOTALL | re.MULTILINE)[1]
    dans_l_image = re.sub(r'[",\\\s]+', " ", cmd)

    assert options(ordre("quatuor-web")) == options(dans_l_image)
    assert "--bind=127.0.0.1:" in ordre("quatuor-web")


@pytest.mark.parametrize("unite", MEMES)
def test_each_other_service_does_what_its_container_does(unite):
    services = yaml.safe_load((RACINE / "docker-compose.yml").read_text(encoding="utf-8"))
    commande = services["services"][MEMES[unite]]["command"]
    if unite == "quatuor-sauvegarde":
        (commande,) = re.findall(r"manage.py sauvegarder", commande)
        assert commande in (UNITES / f"{unite}.service").read_text(encoding="utf-8")
    else:
        assert options(ordre(unite)) == options(commande)


def test_each_service_is_held_by_the_limits_that_all_share():
    commun = lire("quatuor-.service.d/commun.conf")["Service"]

    assert commun["User"] == "quatuor"
    assert commun["ProtectSystem"] == "strict"
    assert commun["NoNewPrivileges"] == "yes"
    assert commun["CapabilityBoundingSet"] == ""
    for unite in UNITES.glob("*.service"):
        assert unite.name.startswith("quatuor-"), "the shared limits are those of quatuor-….service"
        assert "User" not in lire(unite.name)["Service"]


def test_only_the_backup_comes_in_as_the_owner_of_the_tables():
    qui = [
        unite.name
        for unite in sorted(UNITES.rglob("*"))
        if unite.is_file() and "base_du_proprietaire" in unite.read_text(encoding="utf-8")
    ]

    assert qui == ["quatuor", "quatuor-sauvegarde.service"]


def test_the_settings_given_as_an_example_are_settings_and_no_secret_is_among_them():
    connus = (RACINE / "mobility" / "settings.py").read_text(encoding="utf-8")
    exemple = (UNITES / "quatuor.env").read_text(encoding="utf-8")
    variables = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", exemple, re.MULTILINE))

    for variable, valeur in variables.items():
        nom = variable.removesuffix("_FILE")
        assert (
            nom in connus
            or nom.removeprefix("EMAIL_") in connus
            or f"_{nom.split('_')[1]}" in connus
        )
        if re.search(r"KEY|CLE_|PASSWORD|JETON|_URL", variable):
            assert valeur.startswith("/etc/quatuor/secrets/"), variable


def test_the_page_installs_what_stands_here():
    page = (RACINE / "docs" / "exploitation-debian.md").read_text(encoding="utf-8")

    for fichier in UNITES.iterdir():
        assert fichier.name in page or f"*{fichier.suffix}" in page, fichier.name
    for service in UNITES.glob("*.service"):
        assert f"`{service.stem}`" in page
    for script in re.findall(r"scripts/[\w.]+", page):
        assert (RACINE / script).is_file(), script
    image = (RACINE / "Dockerfile").read_text(encoding="utf-8")
    for paquet in (
        "fontconfig-config",
        "libharfbuzz-subset0",
        "libpango-1.0-0",
        "postgresql-client",
    ):
        assert paquet in image
        assert paquet in page
