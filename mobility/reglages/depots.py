"""Where deposited files lie: a folder of this machine, unless a bucket that several machines share is named."""

import os
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from mobility.reglages.environnement import secret

PREFIXE = "QUATUOR_S3_"
CHAMPS = ("SEAU", "ADRESSE", "REGION", "CLE", "SECRET", "SECRET_FILE", "DOSSIER")


def lire(environ: Mapping[str, str]) -> dict[str, Any]:
    """STORAGES["default"]. Raises ImproperlyConfigured for a bucket that is described by halves."""
    dits = {nom: environ.get(PREFIXE + nom, "").strip() for nom in CHAMPS}
    if not dits["SEAU"]:
        if orphelins := [PREFIXE + nom for nom, valeur in dits.items() if valeur]:
            raise ImproperlyConfigured(
                f"{PREFIXE}SEAU is missing: {', '.join(orphelins)} say nothing without it."
            )
        return {"BACKEND": "collectivites.communs.depots.Depots"}
    cle = secret(f"{PREFIXE}SECRET", environ)
    for nom, valeur in (("CLE", dits["CLE"]), ("SECRET", cle)):
        if not valeur:
            raise ImproperlyConfigured(f"{PREFIXE}{nom} is missing: the bucket is a private one.")
    return {
        "BACKEND": "collectivites.communs.depots.s3.DepotsS3",
        "OPTIONS": {
            "bucket_name": dits["SEAU"],
            "access_key": dits["CLE"],
            "secret_key": cle,
            "endpoint_url": dits["ADRESSE"] or None,
            "region_name": dits["REGION"] or None,
            "location": dits["DOSSIER"],
            # A host name for each bucket is Amazon's; the others are asked by a path.
            "addressing_style": "path" if dits["ADRESSE"] else "auto",
        },
    }


#: Chosen once, when the settings are read.
DEPOTS = lire(os.environ)
