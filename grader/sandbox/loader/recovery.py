"""Take a text that does not parse apart, and keep what can honestly be kept.

The text is cut where statements start at the left margin, and each piece stands for itself: a definition is taken whole
or not at all. What a piece would have defined is remembered, so that a broken function is reported with its line. A
function whose end is cut off (an unindented `return`) would silently return None, so it counts as broken, too.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from grader.model import Location
from grader.sandbox.loader.lines import Line, scan
from grader.sandbox.loader.pieces import Broken, Statement, Text, flat, parse
from grader.sandbox.loader.python2 import with_print_calls
from grader.sandbox.loader.scopes import statements_in

LARGEST_COUNT = 3000
"""Pieces up to which a broken text is taken apart."""
DEEPEST = 30
"""How often a piece is cut again."""

TABS = "only_here.tabs"
PRINTS = "only_here.print"
"""The notes on what is read here and refused by Python itself."""

_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b")
_DEFINED = re.compile(r"(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*)*)[ \t]*=(?!=)")
_DEFINES = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+\w|^@\w", re.MULTILINE)
_OUTER = re.compile(r"(?:if[ \t]+__name__\b|if[ \t]+(?:True|1)[ \t]*:|try[ \t]*:)[^\n]*\n")
_UNFILLED = re.compile(r"^([ \t]*[A-Za-z_][\w.\[\]'\", \t]*?[-+*/@]?=)[ \t]*(?=#|$)", re.MULTILINE)
_HEADER = re.compile(
    r"^([ \t]*)(?:def|for|while|if|elif|else|with|try|except|finally|class)\b[^\n]*:[ \t]*(?:#[^\n]*)?$"
)
_MARGIN = re.compile(r"^(?!else|elif|except|finally)[A-Za-z_@]", re.MULTILINE)
_LINE = re.compile(r"\bline (\d{1,6})\b")
LARGEST_PIECE = 100_000
"""Characters up to which a piece that does not parse is looked at again."""


def recover(source: str, file: str, number: int | None, text: Text, depth: int = 0) -> list[Statement | Broken]:
    """Return the statements that parse and the pieces that don't, in order."""
    items: list[Statement | Broken] = []
    for count, (start, line) in enumerate(_pieces(source)):
        if count >= LARGEST_COUNT:
            items.append(Broken((), number, line, "", "too many pieces that do not parse"))
            break
        items += _piece(start, line, file, number, text, depth)
    return items


def _pieces(source: str) -> Iterator[tuple[str, int]]:
    """Yield texts that start at the left margin, each with its first line."""
    begin, first, lines = 0, 1, scan(source)
    decorated, started = False, False
    for line in lines:
        if _starts(source, line) and not decorated:
            # What stands pushed in above the first line at the margin is a piece, too: it is told of as the others.
            if started or source[begin : line.start].strip():
                yield source[begin : line.start], first
            begin, first, started = line.start, line.number + 1, True
        if line.kind == "code":
            decorated = source[line.code] == "@" and line.code == line.start
        if line.open_string >= 0:
            # The closing quotes are missing: what follows is not all one string, so cut before the next definition.
            rest = _DEFINES.search(source, line.open_string + 3)
            if rest is not None:
                yield source[begin : rest.start()], first
                offset = source.count("\n", 0, rest.start())
                for piece, number in _pieces(source[rest.start() :]):
                    yield piece, number + offset
                return
    if begin < len(source):
        yield source[begin:], first


def _starts(source: str, line: Line) -> bool:
    return line.kind != "empty" and line.code == line.start and not _GOES_ON.match(source, line.code)


def _piece(source: str, line: int, file: str, number: int | None, text: Text, depth: int) -> list[Statement | Broken]:
    try:
        tree = parse(source)
    except SyntaxError as error:
        failure = error
        mended, codes = _mended(source, failure)
        if mended is not None:
            text.python2 = text.python2 or PRINTS in codes
            for code, at in codes.items():
                text.only_here.setdefault(code, Location(line=line - 1 + at, cell=number))
            return _moved(mended, line, file, number)
    else:
        return _moved(tree, line, file, number)
    if depth < DEEPEST and (outer := _OUTER.match(source)):
        inner = _inner(source[outer.end() :])
        return recover("\n" * line + inner, file, number, text, depth + 1)
    if depth < DEEPEST and (rest := _rest(source)):
        # A bracket or a string was never closed: cut where the next statement stands at the margin.
        return [
            _broken(source[:rest], number, line, failure),
            *recover("\n" * (line - 1 + source.count("\n", 0, rest)) + source[rest:], file, number, text, depth + 1),
        ]
    return [_broken(source, number, line, failure)]


def _moved(tree: ast.Module, line: int, file: str, number: int | None) -> list[Statement | Broken]:
    """Return the statements of a piece with the line numbers that they have in the whole."""
    ast.increment_lineno(tree, line - 1)
    return [Statement(node, file, number) for node in flat(tree.body, file)]


def _rest(source: str) -> int | None:
    """Return the offset of the second line that begins with a word at the margin, decorators not counted."""
    begin = source.find("\n")
    while begin >= 0 and source.startswith("@"):
        following = source.find("\n", begin + 1)
        decorator = source.startswith("@", begin + 1)
        begin = following
        if not decorator:
            break
    if begin < 0 or len(source) > LARGEST_PIECE:
        return None
    match = _MARGIN.search(source, begin + 1)
    return match.start() if match else None


