# Everything from a fresh checkout: `make serve` and `make test`.
PYTHON ?= python3
SOURCE ?= corpus/sample
PORT ?= 8001
DB ?= kb.db
# Where torch comes from, if not from pip's usual place (see README, "Installing torch").
TORCH_INDEX ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
TORCH := $(shell sed -n 's/^torch==/torch==/p' constraints.txt)
export HF_HUB_OFFLINE := 1

.PHONY: serve build test scores clean

serve: build
	$(BIN)/kb serve --db $(DB) --port $(PORT)

build: $(VENV)/installed
	$(BIN)/kb build $(SOURCE) --db $(DB)

test: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV); the first time this takes a minute or two." >&2
	$(PIP) install -c constraints.txt $(TORCH) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(PIP) install -c constraints.txt -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) kb.db kb.index build dist *.egg-info
