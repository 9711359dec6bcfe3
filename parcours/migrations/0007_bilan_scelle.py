"""What a bilan says was in clear, but for its words: all of it is sealed under the coaching keys."""

import json
from datetime import date

from django.db import migrations, models

from collectivites.garanties import secret

CHOIX = (
    "competences",
    "domaines",
    "collectivites",
    "voie",
    "distance_km",
    "jours_teletravail",
    "disponible_des",
    "maturite",
)


def _pour(bilan):
    return f"cadre {bilan.inscription.cadre_id}"


def sceller(apps, schema_editor):
    for bilan in apps.get_model("parcours", "Bilan").objects.select_related("inscription"):
        pour = _pour(bilan)
        dit = {champ: getattr(bilan, champ) for champ in CHOIX}
        dit["texte"] = secret.ouvrir(bilan.scelle, pour=pour) if bilan.scelle else ""
        bilan.scelle = secret.sceller(json.dumps(dit, default=date.isoformat), pour=pour)
        bilan.save(update_fields=["scelle"])


def desceller(apps, schema_editor):
    for bilan in apps.get_model("parcours", "Bilan").objects.select_related("inscription"):
        pour = _pour(bilan)
        dit = json.loads(secret.ouvrir(bilan.scelle, pour=pour)) if bilan.scelle else {}
        mots = dit.pop("texte", "")
        bilan.scelle = secret.sceller(mots, pour=pour) if mots else ""
        for champ, valeur in dit.items():
            setattr(bilan, champ, valeur)
        bilan.save()


class Migration(migrations.Migration):

    dependencies = [
        ("parcours", "0006_sessions_et_accompagnement"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="bilan", name="bilan_remis_a_une_date"),
        migrations.RemoveConstraint(model_name="bilan", name="bilan_teletravail_trois_jours"),
        migrations.RunPython(sceller, desceller),
        *(migrations.RemoveField(model_name="bilan", name=champ) for champ in CHOIX),
        migrations.AddConstraint(
            model_name="bilan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "brouillon"), ("remis_le__isnull", True)),
                    models.Q(("etat", "remis"), ("remis_le__isnull", False)),
                    _connector="OR",
                ),
                name="bilan_remis_a_une_date",
                violation_error_message="Un bilan remis porte sa date.",
            ),
        ),
    ]
