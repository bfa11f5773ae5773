# `make` lists what there is to do. Everything is installed into .venv; Tesseract outside of it, if you agree.
PYTHON ?= python3
export PYTHON
export TRIBUREAU_SPECS ?= $(wildcard ../shared/specs)
export TRIBUREAU_CORPUS ?= $(wildcard ../shared/corpus)

IN_VENV := .venv/bin/python -m
ROUNDS ?= 20
AGAIN := $(if $(filter true,$(CI)),--reruns 1 -raR)

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format clean bench soak lock environment development system-packages

help: ## This list
	@echo "Tribureau: make VERB"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | expand -t 19

run: environment ## Start Tribureau on this machine; Ctrl-C stops it
	@tools/system-packages run
	@exec $(IN_VENV) tribureau run --until-ends $$PPID

setup: development ## Make .venv with all that running and testing need

test: lint ## All checks and tests (under ten minutes on two cores)
	@$(IN_VENV) pytest -n 3 --dist worksteal $(AGAIN) $(ARGS)

lint: development ## Style, types and the direction of imports
	@$(IN_VENV) ruff check .
	@$(IN_VENV) ruff format --check .
	@$(IN_VENV) mypy
	@.venv/bin/python -c "from importlinter.cli import lint_imports_command; lint_imports_command()" --no-cache

format: development ## Put the code in its form
	@$(IN_VENV) ruff check --fix .
	@$(IN_VENV) ruff format .

bench: development ## Measure beside baselines: a table and benchmarks/results/latest.json (ONLY=reading picks)
	@$(IN_VENV) benchmarks $(ONLY)

soak: development ## Long random tests: kills and interleavings (ONLY=, ROUNDS=, SEED= repeats one)
	@$(IN_VENV) pytest tests/soak -p no:cacheprovider --timeout 0 --rounds $(ROUNDS) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),-k "$(ONLY)")

lock: development ## Pin requirements/*.in into requirements/*.txt, with hashes (UPGRADE=1: newest releases)
	@tools/lock $(if $(UPGRADE),--upgrade)

system-packages: ## Install the system's packages for scanned pages and some tests (takes root)
	@tools/system-packages tests

clean: ## Remove what was made in this folder; data stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@tools/environment run

development:
	@$(if $(filter true,$(CI))$(filter yes,$(TRIBUREAU_INSTALL_SYSTEM_PACKAGES)),tools/system-packages tests)
	@tools/environment develop
