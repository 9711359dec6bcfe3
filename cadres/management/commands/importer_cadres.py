"""The import of the DRH, from the command line: diagnosis by default, writes with --ecrire."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import IntegrityError, transaction

from cadres.imports.actions import correspondance_memorisee
from cadres.imports.ecriture import ecrire_diagnostic
from cadres.imports.existants import fiches_existantes
from cadres.imports.lecture import contexte_de, noms_des_employeurs
from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.resultat import Diagnostic
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.garanties.integrite import traduire
from collectivites.models import Collectivite, Mandat
from collectivites.mots import CodeCollectivite, Role
from collectivites.refus import ActionImpossible

#: Not a list, or not this collectivité’s: the exit code.
REFUSE = 2


class Command(BaseCommand):
    help = "Diagnostique un tableur de cadres ; ne l’écrit qu’avec --ecrire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--collectivite", required=True, help=" ".join(CodeCollectivite.values))
        parser.add_argument("--demarche", default="", help="code, s’il y en a plusieurs")
        parser.add_argument("--ecrire", action="store_true", help="écrire dans le registre")
        parser.add_argument("--json", action="store_true", dest="en_json")
        parser.add_argument(
            "--motif-hors-public",
            default="",
            help="raison d’admettre les cadres B et C qui n’encadrent pas (sinon laissés de côté)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for flux in (self.stdout, self.stderr):
            brut: Any = getattr(flux, "_out", None)
            if hasattr(brut, "reconfigure"):
                brut.reconfigure(errors="replace")  # a terminal without accents
        try:
            collectivite = self._collectivite(options["collectivite"], options["demarche"])
            diagnostic = self._diagnostic(options["fichier"], collectivite)
            if options["ecrire"]:
                self._ecrire(collectivite, diagnostic, options["motif_hors_public"])
        except (FichierIllisible, ActionImpossible) as refus:
            self._refuser(str(refus), options["en_json"])
        except OSError:
            self._refuser(
                "Le fichier ne peut pas être ouvert : vérifiez son chemin.", options["en_json"]
            )
        except IntegrityError as violation:
            self._refuser(traduire(violation), options["en_json"])
        if options["en_json"]:
            self._dire_json(diagnostic.resume_json())
        else:
            self._dire(diagnostic, options["ecrire"])

    def _collectivite(self, code: str, demarche: str) -> Collectivite:
        if code not in CodeCollectivite.values:
            raise ActionImpossible(
                f"« {code} » n’est pas un code de collectivité : "
                f"{', '.join(CodeCollectivite.values)}."
            )
        trouvees = Collectivite.objects.select_related("demarche").filter(code=code)
        if demarche:
            trouvees = trouvees.filter(demarche__code=demarche)
        collectivites = list(trouvees[:2])
        if not collectivites:
            ou = f"la démarche « {demarche} »" if demarche else "cette installation"
            raise ActionImpossible(f"Aucune collectivité « {code} » dans {ou}.")
        if len(collectivites) > 1:
            codes = trouvees.order_by("demarche__code").values_list("demarche__code", flat=True)
            raise ActionImpossible(
                "Plusieurs démarches ont cette collectivité : ajoutez --demarche, "
                f"parmi {', '.join(codes[:10])}."
            )
        return collectivites[0]

    def _diagnostic(self, fichier: Path, collectivite: Collectivite) -> Diagnostic:
        if not fichier.is_file():  # nor a device, that would never end
            raise FileNotFoundError(fichier)
        correspondance = correspondance_memorisee(collectivite) or None
        siens, autres = noms_des_employeurs(collectivite)
        return diagnostiquer(
            lire(fichier, fichier.name, correspondance=correspondance),
            existants=fiches_existantes(collectivite),
            correspondance=correspondance,
            employeur=siens,
            autres_employeurs=autres,
            **contexte_de(collectivite),
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

    def _ecrire(self, collectivite: Collectivite, diagnostic: Diagnostic, motif: str) -> None:
        with transaction.atomic():
            ecrire_diagnostic(
                acteur=self._acteur(collectivite),
                collectivite=collectivite,
                diagnostic=diagnostic,
                motifs={ligne.ligne: motif for ligne in diagnostic.hors_public},
            )

    def _refuser(self, texte: str, en_json: bool) -> NoReturn:
        """Nothing is written; one sentence, and the code 2."""
        if en_json:
            self._dire_json({"erreur": texte})
        else:
            self.stderr.write(texte)
        sys.exit(REFUSE)

    def _dire_json(self, objet: dict[str, Any]) -> None:
        """One line, that every terminal can show: escaped where its encoding has no accents."""
        texte = json.dumps(objet, ensure_ascii=False)
        try:
            texte.encode(getattr(self.stdout, "encoding", None) or "utf-8")
        except UnicodeEncodeError:
            texte = json.dumps(objet)
        self.stdout.write(texte)

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
        if diagnostic.questions:
            self.stdout.write(
                f"  {len(diagnostic.questions):>6}  à reconnaître dans Quatuor "
                "(même personne ou deux personnes ?) : rien n’en est écrit"
            )
        if diagnostic.opposes:
            self.stdout.write(f"  {len(diagnostic.opposes):>6}  laissées de côté (opposition)")
        for anomalie in resume["a_corriger"]:
            self.stdout.write(
                f"          ligne {anomalie['ligne']}, {anomalie['colonne']} : "
                f"« {anomalie['valeur']} ». {anomalie['motif']}"
            )
        if resume["colonnes_ecartees"]:
            self.stdout.write(f"Colonnes non gardées : {', '.join(resume['colonnes_ecartees'])}")
        self.stdout.write("Écrit dans le registre." if ecrit else "Rien n’est écrit (--ecrire).")
