"""Sample classes to time: mixed submissions of logistic regression, as files of Python and as notebooks.

A program is put together from `tests/content/programs/`: for each function one of the ways to write it right, in
one case of ten one of the ways to get it wrong; now and then a function is left blank or does not parse. No two files
are alike, so that nothing is graded once for two; functions are, more or less (`LIKENESS`). The same seed gives the
same class.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SLUG = "logistic_regression"
PROGRAMS = ROOT / "tests" / "content" / "programs"
RELEASED = ROOT / "exercises" / SLUG / f"{SLUG}.ipynb"
WRONG, BLANK, BROKEN = 0.1, 0.01, 0.005
LIKENESS = {
    "none": "nobody writes a function as another does",
    "even": "each way to write a function is as likely as any other",
    "uneven": "the second way is half as likely as the first, the third a third",
}
_BLANK = "    # YOUR CODE HERE\n    raise NotImplementedError\n"
_BROKEN = "    return (1 +\n"


def styles(kind: str) -> dict[str, list[str]]:
    """Read the ways to write each function: name to sources. `kind` is `right` or `wrong`."""
    found: dict[str, list[str]] = {}
    text = (PROGRAMS / f"{SLUG}.{kind}.txt").read_text(encoding="utf-8")
    for block in text.split("=== ")[1:]:
        head, _, rest = block.partition("\n")
        for each in f"---\n{rest.rstrip()}\n".split("---")[1:]:
            lines = each.partition("\n")[2].strip("\n").splitlines()
            body = "".join(f"    {line}\n" if line else "\n" for line in lines)
            # scipy is not what a course of numpy has its students import, and costs more than all the rest.
            if "scipy" not in body:
                found.setdefault(head.split("(")[0].strip(), []).append(f"def {head.strip()}:\n{body}")
    return found


class Class:
    """A class of made-up students; `program(n)` is what the n-th of them wrote."""

    def __init__(self, seed: int = 1, likeness: str = "even") -> None:
        self._seed = seed
        self._likeness = likeness
        self._right, self._wrong = styles("right"), styles("wrong")

    def program(self, number: int) -> dict[str, str]:
        """Return the source of each function."""
        chance = random.Random(f"{self._seed}:{number}")
        chosen = {}
        for name, ways in self._right.items():
            source = self._choice(chance, self._wrong[name] if chance.random() < WRONG else ways)
            if self._likeness == "none":
                head, _, body = source.partition("\n")
                source = f"{head}\n    mine = {number}\n{body}"
            if chance.random() < BLANK:
                source = source.partition("\n")[0] + "\n" + _BLANK
            elif chance.random() < BROKEN and name != "sigmoid":
                source = source.partition("\n")[0] + "\n" + _BROKEN
            chosen[name] = source
        return chosen

    def _choice(self, chance: random.Random, ways: list[str]) -> str:
        if self._likeness != "uneven":
            return chance.choice(ways)
        return chance.choices(ways, [1 / rank for rank in range(1, len(ways) + 1)])[0]

    def python(self, number: int) -> str:
        """Return a submission as a file of Python: imports and functions."""
        # What does not parse is the cell's own fault in a notebook; in a file it would be everybody's.
        functions = [part.replace(_BROKEN, "    return 1 +\\\n    0\n") for part in self.program(number).values()]
        head = f"# grader: assignment={SLUG}\n# sample student {number}\nimport copy\nimport math\nimport numpy as np\n"
        return "\n\n".join((head, *functions))

    def notebook(self, number: int, pictures: int = 0) -> str:
        """Return a submission as the released notebook, filled in; `pictures` are bytes of output in it."""
        document = json.loads(RELEASED.read_text(encoding="utf-8"))
        cells = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
        for name, source in self.program(number).items():
            cell = next(each for each in cells if f"def {name}(" in "".join(each["source"]))
            cell["source"] = source.splitlines(keepends=True)
        cells[0]["source"] = [*cells[0]["source"], f"\nimport copy\nimport math\n# sample student {number}"]
        if pictures:
            picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBO" * (pictures // 4)}}
            cells[-1]["outputs"] = [picture]
        return json.dumps(document, indent=1, ensure_ascii=False)

    def write(self, folder: Path, form: str, count: int, pictures: int = 0) -> list[Path]:
        """Write the submissions of the first students, `py` or `ipynb`; returns their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for number in range(count):
            path = folder / f"sample{number:05}" / f"{SLUG}.{form}"
            path.parent.mkdir(exist_ok=True)
            text = self.python(number) if form == "py" else self.notebook(number, pictures)
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return paths
