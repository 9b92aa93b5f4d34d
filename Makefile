# One verb per habit. `make run` and `make test` need only Python 3.11, make and a package index.
PYTHON ?= $(shell command -v python3.11 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
PROTOS := $(wildcard protos/korotko/v1/*.proto)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
ARTICLE ?= seeds/articles/en.txt
PORT ?= 50051
IMAGE ?= korotko:latest
BASE_IMAGE ?=
IMAGE_OPTIONS ?=
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
REVISION = $(shell git rev-parse HEAD 2>/dev/null)
SECONDS ?= 1800
BENCH ?=
PEERS ?= transformers fastapi mosec litserve ray libretranslate
comma := ,
space := $() $()

.DEFAULT_GOAL := help
.PHONY: help install run serve test check parity test-training protos bench bench-peers bench-widened bench-bulk footprint soak faithfulness image image-test train train-small evaluate clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 15

install: $(VENV)/installed ## Set up the virtual environment with the server and the client

run: $(VENV)/installed ## Start a server, summarize the seed article in three languages, stop it (ARTICLE=file, SOURCES=1)
	@$(BIN)/python seeds/demo.py "$(ARTICLE)" $(if $(SOURCES),--sources)

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

bench: $(VENV)/benched ## Measure the server against the engine called directly, and plot it (BENCH='--rounds 5'; docs/performance.md)
	@$(BIN)/python -m benchmarks.throughput $(BENCH) --json benchmarks/results/server.json
	@$(BIN)/python -m benchmarks.report benchmarks/results/server.json

bench-peers: $(VENV)/benched $(PEERS:%=.bench/%/installed) ## The same with other servers of the same model (PEERS='mosec ray')
	@$(BIN)/python -m benchmarks.throughput $(BENCH) --shapes sentence --peers $(subst $(space),$(comma),$(PEERS)) \
	  --json benchmarks/results/peers.json
	@$(BIN)/python -m benchmarks.report benchmarks/results/peers.json

bench-widened: $(VENV)/benched ## The same as bench with a model as large as OPUS-MT's base (the starter with idle units)
	@rm -rf .bench/widened
	@$(BIN)/python -m benchmarks.widened .bench/widened
	@$(BIN)/python -m benchmarks.throughput --seconds 8 $(BENCH) --shapes sentence --model .bench/widened \
	  --json benchmarks/results/widened.json
	@$(BIN)/python -m benchmarks.report benchmarks/results/widened.json

bench-bulk: $(VENV)/tested ## Measure interactive callers beside a bulk stream of articles (BENCH='--seconds 10')
	@$(BIN)/python -m benchmarks.bulk $(BENCH)

footprint: $(VENV)/tested ## Measure cold start and memory (PEERS that are installed too)
	@$(BIN)/python -m benchmarks.footprint --peers=$(subst $(space),$(comma),$(PEERS))

soak: $(VENV)/tested ## Everything at once against a real server: wrong codes, lost items, growth of memory (SECONDS=1800)
	@$(BIN)/python -m benchmarks.soak --seconds $(SECONDS)

faithfulness: $(VENV)/tested ## Numbers, names, loops, drops, warnings and repairs of the whole service (EVAL=folder; FAITH='--limit 60'; docs/faithfulness.md)
	@$(BIN)/python -m benchmarks.faithfulness --eval $(EVAL) $(FAITH) --json benchmarks/results/faithfulness.json

parity: .venv-convert/installed ## Prove that CTranslate2 says what transformers says, family by family (installs torch for the CPU)
	@.venv-convert/bin/python -m pytest -m parity

test-training: .venv-convert/installed ## Test the training recipe and its texts (the same environment as parity)
	@.venv-convert/bin/python -m pytest training/tests

image: ## Build the container image (podman or docker; BASE_IMAGE=image, IMAGE_OPTIONS='--build-arg PIP_INDEX_URL=...')
	@BUILDAH_FORMAT=docker $$(command -v podman || command -v docker) build \
	  $(if $(BASE_IMAGE),--build-arg BASE_IMAGE=$(BASE_IMAGE)) --build-arg VERSION=$(VERSION) --build-arg REVISION=$(REVISION) \
	  $(IMAGE_OPTIONS) --tag $(IMAGE) .

image-test: $(VENV)/tested ## Build the image and run it for real (podman; BASE_IMAGE=image, or root with debootstrap)
	@KOROTKO_TEST_BASE_IMAGE=$(BASE_IMAGE) $(BIN)/python -m pytest -m image tests/image

train: .venv-train/installed ## Train the starter (DATA=folder, EVAL=folder, RUN=folder; see training/README.md)
	@.venv-train/bin/python -m training all --data $(DATA) --eval $(EVAL) --run $(RUN)

train-small: .venv-train/installed ## Run the whole training recipe once in about a minute, on the project's own texts (RUN=folder)
	@.venv-train/bin/python -m training all --recipe training/smoke.toml --run $(RUN) --model $(RUN)/model --limit 20

evaluate: .venv-train/installed ## Measure the committed starter (EVAL=folder adds FLORES and NTREX, DATA=folder its briefs; RUN=folder for the figures)
	@.venv-train/bin/python -m training evaluate $(if $(EVAL),--eval $(EVAL)) $(if $(DATA),--data $(DATA)) $(if $(RUN),--run $(RUN)) --model seeds/models/starter

clean: ## Remove environments and caches
	@rm -rf .venv .venv-protos .venv-convert .venv-train .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
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

$(VENV)/benched: $(VENV)/tested
	@$(INSTALL) --editable './client' --editable '.[test,bench]'
	@touch $@

# A peer that cannot be installed is left out and reported as such.
.bench/%/installed: benchmarks/peers/%.txt
	@echo "installing $* into .bench/$* ..."
	@$(PYTHON) -m venv .bench/$*
	@.bench/$*/bin/python -m pip install --quiet --disable-pip-version-check --requirement $< \
	  && touch $@ || { echo "$* cannot be installed here; it is left out" >&2; rm -rf .bench/$*; }

.venv-protos/installed: protos/requirements.txt
	@$(PYTHON) -m venv .venv-protos
	@.venv-protos/bin/python -m pip install --quiet --disable-pip-version-check --requirement protos/requirements.txt
	@touch $@

.venv-convert/installed: pyproject.toml constraints.txt
	@$(PYTHON) -m venv .venv-convert
	@.venv-convert/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	@.venv-convert/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	  --editable ./client --editable '.[test,convert,bart,train]'
	@touch $@

.venv-train/installed: pyproject.toml
	@$(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt ./client '.[train]'
	@touch $@
