# What people type. Everything is made inside .venv and DATA_DIR (default var/); README.md says more.
# `make help` lists what there is.

VENV := .venv
PY := $(VENV)/bin/python
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 $(PY) -m pip install --quiet --require-hashes
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(if $(UPGRADE),--upgrade)
VNU := vnu-jar@26.9.27
BIOME := @biomejs/biome@2.6.8
PIP_AUDIT := pip-audit==2.10.1
LIGHTHOUSE := lighthouse@12.8.2
TESTS ?= tests
# Chromium in every run; Firefox and WebKit in turn, day by day (UTC). ENGINES="firefox webkit" takes both.
ENGINES ?= $(word $(shell expr $$(date -u +%s) / 86400 % 2 + 1),firefox webkit)
# What was compiled is kept, or each start would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: help run dev staff services install-service upgrade test test-services engines long lint format lock audit browser checker biome servers engine-programs bench pictures lighthouse

help: ## this list
	@awk -F ' ## ' '/^[a-z-]+:.* ## / { sub(/:.*/, "", $$1); printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## serve the site on http://localhost:8000 (PORT, DATA_DIR and the rest: docs/operations.md)
	@exec $(PY) manage.py serve

dev: $(VENV)/.dev ## the same with reload of code, templates and content/, in the browser too
	@DEBUG=1 exec $(PY) manage.py dev

staff: $(VENV)/.runtime ## make the first account for /admin/
	@$(PY) manage.py which_site
	@$(PY) manage.py migrate --verbosity 0
	@exec $(PY) manage.py make_staff

services: $(VENV)/.services ## what PostgreSQL, Valkey and a store for pictures need (docs/operations.md, "Several machines")

# SITE_URL=https://… is needed the first time.
install-service: $(VENV)/.runtime ## the site as services of systemd (sudo make install-service SITE_URL=https://…)
	@exec deploy/install-service

upgrade: ## a backup, the newest code, its packages and tables, a restart; says how to go back
	@exec deploy/upgrade

# What is fetched for them comes at the same time; the servers come last, as two cannot use apt at once.
test: ## all tests, browser included (TESTS=tests/pages: a part)
	@$(MAKE) --no-print-directory -j3 $(VENV)/.dev browser checker
	@$(MAKE) --no-print-directory servers
	$(if $(filter tests tests/engines%,$(TESTS)),@$(MAKE) --no-print-directory engine-programs ENGINES="$(ENGINES)")
	@ENGINES="$(ENGINES)" $(PY) -m pytest -n 3 --dist loadscope --no-loadscope-reorder $(TESTS)

# Debian: sudo apt install postgresql valkey-server (or redis-server). Nothing of them stays.
test-services: $(VENV)/.dev ## the tests on PostgreSQL and Valkey (TESTS=tests/pages: a part)
	@PATH="$$PATH:$$(echo /usr/lib/postgresql/*/bin)" exec $(PY) -m tests.on_services -n 3 --dist loadscope --no-loadscope-reorder $(TESTS)

engines: ENGINES := chromium firefox webkit
engines: $(VENV)/.dev browser ## each page and the form in Chromium, Firefox and WebKit, compared (ENGINES=webkit: in one)
	@$(MAKE) --no-print-directory engine-programs ENGINES="$(ENGINES)"
	@ENGINES="$(ENGINES)" $(PY) -m pytest tests/engines

# PARTS="fuzz steady" runs these alone; CONTRIBUTING.md says what each is.
long: $(VENV)/.dev browser ## what takes longer: drills, fuzzing, all engines, services, repeats under load (an hour or more)
	@exec .ci/long $(PARTS)

# BENCH="server growth" measures these alone and prints what it finds.
bench: $(VENV)/.dev ## measure the site beside its peers, into docs/benchmarks.md (some minutes, on a quiet machine)
	@exec $(PY) -m bench $(BENCH)

lint: $(VENV)/.dev biome ## style, types, layers, templates, scripts, migrations
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(VENV)/bin/djlint templates --lint --quiet
	@if [ -x node_modules/.bin/biome ]; then node_modules/.bin/biome check --error-on-warnings static; fi
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run

format: $(VENV)/.dev biome ## put the code into its layout
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format .
	@if [ -x node_modules/.bin/biome ]; then node_modules/.bin/biome format --write static; fi

# Run by the oldest Python that is supported: what it needs beyond the newer ones is in the files too.
lock: $(VENV)/.dev ## write the requirements files from pyproject.toml (UPGRADE=1: with the newest versions)
	@$(COMPILE) --output-file requirements.txt pyproject.toml
	@$(COMPILE) --constraint requirements.txt --all-extras --output-file requirements-services.txt pyproject.toml
	@$(PY) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], sep='\n')" \
		| $(COMPILE) --constraint requirements.txt --output-file requirements-dev.txt -
	@$(MAKE) --no-print-directory $(VENV)/.dev
	@$(PY) -m tests.architecture.licences >/dev/null

# In an environment of its own, as it brings forty packages; it asks PyPI what is known of each of ours.
audit: $(VENV)/.runtime ## is a weakness known of a package that we use? (1: yes; 2: could not be asked)
	@test -x $(VENV)/audit/bin/pip-audit || { $(PY) -m venv $(VENV)/audit && $(VENV)/audit/bin/pip install --quiet --disable-pip-version-check $(PIP_AUDIT); }
	@$(PY) deploy/audit $(VENV)/audit/bin/pip-audit

