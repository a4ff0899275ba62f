# What there is to do in a checkout; `make` lists it. Whatever needs an environment takes the one that `setup` makes.
PYTHON = .venv/bin/python

.PHONY: help setup test check docs exports reference benchmarks lowest ci

help:  ## list what there is
	@grep -E '^[a-z]+:' Makefile | sed 's/:.*## /\t/' | expand -t 12

setup:  ## make the environment for development
	python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[test]'

test:  ## run all tests
	$(PYTHON) -m pytest -n 2 --dist loadfile

check:  ## check style, types and the data
	$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy && $(PYTHON) -m careergraph validate

docs:  ## build the documentation as a site into build/site
	$(PYTHON) -m sphinx --fail-on-warning --keep-going --conf-dir docs . build/site

exports:  ## write exports/ anew
	$(PYTHON) scripts/make_exports.py

reference:  ## write docs/reference and all that documents show anew
	$(PYTHON) scripts/make_reference.py && $(PYTHON) scripts/make_golden.py

benchmarks:  ## measure everything, and write benchmarks/RESULTS.md
	$(PYTHON) benchmarks/run.py

lowest:  ## write tests/lowest.txt anew; needs uv
	$(PYTHON) scripts/make_lowest.py

ci:  ## all that a change has to pass
	bash .ci/run
