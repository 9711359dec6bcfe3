"""The image and docker-compose.yml, tried for real where no image registry is reached: as root, on a machine
with Docker (26 or later, with compose and buildx) and debootstrap.

    python3 scripts/image/essai.py bases     base images from Debian's packages (some minutes, once)
    python3 scripts/image/essai.py           builds Quatuor's, starts everything, uses it, takes it away

Standard library alone. What was seen: docs/exploitation-essais.md.
"""

import base64
import hashlib
import hmac
import html
import http.cookiejar
import json
import os
import re
import shutil
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent.parent
ICI = Path(__file__).resolve().parent
BASES = ("python", "node", "postgresql", "redis", "nginx", "courriel")
IMAGE = "quatuor:essai"
PROJET = "quatuor-essai"
SITE = "https://localhost"
COURRIELS = "http://127.0.0.1:8025/"
#: web, mandataire, worker, calculs, beat, postgresql, redis, courriel; `migrations` has ended.
LANCES = 8
EXPLOITANTE = "odile.ubald@localhost.example"
MOT_DE_PASSE = "trois-chats-dorment-au-grenier"


def dire(texte: str) -> None:
    print(f"· {texte}", flush=True)


def executer(*commande: str, **options) -> str:
    fini = subprocess.run(commande, check=False, capture_output=True, text=True, **options)
    if fini.returncode:
        sys.exit(f"{' '.join(commande)}\n{fini.stdout[-3000:]}{fini.stderr[-3000:]}")
    return fini.stdout


# --- Images -----------------------------------------------------------------------------------


def faire_les_bases() -> None:
    with tempfile.TemporaryDirectory(prefix="quatuor-debian-") as nom:
        racine = Path(nom) / "debian"
        dire("Debian nu, par debootstrap")
        executer(
            "debootstrap",
            "--variant=minbase",
            "--include=ca-certificates",
            "trixie",
            nom + "/debian",
        )
        # A network that inspects TLS has certificates of its own.
        certificats = "etc/ssl/certs/ca-certificates.crt"
        shutil.copyfile(Path("/") / certificats, racine / certificats)
        executer("tar", "-C", str(racine), "-cf", f"{nom}/debian.tar", ".")
        executer("docker", "import", f"{nom}/debian.tar", "quatuor-debian:trixie")
    for base in BASES:
        dire(f"quatuor-base/{base}")
        ou = ["--file", str(ICI / "bases.Dockerfile"), "--target", base]
        construire(*ou, "--tag", f"quatuor-base/{base}", str(ICI))


def construire(*options: str) -> None:
    """The network of the machine: a bridge may reach nothing."""
    executer("docker", "buildx", "build", "--load", "--network", "host", "--quiet", *options)


def faire_l_image() -> None:
    dire(f"{IMAGE}, par le Dockerfile")
    arguments = [f"PYTHON_IMAGE=quatuor-base/{BASES[0]}", f"NODE_IMAGE=quatuor-base/{BASES[1]}"]
    options = [mot for argument in arguments for mot in ("--build-arg", argument)]
    construire(*options, "--tag", IMAGE, str(RACINE))


# --- Installation -----------------------------------------------------------------------------


