"""What the pages share: a filter in the address, pages of a list, one partial for htmx."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import CharField, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from collectivites.acteurs.acces import Requete
from collectivites.communs.filtres import FORMULAIRE, Filtre
from collectivites.communs.typographie import compter

PAR_PAGE = 25
#: Beyond, « plus de 1 000 » says enough, and costs a bounded time: nobody turns forty pages.
COMPTE_MAX = 1_000


class PaginateurCompte(Paginator):
    """A paginator that is told how many rows there are, and does not count them again."""

    def __init__(self, *args: Any, compte: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.__dict__["count"] = compte


class PaginateurParCles(PaginateurCompte):
    """Reads the keys of a page in its order, then those rows alone with all that they show: the
    database sorts thousands of keys, not thousands of rows joined to ten tables."""

    def page(self, number: Any) -> Page[Any]:
        page = super().page(number)
        lignes: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        cles = list(page.object_list.values_list("pk", flat=True))  # type: ignore[attr-defined]
        trouvees = lignes.order_by().in_bulk(cles)
        page.object_list = [trouvees[cle] for cle in cles if cle in trouvees]
        return page


def page_de(request: Requete, lignes: QuerySet[Any], par_page: int = PAR_PAGE) -> Page[Any]:
    """The page that the address asks for; the nearest one when it does not exist.

    `page.au_dela`: there are more rows than those that are counted.
    """
    # Neither the order nor the annotations of the rows change how many there are.
    trouves = lignes.order_by().values("pk")[: COMPTE_MAX + 1].count()
    page: Page[Any] = PaginateurParCles(lignes, par_page, compte=min(trouves, COMPTE_MAX)).get_page(
        request.GET.get("page")
    )
    page.au_dela = trouves > COMPTE_MAX  # type: ignore[attr-defined]
    return page


def rendre_liste(
    request: Requete, gabarit: str, partiel: str, filtre: Filtre, page: Page[Any], **contexte: Any
) -> HttpResponse:
    """The whole page, or its results alone when htmx asks for them: the very same ones."""
    au_dela = getattr(page, "au_dela", False)
    combien = page.paginator.count
    compte = compter(combien, filtre.nom)
    contexte |= {
        "filtre": filtre,
        "formulaire_filtre": FORMULAIRE,
        "puces": filtre.puces(request.GET),
        "recherche": filtre.recherche,
        "tri_courant": filtre.tri_courant,
        "page": page,
        "au_dela": au_dela,
        "compte": f"plus de {compte}" if au_dela else compte,
    }
    # A link to a page of results comes through htmx too, with the same target. Going back asks for
    # the whole page again: htmx keeps no copy of a page with names.
    seul = (
        request.htmx
        and request.htmx.target == "resultats"
        and not request.htmx.history_restore_request
    )
    reponse = render(request, partiel if seul else gabarit, contexte)
    if seul:
        reponse["HX-Push-Url"] = adresse_propre(request)
    # Same address, two bodies: « back » must not show the results alone.
    patch_vary_headers(reponse, ["HX-Request", "HX-Target"])
    return reponse


def adresse_propre(request: Requete) -> str:
    """The address without empty parameters, to be sent to a colleague."""
    parametres = request.GET.copy()
    for cle in list(parametres):
        valeurs = [v for v in parametres.getlist(cle) if v]
        parametres.setlist(cle, valeurs) if valeurs else parametres.pop(cle)
    return f"{request.path}?{parametres.urlencode()}" if parametres else request.path


# --- What a column holds ------------------------------------------------------------------------

_SUIVANTE = "(SELECT CAST({champ} AS {genre}) FROM ({lignes}) lignes {apres} ORDER BY lignes.{champ} LIMIT 1)"


def valeurs_de(champ: str, *parts: QuerySet[Any], au_plus: int | None = None) -> list[Any]:
    """The values of `champ` in any of `parts`, in order: rows that one index each begins with. One query.

    Each value is asked of the index after the one before, and the rows are not read: Django has no word for
    it, and both databases do. `au_plus`: how many values are wanted of each part.
    """
    modele_du_champ = parts[0].model._meta.get_field(champ)
    genre = "TEXT" if isinstance(modele_du_champ, CharField) else "BIGINT"
    colonne = connection.ops.quote_name(modele_du_champ.column)
    debuts, suites, parametres = [], [], []
    for rang, part in enumerate(parts):
        lignes, siens = (
            part.order_by().filter(**{f"{champ}__isnull": False}).values(modele_du_champ.attname)
        ).query.sql_with_params()
        suivante = {"champ": colonne, "genre": genre, "lignes": lignes}
        debuts.append(f"SELECT {rang}, {_SUIVANTE.format(apres='', **suivante)}")
        apres = f"WHERE lignes.{colonne} > suite.valeur"
        suites.append(f"WHEN {rang} THEN {_SUIVANTE.format(apres=apres, **suivante)}")
        parametres.append(siens)
    with connection.cursor() as curseur:
        curseur.execute(
            f"WITH RECURSIVE suite(rang, valeur) AS ({' UNION ALL '.join(debuts)} UNION ALL "  # noqa: S608
            f"SELECT rang, CASE rang {' '.join(suites)} END FROM suite WHERE valeur IS NOT NULL) "
            "SELECT valeur FROM suite WHERE valeur IS NOT NULL"
            + (f" LIMIT {int(au_plus) * len(parts)}" if au_plus is not None else ""),
            [valeur for _ in range(2) for siens in parametres for valeur in siens],
        )
        return sorted({valeur for (valeur,) in curseur.fetchall()})[:au_plus]
