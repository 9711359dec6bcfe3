"""Templates are indented for whoever reads them; browsers are sent no indentation."""

import re

from django.template import Origin
from django.template.loaders import filesystem

#: Not \s, which would take the no-break spaces of French.
FIN_DE_LIGNE = re.compile(r"[ \t]*\n[ \t\n]*")


class SansRetrait(filesystem.Loader):
    """Each end of line, with the indentation that follows, is one space.

    Two fifths of the registre would be indentation; and a sentence cut over two lines reads, in
    the page as in a test, as it was typed. In debug, lines keep their numbers.
    """

    def get_contents(self, origin: Origin) -> str:
        texte = super().get_contents(origin)
        if self.engine.debug or not origin.name.endswith(".html"):
            return texte
        return FIN_DE_LIGNE.sub(" ", texte)
