"""Bring the catalogues in step with the English texts in the code: add what is new, drop what is gone, compile."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from grader.reports.words import DOMAIN, LANGUAGES, LOCALE, english_texts

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
    """Return every text that a catalogue must hold."""
    return list(dict.fromkeys([*english_texts(), *ui_texts(LOCALE.parent.parent)]))


def main() -> int:
    """Update and compile every catalogue; return 1 where a text is still without a translation."""
    texts = wanted()
    missing = 0
    for language in LANGUAGES[1:]:
        path = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        old = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
        catalogue = polib.POFile(wrapwidth=120)
        catalogue.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
        catalogue.extend(polib.POEntry(msgid=text, msgstr=old.get(text, "")) for text in texts)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        for entry in catalogue.untranslated_entries():
            sys.stderr.write(f"{path}: not translated: {entry.msgid}\n")
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
