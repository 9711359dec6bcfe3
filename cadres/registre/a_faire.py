"""What the registre expects of each reader."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from cadres.candidature.comptes import adresse_proposee
from cadres.candidature.rangs import RANGS
from cadres.candidature.situations import informe_il_y_a, rappels_de, reponse_souhaitee
from cadres.models import Cadre, Candidature, DemandeCorrection, ImportCadres
from cadres.mots import EtatCandidature as Etat
from cadres.mots import EtatCorrection, EtatImport
from cadres.registre.bornes import compte_texte, compter_ensemble
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import decaler
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import de
from collectivites.mots import Acte, Role
from collectivites.travaux.attentes import Attente

#: « À faire » is no list of everything: the registre holds the rest.
AU_PLUS = 10
#: What a correction and an import have in common, for one query to read both.
_COLONNES = ("genre", "cle", "titre", "objet_lu", "instant")


def a_faire(acteur: Acteur) -> list[Attente]:
    """At most two queries: the cadres; the imports and the requests for a correction. Each count
    has an index of its own, and stops where « plus de 10 000 » is said: no row is read."""
    if acteur.est(Role.CADRE):
        return _du_cadre(acteur)
    if not acteur.est_employeur:
        return []
    comptes = _comptes(acteur)
    attentes = _decisions(comptes)
    if acteur.est_rh:
        attentes += [*_corrections_et_imports(acteur), *_messages(comptes)]
    return attentes


def _decisions(comptes: dict[str, int]) -> list[Attente]:
    if not (n := comptes.get("a_decider")):
        return []
    return [
        Attente(
            titre=f"Décider de retenir {compte_texte(n)}",
            detail="Leur oui est donné ; ils attendent votre décision.",
            url=_liste(Etat.ACCORD),
            bouton="Ouvrir la liste",
        )
    ]


def _messages(comptes: dict[str, int]) -> list[Attente]:
    """Whom to tell, whose e-mail is missing, whom to call."""
    attentes = []
    if n := comptes["a_informer"]:
        qui, leur = (dire("un cadre"), "son") if n == 1 else (compte_texte(n), "leur")
        attentes.append(
            Attente(
                titre=f"Informer {qui} de {leur} recensement",
                detail=f"Personne d’autre ne voit {leur} nom avant {leur} oui.",
                url=_liste(Etat.RECENSE, joignable="oui"),
                bouton="Informer",
            )
        )
    if n := comptes["injoignables"]:
        attentes.append(
            Attente(
                titre=f"Compléter le courriel de {compte_texte(n)}",
                detail="Sans courriel, on ne peut pas les informer.",
                url=_liste(Etat.RECENSE, joignable="non"),
                bouton="Compléter",
            )
        )
    if n := comptes["a_relancer"]:
        attentes.append(
            Attente(
                titre=f"Appeler {dire('un cadre') if n == 1 else compte_texte(n)} sans réponse",
                detail="Deux rappels sont partis ; à trois semaines, la question se referme.",
                url=_liste(Etat.INFORME),
                bouton="Ouvrir la liste",
            )
        )
    return attentes


def _liste(situation: Etat, **filtres: str) -> str:
    return f"{reverse('cadres:registre')}?{urlencode({'situation': situation.value, **filtres})}"


def _comptes(acteur: Acteur) -> dict[str, int]:
    """How many cadres wait for what the acteur may do. One query, or none."""
    siens = Cadre.objects.geres_par(acteur)
    listes: dict[str, QuerySet[Cadre]] = {}
    if acteur.est_rh:
        a_informer = siens.filter(rang=RANGS[Etat.RECENSE])
        listes["injoignables"] = a_informer.filter(courriel="")
        listes["a_informer"] = a_informer.exclude(courriel="")
        listes["a_relancer"] = siens.filter(
            rang=RANGS[Etat.INFORME],
            # Said of the candidacy too: that is what its index is of.
            candidature__etat=Etat.INFORME,
            # Both reminders have left: before the question is closed, only a word from HR may help.
            candidature__informe_le__lt=informe_il_y_a(
                rappels_de(acteur.demarche.rappel_jours)[-1], timezone.now()
            ),
        )
    if acteur.peut(Acte.RETENIR):
        listes["a_decider"] = siens.filter(rang=RANGS[Etat.ACCORD])
    return compter_ensemble(acteur.collectivite, **listes) if listes else {}


def _corrections_et_imports(acteur: Acteur) -> list[Attente]:
    """One query for the two, the corrections first, the oldest before."""
    corrections = (
        DemandeCorrection.objects.visibles_par(acteur)
        .filter(etat=EtatCorrection.OUVERTE)
        .order_by()
        .annotate(
            genre=Value("correction"),
            cle=F("pk"),
            titre=Concat("cadre__prenom", Value(" "), "cadre__nom"),
            objet_lu=F("champ"),
            instant=F("deposee_le"),
        )
        .values_list(*_COLONNES)
    )
    imports = (
        ImportCadres.objects.visibles_par(acteur)
        .filter(etat=EtatImport.DIAGNOSTIQUE)
        .order_by()
        .annotate(
            genre=Value("import"),
            cle=F("pk"),
            titre=F("nom_fichier"),
            objet_lu=Value(""),
            instant=Value(None, DateTimeField()),
        )
        .values_list(*_COLONNES)
    )
    lignes = corrections.union(imports, all=True).order_by("genre", "instant", "cle")[:AU_PLUS]
    return [
        _correction(cle, titre, champ, instant)
        if genre == "correction"
        else _importation(cle, titre)
        for genre, cle, titre, champ, instant in lignes
    ]


def _correction(cle: int, nom: str, champ: str, deposee_le: datetime) -> Attente:
    """A right with its own term, one month (GDPR article 12)."""
    objet = DemandeCorrection.OBJETS[DemandeCorrection.Champ(champ)]
    return Attente(
        titre=f"Répondre à la demande de correction {de(nom)}",
        detail=f"{objet.capitalize()}. Le délai légal est d’un mois.",
        url=reverse("cadres:correction", args=[cle]),
        bouton="Répondre",
        echeance=decaler(timezone.localdate(deposee_le), mois=1),
    )


def _importation(cle: int, nom_fichier: str) -> Attente:
    return Attente(
        titre="Confirmer ou abandonner un import",
        detail=f"« {nom_fichier} » est lu, rien n’est encore écrit.",
        url=reverse("cadres:importation", args=[cle]),
        bouton="Voir le diagnostic",
    )


def _adresse(acteur: Acteur) -> list[Attente]:
    """Whoever moved still logs in with the address of the employer that they left."""
    nouvelle = acteur.cadre_id and adresse_proposee(acteur.cadre_id, acteur.utilisateur.email)
    if not nouvelle:
        return []
    return [
        Attente(
            titre="Confirmer votre nouvelle adresse de connexion",
            detail=f"Vous entrez encore avec {acteur.utilisateur.email} ; votre employeur a donné "
            f"{nouvelle}.",
            url=reverse("cadres:mon_adresse"),
            bouton="Voir",
        )
    ]


def _du_cadre(acteur: Acteur) -> list[Attente]:
    candidature = Candidature.objects.visibles_par(acteur).filter(etat=Etat.INFORME).first()
    if candidature is None:
        return _adresse(acteur)
    return [
        Attente(
            titre="Dire oui ou non à la démarche",
            detail="Votre collectivité vous propose d’y entrer. La réponse n’appartient qu’à vous.",
            url=reverse("cadres:ma_candidature"),
            bouton="Répondre",
            echeance=reponse_souhaitee(candidature),
        )
    ]
