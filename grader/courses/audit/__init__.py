"""What proves an assignment: mutants of its reference, rewrites that mean the same, blanks, and inputs to tell apart.

Everything here makes programs and inputs as data; running them is `grader.batch.audit`'s.
"""

from grader.courses.audit.blanks import Blank, blanks_of
from grader.courses.audit.ideas import Idea, ideas_of
from grader.courses.audit.inputs import draw, shrunk, varied
from grader.courses.audit.mutants import Mutant, plain
from grader.courses.audit.programs import mutants_of, pairs_of, rewrites_of, with_definition
from grader.courses.audit.rewrites import Rewrite
from grader.courses.audit.seeds import seeded_key

__all__ = [
    "Blank",
    "Idea",
    "Mutant",
    "Rewrite",
    "blanks_of",
    "draw",
    "ideas_of",
    "mutants_of",
    "pairs_of",
    "plain",
    "rewrites_of",
    "seeded_key",
    "shrunk",
    "varied",
    "with_definition",
]
