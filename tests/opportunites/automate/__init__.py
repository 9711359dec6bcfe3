"""The machine of `test_automate.py`: its stage, its acts by subject, and what must always hold."""
