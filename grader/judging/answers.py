"""Reading an answer that a student wrote - a shape, or "error" - as generously as a person would."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

import numpy as np

from grader.judging.values import Category, category, is_sequence
from grader.model import Value

Answer: TypeAlias = tuple[int, ...] | str

ERROR = "error"
_LONGEST = 200
_AXES = 32

_ERROR = re.compile(
    r"^(?:(?:it|this|that|numpy|python|will|would|be|raises?|throws?|gives?|is|an?|the|an? exception)\s*"
    r"|(?:会|将|产生|抛出|是)\s*)*"
    r"(?:(?:value|broadcast(?:ing)?|type|shape|dimension|runtime)\s*)?"
    r"(?:errors?|exceptions?|err|报错|出错|错误|异常)"
    r"(?![\w-])"
    r"|^(?:operands |shapes |they |it |the shapes )?(?:could ?not|can ?not|can't|couldn't) (?:be )?broadcast(?![\w-])"
    r"|^(?:(?:the|shapes?|sizes|dimensions|are|is|do|it|this)\s*)*"
    r"(?:incompatible|not (?:possible|compatible|allowed|defined|match|fit)|impossible)(?![\w-])"
    r"|^(?:无法|不能|不可以?)(?:广播|运算|相乘|相加)"
)
_SHAPE = re.compile(
    r"^(?:(?:the|shape|is|np|size|result|of|it|will|be|gives?|结果|形状|的|为|是)[\s.:=]*)*"
    r"[(\[{]?\s*(?P<sizes>\d{1,9}(?:\s*(?:[,;x×*]|\s)\s*\d{1,9})*)\s*,?\s*[)\]}]?$"
)
_SCALAR = re.compile(
    r"^(?:(?:the|shape|result|is|it|will|be|gives?|just|结果|形状|的|为|是)[\s.:=]*)*"
    r"(?:[(\[]\s*[)\]]|(?:an? |one |a single )?(?:scalar|number)|0-?d(?:imensional)?(?: array)?|标量|数|一个数)$"
)


def read_answer(value: Value) -> Answer | None:
    """Return the shape that an answer means, `"error"`, or None where it can be read as neither.

    A shape may be a tuple, a list, a small array, an int, or a string like "(3, 3)", "3,3", "3x3" or "scalar"; an error
    may be any sensible spelling: "Error!", "ERROR", "ValueError", "raises an error", "报错".
    """
    kind = category(value)
    if kind is Category.TEXT:
        return _read_text(value)
    if kind is Category.NUMBER:
        return _sizes((value,))
    if is_sequence(value):
        return _sizes(value)
    if kind is Category.ARRAY and value.ndim == 1 and value.size <= _AXES:
        return _sizes(tuple(value.tolist()))
    return None


def _sizes(values: Value) -> tuple[int, ...] | None:
    """Return whole numbers that aren't negative as sizes; True is not a size, and 3.0 is 3."""
    if len(values) > _AXES:
        return None
    sizes = []
    for item in values:
        if category(item) is not Category.NUMBER:
            return None
        plain = item.item() if isinstance(item, np.ndarray | np.generic) else item
        if type(plain) is float and plain.is_integer():
            plain = int(plain)
        if type(plain) is not int or plain < 0:
            return None
        sizes.append(plain)
    return tuple(sizes)


def _read_text(text: str) -> Answer | None:
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().strip("\"'`“”‘’.!。").strip().lower()
    if _SCALAR.match(plain):
        return ()
    if _ERROR.match(plain):
        return ERROR
    shape = _SHAPE.match(plain)
    return tuple(int(size) for size in re.findall(r"\d+", shape["sizes"])) if shape else None
