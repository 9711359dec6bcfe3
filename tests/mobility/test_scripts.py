"""In production a script is served under a name that changes with what it holds."""

import re
from pathlib import Path

from django.conf import settings


def test_no_script_names_another_one():
    """Its page gives the name: a name written in a script would be another copy, of another day."""
    scripts = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
    liens = [
        (script.name, lien)
        for script in scripts
        for lien in re.findall(
            r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)""", script.read_text("utf-8")
        )
    ]

    assert scripts
    assert not liens
