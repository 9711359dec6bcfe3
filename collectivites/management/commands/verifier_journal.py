"""Verifies the chain of the journal of each démarche, and compares one with a paper."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from collectivites.chaine.maillons import chainer
from collectivites.chaine.verification import Empreinte, Verdict, lire, verifier
from collectivites.communs.typographie import compter
from collectivites.models import Demarche

ILLISIBLE = (
    "« --contre » se lit « tête compte date », comme l’imprime le document : "
    "a1b2-c3d4-e5f6-a7b8 1234 30/11/2026."
)


class Command(BaseCommand):
    help = (
        "Reads the journal of each démarche again, line after line: a line changed, torn out or "
        "backdated is told, and the command fails. --contre compares with what a note or a monthly "
        "mail prints, which alone shows that the end was cut."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contre", metavar="« tête compte date »", default="")
        parser.add_argument(
            "--demarche", type=int, help="clé de la démarche, s’il y en a plusieurs"
        )

    def handle(self, *args: Any, contre: str, demarche: int | None, **options: Any) -> None:
        papier = lire(contre) if contre else None
        if contre and papier is None:
            raise CommandError(ILLISIBLE, returncode=2)
        demarches = list(Demarche.objects.order_by("pk"))
        if demarche is not None:
            demarches = [d for d in demarches if d.pk == demarche]
            if not demarches:
                raise CommandError(f"Aucune démarche ne porte la clé {demarche}.", returncode=2)
        if papier is not None and len(demarches) > 1:
            raise CommandError(
                "Il y a plusieurs démarches : dites de laquelle vient le document, par --demarche "
                f"({', '.join(f'{d.pk} : {d.nom}' for d in demarches)}).",
                returncode=2,
            )
        tenus = [self._verifier(d, papier) for d in demarches]
        if not all(tenus):
            raise CommandError("Le journal ne se vérifie pas.", returncode=1)

    def _verifier(self, demarche: Demarche, papier: Empreinte | None) -> bool:
        chainer(demarche.pk)
        verdict: Verdict = verifier(demarche, papier)
        for constat in (*verdict.ruptures, *verdict.dates):
            self.stderr.write(f"{demarche.nom} : {constat}")
        if verdict.tient:
            suite = ", et suit le document" if papier else ""
            self.stdout.write(
                f"{demarche.nom} : {compter(verdict.compte, 'ligne')}, tête "
                f"{verdict.tete or '(aucune)'}. Le journal se vérifie{suite}."
            )
        return verdict.tient
