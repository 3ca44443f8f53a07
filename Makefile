# `make` or `make help` lists what can be asked for.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
# Commands that write files, not records: no real key is needed, and none is used.
FLASK := APP_ENV=testing SECRET_KEY=none DATA_KEY=$(shell printf 'A%.0s' {1..43})= $(PY) -m flask --app wsgi
PORT ?= 8000
# How much of the code the tests must reach, branches included, in per cent.
COVERAGE ?= 95
# Two processes: one a core on a usual machine. PYTEST adds options: make test PYTEST="-k names".
WORKERS ?= 2
PYTEST ?=
export PORT
# Some machines forbid Python to keep what it compiled; every start would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup setup-test run test check lint types format docs bench translations translate migrate lock clean

help:  ## Say what can be asked for
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup:  ## Install what serving needs (system libraries, .venv)
	@deploy/bootstrap run

setup-test:  ## Install what serving and checking need (also PostgreSQL, Chromium)
	@deploy/bootstrap test

run: setup translate  ## Serve the platform on 127.0.0.1:$PORT (8000), with the demo district
	@exec $(PY) deploy/serve

test: setup-test translate lint types  ## Check everything: style, types, layers, tests on both engines
	@$(PY) -W ignore::RuntimeWarning -m slipcover --json --out .reach.json -m pytest -n $(WORKERS) --dist worksteal $(PYTEST) | tee .tests.log
	$(PY) -m tests.reach .reach.json $(COVERAGE)
	tail -n 1 .tests.log

check: lint types  ## Check style, types and layers, without tests

lint: setup-test  ## Check style, import layers, templates and spelling
	@$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports --no-logo
	.venv/bin/djlint --quiet --lint templates
	.venv/bin/codespell

types: setup-test  ## Check types
	@$(PY) -m mypy

format: setup-test  ## Format code, and mend what ruff can mend
	@$(PY) -m ruff check --fix --exit-zero --quiet .
	$(PY) -m ruff format .

docs: setup-test  ## Write the generated parts of docs/ anew
	@$(FLASK) docs build

bench: setup-test  ## Measure against the goals in docs (takes long)
	@$(PY) -m bench

translations: setup-test  ## Collect messages, bring translations/ up to date and compile it
	@trap 'rm -f messages.pot' EXIT
	.venv/bin/pybabel -q extract -F pyproject.toml -k _l -k _n:1,2 -k lazy_gettext -k lazy_ngettext:1,2 \
	  --no-location --sort-output --omit-header -o messages.pot .
	.venv/bin/pybabel -q update --no-fuzzy-matching --no-wrap --omit-header --ignore-obsolete \
	  -i messages.pot -d translations -l zh_Hans
	$(MAKE) translate

# Only catalogues that changed since they were compiled.
translate: $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

%.mo: %.po
	@.venv/bin/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $@)))

migrate: setup-test  ## Draft a migration from the models: make migrate M="add plaque number"
	@test -n "$(M)" || { echo 'Say what it does: make migrate M="add plaque number"' >&2; exit 2; }
	scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT
	export DATABASE_URL="sqlite:///$$scratch/draft.db"
	$(FLASK) db upgrade
	if $(FLASK) db check >/dev/null 2>&1; then echo "The models are what the migrations make."; exit; fi
	$(FLASK) db migrate -m "$(M)"

lock:  ## Resolve requirements*.in anew into the hash-locked requirements*.txt
	@tool=$$(mktemp -d); trap 'rm -rf "$$tool"' EXIT
	python3 -m venv "$$tool" && "$$tool/bin/pip" install -q uv
	for set in requirements requirements-dev; do
	  "$$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	    --generate-hashes --no-header --no-emit-index-url $(UPGRADE) $$set.in -o $$set.txt
	done

clean:  ## Remove what tools left behind; keeps .venv and instance/
	@rm -rf .reach.json .tests.log test-results .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