# The newest Python that works makes the environment. A shim that only names a Python counts as none.
$(PY):
	@if [ ! -w . ]; then \
		echo "This folder belongs to $$(ls -ld . | awk '{ print $$3 }') and you cannot write to it: run make as that user (sudo -u NAME make), or clone the site into a folder of your own." >&2; exit 1; \
	fi
	@good='import sys; sys.exit(not (3, 11) <= sys.version_info < (4,))'; found=; \
	for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python3.14 python; do \
		if $$name -c "$$good" >/dev/null 2>&1; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer is needed and none was found: install it (Debian: sudo apt install python3 python3-venv; others: python.org), then run make again." >&2; exit 1; \
	fi; \
	if $$found -m venv --clear $(VENV) >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null && $$found -m venv --clear $(VENV) && exit 0; \
	fi; \
	rm -rf $(VENV); \
	echo "$$found cannot make a virtual environment here: install its venv module (Debian: sudo apt install python3-venv), then run make again." >&2; exit 1

$(VENV)/.runtime: requirements.txt $(PY)
	@echo "Installing what the site needs into $(VENV) (only when requirements.txt changed) ..."
	@$(PIP) -r requirements.txt || { echo "The packages could not be installed: check the network, then run make again." >&2; exit 1; }
	@touch $@

$(VENV)/.services: requirements-services.txt $(VENV)/.runtime
	@echo "Installing what database servers and stores need into $(VENV) (only when requirements-services.txt changed) ..."
	@$(PIP) -r requirements-services.txt || { echo "The packages could not be installed: check the network, then run make again." >&2; exit 1; }
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need into $(VENV) (only when requirements-dev.txt changed) ..."
	@$(PIP) -r requirements-dev.txt || { echo "The packages could not be installed: check the network, then run make again." >&2; exit 1; }
	@touch $@

# The icons and the mark in static/img/, the mark and the body map in templates/. The files belong to the repository.
pictures: $(VENV)/.runtime ## draw icons, share picture, mark and body map anew
	@$(PY) manage.py draw_pictures

# Lighthouse over every kind of page, offline; reports in build/lighthouse/. Not part of the tests.
lighthouse: $(VENV)/.dev browser ## search engines, accessibility, best practices: a report
	@test -e $(VENV)/lighthouse/node_modules || npm install --prefix $(VENV)/lighthouse --no-save --no-package-lock --no-audit --no-fund --silent $(LIGHTHOUSE)
	@$(PY) -m bench.lighthouse

browser:
	@for name in "$$CHROMIUM" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do \
		if command -v "$$name" >/dev/null 2>&1; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-liberation fonts-noto-core >/dev/null && exit 0; \
	fi; \
	echo "A Chromium is needed for the browser tests: run sudo apt install chromium-headless-shell fonts-liberation fonts-noto-core, or set CHROMIUM to the path of one." >&2; exit 1

# The Nu HTML checker, where Java and npm are at hand; without it its tests say that they were skipped.
checker:
	@if [ ! -e node_modules/vnu-jar ] && command -v java >/dev/null && command -v npm >/dev/null; then \
		npm install --prefix . --no-save --no-package-lock --no-audit --no-fund --silent $(VNU) $(BIOME) || echo "The Nu HTML checker could not be installed; its tests are skipped."; \
	fi

# Biome looks over scripts and styles. npm install takes away what it is not told of, so it is told of both.
biome:
	@if [ -x node_modules/.bin/biome ]; then exit 0; fi; \
	if ! command -v npm >/dev/null; then echo "Scripts and styles are not checked: Biome needs npm (Debian: sudo apt install npm)."; exit 0; fi; \
	npm install --prefix . --no-save --no-package-lock --no-audit --no-fund --silent $(VNU) $(BIOME) || echo "Scripts and styles are not checked: Biome could not be installed."

# nginx, Caddy and age for their tests, out of Debian's packages and not installed: no service starts, nothing else changes.
# Elsewhere the tests say that they were skipped.
servers:
	@for name in nginx caddy age; do \
		if command -v $$name >/dev/null || [ -x $(VENV)/bin/$$name ] || ! command -v apt-get >/dev/null; then continue; fi; \
		trial=$$(mktemp -d) && \
		fetch() { (cd $$trial && apt-get download -qq $$name && dpkg -x $${name}_*.deb .) >/dev/null 2>&1; }; \
		{ fetch || { [ "$$(id -u)" = 0 ] && apt-get update -qq && fetch; }; } && cp $$trial/usr/*bin/$$name* $(VENV)/bin/ || \
		echo "$$name could not be fetched; its tests are skipped. Install it: sudo apt install $$name"; \
		rm -rf $$trial; \
	done

# Firefox and WebKit out of Debian's packages; what takes longer than three minutes to fetch is left. Elsewhere the
# tests say that they were skipped. Nothing is fetched any more once it is being installed.
engine-programs:
	@for name in $(ENGINES); do \
		case $$name in \
			firefox) programs=$$(command -v firefox || echo firefox-esr); packages=firefox-esr;; \
			webkit) programs="WebKitWebDriver Xvfb"; packages="webkit2gtk-driver xvfb";; \
			*) continue;; \
		esac; \
		echo "Engine of this run, beside Chromium: $$name (all of them: make engines)"; \
		if (for one in $$programs; do command -v $$one >/dev/null || exit 1; done); then continue; fi; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			get="apt-get install -y -qq --no-install-recommends"; \
			timeout 60 apt-get update -qq && timeout 180 env DEBIAN_FRONTEND=noninteractive $$get --download-only $$packages >/dev/null && \
			DEBIAN_FRONTEND=noninteractive $$get --no-download $$packages >/dev/null && continue; \
		fi; \
		echo "$$name is not here; its tests are skipped. Install it: sudo apt install $$packages"; \
	done
