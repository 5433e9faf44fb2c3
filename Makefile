# `make demo` shows coach at work; `make test` proves it. Each sets up all it needs.
.DEFAULT_GOAL := help
.PHONY: help install install-postgres demo test torture bench pictures score learn lint format requirements

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A virtual environment is trusted only by its stamp, named after what was installed and written last.
RUN_STAMP := $(VENV)/.run-$(shell cat requirements.txt pyproject.toml | cksum | cut -d' ' -f1)
PG_STAMP := $(VENV)/.postgres-$(shell cat requirements-postgres.txt pyproject.toml | cksum | cut -d' ' -f1)
DEV_STAMP := $(VENV)/.dev-$(shell cat requirements-dev.txt pyproject.toml | cksum | cut -d' ' -f1)
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

install: $(RUN_STAMP)  ## set up what coach runs on

install-postgres: $(PG_STAMP)  ## the same, and what PostgreSQL takes

demo: $(RUN_STAMP)  ## two weeks of three made-up patients, in a couple of minutes
	@$(BIN)/coach demo

# Hundreds of processes: what is compiled once is kept, whatever the environment says.
test: $(DEV_STAMP)  ## all tests
	@sh .ci/browser
	@PYTHONDONTWRITEBYTECODE= PYTHONTZPATH= $(BIN)/python -m pytest

torture: $(DEV_STAMP)  ## 200 kills among 10,000 texts on each database, and what became of them (25 minutes each at most)
	@PYTHONTZPATH= $(BIN)/python -m tests.torture

bench: $(DEV_STAMP)  ## what coach does a second, beside what bounds it, in a table
	@PYTHONTZPATH= $(BIN)/python -m benchmarks

pictures: $(DEV_STAMP)  ## a picture of every page of a made-up clinic, into docs/care-team/pictures
	@sh .ci/browser
	@PYTHONTZPATH= $(BIN)/python -m tests.pictures

score: $(DEV_STAMP)  ## how well replies are understood, on a folder of samples: make score CORPORA=folder ARGS=-v
	@$(BIN)/python -m benchmarks.score $(or $(CORPORA),$(error say which samples: make score CORPORA=folder)) $(ARGS)

learn: $(RUN_STAMP)  ## what config/safety/examples.csv teaches, written as weights (after each change of it)
	@$(PIP) --require-hashes -r requirements-learn.txt
	@$(BIN)/python -m benchmarks.learn

lint: $(DEV_STAMP)  ## format, lint, types, floors, programs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/coach program check config/programs/*.yaml

format: $(DEV_STAMP)  ## put the code in form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

requirements:  ## lock requirements*.in again (needs uv)
	for set in requirements requirements-postgres requirements-dev requirements-learn; do \
	    uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q $$set.in -o $$set.txt || exit 1; \
	done

$(RUN_STAMP): requirements.txt pyproject.toml
	@sh .ci/venv $(PYTHON) $(VENV)
	@echo "coach: installing what it runs on (about a minute, once)"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.run-* && touch $@

$(PG_STAMP): requirements-postgres.txt pyproject.toml $(RUN_STAMP)
	@echo "coach: installing what PostgreSQL takes"
	@$(PIP) --require-hashes -r requirements-postgres.txt
	@rm -f $(VENV)/.postgres-* && touch $@

$(DEV_STAMP): requirements-dev.txt pyproject.toml $(RUN_STAMP)
	@echo "coach: installing what its tests need (about a minute, once)"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@rm -f $(VENV)/.dev-* && touch $@
