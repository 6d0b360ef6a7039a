# make chat: ask the documents in corpus/ in a web page. make ocr: have scanned pages read too. make models: use other
# encoders and re-rankers than the shipped ones. make milvus: keep what finds passages in Milvus. make test: every test.
# make test-full: the long runs that make test has in short; make faults: kills, power losses, full disks, damage and
# rivals by the thousand, for hours. Each sets up what it needs.
PYTHON ?= python3
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
# Two processes: were each to calculate in two threads, these would wait for each other most of the time. What is
# imported is kept compiled, whatever the environment says: the tests start some two hundred processes.
PYTEST := PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock

.PHONY: chat ocr models milvus plots docs-settings test test-full faults lint index benchmark model base deep scorers corpus pictures lock clean
.DEFAULT_GOAL := chat

chat: $(VENV)/.installed
	@YINJU_PORT=$(PORT) $(BIN)/python app.py

index: $(VENV)/.installed
	@$(BIN)/yinju index corpus --index index

ocr: $(VENV)/.installed-ocr

models: $(VENV)/.installed-models

milvus: $(VENV)/.installed-milvus

plots: $(VENV)/.installed-plots

docs-settings: $(VENV)/.installed
	@$(BIN)/python docs/make_settings.py
	@$(BIN)/python docs/make_reliability.py

test: $(VENV)/.installed-dev
	@$(PYTEST)

test-full: $(VENV)/.installed-dev
	@$(PYTEST) -m full

faults: $(VENV)/.installed-dev
	@$(PYTEST) -m faults

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

benchmark: $(VENV)/.installed-dev
	@$(BIN)/python benchmarks/run.py

model: $(VENV)/.installed-training
	@test -n "$(TEXT)" || { echo "make model TEXT=FILE.jsonl: name the open text to learn from" >&2; exit 2; }
	@$(BIN)/python training/train_encoder.py $(TEXT) src/yinju/model

base: $(VENV)/.installed-training
	@$(BIN)/python training/base_model.py $(VENV)/base

deep: base
	@test -n "$(TEXT)" -a -n "$(QUESTIONS)" || \
		{ echo "make deep TEXT=FILE.jsonl QUESTIONS='ONE.json TWO.json': name what to learn from" >&2; exit 2; }
	@$(BIN)/python training/train_deep.py $(VENV)/base $(VENV)/deep --squad $(QUESTIONS) --text $(TEXT) \
		--free training/read/*
	@$(BIN)/python training/export_deep.py $(VENV)/base $(VENV)/deep

scorers: $(VENV)/.installed-training
	@test -n "$(TEXT)" -a -n "$(QUESTIONS)" || \
		{ echo "make scorers TEXT=FILE.jsonl QUESTIONS='ONE.json TWO.json': name what to learn from" >&2; exit 2; }
	@$(BIN)/python training/heading_questions.py $(TEXT) $(VENV)/headings.json
	@$(BIN)/python training/fit_scorers.py $(QUESTIONS) $(VENV)/headings.json --cross-validate
	@$(BIN)/python training/fit_reading.py $(QUESTIONS) --free training/free/*
	@$(BIN)/python training/fit_answers.py $(QUESTIONS) --free training/free/*

corpus: $(VENV)/.installed-dev
	@$(BIN)/python benchmarks/make_corpus.py

pictures: $(VENV)/.installed-dev
	@YINJU_SCREENSHOTS=docs/images $(BIN)/python -m pytest tests/browser/test_pictures.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Yinju needs Python 3.11 or newer, found $$($(PYTHON) --version); make chat PYTHON=python3.11" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements.lock | $(VENV)/bin/python
	@echo "Installing the locked dependencies into $(VENV) (about two minutes, once) …" >&2
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-ocr: $(VENV)/.installed
	@echo "Installing text recognition for scanned pages into $(VENV) …" >&2
	@$(INSTALL) --editable '.[ocr]'
	@touch $@
	@echo "Scanned pages are read the next time that documents are: make chat" >&2

$(VENV)/.installed-models: $(VENV)/.installed
	@echo "Installing what other encoders and re-rankers need into $(VENV) …" >&2
	@$(INSTALL) --editable '.[models]'
	@touch $@

$(VENV)/.installed-milvus: $(VENV)/.installed
	@echo "Installing what a store in Milvus needs into $(VENV) …" >&2
	@$(INSTALL) --editable '.[milvus]'
	@touch $@

$(VENV)/.installed-plots: $(VENV)/.installed
	@$(INSTALL) --editable '.[plots]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the test tools into $(VENV) …" >&2
	@$(INSTALL) --editable '.[dev]'
	@touch $@

$(VENV)/.installed-training: $(VENV)/.installed-dev
	@echo "Installing what training needs into $(VENV) …" >&2
	@$(INSTALL) --editable '.[training]'
	@touch $@

lock: $(VENV)/.installed-dev $(VENV)/.installed-training
	@$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements.lock

clean:
	@rm -rf $(VENV) build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache
