"""A mailbox of the tests, read by IMAP: a real socket, and the few commands that we use (RFC 9051)."""

import email
import re
import socketserver
import threading
from contextlib import contextmanager


class Boite(socketserver.ThreadingTCPServer):
    """`lettres`: number → bytes; `lues`: those marked as read. `humeur`: « repond », « refuse » (the password),
    « coupe » (in the middle)."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Echange)
        self.lettres, self.lues, self.humeur, self.demandees = {}, set(), "repond", []

    def deposer(self, octets):
        self.lettres[len(self.lettres) + 1] = octets

    @property
    def reglages(self):
        return {
            "hote": "127.0.0.1",
            "port": self.server_address[1],
            "utilisateur": "agenda@essais.example",
            "mot_de_passe": "secret-d-essai",
            "dossier": "INBOX",
            "tls": False,
        }

    def handle_error(self, request, client_address):
        """The other side went: what the tests do."""


class _Echange(socketserver.StreamRequestHandler):
    server: Boite

    def dire(self, octets):
        self.wfile.write(octets + b"\r\n")

    def handle(self):
        self.dire(b"* OK essais")
        while ligne := self.rfile.readline().strip():
            cle, _, suite = ligne.decode().partition(" ")
            verbe = suite.upper()
            if verbe.startswith("LOGIN"):
                if nombre := re.search(r"\{(\d+)\}$", suite):  # a literal
                    self.dire(b"+ OK")
                    self.rfile.read(int(nombre[1]))
                    self.rfile.readline()
                if self.server.humeur == "refuse":
                    self.dire(f"{cle} NO [AUTHENTICATIONFAILED] non".encode())
                    continue
            elif verbe == "CAPABILITY":
                self.dire(b"* CAPABILITY IMAP4rev1")
            elif verbe.startswith("SELECT"):
                self.dire(f"* {len(self.server.lettres)} EXISTS".encode())
            elif verbe.startswith("UID SEARCH"):
                if self.server.humeur == "coupe":
                    return
                nouvelles = sorted(set(self.server.lettres) - self.server.lues)
                self.dire(" ".join(["* SEARCH", *map(str, nouvelles)]).encode())
            elif verbe.startswith("UID FETCH"):
                self.rendre(suite.split()[2], entiere="BODY.PEEK" in verbe)
            elif verbe.startswith("UID STORE"):
                self.server.lues.add(int(suite.split()[2]))
            elif verbe.startswith("LOGOUT"):
                self.dire(b"* BYE")
            self.dire(f"{cle} OK fait".encode())

    def rendre(self, numeros, *, entiere):
        for numero in map(int, numeros.split(",")):
            octets = self.server.lettres[numero]
            if entiere:
                self.server.demandees.append(numero)
                entete = f"* {numero} FETCH (UID {numero} BODY[] {{{len(octets)}}}\r\n"
                self.wfile.write(entete.encode() + octets)
                self.dire(b")")
                continue
            genres = [
                p.get_content_type().split("/") for p in email.message_from_bytes(octets).walk()
            ]
            structure = "".join(f'("{a}" "{b}" NIL)' for a, b in genres).upper()
            self.dire(
                f"* {numero} FETCH (UID {numero} RFC822.SIZE {len(octets)} "
                f"BODYSTRUCTURE ({structure}))".encode()
            )


@contextmanager
def boite():
    serveur = Boite()
    fil = threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True)
    fil.start()
    try:
        yield serveur
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join(5)
