"""Verdicts, structure, type, shape, NaN, answers: what a check found."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    "ok": ("Right.",),
    "withheld": ("What is wrong is not told for this assignment.",),
    "follow_through": (
        "Marked with a correct {built_on:names}, this earns {share}.",
        "With what it builds on put right, this earns {share}.",
    ),
    # what could not be judged
    "missing.blank": ("Nothing has been filled in here yet.",),
    "missing.name": (
        (
            "`{name}` is not defined at the top level of the file. Check the spelling, and that it was neither deleted "
            "nor put inside another function or a class."
        ),
        (
            "The name is not defined at the top level of the file. Check the spelling, and that it was neither deleted "
            "nor put inside another function or a class."
        ),
    ),
    "missing.all": (
        (
            "Nothing of what {assignment} asks for is in this file. It should define, at the top level and under these "
            "names: {names:names}."
        ),
    ),
    "missing.syntax": (
        "Python can't read the code of `{name}`: {reason:why}",
        (
            "Python can't read the code of `{name}`: look for a bracket, quote or colon that is missing, and at "
            "the indents."
        ),
        "Python can't read this code: look for a bracket, quote or colon that is missing, and at the indents.",
    ),
    "time_limit": (
        "The call took longer than {seconds} s. Look for a loop that never ends, or one that does too much.",
        "The call took too long. Look for a loop that never ends, or one that does too much.",
    ),
    "time_limit.question": (
        ("The calls of this function together took longer than {seconds} s. Look for a loop that does too much."),
        "The calls of this function together took too long. Look for a loop that does too much.",
    ),
    "time_limit.submission": (
        (
            "No time was left for this: all calls of the file together may take {seconds} s. Look for a loop that "
            "never ends, or one that does too much, first in what is too slow above."
        ),
        (
            "No time was left for this: the calls of the file took too long together. Look for a loop that never "
            "ends, or one that does too much, first in what is too slow above."
        ),
    ),
    "memory_limit": (
        "The call used more than {megabytes} MB of memory. Look for an array that is far larger than its inputs.",
        "The call used too much memory. Look for an array that is far larger than its inputs.",
    ),
    "memory_limit.answers": (
        (
            "This answer was left out: all that the functions returned had come to 256 MB, the most that is taken. "
            "Look for a function that returns far more than the question asks for."
        ),
    ),
    "crashed": (
        (
            "Python itself was stopped during this call ({signal}), without an exception. Look for endless recursion, "
            "or code that stops the process."
        ),
        (
            "Python itself stopped during this call, without an exception. Look for `exit()`, endless recursion, or "
            "code that stops the process."
        ),
    ),
    "internal_error": (
        (
            "This could not be graded. The fault is the grader's, not yours; no marks are lost, and a person will "
            "look at it."
        ),
    ),
    # structure
    "structure.none": ("The function returned None. Is there a `return` at the end, and is every line filled in?",),
    "structure.none_part": ("None stands here where a value is expected. Is the line that makes it filled in?",),
    "structure.none_wrong": ("None was returned for an input that has a result.",),
    "structure.none_sometimes": (
        "For some inputs the function returned None: one of its paths ends without a `return`.",
    ),
    "structure.not_none": ("None was expected here, but a value was returned.",),
    "structure.key": (
        "The returned dictionary has no key {keys:names}. Compare the names with those in the docstring.",
    ),
    "structure.short": ("The returned {kind:bare} has fewer items than it should have.",),
    "structure.long": ("The returned {kind:bare} has more items than it should have.",),
    "structure.several": (
        "Several results are expected together, as in `return a, b`; what was returned is {got:kind}.",
    ),
    "structure.single": ("One value is expected here; what was returned is {got:kind}.",),
    "structure.kind": ("What is expected here is {expected:kind}; what was returned is {got:kind}.",),
    "structure.too_deep": (
        "What was returned is nested too deeply: a list in a list in a list, and so on. Does it hold itself?",
    ),
    "structure.too_many": ("What was returned has too many parts to be graded. Is something added without end?",),
    "structure.objects": (
        (
            "The array holds objects instead of numbers (its dtype is `object`), such as None, functions or lists of "
            "different lengths. Print it, and see which entry is no number."
        ),
    ),
    "structure.unsupported": (
        (
            "A value of type `{type}` was returned. Return numbers, numpy arrays, or lists, tuples or "
            "dictionaries of them."
        ),
        "The returned value can't be graded. Return numbers, numpy arrays, or lists, tuples or dictionaries of them.",
    ),
    # type
    "type.list": (
        "The numbers come in a Python list, where a numpy array is expected. `np.array(...)` makes one of it.",
    ),
    "type.text": ("A text was returned where numbers are expected. Return the value itself, without quotes or `str`.",),
    "type.object": (
        (
            "The returned array doesn't hold numbers, but texts or objects. Look at how it is made: are its rows "
            "equally long?"
        ),
    ),
    "type.complex": ("Complex numbers were returned where real ones are expected.",),
    "type.integer": ("Whole numbers are expected here. Make them so by type, for example with `int(...)`.",),
    "type.bool": (
        "`{name}` returns True and False. They count as 1 and 0, so nothing is lost; numbers would be clearer.",
        "True and False were returned. They count as 1 and 0, so nothing is lost; numbers would be clearer.",
    ),
    # shape
    "shape.wrong": (
        "The shape is {got_shape:shape}; it should be {expected_shape:shape}.",
        "The shape is wrong; it should be {shape}.",
        "The shape is wrong. Print the shapes on paper or with `.shape`, step by step.",
    ),
    "shape.rank": (
        (
            "The result has one axis only, shape {got_shape:shape}; it should be a matrix, "
            "{expected_shape:shape}. `keepdims=True` or `reshape` keeps both axes."
        ),
        "The result has one axis only; it should be a matrix, {shape}. `keepdims=True` or `reshape` keeps both axes.",
        "The result has one axis only; it should be a matrix with two. `keepdims=True` or `reshape` keeps both axes.",
    ),
    "shape.scalar": (
        "A single number is expected; what was returned is an array of shape {got_shape:shape}.",
        "A single number is expected; what was returned is an array.",
    ),
    "shape.array": (
        "An array of shape {expected_shape:shape} is expected; what was returned is a single number.",
        "An array, {shape}, is expected; what was returned is a single number. Is there a sum too many?",
        "An array is expected; what was returned is a single number. Is there a sum too many?",
    ),
    "shape.reversed": (
        "The axes have changed places: the shape is {got_shape:shape} and should be {expected_shape:shape}.",
        "The axes have changed places: the shape should be {shape}.",
        "The axes have changed places: rows where columns should be.",
    ),
    # NaN and inf
    "nan.nan": (
        "The result holds NaN (not a number). It comes from 0/0, inf - inf, or the logarithm of a negative number.",
    ),
    "nan.infinite": (
        (
            "The result holds an infinite number. It comes from a division by zero, log(0), or an exponential of "
            "a large number."
        ),
    ),
    "nan.finite": ("The result should be infinite or NaN here, and is an ordinary number.",),
    # answers, loops, slopes, arguments
    "answer.wrong": (
        (
            "This is not the right answer. For an operation entry by entry, write the two shapes under each other, "
            "aligned from the right; for a matrix product, look at the two inner sizes."
        ),
    ),
    "answer.unreadable": (
        '{got} can\'t be read as an answer. Write a shape such as (3, 1), or "error".',
        'This can\'t be read as an answer. Write a shape such as (3, 1), or "error".',
    ),
    "loop.examples": (
        "The result is right, but Python code runs once for each example. Let numpy work on the whole array at once.",
    ),
    "loop.values": ("The result isn't right yet: how it is computed counts once it is.",),
    "slope.none": ("Cost and gradient could not be found in what was returned.",),
    "slope.flat": ("The cost doesn't change when the parameters do: is it computed from them?",),
    "slope.infinite": ("Cost or gradient is NaN or infinite, so there is no slope to compare with.",),
    "slope.sign": ("The gradient points the wrong way: its sign is the opposite of the slope of your own cost.",),
    "slope.differ": ("The gradient is not the slope of your own cost. Derive the one from the other again.",),
    "changed.argument": (
        (
            "`{name}` changes its argument `{argument}` in place, as `-=` does. Whoever calls it may still need "
            "the old value."
        ),
        "The function changes its arguments in place, as `-=` does. Whoever calls it may still need the old values.",
    ),
    "values.text": ("The returned text is not the right one.",),
    "values.differ": (
        "{wrong} of {total} numbers are wrong.",
        "{entries:entries}",
        "The number is wrong.",
    ),
}
