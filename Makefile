# The two commands of the README are `make site` and `make test`. Both set up what they need first.
PYTHON := .venv/bin/python

.PHONY: site test lint serve bench reference clean

site: .venv/site.stamp
	$(PYTHON) -m sitegen build

test: .venv/test.stamp lint
	$(PYTHON) -m pytest

lint: .venv/test.stamp
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

serve: .venv/site.stamp
	$(PYTHON) -m sitegen serve

bench: .venv/site.stamp
	$(PYTHON) -m bench small

# Writes the pages of docs/reference/ that come from the models; a test fails when they are out of date.
reference: .venv/site.stamp
	$(PYTHON) tools/make_reference.py

clean:
	rm -rf .venv .tools

.venv/site.stamp: pyproject.toml tools/setup.sh
	tools/setup.sh site

.venv/test.stamp: pyproject.toml tools/setup.sh tests/tools/install.py
	tools/setup.sh test
