# One verb per habit. `make run` and `make test` need only Python 3.11, make and a package index.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PROTOS := $(wildcard protos/korotko/v1/*.proto)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
ARTICLE ?= seeds/articles/en.txt
PORT ?= 50051
IMAGE ?= korotko:latest
BASE_IMAGE ?=
IMAGE_OPTIONS ?=

.DEFAULT_GOAL := help
.PHONY: help install run serve test check parity protos bench image image-test train train-small evaluate clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: $(VENV)/installed ## Set up the virtual environment with the server and the client

run: $(VENV)/installed ## Start a server, summarize the seed article in three languages, stop it (ARTICLE=file, SOURCES=1)
	@$(BIN)/python seeds/demo.py $(ARTICLE) $(if $(SOURCES),--sources)

serve: $(VENV)/installed ## Leave a server running on PORT (50051)
	@KOROTKO_LOG_HUMAN=$${KOROTKO_LOG_HUMAN:-true} $(BIN)/korotko-service serve --port $(PORT)

test: $(VENV)/tested ## Run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/tested .venv-protos/installed ## Lint, check formatting and types, compare the generated stubs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@protos/generate.sh .venv-protos/fresh
	@diff -r --exclude=__init__.py --exclude=__pycache__ .venv-protos/fresh/korotko/v1 client/korotko/v1 \
	  && echo "stubs are fresh" || { echo "stubs differ from protos/: run make protos" >&2; exit 1; }

protos: .venv-protos/installed ## Generate client/korotko/v1 from protos/
	@protos/generate.sh client

bench: $(VENV)/tested ## Measure the server against the engine called directly (docs/performance.md)
	@$(BIN)/python -m benchmarks.throughput

parity: .venv-convert/installed ## Prove that CTranslate2 says what transformers says, family by family (installs torch for the CPU)
	@.venv-convert/bin/python -m pytest -m parity

image: ## Build the container image (podman or docker; BASE_IMAGE=image, IMAGE_OPTIONS='--build-arg PIP_INDEX_URL=...')
	@BUILDAH_FORMAT=docker $$(command -v podman || command -v docker) build \
	  $(if $(BASE_IMAGE),--build-arg BASE_IMAGE=$(BASE_IMAGE)) $(IMAGE_OPTIONS) --tag $(IMAGE) .

image-test: $(VENV)/tested ## Build the image and run it for real (podman; BASE_IMAGE=image, or root with debootstrap)
	@KOROTKO_TEST_BASE_IMAGE=$(BASE_IMAGE) $(BIN)/python -m pytest -m image tests/image

train: .venv-train/installed ## Train the starter (DATA=folder, EVAL=folder, RUN=folder; see training/README.md)
	@.venv-train/bin/python -m training all --data $(DATA) --eval $(EVAL) --run $(RUN)

train-small: .venv-train/installed ## Run the whole training recipe once in about a minute (the same variables)
	@.venv-train/bin/python -m training all --recipe training/smoke.toml --data $(DATA) --eval $(EVAL) --run $(RUN) --model $(RUN)/model --limit 20

evaluate: .venv-train/installed ## Measure the committed starter (EVAL=folder with FLORES and NTREX, RUN=folder for the figures)
	@.venv-train/bin/python -m training evaluate --eval $(EVAL) --run $(RUN) --model seeds/models/starter

clean: ## Remove environments and caches
	@rm -rf .venv .venv-protos .venv-convert .venv-train .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml client/pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "installing the server and the client into $(VENV) ..."
	@$(INSTALL) --editable ./client --editable .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	@echo "installing the test tools into $(VENV) ..."
	@$(INSTALL) --editable './client' --editable '.[test]'
	@touch $@

.venv-protos/installed: protos/requirements.txt
	@$(PYTHON) -m venv .venv-protos
	@.venv-protos/bin/python -m pip install --quiet --disable-pip-version-check --requirement protos/requirements.txt
	@touch $@

.venv-convert/installed: pyproject.toml constraints.txt
	@$(PYTHON) -m venv .venv-convert
	@.venv-convert/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	@.venv-convert/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	  --editable ./client --editable '.[test,convert,bart]'
	@touch $@

.venv-train/installed: pyproject.toml
	@$(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt ./client '.[train]'
	@touch $@
