"""The lines of the journal that a reader asked for: one a decision, narrowed by the filters."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.requetes import EntreeJournalQuerySet
from collectivites.communs.calendrier import fin_du_jour, minuit
from collectivites.communs.lexique import dire
from collectivites.communs.listes import valeurs_de
from collectivites.communs.typographie import date_texte, sans_accents
from collectivites.models import Collectivite, Delegation, EntreeJournal, Mandat, Utilisateur
from collectivites.mots import Role, actes_de_suivi, actes_du_journal
from pilotage.journal.forms import FiltresJournal, Lignes
from pilotage.journal.personnes import objets_des

#: What a line needs to be told.
RELATIONS = ("auteur", "au_nom_de", "delegation__delegant__utilisateur")
MOTS_MAX = 4
SOUS_DELEGATION = "oui"
CHIFFRES_D_UNE_CLE = 18
Parts = tuple[EntreeJournalQuerySet, ...]


def lignes_de(acteur: Acteur) -> EntreeJournalQuerySet:
    """What the acteur may read, each decision once.

    One that engages several collectivités has a line for each. Whoever reads the first, or the side
    of the author, which reads them all, is not shown the others.
    """
    siennes = EntreeJournal.objects.visibles_par(acteur)
    if acteur.role == Role.CADRE:
        return siennes.filter(suite_de=None)
    ailleurs = Q(au_nom_de=acteur.collectivite) | Q(suite_de__collectivite=acteur.collectivite)
    return siennes.exclude(Q(suite_de__isnull=False) & (ailleurs | Q(suite_de__collectivite=None)))


def parts_de(acteur: Acteur, lignes: EntreeJournalQuerySet) -> Parts:
    """The same lines, by what makes them theirs: each part has its index."""
    chez = acteur.collectivite
    return (
        lignes.filter(collectivite=chez),
        lignes.filter(au_nom_de=chez),
        lignes.filter(collectivite=None),
    )


def choix_des_filtres(
    acteur: Acteur, lignes: EntreeJournalQuerySet
) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what the reader may meet. Five queries, whose time does not grow with
    the lines."""
    parts = parts_de(acteur, lignes)
    delegations = _delegations(parts)
    delegants = {d.delegant.utilisateur_id: d.delegant.utilisateur for d in delegations}
    return {
        "acte": _actes(parts),
        "auteur": _auteurs(acteur, parts),
        "au_nom_de": [
            *_collectivites(acteur),
            *((f"u{pk}", delegant.nom_complet) for pk, delegant in delegants.items()),
        ],
        "delegation": [
            (SOUS_DELEGATION, "Toutes les délégations"),
            *((str(d.pk), _nommer(d)) for d in delegations),
        ],
    }


def filtrer(
    acteur: Acteur, lignes: EntreeJournalQuerySet, filtres: FiltresJournal
) -> EntreeJournalQuerySet:
    """The lines that answer the filters. An act that is asked for is shown, decision or not."""
    filtres.is_valid()
    choix = filtres.cleaned_data
    if acte := choix.get("acte"):
        lignes = lignes.filter(acte=acte)
    elif choix.get("lignes", "") == Lignes.DECISIONS:
        lignes = lignes.exclude(acte__in=actes_de_suivi())
    elif choix.get("lignes") == Lignes.SUIVI:
        lignes = lignes.filter(acte__in=actes_de_suivi())
    if auteur := choix.get("auteur"):
        lignes = lignes.filter(auteur=auteur)
    if nom := choix.get("au_nom_de"):
        lignes = lignes.filter(_au_nom_de(nom))
    if (sous := choix.get("delegation")) == SOUS_DELEGATION:
        lignes = lignes.filter(delegation__isnull=False)
    elif sous:
        lignes = lignes.filter(delegation=sous)
    if texte := choix.get("personne"):
        lignes = lignes.filter(_concerne(acteur, texte))
    return _sur_la_periode(lignes, choix.get("depuis"), choix.get("jusqu_au"))


def _sur_la_periode(
    lignes: EntreeJournalQuerySet, depuis: date | None, jusqu_au: date | None
) -> EntreeJournalQuerySet:
    """Compared with instants, which an index knows, not with the day of each line."""
    if depuis:
        lignes = lignes.filter(quand__gte=minuit(depuis))
    if jusqu_au:
        lignes = lignes.filter(quand__lte=fin_du_jour(jusqu_au))
    return lignes


