"""A quick record behaves as the standard library's frozen dataclass does."""

import copy
import dataclasses
import inspect

import pytest

from grader import records
from grader.model import Message


class Sample:
    """A class to be made into a record."""

    name: str
    size: int = 1
    more: dict[str, int] = dataclasses.field(default_factory=dict, kw_only=True)
    seen: int = dataclasses.field(default=0, kw_only=True, compare=False, repr=False)


def made_by(dataclass):
    return dataclass(frozen=True, slots=True)(type("Sample", (), dict(vars(Sample))))


OURS, THEIRS = made_by(records.dataclass), made_by(dataclasses.dataclass)


@pytest.mark.parametrize("act", [repr, dataclasses.asdict, lambda one: type(one).__match_args__, lambda one: one.size])
def test_a_record_is_shown_and_read_as_the_standard_one(act):
    ours, theirs = (made("a", 2, more={"b": 3}, seen=9) for made in (OURS, THEIRS))
    assert act(ours) == act(theirs)


def test_the_arguments_are_the_standard_ones():
    ours, theirs = (inspect.signature(made).parameters for made in (OURS, THEIRS))
    assert [(each.name, each.kind) for each in ours.values()] == [(each.name, each.kind) for each in theirs.values()]
    for made in (OURS, THEIRS):
        with pytest.raises(TypeError, match=r"Sample.__init__\(\) got an unexpected keyword argument 'nmae'"):
            made(nmae="a")
        with pytest.raises(TypeError, match=r"missing 1 required positional argument: 'name'"):
            made()


@pytest.mark.parametrize("made", [OURS, THEIRS])
def test_records_compare_by_their_fields_and_class(made):
    assert made("a") == made("a", 1, seen=5)
    assert made("a") != made("b")
    assert made("a") != Sample
    assert hash(Message(code="x", params=())) == hash(Message(code="x", params=()))
    with pytest.raises(TypeError, match="unhashable"):
        hash(made("a"))  # it holds a dict


@pytest.mark.parametrize("made", [OURS, THEIRS])
def test_records_do_not_change(made):
    one = made("a")
    for change in (lambda: setattr(one, "size", 2), lambda: delattr(one, "size"), lambda: setattr(one, "other", 1)):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            change()
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize("made", [OURS, THEIRS])
def test_default_factories_make_a_new_value_each_and_copies_are_equal(made):
    assert made("a").more is not made("a").more
    assert dataclasses.replace(made("a"), size=7) == made("a", 7)
    assert copy.deepcopy(made("a", more={"b": 1})) == made("a", more={"b": 1})


def test_no_other_form_is_pretended():
    with pytest.raises(TypeError):
        records.dataclass(frozen=True, slots=False)
