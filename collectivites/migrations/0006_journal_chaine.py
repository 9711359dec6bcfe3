"""The journal is chained: each line gets its link, and the lines of one decision say so.

What was written before has links that vouch for no date (`reprise`); `post_migrate` chains them.
"""

import secrets
from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

PAR_LOT = 1000
#: Lines of one decision were written one after the other, in the same transaction.
MEME_DECISION = timedelta(seconds=2)


def relier_les_lignes(apps, schema_editor):
    """The second line of a decision, which engages another collectivité, refers to the first."""
    EntreeJournal = apps.get_model("collectivites", "EntreeJournal")
    purge = apps.get_model("collectivites", "PurgeEnCours").objects.create()
    premiere = None
    for ligne in EntreeJournal.objects.order_by("pk").iterator(chunk_size=PAR_LOT):
        if premiere is not None and _meme_decision(premiere, ligne):
            EntreeJournal.objects.filter(pk=ligne.pk).update(suite_de=premiere.pk)
        else:
            premiere = ligne
    purge.delete()


def _meme_decision(premiere, ligne):
    memes = (
        "demarche_id", "auteur_id", "acte", "objet_type", "objet_id", "libelle", "motif", "cadre_ref"
    )
    return (
        all(getattr(premiere, nom) == getattr(ligne, nom) for nom in memes)
        and premiere.collectivite_id != ligne.collectivite_id
        and abs(ligne.quand - premiere.quand) <= MEME_DECISION
    )


def donner_leurs_maillons(apps, schema_editor):
    MaillonJournal = apps.get_model("collectivites", "MaillonJournal")
    lignes = apps.get_model("collectivites", "EntreeJournal").objects.order_by("pk")
    lot = []
    for pk, demarche in lignes.values_list("pk", "demarche_id").iterator(chunk_size=PAR_LOT):
        lot.append(
            MaillonJournal(
                entree_id=pk,
                demarche_id=demarche,
                inscrit_le=timezone.now(),
                reprise=True,
                sel=secrets.token_hex(16),
            )
        )
        if len(lot) == PAR_LOT:
            MaillonJournal.objects.bulk_create(lot)
            lot = []
    MaillonJournal.objects.bulk_create(lot)
    if schema_editor.connection.vendor == "postgresql":
        # What follows may alter tables: nothing may still wait to be checked on them.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('collectivites', '0005_courriels_signes'),
        # It erases lines of the journal: before they are chained, never after.
        ('opportunites', '0008_voeux_gardes_et_refus_scelles'),
    ]

    operations = [
        migrations.AddField(
            model_name='entreejournal',
            name='suite_de',
            field=models.ForeignKey(help_text='La première ligne de la même décision, quand elle engage plusieurs collectivités.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collectivites.entreejournal'),
        ),
        migrations.CreateModel(
            name='MaillonJournal',
            fields=[
                ('entree', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='maillon', serialize=False, to='collectivites.entreejournal')),
                ('numero', models.PositiveIntegerField(null=True)),
                ('inscrit_le', models.DateTimeField()),
                ('reprise', models.BooleanField(default=False, help_text='Ligne d’avant la chaîne, dont elle ne garantit pas la date.')),
                ('sel', models.CharField(blank=True, help_text='Vide : texte effacé.', max_length=32)),
                ('engagement', models.CharField(blank=True, max_length=64)),
                ('oubli', models.CharField(blank=True, max_length=64)),
                ('empreinte', models.CharField(blank=True, max_length=64)),
                ('demarche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collectivites.demarche')),
            ],
            options={
                'verbose_name': 'maillon du journal',
                'verbose_name_plural': 'maillons du journal',
                'indexes': [models.Index(condition=models.Q(('numero', None)), fields=['demarche'], name='maillons_en_attente')],
                'constraints': [models.UniqueConstraint(fields=('demarche', 'numero'), name='journal_une_ligne_par_place', violation_error_message='Une autre ligne du journal tient déjà cette place.')],
            },
        ),
        migrations.RunPython(relier_les_lignes, migrations.RunPython.noop),
        migrations.RunPython(donner_leurs_maillons, migrations.RunPython.noop),
    ]
