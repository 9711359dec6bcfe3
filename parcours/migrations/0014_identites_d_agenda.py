import uuid

from django.db import migrations, models

from collectivites.garanties.migrations import PoserDesContraintes

DATABLES = (
    'etapeprogramme', 'immersion', 'inscriptionsession', 'rendezvouscoaching', 'session', 'suivietape',
)
HEURES = [(heure, f'{heure} h') for heure in range(7, 21)]
JOURS = [
    (0, 'Le lundi'), (1, 'Le mardi'), (2, 'Le mercredi'), (3, 'Le jeudi'), (4, 'Le vendredi'), (5, 'Chaque jour ouvré'),
]


def identite():
    return models.UUIDField(
        default=uuid.uuid4, editable=False, unique=True, verbose_name='identité dans les agendas'
    )


def tirer(apps, schema_editor):
    """One for each row: a default is asked once for the whole table."""
    for nom in DATABLES:
        modele = apps.get_model('parcours', nom)
        lot = []
        for ligne in modele.objects.filter(uid_agenda=None).only('pk').iterator(chunk_size=2000):
            ligne.uid_agenda = uuid.uuid4()
            lot.append(ligne)
        modele.objects.bulk_update(lot, ['uid_agenda'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('parcours', '0013_reseau'),
    ]

    operations = [
        *(migrations.AddField(model_name=nom, name='uid_agenda', field=models.UUIDField(null=True)) for nom in DATABLES),
        migrations.RunPython(tirer, migrations.RunPython.noop),
        *(migrations.AlterField(model_name=nom, name='uid_agenda', field=identite()) for nom in DATABLES),
        migrations.AddField(
            model_name='preferencesrappel',
            name='heure',
            field=models.PositiveSmallIntegerField(choices=HEURES, default=8, verbose_name='À quelle heure'),
        ),
        migrations.AddField(
            model_name='preferencesrappel',
            name='invitations',
            field=models.BooleanField(default=True, help_text='Sinon, le courriel porte un fichier, que vous ouvrez si vous le voulez.', verbose_name='Vos rendez-vous en invitations, à accepter dans votre agenda'),
        ),
        migrations.AddField(
            model_name='preferencesrappel',
            name='jour',
            field=models.PositiveSmallIntegerField(choices=JOURS, default=0, verbose_name='Quel jour'),
        ),
        migrations.AlterField(
            model_name='preferencesrappel',
            name='resume',
            field=models.BooleanField(default=True, help_text='Ce que l’on attend de vous, et vos rendez-vous de la semaine.', verbose_name='Ce qui vous attend'),
        ),
        PoserDesContraintes([
            ('preferencesrappel', models.CheckConstraint(condition=models.Q(('jour__range', (0, 5))), name='preferencesrappel_jour_choisi', violation_error_message='La valeur de « Quel jour » est inconnue (préférences de rappel).')),
            ('preferencesrappel', models.CheckConstraint(condition=models.Q(('heure__range', (7, 20))), name='preferencesrappel_heure_choisi', violation_error_message='La valeur de « À quelle heure » est inconnue (préférences de rappel).')),
        ]),
    ]
