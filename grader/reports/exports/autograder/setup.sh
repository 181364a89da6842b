#!/usr/bin/env bash
# Gradescope runs this once, while it builds the autograder's image. It leaves the path of a Python that can run the
# grader in source/.python. Without a network it does with what is there: packages already installed, or wheels/.
set -euo pipefail

root=${GRADER_AUTOGRADER_ROOT:-/autograder}
source=$root/source
recent='import sys; sys.exit(sys.version_info < (3, 11))'

python=${GRADER_PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null && "$candidate" -c "$recent"; then
            python=$(command -v "$candidate")
            break
        fi
    done
fi
if [ -z "$python" ]; then
    echo "No Python 3.11 or newer here: installing one"
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3.11 python3.11-venv
    python=$(command -v python3.11)
fi

satisfied() { # are all requirements met in this Python already?
    "$1" - "$source/requirements.txt" <<'PYTHON'
import re
import sys
from importlib.metadata import PackageNotFoundError, version

def numbers(text):
    return [int(part) for part in re.findall(r"\d+", text)[:3]]

for line in open(sys.argv[1], encoding="utf-8"):
    name, _, least = line.strip().partition(">=")
    try:
        if name and numbers(version(name)) < numbers(least):
            sys.exit(1)
    except PackageNotFoundError:
        sys.exit(1)
PYTHON
}

if ! satisfied "$python"; then
    if ! "$python" -c 'import ensurepip, venv'; then
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-venv
    fi
    "$python" -m venv "$source/.venv"
    python=$source/.venv/bin/python
    if [ -d "$source/wheels" ]; then
        "$python" -m pip install --no-index --find-links "$source/wheels" -r "$source/requirements.txt"
    else
        "$python" -m pip install --no-cache-dir -r "$source/requirements.txt"
    fi
fi

# Compiled once here: otherwise every submission would wait for it.
"$python" -m compileall -q "$source/grader" || true
# The checks and the secret are for the grader alone.
chmod -R go-rwx "$source/course"
printf '%s\n' "$python" > "$source/.python"
