#!/bin/sh
# Brings a fresh Debian 12 or Ubuntu machine to where the project runs: system packages, then .venv from the lock.
set -eu
cd "$(dirname "$0")/.."

packages="python3-venv libegl1 libgl1 libgl1-mesa-dri libmtdev1 xvfb xdotool espeak-ng alsa-utils libportaudio2"

# Says whether this program is a browser that can be steered: Ubuntu's Chromium is a snap, which cannot.
steerable() {
    found=$(command -v "$1") && [ "$(readlink -f "$found")" != /usr/bin/snap ]
}

browser=""
if ! steerable chromium && ! steerable google-chrome; then
    browser=missing
    # Ubuntu has no package of this name, and asking for it would fail the whole line.
    [ "$(. "${OS_RELEASE:-/etc/os-release}" && echo "$ID")" = ubuntu ] || packages="$packages chromium"
fi

missing=""
for package in $packages; do
    case "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)" in
        "install ok installed") ;;
        *) missing="$missing $package" ;;
    esac
done

# Runs a command, showing its output only when it fails.
quietly() {
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log"
}

if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        as_root="env"
    elif sudo -n true 2>/dev/null; then
        as_root="sudo env"
    else
        echo "System packages are missing, and they need an administrator. Please run this line:"
        echo
        echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
        echo
        echo "Then the same make command again."
        exit 1
    fi
    echo "Installing system packages:$missing …"
    # One broken source among many is no reason to stop: what is missing then fails by its name.
    $as_root apt-get update >/dev/null 2>&1 || echo "apt-get update had trouble; going on with what is known."
    quietly $as_root DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing
fi

lock=requirements/dev.lock
stamp=.venv/lock.sha256
wanted=$(sha256sum "$lock" | cut -d' ' -f1)
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    if [ -z "${PYTHON:-}" ] || [ "$("$PYTHON" --version 2>&1)" = "$(.venv/bin/python --version)" ]; then
        exit 0
    fi
fi

usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null
}

python=""
if [ -n "${PYTHON:-}" ]; then
    ! usable "$PYTHON" || python=$PYTHON
else
    for candidate in python3.12 python3.11 python3; do
        if usable "$candidate"; then
            python=$candidate
            break
        fi
    done
fi
if [ -z "$python" ]; then
    [ -z "${PYTHON:-}" ] || echo "PYTHON=$PYTHON cannot be used."
    echo "Python 3.11 or 3.12 is needed (the face models have no build for newer ones, see docs/decisions/0004)."
    echo "Debian 12 and Ubuntu 24.04 have it as python3; or name one: make run PYTHON=/path/to/python3.12"
    exit 1
fi

echo "Setting the Python environment up in .venv ($("$python" --version), $(grep -c '==' "$lock") pinned packages) …"
rm -rf .venv
"$python" -m venv .venv
quietly .venv/bin/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r "$lock"
echo "$wanted" > "$stamp"

if [ -n "$browser" ] && ! steerable chromium; then
    echo
    echo "There is no Chromium that can be steered (Ubuntu's is a snap). make run works: open the desk in any browser."
    echo "For make visit and the browser tests, once:"
    echo
    echo "    sudo .venv/bin/python -m playwright install-deps chromium && .venv/bin/python -m playwright install chromium"
    echo
fi