class Installation:
    """A folder as a clone would be, with secrets of its own; nothing of the maintainer's is read."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        (dossier / "docs" / "exemples").mkdir(parents=True)
        for fichier in ("docker-compose.yml", "docs/exemples/mandataire.conf"):
            shutil.copyfile(RACINE / fichier, dossier / fichier)
        executer("sh", str(RACINE / "scripts" / "secrets.sh"), "localhost", cwd=dossier)
        cle, certificat = dossier / "secrets" / "site.cle", dossier / "secrets" / "site.pem"
        executer(
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-keyout", str(cle), "-out", str(certificat)),
        )
        cle.chmod(0o644)  # the folder is closed; the proxy is not root
        images = zip(("POSTGRES", "REDIS", "NGINX", "MAIL"), BASES[2:], strict=True)
        self.environnement = {
            **{cle: valeur for cle, valeur in os.environ.items() if cle in {"PATH", "HOME"}},
            **{f"{variable}_IMAGE": f"quatuor-base/{base}" for variable, base in images},
            "QUATUOR_IMAGE": IMAGE,
            "COMPOSE_PROFILES": "https,essai",
            "COMPOSE_PROJECT_NAME": PROJET,
            "EMAIL_HOST": "courriel",
            "EMAIL_PORT": "1025",
            "EMAIL_TLS": "0",
            "EMAIL_FROM": "Quatuor <ne-pas-repondre@quatuor.example>",
        }

    def compose(self, *mots: str, doit: bool = True) -> str:
        fini = subprocess.run(
            ["docker", "compose", *mots],
            cwd=self.dossier,
            env=self.environnement,
            check=False,
            capture_output=True,
            text=True,
        )
        if doit and fini.returncode:
            journaux = self.compose("logs", "--tail=40", doit=False)
            sys.exit(f"docker compose {' '.join(mots)}\n{fini.stdout}{fini.stderr}\n{journaux}")
        return fini.stdout + fini.stderr

    def attendre(self, secondes: int = 300) -> None:
        """Until each container that tells how it is says that it is well."""
        limite = time.monotonic() + secondes
        while time.monotonic() < limite:
            lignes = self.compose("ps", "--format", "{{.Service}} {{.Health}}").splitlines()
            malades = [ligne for ligne in lignes if ligne.split()[1:] not in ([], ["healthy"])]
            if len(lignes) == LANCES and not malades:
                return
            time.sleep(2)
        sys.exit(f"Ne répondent pas : {malades or lignes}\n{self.compose('logs', '--tail=40')}")

    def gerer(self, *mots: str, doit: bool = True) -> str:
        return self.compose("exec", "-T", "web", "python", "manage.py", *mots, doit=doit)


# --- A browser of sorts -----------------------------------------------------------------------


class Navigateur:
    def __init__(self) -> None:
        confiant = ssl.create_default_context()
        confiant.check_hostname, confiant.verify_mode = False, ssl.CERT_NONE
        self.ouvreur = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=confiant),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self.adresse = self.texte = ""

    def aller(self, adresse: str, donnees: dict[str, str] | None = None) -> bytes:
        corps = urllib.parse.urlencode(donnees).encode() if donnees is not None else None
        entiere = urllib.parse.urljoin(self.adresse or SITE, adresse)
        demande = urllib.request.Request(entiere, corps)  # noqa: S310 (ours)
        demande.add_header("Referer", self.adresse or SITE)
        with self.ouvreur.open(demande, timeout=60) as reponse:
            self.adresse, octets = reponse.url, reponse.read()
        self.texte = html.unescape(octets.decode("utf-8", "replace"))
        return octets

    def remplir(self, **valeurs: str) -> None:
        """The form of the page that has these fields, sent with the rest as it stands."""
        for formulaire in re.findall(r"<form.*?</form>", self.texte, re.DOTALL):
            champs = {
                nom[1]: (re.search(r'value="([^"]*)"', balise) or ["", ""])[1]
                for balise in re.findall(r"<input[^>]*>", formulaire)
                if (nom := re.search(r'name="([^"]*)"', balise))
            }
            if valeurs.keys() <= champs.keys():
                action = re.search(r'action="([^"]*)"', formulaire.split(">")[0])
                self.aller(action[1] if action else self.adresse, {**champs, **valeurs})
                return
        sys.exit(
            f"{self.adresse} n’a pas de formulaire avec {', '.join(valeurs)}.\n{self.texte[:2000]}"
        )


def code(secret: str) -> str:
    """Of an application to codes (RFC 6238)."""
    cle = base64.b32decode(secret + "=" * (-len(secret) % 8))
    somme = hmac.new(cle, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    debut = somme[-1] & 15
    return f"{(struct.unpack('>I', somme[debut : debut + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def verifier(vrai: object, quoi: str) -> None:
    if not vrai:
        sys.exit(f"✗ {quoi}")
    dire(f"✓ {quoi}")


# --- The trial --------------------------------------------------------------------------------


def regarder_les_conteneurs(site: Installation) -> None:
    noms = site.compose("ps", "--all", "--quiet").split()
    for conteneur in json.loads(executer("docker", "inspect", *noms)):
        nom, hote = (
            conteneur["Config"]["Labels"]["com.docker.compose.service"],
            conteneur["HostConfig"],
        )
        verifier(
            hote["ReadonlyRootfs"]
            and hote["CapDrop"] == ["ALL"]
            and not hote["CapAdd"]
            and "no-new-privileges:true" in hote["SecurityOpt"]
            and hote["Memory"]
            and conteneur["Config"]["User"] not in {"", "root", "0"},
            f"{nom} : racine en lecture seule, aucune capacité, compte {conteneur['Config']['User']}, "
            f"{hote['Memory'] // 2**20} Mo au plus",
        )
        nus = [
            nom
            for nom, _, valeur in (mot.partition("=") for mot in conteneur["Config"]["Env"])
            if valeur
            and re.search(r"KEY$|CLE_|PASSWORD|SECRET|JETON|_URL", nom)
            and not nom.endswith("_FILE")
        ]
        verifier(not nus, f"{nom} : aucun secret dans l’environnement")
    etat = site.compose(
        "exec", "-T", "web", "sh", "-c", "id -un; touch /srv/quatuor/x; grep CapEff /proc/1/status"
    )
    verifier("Read-only file system" in etat, "web ne peut pas écrire dans son code")
    verifier("0000000000000000" in etat, "web n’a aucune capacité")


def entrer(site: Installation) -> Navigateur:
    """The first account, from the link of `installer` to a page that it alone may read."""
    dit = site.gerer(
        *("installer", "--adresse", EXPLOITANTE, "--prenom", "Odile", "--nom", "Ubald"),
        *("--essai", EXPLOITANTE),
        doit=False,
    )
    print(dit)
    lien = re.search(r"https://localhost\S+", dit)
    verifier(lien, "installer donne un lien")
    navigateur = Navigateur()
    navigateur.aller(lien[0])
    champs = re.findall(
        r'<input[^>]*type="password"[^>]*name="(\w+)"|<input[^>]*name="(\w+)"[^>]*type="password"',
        navigateur.texte,
    )
    navigateur.remplir(**{(a or b): MOT_DE_PASSE for a, b in champs})
    verifier(
        "second facteur" in navigateur.texte.lower(),
        "le mot de passe choisi, le second facteur est demandé",
    )
    return navigateur


def essayer(site: Installation) -> None:
    debut = time.monotonic()
    site.compose(
        "up", "--detach", "--no-build"
    )  # --wait takes the end of `migrations` for a failure
    site.attendre()
    dire(f"tout répond après {time.monotonic() - debut:.0f} s")
    print(site.compose("ps", "--all", "--format", "table {{.Service}}\t{{.Status}}"))
    regarder_les_conteneurs(site)
    verifier("no issues" in site.gerer("check", "--deploy"), "check --deploy n’a rien à dire")
    navigateur = entrer(site)
    essayer_le_reste(site, navigateur)


def essayer_le_reste(site: Installation, navigateur: Navigateur) -> None:
    neuf = Navigateur()
    neuf.aller("/comptes/connexion/")
    neuf.remplir(login=EXPLOITANTE, password=MOT_DE_PASSE)
    verifier(
        "/comptes/connexion/" not in neuf.adresse, f"une connexion par https mène à {neuf.adresse}"
    )
    verifier(neuf.aller("/aide/guide.pdf")[:5] == b"%PDF-", "un PDF, écrit par le conteneur")
    recus = urllib.request.urlopen(COURRIELS, timeout=5).read().decode()
    verifier("Ce courriel est arriv" in recus, "le courriel d’essai est dans la boîte")
    pret = site.compose("exec", "-T", "web", "python", "-c", PRET)
    verifier(
        '"base": "ok"' in pret and '"executeur": "ok"' in pret, f"/sante/pret : {pret.strip()}"
    )


PRET = (
    "import urllib.request as u; print(u.urlopen(u.Request('http://127.0.0.1:8000/sante/pret', "
    "headers={'Host': 'localhost'})).read().decode())"
)


def main(mots: list[str]) -> int:
    if mots == ["bases"]:
        faire_les_bases()
        return 0
    if mots:
        print(__doc__, file=sys.stderr)
        return 2
    faire_l_image()
    with tempfile.TemporaryDirectory(prefix="quatuor-essai-") as nom:
        site = Installation(Path(nom))
        try:
            essayer(site)
        finally:
            site.compose("down", "--volumes", "--remove-orphans", doit=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
