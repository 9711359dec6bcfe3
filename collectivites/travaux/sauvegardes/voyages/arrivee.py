"""A démarche put back among others, under keys of this installation: all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.db import connection, transaction
from django.db.models import Field, FileField, ForeignKey, Model, UUIDField

from collectivites.chaine.maillons import chainer
from collectivites.communs.depots import depots
from collectivites.garanties import mur, secret
from collectivites.journal import journaliser
from collectivites.models import Demarche, MaillonJournal, Utilisateur
from collectivites.mots import Actes
from collectivites.travaux.sauvegardes.actions import _atelier
from collectivites.travaux.sauvegardes.archive import Illisible, ouvrir
from collectivites.travaux.sauvegardes.voyages.depart import (
    COMPTES,
    FICHIERS,
    FORMAT,
    MANIFESTE,
    TABLES,
    Bagage,
    migrations,
)
from collectivites.travaux.sauvegardes.voyages.gardes import gardes_levees
from collectivites.travaux.sauvegardes.voyages.references import (
    TRADUITES,
    Cles,
    nouveau_destinataire,
)
from collectivites.travaux.sauvegardes.voyages.tables import PAR_LOT, champs, modeles

SANS_LEUR_CLE = (
    "Des textes scellés ne s’ouvrent pas : ils le sont par la clé de l’installation d’origine. Ajoutez-la "
    "derrière la vôtre, pour cette commande seule : QUATUOR_CLE_COACHING=la-vôtre,la-leur. Rien n’est écrit."
)


@mur.partout()
def importer(chemin: Path, cle: list[str], *, code: str = "") -> tuple[Demarche, Bagage]:
    """`code`: another than its own, for a trial. The site is stopped: nobody writes meanwhile.

    Raises Illisible, and nothing is written, for a démarche that is already there, another version, an
    archive that is not whole, texts that are sealed by a key that we have not.
    """
    with _atelier() as atelier:
        bagage = _deballer(chemin, cle, atelier)
        code = code or bagage.code
        _admettre(chemin, bagage, code)
        with _fichiers(atelier) as fichiers, transaction.atomic(), gardes_levees():
            _Arrivee(atelier, fichiers, code).poser()
            demarche = Demarche.objects.get(code=code)
        journaliser(
            acteur=None,
            acte=Actes.DEMARCHE_ARRIVEE,
            libelle=f"Démarche venue d’une autre installation, journal d’origine : {bagage.journal}",
            objet=demarche,
            collectivite=None,
            demarche=demarche,
        )
        chainer(demarche.pk)
    return demarche, bagage


def _deballer(chemin: Path, cle: list[str], atelier: Path) -> Bagage:
    """Each part laid aside, then held against what the archive says of it."""
    sommes: dict[str, str] = {}
    bagage = None
    with ouvrir(chemin, cle) as archive:
        for membre in archive:
            contenu = archive.extractfile(membre)
            if contenu is None:
                continue
            if membre.name == MANIFESTE:
                bagage = _lire_le_bagage(contenu.read())
                continue
            vers = atelier / hashlib.sha256(membre.name.encode()).hexdigest()
            with vers.open("wb") as sortie:
                shutil.copyfileobj(contenu, sortie)
            sommes[membre.name] = hashlib.sha256(vers.read_bytes()).hexdigest()
    if bagage is None:
        raise Illisible(f"{chemin.name} n’est pas une démarche exportée.")
    if sommes != bagage.sommes:
        raise Illisible(f"{chemin.name} n’est pas entière : rien n’est écrit.")
    (atelier / "noms").write_text("\n".join(sommes))
    return bagage


def _lire_le_bagage(octets: bytes) -> Bagage | None:
    try:
        return Bagage(**json.loads(octets))
    except (ValueError, TypeError):
        return None


def _admettre(chemin: Path, bagage: Bagage, code: str) -> None:
    ici = migrations()
    if bagage.format != FORMAT or bagage.migrations != ici:
        autres = [
            f"{app} {bagage.migrations.get(app, '—')} au lieu de {ici.get(app, '—')}"
            for app in sorted({*ici, *bagage.migrations})
            if bagage.migrations.get(app) != ici.get(app)
        ]
        raise Illisible(
            f"{chemin.name} vient d’une autre version de Quatuor ({' ; '.join(autres) or 'format'}). Mettez les "
            "deux installations à la même, puis exportez à nouveau. Rien n’est écrit."
        )
    if Demarche.objects.filter(code=code).exists():
        raise Illisible(
            f"Une démarche « {code} » est déjà ici : elle ne s’importe pas deux fois. Rien n’est écrit."
        )


@contextmanager
def _fichiers(atelier: Path) -> Iterator[dict[str, str]]:
    """Former name → new one. What was deposited goes again if the démarche does not stay."""
    noms: dict[str, str] = {}
    try:
        for membre in (atelier / "noms").read_text().splitlines():
            if membre.startswith(FICHIERS):
                nom = membre.removeprefix(FICHIERS)
                with _partie(atelier, membre).open("rb") as contenu:
                    noms[nom] = depots().save(nom, File(contenu, nom))
        yield noms
    except BaseException:
        for nom in noms.values():
            with suppress(OSError):  # the sweep of the night takes what is left
                depots().delete(nom)
        raise


def _partie(atelier: Path, nom: str) -> Path:
    return atelier / hashlib.sha256(nom.encode()).hexdigest()


class _Arrivee:
    def __init__(self, atelier: Path, fichiers: dict[str, str], code: str) -> None:
        self.atelier, self.fichiers, self.code = atelier, fichiers, code
        self.cles: Cles = {}

    def poser(self) -> None:
        self.cles[Utilisateur._meta.label] = self._comptes()
        for modele in sorted(modeles(), key=lambda m: m._meta.pk.is_relation):
            self.cles[modele._meta.label] = self._numeroter(modele)
        for modele in modeles():
            lot: list[Model] = []
            for ligne in self._lire(TABLES + modele._meta.label):
                lot.append(self._ligne(modele, ligne))
                if len(lot) == PAR_LOT:
                    modele._base_manager.bulk_create(lot)
                    lot = []
            modele._base_manager.bulk_create(lot)

    def _lire(self, nom: str) -> Iterator[dict[str, Any]]:
        with _partie(self.atelier, nom).open("rb") as lignes:
            yield from map(json.loads, lignes)

    def _comptes(self) -> dict[Any, Any]:
        """An account that is there is theirs; another is made, which waits for its invitation."""
        cles = {}
        for compte in self._lire(COMPTES):
            la = Utilisateur.objects.filter(email__iexact=compte["email"]).first()
            if la is None:
                dit = {nom: valeur for nom, valeur in compte.items() if nom != "pk"}
                la = Utilisateur(**dit)
                la.set_unusable_password()
                la.save()
            cles[compte["pk"]] = la.pk
        return cles

    def _numeroter(self, modele: type[Model]) -> dict[Any, Any]:
        cle = modele._meta.pk
        assert cle is not None
        if isinstance(cle, ForeignKey):  # the key of another row
            return self.cles[cle.related_model._meta.label]
        anciennes = [ligne[cle.attname] for ligne in self._lire(TABLES + modele._meta.label)]
        return dict(zip(anciennes, _reserver(modele, len(anciennes)), strict=True))

    def _ligne(self, modele: type[Model], ligne: dict[str, Any]) -> Model:
        label, lue = modele._meta.label, {}
        for champ in champs(modele):
            valeur = ligne[champ.attname]
            if valeur is None:
                pass
            elif isinstance(champ, ForeignKey):
                # What stays there is left behind; whatever else it is not, the archive is not whole.
                vers = self.cles.get(champ.related_model._meta.label)
                valeur = None if vers is None else vers[valeur]
            elif champ.primary_key:
                valeur = self.cles[label][valeur]
            elif traduire := TRADUITES.get(f"{label}.{champ.name}"):
                valeur = traduire(valeur, ligne, self.cles)
            elif isinstance(champ, FileField):
                valeur = self.fichiers.get(valeur, valeur)
            elif champ.unique and modele is not Demarche:
                valeur = _libre(modele, champ, valeur)
            elif champ.name == "scelle" and valeur:
                valeur = self._sceller(valeur)
            lue[champ.attname] = champ.to_python(valeur)
        if modele is Demarche:
            lue["code"] = self.code
        if modele is MaillonJournal:
            # The chain is made again, under our key and our numbers, and does not vouch for their dates.
            lue |= {"numero": None, "reprise": True, "sel": secrets.token_hex(16)}
            lue |= {"engagement": "", "oubli": "", "empreinte": ""}
        return modele(**lue)

    def _sceller(self, scelle: str) -> str:
        try:
            return secret.changer_de_destinataire(
                scelle, lambda pour: nouveau_destinataire(pour, self.cles)
            )
        except secret.Illisible:
            raise Illisible(SANS_LEUR_CLE) from None


def _libre(modele: type[Model], champ: Field[Any, Any], valeur: Any) -> Any:
    """What calendars know an appointment by, or a folder its papers: kept, unless it is known here already,
    as in a trial beside the démarche itself."""
    if not modele._base_manager.filter(**{champ.attname: valeur}).exists():
        return valeur
    if isinstance(champ, UUIDField):
        return uuid4()
    suite = f"-{secrets.token_hex(3)}"
    return f"{valeur[: (champ.max_length or 255) - len(suite)]}{suite}"


def _reserver(modele: type[Model], combien: int) -> list[Any]:
    """Keys that nobody has, nor will be given."""
    if isinstance(modele._meta.pk, UUIDField):
        return [uuid4() for _ in range(combien)]
    table, colonne = modele._meta.db_table, modele._meta.pk.column
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', colonne, combien],
            )
            return [cle for (cle,) in curseur.fetchall()]
        curseur.execute(f'SELECT coalesce(max("{colonne}"), 0) FROM "{table}"')  # noqa: S608 - our own model
        plus_haute = curseur.fetchone()[0]
        curseur.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        plus_haute = max([plus_haute, *(seq for (seq,) in curseur.fetchall())])
    return list(range(plus_haute + 1, plus_haute + 1 + combien))
