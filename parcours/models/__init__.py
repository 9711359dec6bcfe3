from parcours.models.promotion import EtapeProgramme, Inscription, Promotion, SuiviEtape

__all__ = ["EtapeProgramme", "Inscription", "Promotion", "SuiviEtape"]
