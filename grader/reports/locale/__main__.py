"""Bring the catalogues in step with the English texts in the code: add what is new, drop what is gone, compile.

`grader.po` has what is told of students' work, `commands.po` what commands and errors say, `click.po` what the library
for command lines says itself.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import polib

from grader.reports.words import COMMANDS, DOMAIN, LANGUAGES, LOCALE, english_texts
from grader.saying import REASONS, SEPARATORS

PACKAGE = LOCALE.parent.parent
CLICK = "click"
CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""Where click speaks to users of a command line that asks nothing while it runs."""
HELP = ("help", "epilog", "show_default")

_IN_TEMPLATES = re.compile(r"""\bui\((?:"([^"]*)"|'([^']*)')\)""")


def ui_texts(package: Path) -> Iterator[str]:
    """Yield the texts that modules of the package give to `.ui("...")`, and templates to `ui("...")`."""
    for path in sorted(package.rglob("*.py")):
        if "demo" in path.relative_to(package).parts:
            continue  # sample programs, some of them broken on purpose
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "ui":
                yield from (
                    argument.value
                    for argument in node.args
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                )
    for path in sorted(package.rglob("*.j2")):
        for match in _IN_TEMPLATES.finditer(path.read_text(encoding="utf-8")):
            yield match[1] or match[2]


def wanted() -> list[str]:
    """Return every text of students' work that a catalogue must hold."""
    return list(dict.fromkeys([*english_texts(), *ui_texts(PACKAGE)]))


def said_texts(package: Path) -> Iterator[str]:
    """Yield what modules give to `say("...")`, and the help of commands and their options."""
    for path in sorted(package.rglob("*.py")):
        relative = path.relative_to(package).parts
        if "demo" in relative:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
                    yield from _literal(node.args[0])
                if relative[0] == "cli":
                    yield from (text for word in node.keywords if word.arg in HELP for text in _literal(word.value))
            elif isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
                yield "\n\n".join(
                    " ".join(paragraph.split()) for paragraph in (ast.get_docstring(node) or "").split("\n\n")
                )


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value)):
        yield node.value


def _makes_command(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(function, ast.Attribute) and function.attr in ("command", "group")


def commands_wanted() -> list[str]:
    """Return every text of the command line that a catalogue must hold."""
    return list(dict.fromkeys([*said_texts(PACKAGE), *REASONS, *SEPARATORS]))


def clicks_wanted() -> list[tuple[str, str]]:
    """Return what the installed click may say to a user: a text, and its plural or nothing."""
    found: dict[str, str] = {}
    for name in CLICK_MODULES:
        spec = find_spec(f"click.{name}")
        source = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                texts = [text for argument in node.args for text in _literal(argument)]
                if texts:
                    found.setdefault(texts[0], texts[1] if node.func.id == "ngettext" else "")
    return list(found.items())


def main() -> int:
    """Update and compile every catalogue; return 1 where a text is still without a translation."""
    catalogues = {
        DOMAIN: [(text, "") for text in wanted()],
        COMMANDS: [(text, "") for text in commands_wanted()],
        CLICK: clicks_wanted(),
    }
    missing = [
        line
        for language in LANGUAGES[1:]
        for domain, texts in catalogues.items()
        for line in _update(language, domain, texts)
    ]
    sys.stderr.writelines(missing)
    return 1 if missing else 0


def _update(language: str, domain: str, texts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Write one catalogue, and yield a line for each text without a translation."""
    path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    old = {entry.msgid: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=120)
    catalogue.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for text, plural in texts:
        known = old.get(text)
        if plural:
            forms = known.msgstr_plural if known and known.msgstr_plural else {0: ""}
            catalogue.append(polib.POEntry(msgid=text, msgid_plural=plural, msgstr_plural=forms))
        else:
            catalogue.append(polib.POEntry(msgid=text, msgstr=known.msgstr if known else ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    for entry in catalogue.untranslated_entries():
        yield f"{path}: not translated: {entry.msgid}\n"


if __name__ == "__main__":
    sys.exit(main())
