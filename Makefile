# `make demo` and `make test` set up what is missing first; a second run installs nothing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
PYTHON := $(BIN)/python
QUIPU := $(BIN)/quipu
DEMO ?= build/demo
WORKERS ?= 2

# The rooms whose branches are covered, and how much of them (percent).
COVERED := domain forms sync operations
COVERAGE := 95

# The published documents that some tests read: seeds/ and inputs/. Without them those tests skip.
ifndef QUIPU_SOURCES
ifneq ($(wildcard ../shared/seeds),)
export QUIPU_SOURCES := $(abspath ../shared)
endif
endif

.PHONY: help setup demo run test lint bench stress lock package clean

help: ## show these targets
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 16

setup: ## install what is missing: system libraries, environment, locked dependencies, words
	@packaging/setup.sh

demo: setup ## a centre and three offices, the main job end to end, then the centre's window
	@rm -rf $(DEMO)
	$(QUIPU) demo $(DEMO) --show

run: setup ## open the window
	$(QUIPU)

test: lint ## every check: style, types, arrows, tests, coverage
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n $(WORKERS) --cov --cov-report=
	@for room in $(COVERED); do $(BIN)/coverage report --include="src/quipu/$$room/*" --fail-under=$(COVERAGE); done

lint: setup ## the quick checks: ruff, mypy, import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir build/arrows

bench: setup ## how long the main work takes, each time beside its floor
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks --flat

stress: setup ## the long stories and the large data
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n $(WORKERS) -m stress

# Universal over Python 3.11 to 3.13, Linux and Windows. Not part of `setup`: it reads the network.
LOCK = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

lock: ## compile packaging/*.in into locks with hashes (UPGRADE=--upgrade for newer versions)
	test -x build/lock/bin/uv || { python3 -m venv build/lock && build/lock/bin/pip install -q uv; }
	$(LOCK) packaging/requirements-dev.in -o packaging/requirements-dev.lock
	$(LOCK) -c packaging/requirements-dev.lock packaging/requirements.in -o packaging/requirements.lock
	$(LOCK) -c packaging/requirements-dev.lock packaging/requirements-package.in -o packaging/requirements-package.lock

package: setup ## a folder that runs without Python, in dist/quipu
	test -x build/package/bin/python || $(PYTHON) -m venv build/package
	build/package/bin/python -m pip install -q --require-hashes -r packaging/requirements-package.lock
	build/package/bin/pyinstaller --noconfirm --workpath build/pyinstaller packaging/quipu.spec

clean: ## remove everything that was made, the environment too
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f resources/locale/*/LC_MESSAGES/*.mo
