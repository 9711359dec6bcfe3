"""Taking a person for oneself until the transaction ends: their candidacy is the lock.

Every act on a person comes through here, whatever the room. Rows are taken in one order everywhere,
so that two acts wait for one another instead of embracing: the persons, by ascending key of their
cadre; then the poste, the propositions, the moves. Nothing here judges: the predicates do, afterwards.
"""

from collections.abc import Iterable

from cadres.models import Cadre, Candidature
from cadres.requetes import presents
from collectivites.acteurs.acteur import Acteur


def verrouiller(cadre_id: int) -> Cadre:
    """The file, its candidacy locked. `Cadre.DoesNotExist` when the person is forgotten."""
    return verrouiller_plusieurs([cadre_id])[0]


def verrouiller_le_sien(acteur: Acteur) -> Cadre:
    """The acteur's own file, for what only the person does. `Cadre.DoesNotExist` without one."""
    return verrouiller(acteur.cadre_id or 0)


def verrouiller_plusieurs(cadre_ids: Iterable[int]) -> list[Cadre]:
    """The files, by ascending key, their candidacies locked.

    The cadre of each candidacy carries it (`cadre.candidature`), with its collectivité, poste,
    direction and account. Two queries: whoever waited for the lock must read the file as the one
    before left it, and a join would give it as it was when the wait began.
    """
    verrouilles = prendre(cadre_ids)
    candidatures = (
        Candidature.objects.filter(presents("cadre__"), pk__in=verrouilles)
        .select_related(
            "cadre__collectivite__demarche",
            "cadre__poste",
            "cadre__direction",
            "cadre__utilisateur",
            "cadre__accompagnateur__utilisateur",
        )
        .order_by("cadre_id")
    )
    cadres = []
    for candidature in candidatures:
        candidature.cadre.candidature = candidature
        cadres.append(candidature.cadre)
    if not cadres:
        raise Cadre.DoesNotExist
    return cadres


def prendre(cadre_ids: Iterable[int]) -> list[int]:
    """Lock the candidacies of these cadres, by ascending key of the cadre, and read nothing of them."""
    return list(
        Candidature.objects.select_for_update(of=("self",))
        .filter(cadre__in=list(cadre_ids))
        .order_by("cadre_id")
        .values_list("pk", flat=True)
    )
