"""What the form of an open poste describes, and where it is kept."""

#: On the poste itself.
CHAMPS_DU_POSTE = (
    "intitule",
    "direction",
    "cadres_emplois",
    "groupe_ifse",
    "nb_agents_encadres",
    "jours_teletravail",
    "ouvert_contractuel",
    "emploi_fonctionnel",
    "domaine",
    "domaine_autre",
    "missions",
    "lieu",
    "nbi_points",
)
#: On its opening.
CHAMPS_DE_L_OPPORTUNITE = (
    "presentation",
    "date_prise_poste",
    "vacance",
    "vacant_le",
    "numero",
    "responsable",
    "contact_nom",
    "contact_telephone",
    "contact_courriel",
    "voeux_avant",
    "remuneration_min",
    "remuneration_max",
    "remuneration",
)
