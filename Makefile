# make run | setup | test | check | bench. Each does its own set-up.
SHELL := /bin/bash
PY := .venv/bin/python
# the tests start many processes: none of them should compile the product again
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(CURDIR)/.venv/bin:$(PATH)
VENDOR := blueprints/shared/static/vendor
APT := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 python3-venv nodejs npm
APT_TEST := chromium-headless-shell poppler-utils qpdf
# independent checks beside the project; used where they are
CHECKS := ../shared/tools

.PHONY: setup setup-test run test check bench messages system-packages clean

run: setup
	@STAFFELSTAB_MODE=$${STAFFELSTAB_MODE:-demo} exec deploy/serve

setup: .venv/ready $(VENDOR)/ready

setup-test: setup .venv/ready-test

system-packages:
	@deploy/system-packages $(APT)

.venv/ready: requirements.txt
	@deploy/system-packages $(APT)
	@test -x .venv/bin/python || python3 -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/ready-test: requirements-dev.txt requirements.txt
	@deploy/system-packages $(APT_TEST)
	@.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@test ! -x $(CHECKS)/setup.sh || test -d $${CHECKS_CACHE:-$$HOME/.cache/staffelstab-checks}/npm || $(CHECKS)/setup.sh
	@touch $@

$(VENDOR)/ready: package-lock.json deploy/browser-assets
	@npm ci --silent --no-audit --no-fund
	@deploy/browser-assets $(VENDOR)
	@touch $@

# two runs: Playwright keeps an event loop open in its process, in which pyHanko cannot sign
test: setup-test
	@$(PY) -m pytest -n 2 --ignore tests/browser
	@$(PY) -m pytest -n 2 --maxschedchunk 1 -m "not walk" tests/browser

check: setup-test
	@ruff check . && ruff format --check . && mypy && EVERY_DATABASE=1 SEARCH_EXAMPLES=50 $(PY) -m pytest -n 2 --ignore tests/browser --durations=15 && $(PY) -m pytest -n 2 --maxschedchunk 1 tests/browser

bench: setup-test
	@$(PY) -m bench

clean:
	@rm -rf .venv node_modules $(VENDOR)
