"""docker-compose.yml, read as Docker reads it: what each container may do, and where each secret goes."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

pytestmark = pytest.mark.sans_base

RACINE = Path(settings.BASE_DIR)
#: Who may know what: the site never comes in as the owner of its tables.
DU_SITE = {
    *("cle_secrete", "cle_coaching", "cle_journal", "base_du_site", "redis_du_site"),
    *("jeton_des_mesures", "mot_de_passe_du_courriel", "secret_du_seau"),
}
DU_PROPRIETAIRE = DU_SITE | {"base_du_proprietaire"}
LECTEURS = {
    **dict.fromkeys(["web", "worker", "calculs", "beat"], DU_SITE),
    **dict.fromkeys(["migrations", "sauvegarde"], DU_PROPRIETAIRE),
    "mandataire": {"certificat", "cle_du_certificat"},
    "postgresql": {"mot_de_passe_de_la_base"},
    "redis": {"mot_de_passe_de_redis"},
    "courriel": set(),
}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((RACINE / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def noms(secrets):
    return {secret if isinstance(secret, str) else secret["source"] for secret in secrets}


def test_no_container_writes_outside_its_volumes_nor_gains_a_right(services):
    for nom, service in services.items():
        assert service["read_only"] is True, nom
        assert service["cap_drop"] == ["ALL"], nom
        assert "cap_add" not in service, nom
        assert service["security_opt"] == ["no-new-privileges:true"], nom
        assert "privileged" not in service, nom


def test_none_is_root(services):
    """Ours by its image; the others, whose images begin as root, by name."""
    assert "\nUSER quatuor\n" in (RACINE / "Dockerfile").read_text(encoding="utf-8")
    for nom, service in services.items():
        if "build" not in service:
            assert service["user"] not in {"root", "0", "0:0"}, nom


def test_none_takes_the_whole_machine(services):
    for nom, service in services.items():
        assert {"mem_limit", "cpus", "pids_limit"} <= set(service), nom
        assert service["logging"]["options"]["max-size"] == "10m", nom


def test_each_secret_is_a_file_that_goes_where_it_is_needed_and_nowhere_else(compose, services):
    assert {nom: noms(service.get("secrets", [])) for nom, service in services.items()} == LECTEURS
    assert set(compose["secrets"]) == set().union(*LECTEURS.values())
    for nom, service in services.items():
        for variable, valeur in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|CLE_|JETON|DATABASE_URL|REDIS_URL", variable):
                assert variable.endswith("_FILE"), f"{nom} : {variable}"
            lu = re.fullmatch(r"/run/secrets/(\w+)", str(valeur))
            assert lu is None or lu[1] in LECTEURS[nom], f"{nom} : {variable}"


def test_redis_has_a_password_and_no_disk(services):
    redis = services["redis"]
    (ordre,) = redis["command"]

    assert "requirepass $$(cat /run/secrets/mot_de_passe_de_redis)" in ordre
    assert 'save ""' in ordre
    assert "appendonly no" in ordre
    assert "volumes" not in redis


def test_the_servers_of_data_answer_the_site_alone(compose, services):
    assert compose["networks"]["donnees"] == {"internal": True}
    for nom in ("postgresql", "redis"):
        assert services[nom]["networks"] == ["donnees"]
        assert "ports" not in services[nom]
    for nom, service in services.items():
        for port in service.get("ports", []):
            assert nom == "mandataire" or port.startswith("127.0.0.1:"), nom


def test_what_lasts_tells_how_it_is(services):
    muets = {nom for nom, service in services.items() if "healthcheck" not in service}

    assert muets == {"web", "courriel"}  # by their images
    assert "\nHEALTHCHECK " in (RACINE / "Dockerfile").read_text(encoding="utf-8")


def test_a_real_site_does_not_start_with_the_mail_catcher_of_a_trial(services):
    assert services["courriel"]["profiles"] == ["essai"]
    for variable in ("EMAIL_HOST", "EMAIL_FROM", "QUATUOR_HOTE", "QUATUOR_SITE"):
        assert f"${{{variable}:?" in (RACINE / "docker-compose.yml").read_text(encoding="utf-8")


def tirer(dossier, *arguments):
    commande = ["sh", str(RACINE / "scripts" / "secrets.sh"), *arguments]
    return subprocess.run(commande, cwd=dossier, capture_output=True, text=True, check=False)


def test_the_secrets_are_all_drawn_strong_and_kept(compose, tmp_path):
    """Drawn once; run again, nothing that seals what is already written changes."""
    assert tirer(tmp_path).returncode == 2
    assert tirer(tmp_path, "--essai").returncode == 0
    secrets = tmp_path / "secrets"
    tires = {fichier.name: fichier.read_text() for fichier in secrets.iterdir()}

    du_certificat = {"certificat", "cle_du_certificat"}
    assert set(tires) == set(compose["secrets"]) - du_certificat
    assert secrets.stat().st_mode & 0o777 == 0o700
    assert tires.pop("mot_de_passe_du_courriel") == tires.pop("secret_du_seau") == ""
    assert len(set(tires.values())) == len(tires)
    assert min(len(valeur.strip()) for valeur in tires.values()) >= 43
    assert tires["mot_de_passe_de_redis"].strip() in tires["redis_du_site"]
    assert tires["mot_de_passe_de_la_base"].strip() in tires["base_du_proprietaire"]
    assert tires["mot_de_passe_de_la_base"].strip() not in tires["base_du_site"]
    env = (tmp_path / ".env").read_text()
    assert "COMPOSE_PROFILES=essai" in env

    (secrets / "cle_journal").unlink()
    assert tirer(tmp_path, "quatuor.example").stdout.split() == ["secrets/cle_journal"]
    for nom in tires.keys() - {"cle_journal"}:
        assert (secrets / nom).read_text() == tires[nom]
    assert (tmp_path / ".env").read_text() == env


def test_neither_the_secrets_nor_their_folder_is_taken_by_git_or_the_image():
    assert "/secrets/" in (RACINE / ".gitignore").read_text(encoding="utf-8").split()
    assert "secrets" in (RACINE / ".dockerignore").read_text(encoding="utf-8").split()
