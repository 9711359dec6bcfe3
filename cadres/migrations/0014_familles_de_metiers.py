from django.db import migrations, models

from collectivites.communs import metiers


def fermer_la_liste(apps, schema_editor):
    """What was typed becomes a code of the closed list, or stays beside « AUTRE » as it was written."""
    Cadre = apps.get_model("cadres", "Cadre")
    textes = Cadre.objects.order_by().exclude(domaine="").values_list("domaine", flat=True)
    for texte in list(textes.distinct()):
        code, autre = metiers.lire(texte)
        Cadre.objects.filter(domaine=texte).update(domaine=code, domaine_autre=autre)
    Critere = apps.get_model("cadres", "Critere")
    for critere in Critere.objects.filter(genre="domaine"):
        critere.valeurs = list(dict.fromkeys(metiers.lire(v)[0] for v in critere.valeurs))
        critere.save(update_fields=["valeurs"])


class Migration(migrations.Migration):
    dependencies = [("cadres", "0013_choix_connus"), ("collectivites", "0012_familles_de_metiers")]

    operations = [
        migrations.AddField(
            "cadre",
            "domaine_autre",
            models.CharField(blank=True, max_length=120, verbose_name="famille hors de la liste"),
        ),
        migrations.RunPython(fermer_la_liste, migrations.RunPython.noop, elidable=True),
    ]
