"""What the parcours is worth to its people: published figures, the same for whoever reads them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from collectivites.acteurs.acces import Requete, acces
from collectivites.mots import ROLES_EMPLOYEUR, Role
from parcours.apres.evaluation.questions import questions
from parcours.models import Evaluation
from parcours.mots import NatureEvaluation
from pilotage.indicateurs.protection.evaluations import publier_evaluation
from pilotage.tableau_de_bord.evaluations import lecture


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def evaluations(request: Requete) -> HttpResponse:
    """Promotions side by side, then the sessions."""
    contexte = {
        "moments": lecture.moments(request.acteur),
        "sessions": lecture.sessions(request.acteur),
        "questions_session": questions(NatureEvaluation.SESSION),
    }
    return render(request, "pilotage/evaluations/evaluations.html", contexte)


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def evaluation(request: Requete, pk: int) -> HttpResponse:
    """One of them, with the texts that their authors let be read."""
    trouvee = get_object_or_404(
        Evaluation.objects.publiees(request.acteur).select_related(
            "demarche", "promotion", "session__prestation"
        ),
        pk=pk,
    )
    resultat = publier_evaluation(trouvee)
    if resultat is None:  # the threshold was raised since
        raise Http404
    contexte = {
        "evaluation": trouvee,
        "resultat": resultat,
        "paroles": list(trouvee.paroles.all()),
    }
    return render(request, "pilotage/evaluations/evaluation.html", contexte)
