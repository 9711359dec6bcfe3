"""A real Chromium, and people who are already logged in.

One browser a session, one context a person. `make test PARTIE=navigateur` runs these tests on a
SQLite file: a live server answers from several threads, and they need a database of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.acces.scene import Scene, monter
from tests.navigateur.visite import Temoin

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Options of `ouvrir` for somebody who holds a telephone.
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DELAI = 30_000  # milliseconds before an element that does not come is a failure


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands in this folder is marked `navigateur`, and commits for real."""
    for item in items:
        if "tests/navigateur/" in item.nodeid.replace("\\", "/"):
            item.add_marker(pytest.mark.navigateur)
            item.add_marker(pytest.mark.django_db(transaction=True))
    # The longest of all begins: at the end, the other browsers would wait for it.
    items.sort(key=lambda item: "test_voyage.py" not in item.nodeid)


def _executable() -> str | None:
    return os.environ.get("QUATUOR_CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM)), None
    )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the session; skipped, with its reason, when there is none."""
    executable = _executable()
    if executable is None:
        pytest.skip("needs Chromium: `make test` brings it")
    # Playwright's loop lives in this thread; Django would take our code for asynchronous.
    avant = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        yield navigateur
        navigateur.close()
    if avant is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def gros_texte(chromium: Browser) -> Iterator[Browser]:
    """The same browser, set to text twice as large."""
    navigateur = chromium.browser_type.launch(
        executable_path=_executable(), args=[*OPTIONS, "--blink-settings=defaultFontSize=32"]
    )
    yield navigateur
    navigateur.close()


@pytest.fixture(scope="session", autouse=True)
def _statiques_gardes() -> Iterator[None]:
    """A browser keeps the style sheets and the scripts from one page to the next, as in production."""

    def servir(self: Any, request: Any, origine: Any = StaticFilesHandlerMixin.serve) -> Any:
        reponse = origine(self, request)
        reponse["Cache-Control"] = "max-age=3600"
        return reponse

    with pytest.MonkeyPatch.context() as change:
        change.setattr(StaticFilesHandlerMixin, "serve", servir)
        yield


@pytest.fixture
def _site(live_server: Any, settings: Any) -> str:
    """The address of the live server; the links of mails lead there."""
    settings.QUATUOR_SITE = live_server.url
    return str(live_server.url)


@pytest.fixture
def ouvrir(chromium: Browser, _site: str, client_de: Any) -> Iterator[Callable[..., Page]]:
    """`ouvrir(acteur)`: a page of that person, logged in by their session cookie.

    `page.temoin` (see `Temoin`) remembers what the page should not have said or asked for.
    """
    contextes: list[BrowserContext] = []

    def faire(qui: Any = None, navigateur: Browser = chromium, **options: Any) -> Page:
        contexte = navigateur.new_context(
            **{
                "base_url": _site,
                "locale": "fr-FR",
                "timezone_id": "Europe/Paris",
                "viewport": {"width": 1440, "height": 900},
                "reduced_motion": "reduce",
                **options,
            }
        )
        contextes.append(contexte)
        contexte.set_default_timeout(DELAI)
        if qui is not None:
            session = client_de(qui).cookies[settings.SESSION_COOKIE_NAME].value
            contexte.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": _site}]
            )
        page = contexte.new_page()
        page.temoin = Temoin(page, _site)  # type: ignore[attr-defined]
        return page

    yield faire
    for contexte in contextes:
        # What a page still asks for would be answered while the database is emptied.
        for page in contexte.pages:
            with suppress(Error):
                page.wait_for_load_state("networkidle", timeout=5_000)
        contexte.close()


@pytest.fixture
def scene(troupe: Any) -> Scene:
    """The objects of the matrix: every page has something to show."""
    return monter(troupe)
