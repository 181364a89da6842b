"""What the floor of a notebook has beside that of a file: reading it as a simple grader does, checked by nbformat.

    reading.py FILE.ipynb...

Prints one JSON line, with the CPU milliseconds a notebook; importing nbformat is not in it.
"""

from __future__ import annotations

import json
import sys
import time

import nbformat


def main(paths: list[str]) -> None:
    """Read all notebooks, the first of them once more before: it has the schema compiled."""
    nbformat.read(paths[0], as_version=4)
    begin = time.process_time()
    for path in paths:
        nbformat.read(path, as_version=4)
    print(json.dumps({"cpu_ms_each": 1000 * (time.process_time() - begin) / len(paths)}))


if __name__ == "__main__":
    main(sys.argv[1:])
