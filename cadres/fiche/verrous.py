"""Taking a file and its candidacy for oneself, until the transaction ends."""

from collections.abc import Iterable

from cadres.models import Cadre, Candidature


def verrouiller(cadre_id: int) -> Cadre:
    """The file, its candidacy locked: concurrent acts on one person wait for one another."""
    return verrouiller_plusieurs([cadre_id])[0]


def verrouiller_plusieurs(cadre_ids: Iterable[int]) -> list[Cadre]:
    """Same, for several, in a constant order: two bulk acts never wait for each other in a ring.

    The cadre of each candidacy carries it (`cadre.candidature`), with its collectivité, poste,
    direction and account. Two queries: whoever waited for the lock must read the file as the one
    before left it, and a join would give it as it was when the wait began.
    """
    verrouilles = prendre(cadre_ids)
    candidatures = (
        Candidature.objects.filter(pk__in=verrouilles, cadre__anonymise_le__isnull=True)
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
    """Lock the candidacies of these cadres, in a constant order, and read nothing of them."""
    return list(
        Candidature.objects.select_for_update(of=("self",))
        .filter(cadre__in=list(cadre_ids))
        .order_by("cadre_id")
        .values_list("pk", flat=True)
    )
