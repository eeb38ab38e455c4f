# The doors of the house. Each sets up what it needs in .venv, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

# Three at a time on two cores, a service may not keep a deadline that it keeps alone.
ALONE = || { test $$? -eq 1 && echo "once more, alone: what failed beside others" && \
	$(BIN)/pytest --last-failed --last-failed-no-failures none $(1); }

WATCHED := $(addprefix tests/,config ingest properties publish reference rekkas store)

.PHONY: help install run test coverage fuzz soak check bench docs lock clean

help:
	@echo "make run      start the service on http://127.0.0.1:8080/"
	@echo "make test     every test"
	@echo "make coverage the tests of each package again, and which lines they reach"
	@echo "make fuzz     ten thousand spoilt documents, each within its time and memory"
	@echo "make soak     these, four hundred kills and a week among faults: takes hours"
	@echo "make check    ruff, mypy strict, import-linter"
	@echo "make bench    the benchmarks"
	@echo "make install  set up .venv (the other targets do it themselves)"
	@echo "make docs     the pages of docs/ that are written from code"
	@echo "make lock     rewrite the hash-locked requirements files"
	@echo "make clean    remove .venv and every cache"

install: $(VENV)/.installed

# Hashes pin every file; the two steps let a source distribution build with the
# locked setuptools instead of whatever an isolated build would fetch.
$(VENV)/.installed: requirements.txt requirements-build.txt pyproject.toml
	@echo "setting up $(VENV) (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements-build.txt
	@$(PIP) install --no-build-isolation --require-hashes -r requirements.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "adding the developer's tools to $(VENV) (once)"
	@$(PIP) install --no-build-isolation --require-hashes -r requirements-dev.txt
	@touch $@

run: install
	@exec $(BIN)/rekkas run

test: $(VENV)/.installed-dev
	@$(BIN)/pytest -n 3 $(ARGS) $(call ALONE,$(ARGS))

# To watch every line makes Python half as slow again: whole services run unwatched.
coverage: $(VENV)/.installed-dev
	@$(BIN)/coverage erase
	@$(BIN)/pytest -n 3 --cov --cov-report= $(WATCHED) $(ARGS) \
		$(call ALONE,--cov --cov-append --cov-report= $(WATCHED) $(ARGS))
	@$(BIN)/coverage report --fail-under=95
	@$(BIN)/python -m tests.pure_modules

fuzz: $(VENV)/.installed-dev
	@$(BIN)/pytest -n 2 -m soak tests/fuzz $(ARGS) $(call ALONE,-m soak tests/fuzz $(ARGS))

soak: $(VENV)/.installed-dev
	@$(BIN)/pytest -n 2 -m soak $(ARGS)

check: $(VENV)/.installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	@for benchmark in benchmarks/*.py; do \
		case $$benchmark in *__init__.py) continue;; esac; \
		echo "== $$benchmark"; $(BIN)/python -m $$(echo $${benchmark%.py} | tr / .) || exit 1; \
	done

docs: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.reference.pages

lock: $(VENV)/.installed-dev
	@$(PIP) install uv
	@echo "setuptools wheel" | tr ' ' '\n' | $(LOCK) - -o requirements-build.txt
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
