# `make run` and `make test` are all a newcomer needs; each does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KILLS ?= 300
JOBS ?= 2

.PHONY: run test check format crash bench year moves lock clean

run: $(VENV)/ready
	@exec $(BIN)/linli

test: $(VENV)/ready
	@$(BIN)/pytest --numprocesses=$(JOBS) --dist=worksteal

check: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

crash: $(VENV)/ready
	@KILLS=$(KILLS) DATABASE=$(DATABASE) WEBHOOK=$(WEBHOOK) $(BIN)/python -m tests.crash

bench: $(VENV)/ready
	@$(BIN)/python -m tests.bench

year: $(VENV)/ready
	@$(BIN)/python -m tests.year

# After a change to the table of moves: its page in the documents.
moves: $(VENV)/ready
	@$(BIN)/python -m tests.house.moves > docs/moves.md

# Only a developer needs this: it asks the package index for newer versions.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.11 pyproject.toml --extra postgres --extra print --extra reports --group dev -o requirements.lock

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Linli needs Python 3.11 or newer: make PYTHON=python3.11 run"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Linli needs into $(VENV) (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
