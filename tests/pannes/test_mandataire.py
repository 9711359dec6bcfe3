"""The proxy of docs/exemples, a real nginx, in front of a server that counts what reaches it."""

from __future__ import annotations

import contextlib
import getpass
import http.client
import socket
import ssl
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
import services
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

pytestmark = pytest.mark.lourd

EXEMPLE = Path(settings.BASE_DIR) / "docs" / "exemples" / "mandataire.conf"
MO = 1024 * 1024


def certifier(dossier):
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    hier = datetime.now(UTC) - timedelta(days=1)
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(hier)
        .not_valid_after(hier + timedelta(days=9))
        .sign(cle, hashes.SHA256())
    )
    (dossier / "site.pem").write_bytes(certificat.public_bytes(serialization.Encoding.PEM))
    (dossier / "site.cle").write_bytes(
        cle.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


@contextlib.contextmanager
def un_serveur():
    """What a request looks like once it is here."""
    recues = []

    class Repond(BaseHTTPRequestHandler):
        def do_GET(self):
            recues.append((self.path, dict(self.headers)))
            longueur = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(longueur)
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_POST = do_GET

        def log_message(self, *_):
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Repond)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield serveur.server_port, recues
    serveur.shutdown()
    serveur.server_close()
    fil.join()


@pytest.fixture(scope="module")
def mandataire(tmp_path_factory):
    """The file of docs/exemples, its ports and folders those of this machine."""
    dossier = tmp_path_factory.mktemp("nginx")
    certifier(dossier)
    clair, chiffre = services.port_libre(), services.port_libre()
    with un_serveur() as (port, recues):
        texte = EXEMPLE.read_text()
        for avant, apres in {
            "QUATUOR_WEB": f"127.0.0.1:{port}",
            "QUATUOR_HOTE": "localhost",
            "listen 80;": f"listen 127.0.0.1:{clair};",
            "listen 443 ": f"listen 127.0.0.1:{chiffre} ",
            "/etc/nginx/certificats": str(dossier),
            "/var/log/nginx": str(dossier),
        }.items():
            assert avant in texte
            texte = texte.replace(avant, apres)
        (dossier / "nginx.conf").write_text(
            f"user {getpass.getuser()}; pid {dossier}/pid; error_log {dossier}/erreurs.log; daemon off; worker_processes 1;\n"
            f"events {{}}\nhttp {{ client_body_temp_path {dossier}/corps; "
            f"proxy_temp_path {dossier}/relais; fastcgi_temp_path {dossier}/f; "
            f"uwsgi_temp_path {dossier}/u; scgi_temp_path {dossier}/s;\n{texte}\n}}\n"
        )
        dossier.chmod(0o755)
        processus = subprocess.Popen(
            [services.nginx(), "-p", dossier, "-c", dossier / "nginx.conf"],
            stderr=subprocess.DEVNULL,
        )
        try:
            services.attendre_le_port(chiffre)
            yield SimpleNamespace(clair=clair, chiffre=chiffre, recues=recues, dossier=dossier)
        finally:
            processus.terminate()
            processus.wait()


def _confiant():
    contexte = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    contexte.check_hostname, contexte.verify_mode = False, ssl.CERT_NONE
    return contexte


def demander(mandataire, methode="GET", chemin="/", corps=None, **en_tetes):
    liaison = http.client.HTTPSConnection(
        "127.0.0.1", mandataire.chiffre, timeout=10, context=_confiant()
    )
    with contextlib.closing(liaison):
        noms = {cle.replace("_", "-"): valeur for cle, valeur in en_tetes.items()}
        liaison.request(methode, chemin, corps, {"Host": "localhost", **noms})
        reponse = liaison.getresponse()
        return reponse.status, reponse.read()


def test_sixty_slow_senders_hold_no_server_and_nobody_waits_for_them(mandataire):
    lents = []
    for _ in range(60):
        prise = _confiant().wrap_socket(socket.create_connection(("127.0.0.1", mandataire.chiffre)))
        prise.sendall(
            b"POST /lent/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nune"
        )
        lents.append(prise)
    avant = time.monotonic()

    assert demander(mandataire, chemin="/vite/") == (200, b"ok")

    assert time.monotonic() - avant < 5
    assert not [chemin for chemin, _ in mandataire.recues if chemin == "/lent/"]
    for prise in lents:
        prise.close()


@pytest.mark.parametrize(("taille", "statut"), [(25 * MO, 200), (27 * MO, 413)])
def test_a_body_is_bounded_before_it_reaches_a_server(mandataire, taille, statut):
    mandataire.recues.clear()
    with contextlib.suppress(OSError):  # refused before it is all sent
        assert demander(mandataire, "POST", "/liste/", b"x" * taille)[0] == statut

    assert bool(mandataire.recues) is (statut == 200)


def test_what_a_visitor_says_of_their_address_is_not_believed(mandataire):
    mandataire.recues.clear()
    demander(
        mandataire,
        X_Forwarded_For="10.0.0.1, 10.0.0.2",
        X_Forwarded_Proto="http",
        X_Request_ID="celui-du-visiteur",
    )

    ((_, en_tetes),) = mandataire.recues
    assert en_tetes["X-Forwarded-For"] == "127.0.0.1"
    assert en_tetes["X-Forwarded-Proto"] == "https"
    assert en_tetes["X-Request-ID"] != "celui-du-visiteur"


def test_plain_http_goes_to_https(mandataire):
    liaison = http.client.HTTPConnection("127.0.0.1", mandataire.clair, timeout=10)
    with contextlib.closing(liaison):
        liaison.request("GET", "/registre/", headers={"Host": "localhost"})
        reponse = liaison.getresponse()

    assert reponse.status == 301
    assert reponse.headers["Location"] == "https://localhost/registre/"


def test_its_log_keeps_neither_a_search_nor_a_key(mandataire):
    demander(mandataire, chemin="/registre/?q=Pasquier")

    journal = (mandataire.dossier / "quatuor.log").read_text()
    assert "GET /registre/" in journal
    assert "Pasquier" not in journal


def test_figures_are_not_for_the_outside(mandataire):
    assert demander(mandataire, chemin="/sante/mesures")[0] == 404
