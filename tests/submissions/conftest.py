"""Trees of files for intake."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from intake_samples import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Write files below a folder called `class`."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "class"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write
