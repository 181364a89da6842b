"""What a program answers to public cases is shown, so it must not have seen a hidden input by then."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))

import judged
import numpy as np
import pytest

from grader.authoring import Visibility
from grader.grading import grade, prepare
from grader.model import Submission
from grader.sandbox import open_process_sandbox

SLUG = "logistic_regression"
REMEMBERING = """
seen = []

def sigmoid(z):
    seen.append(z)
    return float(sum(np.size(each) for each in seen))

def propagate(w, b, X, Y):
    return float(sum(np.size(each) for each in seen))

def initialize_with_zeros(dim):
    return float(sum(np.size(each) for each in seen))
"""
LOOKING_BELOW = """
import gc, sys

def sigmoid(z):
    return float(max(len(each) for each in gc.get_objects() if isinstance(each, memoryview)))
"""


def shown_of(source, question):
    program = judged.loaded(SLUG).reference.loaded_source + source
    submission = Submission(student="sample", assignment=SLUG, path="sample.py", read=program.encode)
    with open_process_sandbox() as sandbox:
        result = grade(submission, {SLUG: prepare(judged.key(SLUG))}, sandbox)
    (first, *_) = (each for each in result.questions if each.name == question)
    params = [check.params for check in first.checks if check.visibility is Visibility.PUBLIC]
    return {float(each.get("got_value", each.get("got"))) for each in params}


def public_sizes(name):
    cases = judged.question(SLUG, name).cases
    return sum(np.size(case.args[0]) for case in cases if case.visibility is Visibility.PUBLIC)


@pytest.mark.parametrize("question", ["initialize_with_zeros", "propagate"])
def test_public_cases_of_all_questions_are_asked_before_any_hidden_one(question):
    assert max(shown_of(REMEMBERING, question)) <= public_sizes("sigmoid") + 1


def test_hidden_inputs_are_not_sent_with_public_ones():
    """The program finds what was sent in the frames below its own, or among all objects."""
    cases = [case for case in judged.question(SLUG, "sigmoid").cases if case.visibility is Visibility.PUBLIC]
    assert max(shown_of(LOOKING_BELOW, "sigmoid")) < 200 * len(cases)
