import pytest


@pytest.fixture(autouse=True)
def _seul(monkeypatch):
    from cadres import sections

    for liste in (sections.PROCHAINES_ETAPES, sections.SECTIONS, sections.DONNEES):
        monkeypatch.setattr(sections, "x", None, raising=False)
        avant = list(liste)
        liste.clear()
    yield
