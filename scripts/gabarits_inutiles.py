"""Templates that nothing refers to, by their name in quotes, in the code or in other templates."""

import re
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
APPLICATIONS = ["collectivites", "cadres", "parcours", "opportunites", "pilotage", "mobility"]

# Looked up by Django and allauth themselves, under names that we do not write.
PAR_CONVENTION = re.compile(
    r"^erreurs/(400|403|403_csrf|404|405|429|500|503)\.html$"
    r"|^(account|allauth|admin|django|mfa|registration|socialaccount|usersessions)/"
)
NOM = re.compile(r"""["']([\w./-]+\.(?:html|txt|svg|css|xml|ics))["']""")
# f"courriels/{gabarit}.txt": a template of that folder is used when what stands for the braces is
# written somewhere, in quotes ("cadres/retenu").
PREFIXE = re.compile(r"""f["']([\w./-]+/[\w.-]*)\{""")
RESTE = re.compile(r"""["'](\w+(?:/\w+)*)["']""")


def main() -> int:
    dossiers = [RACINE / "templates", *(RACINE / nom / "templates" for nom in APPLICATIONS)]
    gabarits = {
        fichier.relative_to(dossier).as_posix(): fichier
        for dossier in dossiers
        for fichier in dossier.rglob("*")
        if fichier.is_file()
    }
    code = [f for nom in APPLICATIONS for f in (RACINE / nom).rglob("*.py")]
    cites, prefixes, restes = set(), set(), set()
    for fichier in [*code, *gabarits.values()]:
        texte = fichier.read_text(encoding="utf-8")
        noms = set(NOM.findall(texte))
        propre = fichier.suffix != ".py" and next(n for n, f in gabarits.items() if f == fichier)
        cites |= noms - {propre}
        prefixes |= set(PREFIXE.findall(texte))
        restes |= set(RESTE.findall(texte))
    inutiles = [
        nom
        for nom, fichier in sorted(gabarits.items())
        if nom not in cites
        and not PAR_CONVENTION.match(nom)
        and not any(
            nom.startswith(prefixe)
            and nom.removeprefix(prefixe).removesuffix(fichier.suffix) in restes
            for prefixe in prefixes
        )
    ]
    for nom in inutiles:
        print(f"templates/{nom} : aucune référence")
    return 1 if inutiles else 0


if __name__ == "__main__":
    sys.exit(main())
