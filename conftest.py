# Here and not in tests/: from the root, this module is importable however pytest is started.
pytest_plugins = ["tests.services", "tests.outils.site"]
