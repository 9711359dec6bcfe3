"""A bucket in memory, for what is told of S3: the requests of this process are answered before they leave."""

from contextlib import contextmanager

import boto3
from moto import mock_aws

from mobility.reglages.depots import lire

NOM = "quatuor-essais"
DIT = {
    "QUATUOR_S3_SEAU": NOM,
    "QUATUOR_S3_CLE": "cle",
    "QUATUOR_S3_SECRET": "secret",
    "QUATUOR_S3_REGION": "us-east-1",
    "QUATUOR_S3_DOSSIER": "quatuor",
}


@contextmanager
def seau(settings, **dit):
    """The bucket, empty; deposited files go there."""
    with mock_aws():
        client = boto3.client(
            "s3", region_name="us-east-1", aws_access_key_id="cle", aws_secret_access_key="secret"
        )
        client.create_bucket(Bucket=NOM)
        avant = settings.STORAGES
        settings.STORAGES = {**avant, "default": lire({**DIT, **dit})}
        try:
            yield boto3.resource("s3", region_name="us-east-1").Bucket(NOM)
        finally:
            settings.STORAGES = avant
