"""A bucket, for what is told of S3: in memory, where the requests of this process are answered before they
leave; or served on this machine, for processes of an installation."""

from contextlib import contextmanager

import boto3
from moto import mock_aws
from moto.server import ThreadedMotoServer

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


@contextmanager
def seau_servi():
    """(what the environment says of it, the bucket itself)."""
    serveur = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    serveur.start()
    try:
        hote, port = serveur.get_host_and_port()
        dit = {**DIT, "QUATUOR_S3_ADRESSE": f"http://{hote}:{port}"}
        lui = boto3.resource(
            "s3",
            endpoint_url=dit["QUATUOR_S3_ADRESSE"],
            region_name=DIT["QUATUOR_S3_REGION"],
            aws_access_key_id=DIT["QUATUOR_S3_CLE"],
            aws_secret_access_key=DIT["QUATUOR_S3_SECRET"],
        ).create_bucket(Bucket=NOM)
        yield dit, lui
    finally:
        serveur.stop()
