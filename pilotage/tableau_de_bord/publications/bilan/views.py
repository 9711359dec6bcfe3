"""The page of a promotion's bilan: what is read inside, and beside it what may be told outside."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from collectivites.acteurs.acces import Requete, acces
from collectivites.communs.typographie import compter, date_texte
from collectivites.models import Collectivite
from collectivites.mots import ROLES_EMPLOYEUR
from parcours.models import Promotion
from pilotage.indicateurs import entonnoir
from pilotage.indicateurs.entonnoir import Entonnoir
from pilotage.indicateurs.protection.arretes import dernier, publier
from pilotage.indicateurs.sql import Perimetre
from pilotage.tableau_de_bord import listes
from pilotage.tableau_de_bord.filtre import masquer
from pilotage.tableau_de_bord.publications.bilan.phrases import ETAPES, objet
from pilotage.tableau_de_bord.publications.documents import titre_du_genre
from pilotage.tableau_de_bord.sections import vers_la_liste


@acces(*ROLES_EMPLOYEUR)
def bilan_promotion(request: Requete, pk: int) -> HttpResponse:
    """Who entered, who went how far, where from; and the document that one may hand over."""
    acteur = request.acteur
    promotion = get_object_or_404(Promotion.objects.visibles_par(acteur), pk=pk)
    lu, part = _lire(promotion), Perimetre(promotion=promotion.pk)
    adresse = f"?promotion={promotion.pk}"
    arrete = dernier(acteur.demarche)
    publication = publier(arrete) if arrete else None
    contexte = {
        "promotion": promotion,
        "titre": titre_du_genre("bilan", acteur.collectivite, promotion),
        "sous_titre": f"Du {date_texte(promotion.date_debut)} au {date_texte(promotion.date_fin)}, "
        f"{compter(promotion.places, 'place')}. {_en_cours(lu)}",
        "collectivites": lu.collectivites,
        "etapes": [
            (
                ligne,
                vers_la_liste(ligne.etape.code) + adresse,
                vers_la_liste(f"{ligne.etape.code}{listes.ENSEMBLE}") + adresse,
            )
            for ligne in masquer(lu, acteur.collectivite, part, acteur.demarche.seuil_secret)
            if ligne.etape.code in _ETAPES
        ],
        "tableau_de_bord": adresse,
        "dits": [
            (libelle, publication.promotion(str(promotion.pk), code)) for code, libelle, _ in ETAPES
        ]
        if publication
        else [],
        "arrete": arrete,
        "objet": objet(promotion, publication) if publication else "",
        "programme": promotion.etapes.all(),
    }
    return render(request, "pilotage/publications/bilan.html", contexte)


#: From the entry on: the steps before are those of all who are in it.
_ETAPES = ("en_parcours", "acheves", "proposes", "acceptees", "effectives")


def _en_cours(lu: Entonnoir) -> str:
    if not lu.en_cours:
        return "Plus personne n’y est en parcours."
    return f"{compter(lu.en_cours, 'personne')} encore en parcours."


def _lire(promotion: Promotion) -> Entonnoir:
    """Three queries."""
    demarche, part = promotion.demarche, Perimetre(promotion=promotion.pk)
    effectifs = entonnoir.lire_effectifs(demarche, part)
    return entonnoir.calculer(
        Collectivite.objects.filter(demarche=demarche),
        effectifs,
        entonnoir.lire_delais(demarche, part),
        en_cours=sum(int(str(ligne["en_cours"])) for ligne in effectifs),
    )
