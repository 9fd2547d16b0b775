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

# The Datasette to come stands in a folder that is put in front of the environment's packages.
DATASETTE1 := $(CURDIR)/$(VENV)/datasette1
DATASETTE1_VERSION := $(shell sed -n 's/^datasette==//p' requirements-datasette1.txt)

.PHONY: catalogue serve build test test-datasette1 scores clean

serve: build
	$(BIN)/kb serve --db $(DB) --port $(PORT)

build: $(VENV)/installed
	$(BIN)/kb build $(SOURCE) --db $(DB)

test: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests

# The tests that touch Datasette, once more, but for those of the model, which do not depend on it.
test-datasette1: $(DATASETTE1)/installed
	PYTHONPATH=$(DATASETTE1) $(BIN)/python -m datasette --version | grep -F $(DATASETTE1_VERSION)
	PYTHONPATH=$(DATASETTE1) $(BIN)/python -m pytest -m "not model" \
	  $$(grep -lE "kb\.(web|cli)|datasette" tests/test_*.py)

$(DATASETTE1)/installed: $(VENV)/tested requirements-datasette1.txt
	rm -rf $(DATASETTE1)
	$(PIP) install --no-deps --target $(DATASETTE1) -r requirements-datasette1.txt
	@touch $@

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV); the first time this takes a minute or two." >&2
	$(PIP) install -c constraints.txt $(TORCH) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(PIP) install -c constraints.txt -e ".[dev]"
	@touch $@

# New texts of the interface into the catalogue, to be translated there.
catalogue: $(VENV)/tested
	$(BIN)/pybabel --quiet extract -F babel.cfg -k mark -k say -k count:1,2 --no-location --sort-output -o $(VENV)/kb.pot .
	$(BIN)/pybabel --quiet update -i $(VENV)/kb.pot -o kb/locale/es.po -l es -w 100 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

clean:
	rm -rf $(VENV) kb.db kb.index build dist *.egg-info
