from django.db import migrations, models

from collectivites.garanties.migrations import PoserDesContraintes


class Migration(migrations.Migration):
    dependencies = [("parcours", "0015_offres_d_immersion")]

    operations = [
        PoserDesContraintes([
            ('immersion', models.CheckConstraint(condition=models.Q(('accord_origine_le__isnull', True), ('montree_le__isnull', False), _connector='OR'), name='immersion_montree_avant_l_accord', violation_error_message='L’employeur n’accorde que ce que la personne lui a montré.')),
            ('immersion', models.CheckConstraint(condition=models.Q(('offre__isnull', False), ('montree_le__isnull', False), _connector='OR'), name='immersion_cachee_sur_offre', violation_error_message='Seule la réponse à une offre se demande à l’accueil d’abord.')),
            ('immersion', models.UniqueConstraint(condition=models.Q(('etat__in', ('demandee', 'accordee', 'convention', 'realisee'))), fields=('offre', 'cadre'), name='immersion_une_par_offre', violation_error_message='Vous avez déjà demandé des jours de cette offre.')),
        ]),
    ]
