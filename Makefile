# What there is to do in a checkout; `make` lists it. Whatever needs an environment takes the one that `setup` makes.
PYTHON = .venv/bin/python

.PHONY: help setup test acceptance coverage check docs exports reference benchmarks lowest ci

help:  ## list what there is
	@grep -E '^[a-z]+:' Makefile | sed 's/:.*## /\t/' | expand -t 12

setup:  ## make the environment for development
	python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[test]'

test:  ## run the unit tests
	$(PYTHON) -m pytest tests/unit src -n 2 --dist loadfile

acceptance:  ## run the acceptance tests: the command line, the server, pages, documents
	$(PYTHON) -m pytest tests/acceptance -n 2 --dist loadfile

coverage:  ## run the unit tests and say what they do not reach
	$(PYTHON) -m pytest tests/unit src -n 2 --dist loadfile --cov careergraph --cov-report term-missing:skip-covered

check:  ## check style, types and the data
	$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy && $(PYTHON) -m careergraph validate

docs:  ## build the documentation as a site into build/site
	$(PYTHON) -m sphinx --fail-on-warning --keep-going --conf-dir docs . build/site

exports:  ## write exports/ anew
	$(PYTHON) scripts/make_exports.py

reference:  ## write the JSON Schemas, docs/reference and all that documents show anew
	$(PYTHON) scripts/make_schemas.py && $(PYTHON) scripts/make_steps.py && $(PYTHON) scripts/make_reference.py && $(PYTHON) scripts/make_architecture.py && $(PYTHON) scripts/make_golden.py

benchmarks:  ## measure everything, and write benchmarks/RESULTS.md
	$(PYTHON) benchmarks/run.py

lowest:  ## write tests/lowest.txt anew; needs uv
	$(PYTHON) scripts/make_lowest.py

ci:  ## all that a change has to pass
	bash .ci/run
