"""The words that passwords are made of in France, written into the repository: who tries, tries them first.

    python scripts/mots_courants.py french_passwords_top20000.txt

From Richelieu (github.com/tarraschk/richelieu, commit 04c9b968 of 10 July 2019, CC BY 4.0): the passwords
most seen with « .fr » addresses in leaks that are public. What is kept is not the list but what it teaches:
the letters of the passwords, once digits and signs are gone, in the order of the alphabet.
"""

import re
import sys
import unicodedata
from pathlib import Path

SORTIE = (
    Path(__file__).parent.parent
    / "collectivites"
    / "comptes"
    / "mots_de_passe"
    / "mots_courants.txt"
)
ENTETE = """\
# Words that passwords are made of in France, without digits nor signs (scripts/mots_courants.py).
# After Richelieu, by Maxime Alay-Eddine and Paul Barbaste, github.com/tarraschk/richelieu, commit
# 04c9b968 (2019-07-10), CC BY 4.0 (creativecommons.org/licenses/by/4.0/): changed (letters alone, sorted).
"""
LETTRES_MIN = 5
#: Beyond, a word is rare: it would refuse what nobody tries.
RANG_MAX = 8000


def lettres(mot: str) -> str:
    sans = unicodedata.normalize("NFD", mot.lower())
    return re.sub(r"[^a-z]", "", sans)


def main(source: str) -> None:
    lignes = Path(source).read_text(encoding="utf-8", errors="replace").splitlines()
    mots = {lettres(ligne) for ligne in lignes[:RANG_MAX]}
    gardes = sorted(m for m in mots if len(m) >= LETTRES_MIN and len(set(m)) > 2)
    SORTIE.write_text(ENTETE + "\n".join(gardes) + "\n", encoding="utf-8")
    print(f"{SORTIE.name} : {len(gardes)} mots")


if __name__ == "__main__":
    main(*sys.argv[1:])
