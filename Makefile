# One command a job. `make` alone explains them. Everything works from any folder with `make -C <folder>`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A stamp a part of the set-up: it is done again when what it depends on has changed.
PACKAGES := $(VENV)/.packages-ready
ALLURE := $(VENV)/.allure-ready
BROWSER := $(VENV)/.browser-ready
READY := $(PACKAGES) $(ALLURE) $(BROWSER)
# More options for `countersign run`, `prove` and the benchmarks, such as ARGS="--tags @quick".
ARGS ?=

.PHONY: help setup accept accept-full test check prove prove-full bench

help: ## explain the commands
	@echo "Countersign: a green you can sign."
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "More options: make accept ARGS='--tags @quick', and $(BIN)/python -m countersign --help"

setup: $(READY) ## make the environment and install everything; does nothing when nothing changed
	@echo "The environment is ready: $(VENV)"

accept: $(READY) ## the acceptance run: every default scenario, then all reports (reports/out/latest)
	@$(BIN)/python -m countersign run $(ARGS)

accept-full: $(READY) ## the acceptance run with the soak scenarios and the heavy load (takes long)
	@$(BIN)/python -m countersign run --tags "(@soak or not @soak) and not @wip" -D pace=real $(ARGS)

test: check ## the suite's own checks and tests
	@$(BIN)/python -m pytest tests --ignore=tests/house

check: $(READY) ## format, lint, types and the rules of the house, in seconds
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/house

prove: $(READY) ## the kill matrix: each seeded fault must turn its criteria red for the stated reason
	@$(BIN)/python -m countersign prove $(ARGS)

prove-full: $(READY) ## the kill matrix with every scenario run under every fault (takes long)
	@$(BIN)/python -m countersign prove --full $(ARGS)

bench: $(READY) ## how fast the suite itself is
	@$(BIN)/python -m benchmarks $(ARGS)

# ---------------------------------------------------------------- set-up, part by part

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or say which one: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is $$($(PYTHON) --version); Countersign needs 3.11 or newer: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make environments. On Debian or Ubuntu: apt-get install python3-venv; then make setup again." >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV)

$(PACKAGES): requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing the Python packages (pinned in requirements*.txt) ..."
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off -r requirements-dev.txt \
	  | sed -un 's/ (from .*//; /^Collecting/p; /^Successfully/p'
	@touch $@

# Without Allure a run has its sign-off pack all the same, so a registry that cannot be reached does not stop the set-up.
$(ALLURE): reports/allure/package.json reports/allure/package-lock.json $(PACKAGES)
	@echo "Installing Allure (pinned in reports/allure/package-lock.json) ..."
	@if PATH="$(CURDIR)/$(BIN):$$PATH" "$(CURDIR)/$(BIN)/npm" ci --prefix reports/allure --no-audit --no-fund --loglevel=error \
	    --fetch-retries=1 --fetch-timeout=60000; then touch $@; \
	  else echo "Allure could not be installed: its page will not be rendered, everything else works. Next try: make setup"; fi

$(BROWSER): $(PACKAGES)
	@echo "Looking for a browser ..."
	@$(BIN)/python -m countersign.suite.browser_setup
	@touch $@
