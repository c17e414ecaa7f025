# The commands of the project; each does its own set-up.
PYTHON ?=
export PYTHON
run_python = .venv/bin/python

.PHONY: run visit test check bench setup lock clean-instance

run: setup
	@$(run_python) -m demo run

visit: setup
	@$(run_python) -m demo visit $(if $(JSON),--json)

test: setup check
	@$(run_python) -m pytest -q --cov --cov-report=term

check: setup
	@$(run_python) -m ruff check --quiet .
	@$(run_python) -m ruff format --quiet --check .
	@$(run_python) -m mypy --no-error-summary

bench: setup
	@$(run_python) -m benchmarks

setup:
	@sh scripts/setup.sh $(if $(JSON),1>&2)

lock:
	@sh scripts/lock.sh

clean-instance: setup
	@$(run_python) -m demo forget
