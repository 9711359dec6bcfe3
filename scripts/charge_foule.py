"""The people of `charge.py`: what each opens, at the pace of somebody who reads, and how long it took.

Standard library only. Nobody here speaks to another machine than this one.
"""

import contextlib
import http.client
import ipaddress
import math
import random
import re
import select
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

#: Seconds after which a browser's user would have given up.
DELAI = 30
LIEN = re.compile(r'href="([^"?#]+)')


@dataclass(frozen=True)
class Page:
    """An address; or `lien`, what a link of the page before looks like: it is followed, as a person would."""

    nom: str
    chemin: str = ""
    lien: str = ""


#: What each role opens in a day, in this order, then again from the beginning.
PARCOURS = {
    "cadre": (
        Page("accueil", "/"),
        Page("postes", "/opportunites/"),
        Page("un poste", lien=r"/opportunites/\d+/"),
        Page("mon parcours", "/mon-parcours/"),
        Page("mes données", "/mes-donnees/"),
        Page("formulaire : mes compétences", "/mes-donnees/competences/"),
    ),
    "drh": (
        Page("accueil", "/"),
        Page("registre", "/registre/"),
        Page("une fiche", lien=r"/registre/\d+/"),
        Page("formulaire : modifier la fiche", lien=r"/registre/\d+/modifier/"),
        Page("recherche", "/registre/?q=directeur"),
        Page("propositions", "/propositions/"),
    ),
    "gestionnaire": (
        Page("accueil", "/"),
        Page("registre", "/registre/?tri=-anciennete"),
        Page("une fiche", lien=r"/registre/\d+/"),
        Page("formulaire : recenser", "/registre/nouveau/"),
    ),
    "accompagnateur": (
        Page("accueil", "/"),
        Page("mes accompagnements", "/mes-accompagnements/"),
        Page("une personne", lien=r"/mes-accompagnements/\d+/"),
        Page("formulaire : rendez-vous", lien=r"/mes-accompagnements/\d+/rendez-vous/"),
    ),
    "dgs": (
        Page("accueil", "/"),
        Page("tableau de bord", "/pilotage/"),
        Page("propositions", "/propositions/"),
        Page("une proposition", lien=r"/propositions/\d+/"),
        Page("journal", "/journal/"),
    ),
}
#: Of a hundred people.
PARTS = {"cadre": 72, "drh": 8, "gestionnaire": 8, "accompagnateur": 8, "dgs": 4}
NUE = "vue nue de Django"


