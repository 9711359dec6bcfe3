"""Who acts for an employer: access given to colleagues, and ended."""
