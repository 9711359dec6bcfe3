from django.db import migrations, models

from collectivites.communs import metiers
from collectivites.communs.typographie import sans_accents


def fermer_la_liste(apps, schema_editor):
    """What was typed becomes a code of the closed list, or stays beside « AUTRE » as it was written."""
    Poste = apps.get_model("collectivites", "Poste")
    lot = []
    for poste in Poste.objects.exclude(domaine="").iterator(chunk_size=2000):
        poste.domaine, poste.domaine_autre = metiers.lire(poste.domaine)
        famille = metiers.dire(poste.domaine, poste.domaine_autre)
        poste.recherche = sans_accents(f"{poste.intitule} {famille}")
        lot.append(poste)
    champs = ["domaine", "domaine_autre", "recherche"]
    Poste.objects.bulk_update(lot, champs, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("collectivites", "0011_choix_connus")]

    operations = [
        migrations.AddField(
            "poste",
            "domaine_autre",
            models.CharField(blank=True, max_length=120, verbose_name="famille hors de la liste"),
        ),
        migrations.RunPython(fermer_la_liste, migrations.RunPython.noop, elidable=True),
    ]
