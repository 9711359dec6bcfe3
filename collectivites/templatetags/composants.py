"""Components that are tags, in every template without `{% load %}` (a built-in of the settings).

Each is drawn by the template of `templates/composants/` that bears its name; the others of that
folder are plain includes.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from collectivites.acteurs.qui_le_saura import QUI_LE_SAURA
from collectivites.communs import typographie as typo
from collectivites.communs.formulaires import mention_obligatoire
from collectivites.communs.lexique import dire, nombre_d_employeurs
from collectivites.communs.metiers.formulaire import propositions
from collectivites.templatetags.quatuor import Jour

register = template.Library()


def _composant(nom: str, **valeurs: Any) -> SafeString:
    """Without the spaces around, which would show beside a badge."""
    rendu = render_to_string(f"composants/{nom}.html", valeurs)
    return mark_safe(rendu.strip())  # noqa: S308 - escaped by the template


def _bloc(nom: str, content: str, **valeurs: Any) -> SafeString:
    # What stands between the tags has been rendered, hence escaped, by the template engine.
    return _composant(nom, contenu=mark_safe(content.strip()), **valeurs)  # noqa: S308


# --- Words ---------------------------------------------------------------------------------------


@register.filter
def accorde(personne: typo.Genree, formes: str) -> str:
    """`{{ cadre|accorde:"inscrit" }}`: « inscrite » for a woman; irregular: `"venu,venues"`."""
    masculin, _, feminin = formes.partition(",")
    return typo.accorde(personne, masculin, feminin)


register.filter("mention_obligatoire", mention_obligatoire)


@register.filter(is_safe=True)
def au_mot_du_public(texte: object) -> str:
    """Put by the loader on what is typed in a template (`mobility.gabarits`); by templates on a label or
    on a message of ours."""
    return dire(str(texte))


@register.simple_tag
def mot(cadres: str, agents: str) -> str:
    """Put by the loader as well: the word for whom the démarche is for, with its article."""
    return agents if dire(cadres) != cadres else cadres


@register.simple_tag
def nombre_employeurs(majuscule: bool = False) -> str:
    """`les {% nombre_employeurs %} collectivités`: « quatre », « deux », as the démarche has; nothing when
    no démarche says how many."""
    combien = nombre_d_employeurs()
    texte = typo.en_lettres(combien) if combien > 1 else ""
    return typo.capitale(texte) if majuscule else texte


@register.simple_tag
def familles() -> SafeString:
    """The datalist of the fields where a family of métiers is typed: once a page."""
    return _composant("formulaires/familles", propositions=propositions())


# --- Badges -------------------------------------------------------------------------------------


@register.simple_tag
def collectivite(objet: Any, forme: str = "court", grand: bool = False) -> SafeString:
    """Hue, initial and name. `forme`: "court", "nom" or "initiale" (name for screen readers)."""
    return _composant("metier/collectivite", collectivite=objet, forme=forme, grand=grand)


@register.simple_tag
def statut(forme: str, libelle: str) -> SafeString:
    """`forme`: vide, demi, plein, losange (answer awaited), fait, tard, clos."""
    return _composant("metier/statut", forme=forme, libelle=libelle)


@register.simple_tag
def etat_de(objet: Any) -> SafeString:
    """The state of a thing, as a shape and a word: its enum gives the shape (`forme`). A thing that
    reads otherwise than its column says so by `etat_affiche`."""
    etat = getattr(objet, "etat_affiche", None) or type(objet).Etat(objet.etat)
    return statut(etat.forme, str(etat.label))


@register.simple_tag
def delai(valeur: Jour, date: bool = False, suite: str = "", jour: bool = False) -> SafeString:
    """Days left as a badge; with `date`, « avant le 22 mars 2027 » beside it, then `suite`.

    `jour`: the thing happens on that day (an appointment), so « le 22 mars 2027 ».
    """
    return _composant(
        "suivi/delai",
        valeur=valeur,
        delai=typo.delai_avant(valeur) if valeur else None,
        avec_date=date,
        suite=suite,
        jour=jour,
    )


# --- The head of a page -------------------------------------------------------------------------


@register.simple_tag
def fil(*morceaux: Any) -> SafeString:
    """The way back, above the title. Each step: its label, then its route and the route's
    arguments, or its address.

    {% fil "Registre" "cadres:registre" cadre.nom_complet "cadres:fiche" cadre.pk %}
    """
    etapes, reste = [], list(morceaux)
    while reste:
        libelle, cible, *reste = reste
        arguments = list(takewhile(lambda morceau: not isinstance(morceau, str), reste))
        reste = reste[len(arguments) :]
        etapes.append((libelle, cible if "/" in cible else reverse(cible, args=arguments)))
    return _composant("page/fil", etapes=etapes)


@register.simple_block_tag(end_name="endentete")
def entete(
    content: str,
    titre: str = "",
    sous_titre: str = "",
    these: str = "",
    chapeau: str = "",
    contexte: str = "",
) -> SafeString:
    """Head of a page; its only h1. The content is its buttons. See `en_tete_page.html`."""
    return _bloc("page/en_tete_page", **locals())


@register.simple_block_tag(end_name="endtexte")
def texte(content: str) -> SafeString:
    """What another tag takes as one of its texts: `{% texte as sous_titre %}…{% endtexte %}`."""
    return mark_safe(content.strip())  # noqa: S308 - rendered, hence escaped


# --- Around a content ---------------------------------------------------------------------------


@register.simple_block_tag(end_name="endsection")
def section(
    content: str,
    constat: str,
    ident: str,
    question: str = "",
    colonnes: int = 12,
    petit: bool = False,
) -> SafeString:
    """A ruled section: the reader's question in small, the finding as its h2, then the proof."""
    return _bloc("page/section", **locals())


