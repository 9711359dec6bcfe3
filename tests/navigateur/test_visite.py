"""The visitor of the pages sees what it is there to see."""

import pytest

from tests.navigateur.visite import visiter

MAUVAISE_PAGE = """<!doctype html><html><head><title>· Quatuor</title>
<style>p { color: #bbb; background: #fff }</style>
<script>console.error("un script en ligne")</script></head>
<body><h1>Un</h1><h1>Deux</h1><p>Trop pâle pour être lu.</p>
<img src="/static/icones/quatuor.svg" width="900"><img src="https://ailleurs.example/x.png">
<input></body></html>"""
POLITIQUE = "default-src 'self'; img-src *; style-src 'unsafe-inline'"


@pytest.fixture
def fautes(ouvrir, db):
    page = ouvrir()
    page.route(
        "**/mauvaise/",
        lambda route: route.fulfill(
            body=MAUVAISE_PAGE,
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": POLITIQUE,
            },
        ),
    )
    page.route("https://ailleurs.example/**", lambda route: route.abort())
    _, fautes = visiter(page, "/mauvaise/")
    return fautes


@pytest.mark.parametrize(
    "faute",
    [
        "2 h1",
        "no lang=fr",
        "title « · Quatuor »",
        "no skip link",
        "axe, light: image-alt",
        "axe, light: label",
        "axe, dark: color-contrast",
        "at 320 px: ",
        "at 390 px: ",
        "console: CSP script-src",
        "request to elsewhere: https://ailleurs.example/x.png",
    ],
)
def test_a_fault_is_seen(fautes, faute):
    assert [f for f in fautes if f.startswith(faute)], fautes
