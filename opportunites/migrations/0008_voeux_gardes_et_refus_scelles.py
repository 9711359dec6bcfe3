"""Wishes kept from whoever serves two employers, refusals sealed, postes that tell more.

The text of a former proposition goes to the person's side: their employer reads nothing of it any
more. The reasons of former refusals are sealed, counted by quarter, and leave the journal.
"""

import json
from collections import Counter
from datetime import date

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone

import opportunites.models.opportunite
from collectivites.garanties import secret

MOTIFS = ("contenu", "remuneration", "lieu", "calendrier", "famille", "autre")


def sceller_les_refus(apps, schema_editor):
    """Needs the keys of coaching, as soon as somebody has refused."""
    Proposition = apps.get_model("opportunites", "Proposition")
    comptes = {}
    refusees = Proposition.objects.filter(etat="refusee").select_related(
        "cadre", "opportunite__poste__collectivite"
    )
    for proposition in refusees.order_by("pk"):
        motif = proposition.motif_refus or "autre"
        jour = timezone.localtime(proposition.repondue_le).date()
        cle = (
            proposition.opportunite.poste.collectivite.demarche_id,
            date(jour.year, 3 * ((jour.month - 1) // 3) + 1, 1),
        )
        comptes.setdefault(cle, Counter())[motif] += 1
        if proposition.cadre.anonymise_le is None:
            _sceller(apps, proposition, motif)
    for (demarche, trimestre), effectifs in comptes.items():
        apps.get_model("opportunites", "CompteDesRefus").objects.create(
            demarche_id=demarche,
            trimestre=trimestre,
            scelle=secret.sceller(
                json.dumps({motif: effectifs[motif] for motif in MOTIFS}),
                pour=f"refus:demarche:{demarche}:{trimestre:%Y-%m}",
            ),
        )
    _effacer_du_journal(apps)
    if schema_editor.connection.vendor == "postgresql":
        # What follows alters tables: nothing may still wait to be checked on them.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _sceller(apps, proposition, motif):
    clair = json.dumps({"motif": motif, "commentaire": proposition.commentaire_refus})
    apps.get_model("opportunites", "RaisonDuRefus").objects.create(
        proposition=proposition,
        scelle=secret.sceller(clair, pour=f"refus:{proposition.cadre_id}"),
    )


def _effacer_du_journal(apps):
    """The person's own lines held the reason in clear, and nothing else. The guard opens for a purge
    only."""
    purge = apps.get_model("collectivites", "PurgeEnCours").objects
    lignes = apps.get_model("collectivites", "EntreeJournal").objects.filter(
        acte="proposition.motif_du_refus"
    )
    if lignes.exists():
        purge.create()
        lignes.delete()
        purge.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0007_comptes_et_colonnes"),
        ("collectivites", "0004_poste_recherche_lieu_nbi"),
        ("opportunites", "0007_voies_du_referentiel"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alerte",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "parametres",
                    models.CharField(blank=True, max_length=500, verbose_name="filtres"),
                ),
                (
                    "depuis",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="postes publiés après"
                    ),
                ),
            ],
            options={
                "verbose_name": "alerte",
            },
        ),
        migrations.CreateModel(
            name="CompteDesRefus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scelle",
                    models.TextField(
                        blank=True, default="", editable=False, verbose_name="texte scellé"
                    ),
                ),
                ("trimestre", models.DateField(verbose_name="premier jour du trimestre")),
            ],
            options={
                "verbose_name": "compte des refus",
                "verbose_name_plural": "comptes des refus",
            },
        ),
        migrations.CreateModel(
            name="LotDeRefus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("du", models.DateField(verbose_name="premier jour")),
                ("au", models.DateField(verbose_name="dernier jour")),
                ("effectifs", models.JSONField(default=dict, verbose_name="effectifs par raison")),
                ("total", models.PositiveIntegerField(verbose_name="refus")),
                (
                    "publie_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="publié le"
                    ),
                ),
            ],
            options={
                "verbose_name": "lot de refus",
                "verbose_name_plural": "lots de refus",
                "ordering": ["demarche_id", "au"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texte", models.TextField(verbose_name="question")),
                (
                    "posee_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="posée le"
                    ),
                ),
                ("reponse", models.TextField(blank=True, verbose_name="réponse")),
                (
                    "repondue_le",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
            ],
            options={
                "verbose_name": "question sur une proposition",
                "verbose_name_plural": "questions sur une proposition",
                "ordering": ["posee_le", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RaisonDuRefus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scelle",
                    models.TextField(
                        blank=True, default="", editable=False, verbose_name="texte scellé"
                    ),
                ),
            ],
            options={
                "verbose_name": "raison d’un refus",
                "verbose_name_plural": "raisons des refus",
            },
        ),
        migrations.CreateModel(
            name="Sollicitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.TextField(verbose_name="message")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("posee", "Réponse attendue"),
                            ("oui", "Poste ajouté aux vœux"),
                            ("non", "Pas de suite"),
                        ],
                        default="posee",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "posee_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="posée le"
                    ),
                ),
                (
                    "repondue_le",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
            ],
            options={
                "verbose_name": "question sur un poste",
                "verbose_name_plural": "questions sur un poste",
                "ordering": ["-posee_le", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="demande",
            name="rendez_vous_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="rendez-vous le"),
        ),
        migrations.AddField(
            model_name="demande",
            name="rendez_vous_lieu",
            field=models.CharField(blank=True, max_length=200, verbose_name="lieu ou téléphone"),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="contact_courriel",
            field=models.EmailField(blank=True, max_length=254, verbose_name="son courriel"),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="contact_nom",
            field=models.CharField(blank=True, max_length=120, verbose_name="personne à contacter"),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="contact_telephone",
            field=models.CharField(blank=True, max_length=40, verbose_name="son téléphone"),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="piece",
            field=models.FileField(
                blank=True,
                max_length=200,
                upload_to=opportunites.models.opportunite.chemin_de_la_fiche,
                verbose_name="fiche de poste",
            ),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="nom_piece",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="nom de la fiche de poste"
            ),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="numero",
            field=models.CharField(blank=True, max_length=40, verbose_name="numéro du poste"),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="remuneration",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="rémunération, en mots"
            ),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="remuneration_max",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="rémunération, jusqu’à"
            ),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="remuneration_min",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="rémunération, à partir de"
            ),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="responsable",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="fonction du responsable direct"
            ),
        ),
        migrations.AddField(
            model_name="opportunite",
            name="voeux_avant",
            field=models.DateField(
                blank=True, null=True, verbose_name="dernier jour pour le classer"
            ),
        ),
        migrations.AddField(
            model_name="proposition",
            name="accord_demande_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="question posée le"),
        ),
        migrations.AddField(
            model_name="proposition",
            name="accord_dgs",
            field=models.CharField(
                blank=True,
                choices=[
                    ("demande", "Question posée à la personne"),
                    ("oui", "La personne est d’accord"),
                    ("non", "La personne préfère que non"),
                ],
                max_length=10,
                verbose_name="le DGS peut-il l’apprendre",
            ),
        ),
        migrations.AddField(
            model_name="proposition",
            name="accord_repondu_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="question répondue le"),
        ),
        migrations.AddField(
            model_name="proposition",
            name="pourquoi_employeur",
            field=models.TextField(blank=True, verbose_name="ce que lit l’employeur actuel"),
        ),
        migrations.AddField(
            model_name="proposition",
            name="validee_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="collectivites.mandat",
            ),
        ),
        migrations.AlterField(
            model_name="demande",
            name="etat",
            field=models.CharField(
                choices=[
                    ("deposee", "Réponse attendue"),
                    ("acceptee", "Acceptée"),
                    ("declinee", "Déclinée"),
                    ("sans_suite", "Sans suite"),
                    ("retiree", "Retirée par vous"),
                ],
                default="deposee",
                max_length=10,
                verbose_name="état",
            ),
        ),
        migrations.AddConstraint(
            model_name="demande",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rendez_vous_le__isnull", True),
                    ("etat__in", ["acceptee", "retiree"]),
                    _connector="OR",
                ),
                name="demande_rendez_vous_si_acceptee",
                violation_error_message="Seule une demande acceptée porte un rendez-vous.",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("remuneration_min__isnull", True),
                    ("remuneration_max__isnull", True),
                    ("remuneration_max__gte", models.F("remuneration_min")),
                    _connector="OR",
                ),
                name="opportunite_fourchette_croissante",
                violation_error_message="La rémunération va du plus bas au plus haut montant.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accord_demande_le__isnull", True), ("accord_dgs", "")),
                    models.Q(
                        models.Q(("accord_dgs", ""), _negated=True),
                        ("accord_demande_le__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposition_accord_demande_date",
                violation_error_message="Une question posée à la personne porte sa date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accord_dgs__in", ["oui", "non"]), ("accord_repondu_le__isnull", False)
                    ),
                    models.Q(
                        models.Q(("accord_dgs__in", ["oui", "non"]), _negated=True),
                        ("accord_repondu_le__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="proposition_accord_repondu_date",
                violation_error_message="La réponse de la personne sur ce point porte sa date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("validee_par__isnull", True), ("validee_le__isnull", False), _connector="OR"
                ),
                name="proposition_valideur_si_validee",
                violation_error_message="Seule une proposition validée porte qui l’a validée.",
            ),
        ),
        migrations.AddField(
            model_name="alerte",
            name="cadre",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alerte",
                to="cadres.cadre",
            ),
        ),
        migrations.AddField(
            model_name="comptedesrefus",
            name="demarche",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comptes_des_refus",
                to="collectivites.demarche",
            ),
        ),
        migrations.AddField(
            model_name="lotderefus",
            name="demarche",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lots_de_refus",
                to="collectivites.demarche",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="proposition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="opportunites.proposition",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="repondue_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="collectivites.mandat",
            ),
        ),
        migrations.AddField(
            model_name="raisondurefus",
            name="proposition",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="raison_du_refus",
                to="opportunites.proposition",
            ),
        ),
        migrations.AddField(
            model_name="sollicitation",
            name="cadre",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sollicitations",
                to="cadres.cadre",
            ),
        ),
        migrations.AddField(
            model_name="sollicitation",
            name="opportunite",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sollicitations",
                to="opportunites.opportunite",
            ),
        ),
        migrations.AddConstraint(
            model_name="comptedesrefus",
            constraint=models.UniqueConstraint(
                fields=("demarche", "trimestre"),
                name="compte_des_refus_unique",
                violation_error_message="Ce trimestre a déjà son compte des refus.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lotderefus",
            constraint=models.UniqueConstraint(
                fields=("demarche", "du"),
                name="lot_de_refus_unique",
                violation_error_message="Un lot de refus commence déjà ce jour-là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lotderefus",
            constraint=models.CheckConstraint(
                condition=models.Q(("total__gte", 5)),
                name="lot_de_refus_assez_grand",
                violation_error_message="Un lot de refus en compte cinq au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lotderefus",
            constraint=models.CheckConstraint(
                condition=models.Q(("au__gt", models.F("du"))),
                name="lot_de_refus_finit_apres_son_debut",
                violation_error_message="Un lot de refus finit après son début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("texte", ""), _negated=True),
                name="question_ecrite",
                violation_error_message="Écrivez d’abord votre question.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("repondue_le__isnull", True),
                        ("repondue_par__isnull", True),
                        ("reponse", ""),
                    ),
                    models.Q(
                        models.Q(("reponse", ""), _negated=True),
                        ("repondue_le__isnull", False),
                        ("repondue_par__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="question_reponse_complete",
                violation_error_message="Une réponse porte ses mots, sa date et son auteur.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sollicitation",
            constraint=models.UniqueConstraint(
                fields=("opportunite", "cadre"),
                name="sollicitation_unique",
                violation_error_message="Cette personne a déjà été interrogée sur ce poste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sollicitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "posee"), ("repondue_le__isnull", True)),
                    models.Q(
                        models.Q(("etat", "posee"), _negated=True), ("repondue_le__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="sollicitation_reponse_datee",
                violation_error_message="La réponse d’une personne interrogée porte sa date.",
            ),
        ),
        migrations.RunPython(sceller_les_refus, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="proposition",
            name="proposition_motif_si_refusee",
        ),
        migrations.RemoveField(
            model_name="proposition",
            name="commentaire_refus",
        ),
        migrations.RemoveField(
            model_name="proposition",
            name="motif_refus",
        ),
    ]
