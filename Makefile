# Quatuor. `make` alone lists the targets; each may be run again at any time.
.DEFAULT_GOAL := aide
.PHONY: aide demo demo-neuve test test-lourd check format bench charge mutations services verrous captures
MAKEFLAGS += --no-print-directory
# Compiled modules are worth keeping: they halve the time to start.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
PREPARER := @$(PYTHON) scripts/preparer.py

# The demo always has its own embedded database, whatever servers the shell points to.
DEMO := env -u DATABASE_URL -u REDIS_URL -u DEBUG -u QUATUOR_VAR QUATUOR_DEMO=1 PORT=$(PORT) \
        DJANGO_RUNSERVER_HIDE_WARNING=true $(PY)

aide: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## the demo on http://127.0.0.1:8000/ (PORT=… for another port); keeps what was done in it
	$(PREPARER) demo $(PORT)
	@$(DEMO) scripts/demo.py $(PORT)

demo-neuve: ## the demo, from the beginning: deletes its database, and nothing else; not under one that is served
	$(PREPARER) demo $(PORT)
	@$(DEMO) scripts/demo.py $(PORT) --neuve

test: ## the whole suite: SQLite, PostgreSQL, Redis, Celery, Chromium (PARTIE=sqlite ARGS="-k …")
	$(PREPARER) outils
	@$(PY) scripts/suite.py

test-lourd: ## what is slow and real: 10,000 rows, long random stories, everything on PostgreSQL
	$(PREPARER) outils
	@PARTIE=lourd $(PY) scripts/suite.py

check: ## format, lint, types, layers, migrations, templates: silent when all is well
	$(PREPARER) outils
	@$(PY) scripts/verifier.py

format: ## put the code and the templates in the house's format
	$(PREPARER) python
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format --quiet .
	@.venv/bin/djangofmt --quiet templates

bench: ## queries, bytes and time of the main pages; the registre at 250,000 cadres; 10,000 postes; the movement
	$(PREPARER) outils
	@$(PY) scripts/bench.py
	@$(PY) scripts/bench_echelle.py
	@$(PY) scripts/bench_postes.py
	@$(PY) scripts/bench_mouvement.py

charge: ## 200 people at once on this machine, beside a bare Django view; stops by itself (ARGS="--duree 20")
	$(PREPARER) python
	@$(PY) scripts/charge.py

mutations: ## would a test notice a rule gone wrong? some hours (ARGS="pilotage --module secret"); not in CI
	$(PREPARER) python
	@$(PY) scripts/mutations.py $(ARGS)

services: ## throw-away PostgreSQL and Redis until Ctrl-C; prints the variables that point to them
	$(PREPARER) python
	@$(PY) scripts/services.py

verrous: ## resolve requirements/*.in and package.json again into their lock files
	$(PREPARER) python
	@for nom in outils base dev; do \
	  UV_PYTHON_DOWNLOADS=never $(PY) -m uv pip compile --quiet --upgrade --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 \
	    --custom-compile-command "make verrous" \
	    requirements/$$nom.in -o requirements/$$nom.txt || exit 1; \
	done
	@npm update --package-lock-only --loglevel=error > /dev/null

rgaa: ## measure the sample of pages and documents again, and write docs/accessibilite/grille.csv
	$(PREPARER) outils
	@$(PY) scripts/rgaa.py

captures: ## the screenshots of the README and of the guide (NOM=drh-registre for one)
	$(PREPARER) outils
	@$(PY) scripts/captures.py $(NOM)
