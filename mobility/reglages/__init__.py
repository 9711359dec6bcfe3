"""Parts of the settings that stand apart; `mobility.settings` says which variable does what."""