def _inner(body: str) -> str:
    """Return the body of a block with the indentation of its first line taken off every line."""
    first = next((row for row in body.split("\n") if row.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return "\n".join(row.removeprefix(indent) for row in body.split("\n"))


def _mended(source: str, error: SyntaxError) -> tuple[ast.Module | None, dict[str, int]]:
    """Parse again with tabs expanded and Python 2's print statements as calls; say what was done, with its line."""
    if len(source) > LARGEST_PIECE:
        return None, {}
    done: dict[str, int] = {}
    for _ in range(2):
        if isinstance(error, IndentationError) and "\t" in source:
            return _untabbed(source), {**done, TABS: error.lineno or 1}
        plain = with_print_calls(source)
        if plain == source:
            break
        done[PRINTS] = error.lineno or 1
        source = plain
        try:
            return parse(source), done
        except SyntaxError as again:
            error = again
    return None, done


def _untabbed(source: str) -> ast.Module | None:
    """Parse with tabs as 8 and as 4 columns; where both do and differ, the text's meaning is anybody's guess."""
    trees = []
    for size in (8, 4):
        rows = [_expanded(row, size) for row in source.split("\n")]
        try:
            trees.append(parse("\n".join(rows)))
        except SyntaxError:
            continue
    if len(trees) == 2 and ast.dump(trees[0]) != ast.dump(trees[1]):
        return None
    return trees[0] if trees else None


def _expanded(row: str, size: int) -> str:
    stripped = row.lstrip(" \t")
    return row[: len(row) - len(stripped)].expandtabs(size) + stripped


def _broken(source: str, number: int | None, line: int, error: SyntaxError) -> Broken:
    defined = re.search(_DEFINED.pattern, source) if source.startswith("@") else _DEFINED.match(source)
    assigned = _ASSIGNED.match(source)
    names: tuple[str, ...] = ()
    if defined:
        names = (defined.group(1),)
    elif assigned:
        names = tuple(name.strip() for name in assigned.group(1).split(","))
    at = line - 1 + (error.lineno or 1)
    reason = _LINE.sub(lambda told: f"line {line - 1 + int(told[1])}", str(error.msg)[:200])
    if reason.startswith("f-string") and sys.version_info < (3, 12):
        reason += " (read by Python {}.{}; from 3.12 on more is allowed)".format(*sys.version_info[:2])
    head, _, body = source.lstrip("\n").partition("\n")
    fits_nowhere = "indent" in reason or not names
    indented = not defined and fits_nowhere and body[:1] in {" ", "\t"} and bool(body.strip())
    blank = bool(names) and _is_unfilled(source)
    return Broken(names, number, at, head.strip()[:80], reason, blank, indented)


def _is_unfilled(source: str) -> bool:
    """Whether the text would parse if every `s = ` had a right-hand side and every empty body a `pass`."""
    if len(source) > LARGEST_PIECE:
        return False
    filled = _UNFILLED.sub(r"\1 None ", source)
    for _ in range(20):
        try:
            parse(filled)
        except IndentationError as error:
            rows = filled.split("\n")
            header = _header_before(rows, error)
            if header is None:
                return False
            rows[header] = rows[header].split("#")[0].rstrip() + " pass"
            filled = "\n".join(rows)
        except SyntaxError:
            return False
        else:
            return filled != source
    return False


def _header_before(rows: list[str], error: IndentationError) -> int | None:
    """Return the row of the block header whose body is missing."""
    if "expected an indented block" not in str(error.msg):
        return None
    for row in range(min(error.lineno or 1, len(rows)) - 1, -1, -1):
        if _HEADER.match(rows[row]):
            return row
    return None


def closed(items: list[Statement | Broken]) -> list[Statement | Broken]:
    """Turn functions whose end was cut off into broken ones, and drop what was cut off."""
    result: list[Statement | Broken] = []
    last: int | None = None
    for item in items:
        stray = _stray_line(item)
        if stray is not None:
            if last is not None:
                before = result[last]
                if isinstance(before, Statement) and isinstance(before.node, ast.FunctionDef | ast.AsyncFunctionDef):
                    reason = item.reason if isinstance(item, Broken) else "'return' outside function"
                    result[last] = Broken((before.node.name,), before.cell, stray, f"def {before.node.name}", reason)
                last = None
            if isinstance(item, Statement):
                result.append(Broken((), item.cell, stray, "return", "'return' outside function"))
                continue
        elif isinstance(item, Statement) and isinstance(item.node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = None if _ends(item.node.body) else len(result)
        elif isinstance(item, Broken) and item.names:
            last = None
        result.append(item)
    return result


def _stray_line(item: Statement | Broken) -> int | None:
    """Return the line of a `return` outside any function, or of a text that is no statement."""
    if isinstance(item, Broken):
        return item.line if item.indented else None
    if isinstance(item.node, ast.Return):
        return item.node.lineno
    if isinstance(item.node, ast.If | ast.For | ast.While | ast.With | ast.Try):
        return next((node.lineno for node in statements_in(item.node) if isinstance(node, ast.Return)), None)
    return None


def _ends(body: list[ast.stmt]) -> bool:
    """Whether a function's last statement returns or raises, or holds one that does."""
    return any(isinstance(node, ast.Return | ast.Raise) for node in statements_in(body[-1]))
