"""The pieces that a program is read into: statements that parse, and texts that don't, each with its place."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grader.model import Location

MAIN_FILE = "<submission>"


@dataclass(slots=True)
class Statement:
    """A statement at the top level of a cell, in the order of the program."""

    node: ast.stmt
    file: str
    cell: int | None
    position: int = 0
    code: types.CodeType | None = None
    """Compiled, once that was asked for."""
    uses: set[str] | None = None
    """The names that its code looks up in the module, once that was asked for."""

    @property
    def location(self) -> Location:
        """Where it starts in the student's file."""
        return Location(line=self.node.lineno, cell=self.cell)


@dataclass(slots=True)
class Broken:
    """A piece of text that does not parse, with the names that it would have defined.

    `blank` says that it would parse if only what is left empty were filled: a right-hand side, the body of a loop.
    """

    names: tuple[str, ...]
    cell: int | None
    line: int
    text: str
    reason: str
    blank: bool = False
    indented: bool = False
    """Whether indented lines follow its first: they may belong to what stands before."""
    position: int = 0

    @property
    def location(self) -> Location:
        """Where it starts in the student's file."""
        return Location(line=self.line, cell=self.cell)


@dataclass(slots=True)
class Text:
    """All statements of a program, those that don't parse, and the lines they come from, by file name."""

    statements: list[Statement] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    cells: dict[str, int | None] = field(default_factory=dict)
    python2: bool = False
    only_here: dict[str, Location] = field(default_factory=dict)
    """What was read although Python itself refuses the file for it: the code of a note, and the first such place."""
    walrus: bool = False
    """Whether `:=` stands anywhere."""
    declares: bool = False
    """Whether a function may declare a name `global`."""

    def head(self, file: str, line: int) -> str:
        """Return the start of a line of the student's, for a note."""
        lines = self.lines.get(file, [])
        return lines[line - 1].strip()[:80] if 0 < line <= len(lines) else ""


def file_name(cell: int | None) -> str:
    """Return the file name under which a cell is compiled; tracebacks are read by it."""
    return MAIN_FILE if cell is None else f"<cell {cell}>"


def parse(source: str) -> ast.Module:
    """Parse, with every failure of the parser's as a SyntaxError."""
    try:
        return ast.parse(source)
    except SyntaxError:
        raise
    except RecursionError:
        raise SyntaxError("too deeply nested") from None
    except MemoryError:
        raise SyntaxError("too complex") from None
    except (ValueError, OverflowError, SystemError) as error:
        raise SyntaxError(str(error)[:200]) from None


def flat(body: Sequence[ast.stmt], file: str = MAIN_FILE) -> Iterator[ast.stmt]:
    """Yield statements, those under `if __name__ == "__main__":` and `if True:` as if they stood outside.

    A sibling (`<name.py>`) is imported, so its main block is left as it is.
    """
    for node in body:
        if isinstance(node, ast.If) and not file.endswith(".py>") and is_certain(node.test):
            yield from flat(node.body)
        else:
            yield node


def is_certain(test: ast.expr) -> bool:
    """Whether a condition is `__name__ == "__main__"` or a true constant."""
    match test:
        case ast.Constant(value=value):
            return value is not Ellipsis and bool(value)
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
        case ast.Compare(left=ast.Constant(value="__main__"), ops=[ast.Eq()], comparators=[ast.Name(id="__name__")]):
            return True
    return False