def foule(personnes: int) -> list[str]:
    """Their roles: the parts of a hundred, each role at least once, cadres for the rest."""
    roles = [
        role
        for role, part in PARTS.items()
        if role != "cadre"
        for _ in range(max(1, personnes * part // 100))
    ]
    return ["cadre"] * max(1, personnes - len(roles)) + roles


def centile(durees: Iterable[float], rang: int) -> float:
    """The smallest of these durations that `rang` per cent of them do not pass (nearest rank); NaN of none."""
    triees = sorted(durees)
    return triees[max(0, math.ceil(len(triees) * rang / 100) - 1)] if triees else math.nan


# --- One connection -----------------------------------------------------------------------------


class AutreMachine(ValueError):
    """A load is for one's own machine."""


def exiger_la_boucle_locale(hote: str) -> str:
    """This address, in figures, of this machine; AutreMachine for any other, and for any name."""
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(hote).is_loopback:
            return hote
    raise AutreMachine(f"{hote} : la charge ne vise que cette machine (127.0.0.1).")


class Liaison:
    """A kept-alive connection. The server may close it between two pages: it is opened again, as a browser
    does, and counted in `reouvertures`."""

    def __init__(self, port: int, temoin: str = "", hote: str = "127.0.0.1") -> None:
        self.http = http.client.HTTPConnection(exiger_la_boucle_locale(hote), port, timeout=DELAI)
        self.en_tetes = {"Cookie": temoin} if temoin else {}
        self.reouvertures = 0

    def demander(self, chemin: str) -> tuple[int, str]:
        """(status, text). OSError or HTTPException when the connection breaks."""
        prise = self.http.sock
        if prise is not None and select.select([prise], [], [], 0)[0]:
            self._fermer()
        deja_ouverte = self.http.sock is not None
        try:
            return self._une_fois(chemin)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.http.close()
            if not deja_ouverte:
                raise
            self.reouvertures += 1  # closed while the request was on its way
            return self._une_fois(chemin)
        except (OSError, http.client.HTTPException):
            self.http.close()
            raise

    def _une_fois(self, chemin: str) -> tuple[int, str]:
        self.http.request("GET", chemin, headers=self.en_tetes)
        reponse = self.http.getresponse()
        return reponse.status, reponse.read().decode("utf-8", "replace")

    def _fermer(self) -> None:
        self.http.close()
        self.reouvertures += 1


# --- What they did ------------------------------------------------------------------------------


@dataclass
class Releve:
    """Durations in seconds, errors in words, by (role, page). Shared by the threads."""

    durees: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    erreurs: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    reouvertures: int = 0
    verrou: threading.Lock = field(default_factory=threading.Lock)

    def noter(self, cle: tuple[str, str], duree: float, erreur: str = "") -> None:
        with self.verrou:
            self.durees.setdefault(cle, []).append(duree)
            if erreur:
                self.erreurs.setdefault(cle, []).append(erreur)

    def toutes(self) -> list[float]:
        return [duree for durees in self.durees.values() for duree in durees]

    @property
    def nombre_d_erreurs(self) -> int:
        return sum(map(len, self.erreurs.values()))


@dataclass
class Bornes:
    """So many requests at most, until such an instant (`time.monotonic`), unless told to stop."""

    requetes: int
    fin: float
    arret: threading.Event
    verrou: threading.Lock = field(default_factory=threading.Lock)

    def encore(self) -> bool:
        """Takes one request of what remains."""
        with self.verrou:
            if self.arret.is_set() or time.monotonic() >= self.fin or self.requetes <= 0:
                return False
            self.requetes -= 1
            return True

    def penser(self, pause: float) -> None:
        self.arret.wait(max(0, min(pause, self.fin - time.monotonic())))


def ouvrir(liaison: Liaison, cle: tuple[str, str], chemin: str, releve: Releve) -> str:
    """The text of this page, noted; empty when it was refused or broken."""
    debut, texte, erreur = time.perf_counter(), "", ""
    try:
        statut, texte = liaison.demander(chemin)
        if statut != 200:  # a redirection as well: each of these pages is its person's own
            texte, erreur = "", f"{statut} à {chemin}"
    except (OSError, http.client.HTTPException) as rupture:
        erreur = f"{type(rupture).__name__} à {chemin}"
    releve.noter(cle, time.perf_counter() - debut, erreur)
    return texte


def pages_de(role: str, hasard: random.Random) -> Iterator[tuple[Page, list[str]]]:
    """Its pages for ever, from a place of its own among them; with the list that its caller fills by the
    links of what it has read."""
    pages, liens = PARCOURS[role], []
    depart = hasard.choice([rang for rang, page in enumerate(pages) if page.chemin])
    while True:
        for page in pages[depart:]:
            yield page, liens
        depart = 0


def vivre(role: str, liaison: Liaison, bornes: Bornes, releve: Releve, pause: float) -> None:
    """One person, until the bounds. `pause`: mean seconds before each page."""
    hasard = random.Random(f"{role} {liaison.en_tetes}")  # noqa: S311
    bornes.penser(hasard.uniform(0, pause))
    for page, liens in pages_de(role, hasard):
        chemin = page.chemin
        if page.lien:
            suivis = sorted({lien for lien in liens if re.fullmatch(page.lien, lien)})
            if not suivis:
                continue  # this person's list is empty, or the act is not open to them
            chemin = hasard.choice(suivis)
        if not bornes.encore():
            break
        liens[:] = LIEN.findall(ouvrir(liaison, (role, page.nom), chemin, releve))
        bornes.penser(hasard.uniform(0.5, 1.5) * pause)
    with releve.verrou:
        releve.reouvertures += liaison.reouvertures
    liaison.http.close()


def vivre_sur_la_vue_nue(liaison: Liaison, bornes: Bornes, releve: Releve, pause: float) -> None:
    hasard = random.Random(id(liaison))  # noqa: S311
    bornes.penser(hasard.uniform(0, pause))
    while bornes.encore():
        ouvrir(liaison, ("", NUE), "/", releve)
        bornes.penser(hasard.uniform(0.5, 1.5) * pause)
    with releve.verrou:
        releve.reouvertures += liaison.reouvertures
    liaison.http.close()


# --- The table ----------------------------------------------------------------------------------


def tableau(notre: Releve, nue: Releve) -> list[str]:
    """Markdown: each page of each role, its p50 and p95 in times those of the bare view."""
    plancher = nue.toutes()
    p50, p95 = centile(plancher, 50), centile(plancher, 95)
    lignes = [
        "| qui, quelle page | requêtes | erreurs | p50 × | p95 × |",
        "| --- | --- | --- | --- | --- |",
        f"| {NUE} ({p50 * 1000:.1f} et {p95 * 1000:.1f} ms) | {len(plancher)} | {nue.nombre_d_erreurs} | 1 | 1 |",
    ]

    def ligne(nom: str, durees: list[float], erreurs: int) -> str:
        rapports = (centile(durees, 50) / p50, centile(durees, 95) / p95) if durees else ()
        chiffres = " | ".join(f"{rapport:.1f}" for rapport in rapports) or "— | —"
        return f"| {nom} | {len(durees)} | {erreurs} | {chiffres} |"

    for role, pages in PARCOURS.items():
        for page in pages:
            cle = (role, page.nom)
            erreurs = len(notre.erreurs.get(cle, []))
            lignes.append(ligne(f"{role}, {page.nom}", notre.durees.get(cle, []), erreurs))
    lignes.append(ligne("**ensemble**", notre.toutes(), notre.nombre_d_erreurs))
    return lignes
