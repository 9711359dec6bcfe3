import uuid

from django.db import migrations, models


def identite():
    return models.UUIDField(
        default=uuid.uuid4, editable=False, unique=True, verbose_name='identité dans les agendas'
    )


def tirer(apps, schema_editor):
    """One for each row: a default is asked once for the whole table."""
    for nom in ('campagne', 'demande'):
        modele = apps.get_model('opportunites', nom)
        lot = []
        for ligne in modele.objects.filter(uid_agenda=None).only('pk').iterator(chunk_size=2000):
            ligne.uid_agenda = uuid.uuid4()
            lot.append(ligne)
        modele.objects.bulk_update(lot, ['uid_agenda'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('opportunites', '0015_propositions_par_index'),
    ]

    operations = [
        migrations.AddField(model_name='campagne', name='uid_agenda', field=models.UUIDField(null=True)),
        migrations.AddField(model_name='demande', name='uid_agenda', field=models.UUIDField(null=True)),
        migrations.RunPython(tirer, migrations.RunPython.noop),
        migrations.AlterField(model_name='campagne', name='uid_agenda', field=identite()),
        migrations.AlterField(model_name='demande', name='uid_agenda', field=identite()),
    ]
