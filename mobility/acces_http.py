"""Gunicorn's access log: `gunicorn --logger-class=mobility.acces_http.Acces`."""

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]


class Acces(Logger):
    """A line a request: its number (second word), no query, which may hold a name, and no key."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> Any:
        # The addresses are known once Django is ready.
        from collectivites.communs.cles_de_liens import sans_les_cles

        atomes = super().atoms(resp, req, environ, request_time)
        chemin = sans_les_cles(environ.get("PATH_INFO", ""))
        ligne = f"{environ.get('REQUEST_METHOD')} {chemin} {environ.get('SERVER_PROTOCOL')}"
        numero = atomes.get("{x-request-id}o", "-")
        return atomes | {"r": ligne, "U": chemin, "q": "", "f": "-", "l": numero}
