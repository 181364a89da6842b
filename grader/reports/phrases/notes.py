"""Notes: what is worth telling and costs no marks; what became of files; summaries."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    "warning": ("numpy warned in `{name}`: {warning}.",),
    "skipped.statement": (
        "`{text}` was skipped: {reason}",
        "A statement was skipped: it failed, and the graded functions were tried without it.",
    ),
    "skipped.cell": ("A cell was skipped: Python can't read it.",),
    "global.used": (
        "`{name}` uses the variable `{global}` from outside. Pass it in as an argument.",
        "A variable from outside is used inside a graded function. Pass it in as an argument.",
    ),
    "module.missing": ("The module `{name}` is not available here; a stand-in took its place.",),
    "numpy.assumed": ("`import numpy as np` is missing in the file; it was taken as given.",),
    "numpy.removed": ("`np.{name}` is gone from newer versions of numpy; it was read as it used to be.",),
    "superseded": ("`{name}` is defined more than once; the last definition counts.",),
    "read.as_notebook": ("The file was read as a notebook, whatever its name says.",),
    "read.as_python": ("The file was read as Python, whatever its name says.",),
    "read.encoding_guessed": ("The file is not UTF-8; it was read as {encoding}.",),
    "assignment.unknown": (
        "It is not clear which assignment this file is for. Name it with --assignment; there are: {assignments:names}.",
        "It is not clear which assignment this file is for. Name it with --assignment.",
    ),
    "summary.public": ("{passed} of {checks} public checks passed; hidden checks run after you submit.",),
}
