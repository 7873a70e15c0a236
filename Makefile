# Everything a person does here is one of these targets; `make` alone lists them.
# Nothing is assumed but python3 (3.11 or later, with venv), make and git.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMP := $(VENV)/.installed

# What differs between machines must not differ in the output.
export LC_ALL := C.UTF-8
export PYTHONUTF8 := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(STAMP) ## Make .venv and install what requirements.txt pins (once)

# The first python3 that is new enough makes the environment. An environment whose interpreter is
# gone, or that an interrupted install left without its stamp, is filled again by the same command.
$(STAMP): requirements.txt
	@set -e; \
	if ! $(PY) -c 'import pip' >/dev/null 2>&1; then \
	  found=; \
	  for candidate in $${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do \
	    if command -v "$$candidate" >/dev/null 2>&1 && \
	       "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	      found=$$candidate; break; \
	    fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "setup: this needs Python 3.11 or later, and no such python3 is on the PATH." >&2; \
	    echo "       Install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; \
	  fi; \
	  echo "setup: making $(VENV) with $$($$found --version)"; \
	  rm -rf $(VENV); \
	  if ! "$$found" -m venv $(VENV) >/dev/null 2>&1; then \
	    rm -rf $(VENV); \
	    echo "setup: $$found cannot make a virtual environment: its venv module is missing." >&2; \
	    echo "       On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	  fi; \
	fi; \
	echo "setup: installing $$(grep -c '==' requirements.txt) packages, pinned and hashed"; \
	$(PY) -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-compile \
	  --require-hashes --requirement requirements.txt; \
	touch $@

.PHONY: build
build: setup ## Read the reports, build, test and publish the warehouse (BUILD="--force" ...)
	@$(PY) -m pipeline build $(BUILD)

# Every line is printed before it runs. pytest is last, so that its closing line closes the output.
.PHONY: test
test: setup ## Every check that must pass, with no warning
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict .
	$(BIN)/sqlfluff lint models tests/dbt
	$(PY) -m pipeline test
	$(PY) -m pytest -m "not faults and not slow" --numprocesses 2 --dist loadfile $(ARGS)

.PHONY: site
site: build ## The website, from the published warehouse
	@$(PY) -m pipeline.site $(ARGS)

.PHONY: accuracy
accuracy: setup ## How many figures are read right, against hand-made answers
	@$(PY) -m tests.accuracy.measure $(ARGS)

.PHONY: bench
bench: setup ## Time the whole build, dbt's own floor, the reader
	@$(PY) -m bench.build
	@$(PY) -m bench.reader

.PHONY: faults
faults: setup ## Bad files, kills, full disks, two builds at once, readers (minutes)
	@$(PY) -m pytest -m "faults or not faults" tests/python/test_hostile.py \
	  tests/python/test_faults.py -n 2 $(ARGS)

.PHONY: mutate
mutate: setup ## Whether the audit bites: reports with one number changed (minutes)
	@$(PY) -m tests.mutation.run $(ARGS)

# A fuzzer is no part of the project's environment: it has one of its own beside it.
FUZZ := target/fuzz
TARGETS := text html docx xlsx pdf zip layout
SECONDS := 600
.PHONY: fuzz
fuzz: setup ## A coverage-guided fuzzer on each reader, 10 minutes each (TARGETS="pdf" SECONDS=60)
	@mkdir -p $(FUZZ)
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --target $(FUZZ)/packages --upgrade --requirement tests/fuzz/requirements.txt
	@for target in $(TARGETS); do \
	  echo "fuzz: $$target, $(SECONDS) seconds"; \
	  PYTHONPATH=$(FUZZ)/packages $(PY) -m tests.fuzz.readers $$target $(FUZZ)/$$target \
	    -max_total_time=$(SECONDS) -timeout=30 -rss_limit_mb=3000 \
	    -artifact_prefix=$(FUZZ)/crash-$$target- >$(FUZZ)/$$target.log 2>&1 \
	    || { echo "fuzz: $$target found something: $(FUZZ)/$$target.log"; exit 1; }; \
	  tail -n 1 $(FUZZ)/$$target.log; \
	done

.PHONY: lock
lock: ## Pin requirements.in into requirements.txt (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	  --no-emit-index-url --quiet requirements.in --output-file requirements.txt

.PHONY: clean
clean: ## Remove what is made, but neither the environment nor the published warehouse
	@rm -rf target logs .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
