"""The visitor of the pages sees what it is there to see."""

from tests.navigateur.visite import visiter

MAUVAISE_PAGE = """<!doctype html><html><head><title>· Quatuor</title>
<style>p { color: #bbb; background: #fff }</style>
<script>console.error("un script en ligne")</script></head>
<body><h1>Un</h1><h1>Deux</h1><p>Trop pâle pour être lu.</p>
<img src="/static/icones/quatuor.svg" width="900"><img src="https://ailleurs.example/x.png">
<input></body></html>"""
POLITIQUE = "default-src 'self'; img-src *; style-src 'unsafe-inline'"


FAUTES = (
    "2 h1",
    "no lang=fr",
    "title « · Quatuor »",
    "no skip link",
    "axe, light: image-alt",
    "axe, light: label",
    "axe, light: color-contrast",
    "axe, dark: color-contrast",
    "at 320 px: ",
    "at 390 px: ",
    "console: CSP script-src",
    "request to elsewhere: https://ailleurs.example/x.png",
)


def test_each_fault_is_seen(ouvrir):
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

    _, vues = visiter(page, "/mauvaise/")

    assert [f for f in FAUTES if not any(v.startswith(f) for v in vues)] == [], vues
