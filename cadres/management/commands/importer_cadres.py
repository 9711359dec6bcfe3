"""The import of the DRH, from the command line: diagnosis by default, writes with --ecrire."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cadres.actions.imports import correspondance_memorisee
from cadres.ecriture import ecrire_diagnostic, fiches_existantes
from cadres.recensement import Diagnostic, FichierIllisible, diagnostiquer, lire
from collectivites.acteur import Acteur
from collectivites.models import Collectivite, Mandat
from collectivites.models.demarche import CodeCollectivite
from collectivites.roles import Role
from collectivites.typographie import compter

ILLISIBLE = 2


class Command(BaseCommand):
    help = "Diagnostique un tableur de cadres ; ne l’écrit qu’avec --ecrire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--collectivite", required=True, choices=CodeCollectivite.values)
        parser.add_argument("--demarche", default="", help="code, s’il y en a plusieurs")
        parser.add_argument("--ecrire", action="store_true", help="écrire dans le registre")
        parser.add_argument("--json", action="store_true", dest="en_json")
        parser.add_argument(
            "--motif-hors-public",
            default="",
            help="raison d’admettre les cadres B et C qui n’encadrent pas (sinon laissés de côté)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        collectivite = self._collectivite(options["collectivite"], options["demarche"])
        try:
            diagnostic = self._diagnostic(options["fichier"], collectivite)
        except (FichierIllisible, OSError) as erreur:
            self._illisible(erreur, options["en_json"])
        if options["ecrire"]:
            motif = options["motif_hors_public"]
            with transaction.atomic():
                ecrire_diagnostic(
                    acteur=self._acteur(collectivite),
                    collectivite=collectivite,
                    diagnostic=diagnostic,
                    motifs={ligne.ligne: motif for ligne in diagnostic.hors_public},
                )
        if options["en_json"]:
            self.stdout.write(json.dumps(diagnostic.resume_json(), ensure_ascii=False))
        else:
            self._dire(diagnostic, options["ecrire"])

    def _collectivite(self, code: str, demarche: str) -> Collectivite:
        trouvees = Collectivite.objects.select_related("demarche").filter(code=code)
        if demarche:
            trouvees = trouvees.filter(demarche__code=demarche)
        collectivites = list(trouvees[:2])
        if not collectivites:
            raise CommandError("Aucune collectivité de ce code dans cette installation.")
        if len(collectivites) > 1:
            raise CommandError("Plusieurs démarches ont cette collectivité : ajoutez --demarche.")
        return collectivites[0]

    def _diagnostic(self, fichier: Path, collectivite: Collectivite) -> Diagnostic:
        correspondance = correspondance_memorisee(collectivite) or None
        return diagnostiquer(
            lire(fichier.read_bytes(), fichier.name, correspondance=correspondance),
            existants=fiches_existantes(collectivite),
            correspondance=correspondance,
            domaine_courriel=collectivite.domaine_courriel or None,
        )

    def _acteur(self, collectivite: Collectivite) -> Acteur | None:
        """The journal names the DRH in office; without one, the line has no author."""
        mandat = (
            Mandat.objects.en_vigueur()
            .filter(collectivite=collectivite, role=Role.DRH)
            .select_related("utilisateur", "collectivite__demarche")
            .order_by("pk")
            .first()
        )
        return None if mandat is None else Acteur(mandat)

    def _illisible(self, erreur: Exception, en_json: bool) -> NoReturn:
        texte = (
            str(erreur)
            if isinstance(erreur, FichierIllisible)
            else "Le fichier ne peut pas être ouvert : vérifiez son chemin."
        )
        if en_json:
            self.stdout.write(json.dumps({"erreur": texte}, ensure_ascii=False))
        else:
            self.stderr.write(texte)
        sys.exit(ILLISIBLE)

    def _dire(self, diagnostic: Diagnostic, ecrit: bool) -> None:
        resume = diagnostic.resume_json()
        self.stdout.write(f"{diagnostic.nom_fichier} : {compter(diagnostic.nb_lignes, 'ligne')}")
        for cle, libelle in (
            ("nouveaux", "nouveaux cadres"),
            ("mis_a_jour", "fiches mises à jour"),
            ("inchanges", "inchangés"),
            ("hors_public", "hors public visé"),
        ):
            self.stdout.write(f"  {resume[cle]:>6}  {libelle}")
        self.stdout.write(f"  {diagnostic.nb_lignes_a_corriger:>6}  lignes à corriger")
        for anomalie in resume["a_corriger"]:
            self.stdout.write(
                f"          ligne {anomalie['ligne']}, {anomalie['colonne']} : "
                f"« {anomalie['valeur']} ». {anomalie['motif']}"
            )
        if resume["colonnes_ecartees"]:
            self.stdout.write(f"Colonnes non gardées : {', '.join(resume['colonnes_ecartees'])}")
        self.stdout.write("Écrit dans le registre." if ecrit else "Rien n’est écrit (--ecrire).")
