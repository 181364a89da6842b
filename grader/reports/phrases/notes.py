"""Notes: what is worth telling and costs no marks; summaries."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    "warning.overflow": (
        "In `{name}`, a number became too large in `{operation}`, and infinite.",
        "In `{name}`, a number became too large, and infinite.",
    ),
    "warning.divide": (
        "In `{name}`, `{operation}` was asked to divide by zero, or for the logarithm of zero.",
        "In `{name}`, something was divided by zero.",
    ),
    "warning.invalid": (
        "In `{name}`, `{operation}` gave NaN: it isn't defined for what it was given.",
        "In `{name}`, a calculation gave NaN: it isn't defined for what it was given.",
    ),
    "skipped.statement": (
        "`{text}` was skipped: {reason}",
        "A statement was skipped: it failed, and the graded functions were tried without it.",
    ),
    "skipped.cell": (
        "`{text}` was skipped, for Python can't read it: {reason:why}",
        "Something was skipped, for Python can't read it.",
    ),
    "only_here.spaces": (
        (
            "A space of another kind, or a character that can't be seen, stands here, as when code is copied from a "
            "page. The grader read it as it was meant, but Python itself refuses the file: type the line anew."
        ),
    ),
    "only_here.magic": (
        (
            "`{text}` is understood in a notebook only. The grader passed over it, but Python itself refuses a .py "
            "file with it: take it out."
        ),
        "A line is understood in a notebook only, and Python itself refuses it in a .py file: take it out.",
    ),
    "only_here.tabs": (
        (
            "Tabs and spaces are mixed in the indents. The grader read it as it was meant, but Python itself refuses "
            "the file: have your editor turn the tabs into spaces."
        ),
    ),
    "only_here.print": (
        (
            "`print` stands without parentheses, as in Python 2. The grader read it as it was meant, but Python 3 "
            "refuses the file: write `print(...)`."
        ),
    ),
    "only_here.name": (
        (
            "`{name}` is a name of Python 2; it was taken for `{now}`. Python 3 does not know it: write `{now}` in its "
            "place."
        ),
        "A name of Python 2 is used, which Python 3 does not know.",
    ),
    "global.used": (
        "`{name}` uses the variable `{global}` from outside. Pass it in as an argument.",
        "A variable from outside is used inside a graded function. Pass it in as an argument.",
    ),
    "module.missing": ("The module `{name}` is not available here; a stand-in took its place.",),
    "numpy.assumed": ("`import numpy as np` is missing in the file; it was taken as given.",),
    "numpy.removed": ("`np.{name}` is gone from newer versions of numpy; it was read as it used to be.",),
    "numpy.scalar": (
        "A small array was used as a single number in `{name}`, which newer versions of numpy refuse; it was allowed.",
        "A small array was used as a single number, which newer versions of numpy refuse; it was allowed.",
    ),
    "found.name": ("`{name}` was found here.",),
    "found.alias": ("`{alias}` was found here, and is graded as `{name}`.",),
    "ran.cells": ("Run for the graded names, in cells {places}: {count} of the statements.",),
    "ran.lines": ("Run for the graded names, on lines {places}: {count} of the statements.",),
    "ran.everything": ("A name was missing, so all statements were run once more, each for a short time at most.",),
    "unused.cells": ("Not run, in cells {places}, since nothing graded needs it: {count} of the statements.",),
    "unused.lines": ("Not run, on lines {places}, since nothing graded needs it: {count} of the statements.",),
    "unused.statements": ("Not run, in the same cells, since nothing graded needs it: {count} of the statements.",),
    "superseded": (
        "This definition of `{name}` does not count: the one at {kept:place} takes its place.",
        "This definition of `{name}` does not count: another one takes its place.",
    ),
    "built_on": (
        "`{name}` is built on what is not right yet: {uses:names}. Mend that first, then look at `{name}` again.",
    ),
    "superseded.blank": ("`{name}` is defined here, too, but not written yet; the written definition counts.",),
    "superseded.syntax": ("`{name}` is defined here, too, but Python can't read it; the other definition counts.",),
    "summary.public": ("{passed} of {checks} public checks passed; hidden checks run after you submit.",),
}