def plus_anciennes(lignes: EntreeJournalQuerySet, que: str | None) -> EntreeJournalQuerySet:
    """Those that come after the line of this key, in the order of the list; all of them for a key that the
    reader does not read."""
    if not (que and que.isdecimal() and len(que) <= CHIFFRES_D_UNE_CLE):
        return lignes
    borne = lignes.filter(pk=que).values_list("quand", flat=True).first()
    if borne is None:
        return lignes
    return lignes.filter(Q(quand__lt=borne) | Q(quand=borne, pk__lt=que), quand__lte=borne)


def _au_nom_de(nom: str) -> Q:
    """Of a collectivité (« c12 »), or of a DGS (« u7 »): what they decided, and what was under a
    delegation of theirs."""
    if nom.startswith("c"):
        return Q(au_nom_de=nom[1:])
    return Q(delegation__delegant__utilisateur=nom[1:]) | Q(auteur=nom[1:], role=Role.DGS)


def _concerne(acteur: Acteur, texte: str) -> Q:
    """Lines about a person whom the reader sees, by name: theirs, or those of an object of theirs
    that the reader sees too. Another name finds nothing, whether it exists or not."""
    cadres = Cadre.objects.visibles_par(acteur)
    for mot in sans_accents(texte).split()[:MOTS_MAX]:
        cadres = cadres.filter(recherche__contains=mot)
    pks = list(cadres.order_by("pk").values_list("pk", flat=True)[:200])
    condition = Q(cadre_ref__in=pks)
    for genre, cles in objets_des(acteur, pks).items():
        # Only of the lines that name nobody: the others are found above, and the index holds these alone.
        condition |= Q(objet_type=genre, objet_id__in=cles, cadre_ref__isnull=True)
    return condition


def _actes(parts: Parts) -> list[tuple[str, str]]:
    """The kinds of acts that the reader may meet, by their labels. One query.

    An act that no room declares any more is not offered; its lines are still read.
    """
    libelles = {code: dire(libelle) for code, libelle in actes_du_journal().items()}
    codes = valeurs_de("acte", *parts)
    return sorted(((c, libelles[c]) for c in codes if c in libelles), key=lambda acte: acte[1])


def _auteurs(acteur: Acteur, parts: Parts) -> list[tuple[str, str]]:
    """Who decided. One query. Not the cadres: to find their name here would tell that they answered.

    Asked of the accounts that serve the démarche, or the installation, which are few: has this one a line?
    """
    servent = Mandat.objects.filter(
        utilisateur=OuterRef("pk"), collectivite__demarche=acteur.demarche
    ).exclude(role=Role.CADRE)
    # One line each, as a value: PostgreSQL answers EXISTS by reading them all, once.
    lignes, a_signe = {}, Q()
    for rang, part in enumerate(parts):
        siennes = part.order_by().exclude(role=Role.CADRE).filter(auteur=OuterRef("pk"))
        lignes[f"ligne_{rang}"] = Subquery(siennes.values("pk")[:1])
        a_signe |= Q(**{f"ligne_{rang}__isnull": False})
    servants = Utilisateur.objects.filter(Q(Exists(servent)) | Q(is_staff=True))
    auteurs = servants.alias(**lignes).filter(a_signe)
    return [(str(a.pk), a.nom_complet) for a in auteurs.order_by("nom", "prenom", "pk")]


def _collectivites(acteur: Acteur) -> list[tuple[str, str]]:
    connues = Collectivite.objects.visibles_par(acteur).order_by("nom")
    return [(f"c{pk}", nom) for pk, nom in connues.values_list("pk", "nom")]


def _delegations(parts: Parts) -> list[Delegation]:
    """Those under which something was decided that the reader reads. Two queries."""
    pks = valeurs_de("delegation", *parts)
    return list(
        Delegation.objects.filter(pk__in=pks)
        .select_related("delegant__utilisateur", "delegataire__utilisateur")
        .order_by("-debut", "pk")
    )


def _nommer(delegation: Delegation) -> str:
    """« Olivier Prastel, du 1er au 30 septembre 2026 »."""
    qui = delegation.delegataire.utilisateur.nom_complet
    debut, fin = (date_texte(jour, courte=True) for jour in (delegation.debut, delegation.fin))
    return f"{qui}, du {debut} au {fin}"
