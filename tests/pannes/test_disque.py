"""A disk that is full, for the processes of the site themselves: said where the file was chosen, and no half of
a file is left."""

import resource

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pilotage.models import AccordElus
from tests.fabriques import fermer_les_jalons


def accord(reelle, client, numero, octets):
    piece = SimpleUploadedFile(f"{numero}.pdf", b"%PDF-1.4\n" + b"x" * octets + b"\n%%EOF\n")
    textes = {
        "instance": "Conseil régional",
        "le": f"{timezone.localdate():%Y-%m-%d}",
        "numero": numero,
    }
    return reelle.demander("/elus/accord/", client, textes, {"piece": piece})


def test_a_file_that_the_disk_has_no_room_for_is_refused_and_leaves_nothing(
    reelle, troupe, client_de
):
    fermer_les_jalons(troupe.demarche)
    client = client_de(troupe.dgs_region)
    place = 2 * 1024 * 1024  # above their own logs
    for pid in reelle.enfants("web"):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (place, resource.RLIM_INFINITY))

    reponse = accord(reelle, client, "trop-grand", 2 * place)

    assert reponse.statut == 503
    assert "rien n’est enregistré" in reponse.texte
    assert not AccordElus.objects.filter(numero="trop-grand").exists()
    assert not [f for f in reelle.dossier.glob("depots/**/*") if f.is_file()]

    assert accord(reelle, client, "assez-petit", 1000).statut == 302
    assert [f.stat().st_size for f in reelle.dossier.glob("depots/**/*.pdf")] == [1016]
