"""A mail server of the tests, on this machine: a real socket, and the moods that a real one has."""

import email
import socketserver
import threading
from contextlib import contextmanager


class Facteur(socketserver.ThreadingTCPServer):
    """`humeur`: « prend » ; « muet », no greeting; « se fige », after the text; « rompt_avant », the line is cut
    before its yes; « rompt_apres », after it; « occupe », 451 to everybody. `refusees`: addresses answered 550.
    `recus`: (recipient, Message-ID), as they were taken; `numeros`: of the
    request, by recipient."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Echange)
        self.humeur = "prend"
        self.refusees = set()
        self.recus = []
        self.numeros = {}
        self.appels = 0
        self.avant_de_dire_oui = None
        self.relache = threading.Event()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """The other side went: what the tests do."""


class _Echange(socketserver.StreamRequestHandler):
    server: Facteur

    def dire(self, ligne):
        self.wfile.write(f"{ligne}\r\n".encode())

    def handle(self):
        facteur, vers = self.server, []
        facteur.appels += 1
        if facteur.humeur == "muet":
            facteur.relache.wait(60)
            return
        self.dire("220 essais")
        while ligne := self.rfile.readline().decode().strip():
            verbe = ligne.partition(" ")[0].upper()
            if verbe == "QUIT":
                self.dire("221 au revoir")
                return
            if verbe == "RCPT":
                adresse = ligne.partition("<")[2].partition(">")[0]
                if facteur.humeur == "occupe":
                    self.dire("451 revenez plus tard")
                elif adresse in facteur.refusees:
                    self.dire("550 inconnue")
                else:
                    vers.append(adresse)
                    self.dire("250 bien")
            elif verbe == "DATA":
                self.dire("354 dites")
                if not self._texte(vers):
                    return
            else:
                self.dire("250 bien")

    def _texte(self, vers):
        """Read it, answer; whether the line is still open."""
        facteur, lignes = self.server, []
        while (ligne := self.rfile.readline()) != b".\r\n":
            lignes.append(ligne)
        if facteur.humeur == "se fige":
            facteur.relache.wait(60)
            return False
        if facteur.humeur == "rompt_avant":
            return False
        lettre = email.message_from_bytes(b"".join(lignes))
        facteur.recus += [(adresse, lettre["Message-ID"]) for adresse in vers]
        facteur.numeros |= dict.fromkeys(vers, lettre["X-Request-ID"])
        if facteur.avant_de_dire_oui:
            facteur.avant_de_dire_oui()
        self.dire("250 pris")
        return facteur.humeur != "rompt_apres"


@contextmanager
def facteur(port=0):
    with Facteur(port) as serveur:
        fil = threading.Thread(target=serveur.serve_forever, args=(0.05,), daemon=True)
        fil.start()
        try:
            yield serveur
        finally:
            serveur.relache.set()
            serveur.shutdown()
            fil.join()
