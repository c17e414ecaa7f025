#!/bin/sh
# Writes requirements/*.lock from pyproject.toml: dev first, the two lean ones inside its pins.
set -eu
cd "$(dirname "$0")/.."
tool=${UV:-uv}
common="--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet"
$tool pip compile $common --extra dev pyproject.toml -o requirements/dev.lock
$tool pip compile $common --extra kiosk -c requirements/dev.lock pyproject.toml -o requirements/kiosk.lock
$tool pip compile $common --extra server -c requirements/dev.lock pyproject.toml -o requirements/server.lock
