"""How a misconception of one replaced piece is written."""

from grader import Misconception


def edit(name, old, new, hint):
    """Make a misconception: the reference with `old` replaced by `new`."""
    return Misconception(name=name, edit=((old, new),), hint=hint)
