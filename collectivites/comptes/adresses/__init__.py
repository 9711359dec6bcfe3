"""An address that is typed, which tells nothing of its bearer."""
