# make demo: a study from photographs to answers; make test: the suite.
# Each sets up everything it needs in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
comma := ,
CONSTRAINTS := constraints.txt
# Spark is half a gigabyte, and tested with one Python: that of the whole suite.
EXTRAS := demo,dev,r$(if $(filter .venv,$(VENV)),$(comma)spark)
# Pins what pip builds with as well as what it installs.
export PIP_CONSTRAINT := $(CURDIR)/$(CONSTRAINTS)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Tests start hundreds of programs, and each would compile for a second what it imports.
unexport PYTHONDONTWRITEBYTECODE

# A worker process for each processor; one that is done takes tests from the others.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
# Of each part a little, and a study from photographs to answers.
QUICK := tests/cli/test_demo.py tests/sql/features tests/sql/test_headers.py \
	$(addprefix tests/lakehouse/,exporting/test_round_trip.py extraction/test_zoo.py pictures \
	figures/test_video_file.py scores settings statistics steps)
# What asks no system has no other way: rooms that the linter of imports keeps from it, queries on
# rows that stand in their tests, and what is about texts alone.
ALIKE := sql docs test_docstrings.py $(addprefix lakehouse/,charts settings statistics steps)

.PHONY: libraries demo test test-fast test-exhaustive test-portable test-quick test-versions coverage bench clean \
	lint lint-code lint-types lint-imports lint-sql lowest wheels

demo: libraries $(VENV)/.demo
	$(BIN)/lakehouse demo

test: libraries $(VENV)/.dev
	$(BIN)/lakehouse model fetch
	$(PYTEST) -m "not exhaustive"

test-exhaustive: libraries $(VENV)/.dev
	$(BIN)/lakehouse model fetch
	$(PYTEST) -m exhaustive

test-fast: libraries $(VENV)/.dev
	$(BIN)/lakehouse model fetch
	$(PYTEST) -m "not slow" --hypothesis-profile fast

# What other systems do instead: the fast tests of all that may, and of the slow ones those about it.
# In another environment too: make VENV=.venv/3.13 PYTHON=python3.13 test-portable
test-portable: libraries $(VENV)/.dev
	$(BIN)/lakehouse model fetch
	LAKEHOUSE_PORTABLE=1 $(PYTEST) --quiet -m "(not slow or portable) and not exhaustive" \
		--hypothesis-profile fast $(addprefix --ignore=tests/,$(ALIKE))

test-quick: libraries $(VENV)/.dev
	$(BIN)/lakehouse model fetch
	$(PYTEST) --quiet -m "(not slow or portable) and not exhaustive" \
		--hypothesis-profile fast $(QUICK)

test-versions: libraries $(VENV)/.dev
	.ci/versions

coverage: libraries $(VENV)/.dev
	$(BIN)/lakehouse model fetch
	$(PYTEST) --cov --cov-report term:skip-covered --cov-report html

# Each by itself, so that `make --jobs lint` has them beside each other.
lint: lint-code lint-types lint-imports lint-sql

lint-code: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff check --quiet --preview --select PLW1514 lakehouse cli sql docs benchmarks
	$(BIN)/ruff format --check .

lint-types: $(VENV)/.dev
	$(BIN)/mypy

lint-imports: $(VENV)/.dev
	$(BIN)/lint-imports

lint-sql: $(VENV)/.dev
	$(BIN)/sqlfluff lint sql lakehouse/report/tables/queries

bench: libraries $(VENV)/.dev
	$(BIN)/lakehouse model fetch
	for script in $(filter-out benchmarks/suite.py,$(wildcard benchmarks/*.py)); do \
		$(BIN)/python $$script || exit 1; done

# First of all, so that nothing else is installed in vain.
libraries:
	@.ci/libraries $(PYTHON) $(VENV)

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .coverage .coverage.* htmlcov warehouse/demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=python3.12 …" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

# The lowest versions that pyproject.toml allows, and what they need, found again.
lowest: $(BIN)/python
	$(BIN)/python -m pip install --quiet uv
	echo 'setuptools>=80' | $(BIN)/uv pip compile --quiet --resolution lowest-direct --upgrade \
		--python-version 3.11 --extra demo --extra dev --extra r --no-annotate \
		--no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make lowest: the lowest that pyproject.toml allows, and its needs' \
		pyproject.toml - --output-file constraints-lowest.txt

# What users install has wheels for every system: tests/wheels.csv, found again.
wheels: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m tests.wheels

# A module is compiled when it is first used; to compile all of them takes half a minute.
$(VENV)/.demo: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-compile --editable '.[demo]'
	touch $@

$(VENV)/.dev: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-compile --editable '.[$(EXTRAS)]'
	touch $@ $(VENV)/.demo
