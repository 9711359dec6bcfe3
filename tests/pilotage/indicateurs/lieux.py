"""The four employers, without a database."""

from collectivites.models import Collectivite


def quatre():
    codes = ("ville", "agglomeration", "departement", "region")
    return [Collectivite(pk=rang, code=code, nom=code) for rang, code in enumerate(codes, 1)]