@register.simple_block_tag(end_name="endmessage")
def message(content: str, genre: str = "info", titre: str = "") -> SafeString:
    """`genre`: info, succes, attente, erreur. Static: it is not announced."""
    return _bloc("page/message", content, genre=genre, titre=titre)


@register.simple_block_tag(end_name="endencart")
def encart(content: str) -> SafeString:
    """A quiet tinted box, for what happens next."""
    return _bloc("page/encart", content)


@register.simple_block_tag(end_name="endmenu")
def menu(content: str, libelle: str, classe: str = "", petit: bool = False) -> SafeString:
    """A button that opens a panel; a `<details>`, so it works without script."""
    return _bloc("page/menu", content, libelle=libelle, classe=classe, petit=petit)


@register.simple_block_tag(end_name="enddefile")
def defile(content: str, libelle: str) -> SafeString:
    """A table that may scroll sideways, reachable by keyboard."""
    return _bloc("page/defile", content, libelle=libelle)


# --- Forms, lists, things to do -----------------------------------------------------------------


@register.inclusion_tag("composants/formulaires/bouton_post.html")
def bouton_post(
    url: str,
    libelle: str,
    genre: str = "secondary",
    petit: bool = False,
    nom: str = "",
    valeur: str = "",
    precision: str = "",
    confirmer: str = "",
    oui: str = "Confirmer",
) -> dict[str, Any]:
    """A button that acts: a form of its own. `nom` and `valeur`: an optional field.

    `confirmer`: what the act changes, asked in place before the button `oui` does it.
    """
    return locals()


@register.inclusion_tag("composants/metier/qui_le_saura.html")
def qui_le_saura(acte: str, titre: str = "Qui le saura") -> dict[str, Any]:
    """Under an act of a cadre: who learns of it, what they read, when."""
    return {"acte": acte, "savoir": QUI_LE_SAURA[acte], "titre": titre}


@register.inclusion_tag("composants/formulaires/formulaire.html")
def formulaire(
    form: Any,
    action: str = "Enregistrer",
    vers: str = "",
    annuler: str = "",
    annuler_libelle: str = "Revenir sans rien changer",
    danger: bool = False,
    large: bool = False,
    groupes: bool = False,
    legende: str = "",
) -> dict[str, Any]:
    """A whole form; `action` is the verb of its button, `annuler` the address of the way out."""
    return locals()


@register.simple_tag
def vide(
    titre: str,
    texte: str = "",
    url: str = "",
    action: str = "",
    principal: bool = False,
    niveau: str = "h3",
) -> SafeString:
    """An empty state says what to do next."""
    return _composant("listes/vide", **locals())


@register.simple_tag
def tache(
    titre: str,
    url: str,
    action: str = "Ouvrir",
    texte: str = "",
    echeance: Jour = None,
    suite: str = "",
    jour: bool = False,
    principal: bool = False,
    sous: str = "",
) -> SafeString:
    """One thing to do, in `<ul class="q-taches">`; `principal` for the first one only; `sous`: the
    role under which it is done, for whoever has several."""
    return _composant("suivi/tache", **locals())


@register.simple_tag
def rdv(
    debut: Any,
    titre: str,
    fin: Any = None,
    lieu: str = "",
    texte: str = "",
    agenda: str = "",
    absence: str = "",
    journees: bool = False,
    visio: str = "",
) -> SafeString:
    """An appointment, without an hour when it lasts whole days (`journees`); `agenda`, the address of its .ics; `absence`, of « je ne pourrai pas »."""
    return _composant("suivi/rdv", **locals())


#: The states of a step of a timeline, which are also its classes in `parcours.css`.
FRISE = ("fait", "ici", "a-venir", "tard")


@register.simple_tag
def frise(etapes: list[dict[str, str]], serree: bool = False) -> SafeString:
    """A vertical timeline of {titre, texte, etat (of `FRISE`), url (optional)}; `serree`: dates at
    the right."""
    lignes = [
        {**e, **{f"est_{code.replace('-', '_')}": e["etat"] == code for code in FRISE}}
        for e in etapes
    ]
    return _composant("suivi/frise", etapes=lignes, serree=serree)
