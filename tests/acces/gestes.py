"""What a page offers to do: its links and its forms, as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

#: Attributes that ask for an address: a link, or what htmx fetches by itself.
DEMANDES = ("href", "hx-get")


@dataclass
class Formulaire:
    methode: str
    adresse: str
    champs: dict[str, list[str]] = field(default_factory=dict)
    pousse: bool = field(default=False, compare=False)


class Gestes(HTMLParser):
    """`liens`: addresses of the site, whole; `formulaires`: with what they hold when nobody touches
    them, and their first button."""

    def __init__(self, page: str, html: str) -> None:
        super().__init__()
        self.page = page
        self.liens: list[str] = []
        self.formulaires: list[Formulaire] = []
        self._par_id: dict[str, Formulaire] = {}
        self._ouvert: Formulaire | None = None
        self._liste: tuple[str, Formulaire] | None = None
        self._texte: tuple[str, Formulaire] | None = None
        self._option = False
        #: What stands outside its form, maybe before it.
        self._dehors: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        for tag, attributs in self._dehors:
            if formulaire := self._par_id.get(attributs["form"]):
                self._champ(tag, attributs, formulaire)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {nom: valeur or "" for nom, valeur in attrs}
        if tag in {"a", "div", "section", "button", "form", "input", "select"}:
            self._liens(tag, a)
        if tag == "form":
            methode = a.get("method", "get").lower()
            self._ouvert = Formulaire(methode, urljoin(self.page, a.get("action") or self.page))
            self.formulaires.append(self._ouvert)
            self._par_id[a.get("id", "")] = self._ouvert
        elif "disabled" in a:
            return
        elif "form" in a:
            self._dehors.append((tag, a))
        elif self._ouvert is not None:
            self._champ(tag, a, self._ouvert)

    def _liens(self, tag: str, a: dict[str, str]) -> None:
        for nom in DEMANDES:
            if nom == "href" and tag != "a":
                continue
            cible = a.get(nom, "").partition("#")[0]
            if cible and not urlsplit(cible).scheme and not urlsplit(cible).netloc:
                self.liens.append(urljoin(self.page, cible))

    def _champ(self, tag: str, a: dict[str, str], form: Formulaire) -> None:
        nom, genre = a.get("name", ""), a.get("type", "")
        if tag == "button" and genre in {"", "submit"} and not form.pousse:
            form.pousse = True
            form.adresse = urljoin(self.page, a.get("formaction") or form.adresse)
            if nom:
                form.champs.setdefault(nom, []).append(a.get("value", ""))
        elif tag == "input" and nom and genre not in {"file", "submit"}:
            if genre not in {"checkbox", "radio"} or "checked" in a:
                form.champs.setdefault(nom, []).append(
                    a.get("value", "on" if genre == "checkbox" else "")
                )
        elif tag == "select" and nom:
            self._liste, self._option = (nom, form), False
        elif tag == "option" and self._liste and (not self._option or "selected" in a):
            self._option = True
            self._liste[1].champs[self._liste[0]] = [a.get("value", "")]
        elif tag == "textarea" and nom:
            self._texte = (nom, form)

    def handle_data(self, data: str) -> None:
        if self._texte:
            self._texte[1].champs[self._texte[0]] = [data]
            self._texte = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._ouvert = None
        elif tag == "select":
            self._liste = None
        elif tag == "textarea":
            self._texte = None
