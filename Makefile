# Two commands do everything: `make site` builds the website, `make test` runs the tests.
# Each makes .venv from its lock first; nothing has to be installed beforehand.
.PHONY: site serve test test-min test-max reproduce fuzz check bench audit lock clean

bin := .venv/bin

# Python keeps what it has compiled, whatever the shell says: the tests start it hundreds of times.
export PYTHONDONTWRITEBYTECODE :=

.venv/ready: requirements.lock pyproject.toml .ci/setup
	@.ci/setup

.venv/ready-dev: requirements-dev.lock .venv/ready
	@.ci/setup dev

site: .venv/ready
	@$(bin)/timeline build

serve: .venv/ready
	@$(bin)/timeline serve

# One process more than there are cores. `.venv/bin/python -m pytest PATH` runs some of the tests in one process.
test: .venv/ready-dev
	@.ci/browser
	@$(bin)/python -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal

# The oldest and the newest versions of the libraries that pyproject.toml allows, in environments of their own.
test-min: .venv/ready-dev
	@.ci/versions lowest-direct

test-max: .venv/ready-dev
	@.ci/versions highest

# Two builds that share nothing but the sources: folders, users, time zones, locales, hash seeds, umasks.
reproduce: .venv/ready-dev
	@$(bin)/python -m tests.benchmarks.reproduce

# Mutates pins, quotations, dates, YAML, imports and documents; `make test` does so for a moment.
# What fails is kept in tests/fuzz/seeds and tried again. Then Atheris, where it is installed, looks by coverage.
fuzz: .venv/ready-dev
	@EXAMPLES=$${EXAMPLES:-2000} $(bin)/python -m pytest -o faulthandler_timeout=0 tests/fuzz
	@PYTHONPATH=tests $(bin)/python tests/fuzz/guided.py

check: .venv/ready-dev
	@$(bin)/ruff check .
	@$(bin)/ruff format --check .
	@$(bin)/mypy
	@$(bin)/timeline check

# Measures and prints; nothing here is asserted by a test.
# `make bench SIZES="3 100"` leaves the large records out, which take long.
bench: .venv/ready-dev
	@$(bin)/python -m tests.benchmarks.site $(SIZES) --json .cache/bench.json --page docs/develop/performance.md
	@$(bin)/python -m tests.benchmarks.serving $(filter-out 3,$(SIZES)) --page docs/develop/performance.md
	@$(bin)/python -m tests.benchmarks.briefings $(filter-out 10000,$(SIZES)) --page docs/develop/performance.md
	@$(bin)/python -m tests.benchmarks.proof

# Lighthouse on six pages of the built site; figures go to docs/develop/audit.md. Needs node, npm and chromium.
audit: .venv/ready-dev
	@[ -f site/index.html ] || $(bin)/timeline build
	@$(bin)/python -m tests.benchmarks.audit

# Takes the pictures of README and docs anew from the built site. Needs chromium.
screenshots: .venv/ready-dev
	@[ -f site/index.html ] || $(bin)/timeline build
	@PYTHONPATH=tests $(bin)/python -m tests.benchmarks.screenshots

# Writes the locks anew from pyproject.toml: every version and every hash, for every Python from 3.11 on. What both have is
# the same in both.
compile := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
  --no-annotate --extra checkout pyproject.toml
lock: .venv/ready
	$(bin)/$(compile) --extra dev -o requirements-dev.lock
	cp requirements-dev.lock requirements.lock
	$(bin)/$(compile) -o requirements.lock

clean:
	rm -rf .venv site .cache
