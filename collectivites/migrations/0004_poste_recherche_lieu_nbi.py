from django.db import migrations, models

from collectivites.communs.typographie import sans_accents


def remplir(apps, schema_editor):
    """What a search looks into, for the postes that exist (see `Poste.calculer_recherche`)."""
    Poste = apps.get_model("collectivites", "Poste")
    lot = []
    for poste in Poste.objects.only("pk", "intitule", "domaine").iterator(chunk_size=2000):
        poste.recherche = sans_accents(f"{poste.intitule} {poste.domaine}")
        lot.append(poste)
        if len(lot) == 2000:
            Poste.objects.bulk_update(lot, ["recherche"])
            lot = []
    Poste.objects.bulk_update(lot, ["recherche"])


class Migration(migrations.Migration):
    dependencies = [("collectivites", "0003_courriel_agenda_et_reprise")]

    operations = [
        migrations.AddField(
            "poste",
            "lieu",
            models.CharField(blank=True, max_length=120, verbose_name="lieu de travail"),
        ),
        migrations.AddField(
            "poste",
            "nbi_points",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="points de NBI"),
        ),
        migrations.AddField(
            "poste", "recherche", models.TextField(default="", editable=False)
        ),
        migrations.RunPython(remplir, migrations.RunPython.noop, elidable=True),
    ]
