"""Recognise, from what a call raised, a function that is not written yet."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from grader.sandbox.loader.blanks import none_only
from grader.sandbox.loader.choosing import Candidate
from grader.sandbox.loader.explaining import frames, message
from grader.sandbox.loader.scopes import statements_in


def shows_unwritten(error: BaseException, candidate: Candidate, files: Mapping[str, int | None]) -> bool:
    """Whether a call ended at the stub's own `raise NotImplementedError`, or at a variable that was left None.

    Only in the graded function itself: a blank helper is a fault of its own.
    """
    function, statement = candidate.node, candidate.statement
    seen = frames(error, files)
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or statement is None or not seen:
        return False
    frame, line = seen[-1]
    if frame.f_code.co_filename != statement.file or not function.lineno <= line <= (function.end_lineno or line):
        return False
    here = [node for root in function.body for node in statements_in(root) if _is_on(node, line)]
    if isinstance(error, NotImplementedError):
        return any(isinstance(node, ast.Raise) for node in here)
    if isinstance(error, TypeError | AttributeError) and "NoneType" in message(error):
        empty = none_only(function)
        used = {node.id for root in here for node in ast.walk(root) if isinstance(node, ast.Name)}
        return bool(empty & used)
    return False


def _is_on(node: ast.stmt, line: int) -> bool:
    if isinstance(node, ast.For | ast.While | ast.If | ast.With | ast.Try):
        return node.lineno == line
    return node.lineno <= line <= (node.end_lineno or node.lineno)
