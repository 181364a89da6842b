"""Exceptions, explained for learners."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    "exception.unfinished": (
        "`{function}` still raises NotImplementedError. Remove that line once you have written yours.",
        "The function still raises NotImplementedError. Remove that line once you have written yours.",
    ),
    "exception.broadcast": (
        (
            "The shapes {shapes:shapes} don't fit together for an operation entry by entry: aligned from the "
            "right, two sizes must be equal, or one of them 1."
        ),
        (
            "Two arrays don't fit together for an operation entry by entry: aligned from the right, two sizes "
            "must be equal, or one of them 1. Print both shapes."
        ),
    ),
    "exception.product": (
        (
            "The shapes {shapes:shapes} don't fit for a matrix product: the columns of the first must be as many "
            "as the rows of the second. Is a transpose missing?"
        ),
        (
            "The shapes of two arrays don't fit for a matrix product: the columns of the first must be as many as "
            "the rows of the second. Is a transpose missing, or should it be `*`?"
        ),
    ),
    "exception.reshape": ("`reshape` was asked for a shape with another number of entries than the array has.",),
    "exception.join": ("Arrays of shapes that don't fit were joined.",),
    "exception.truth": (
        "A whole array was used as if it were one True or False. Compare single entries in an `if`, or use `np.where`.",
    ),
    "exception.element": (
        "One entry of an array was given a whole list or array. Look at the index, or at the shapes.",
    ),
    "exception.unpack": ("The number of names on the left of `=` is not the number of values on the right.",),
    "exception.domain": ("A `math` function was given a number it isn't defined for, such as the logarithm of 0.",),
    "exception.read_only": (
        "Something was written into an array that can't be changed. Make a copy first: `x.copy()`.",
    ),
    "exception.array_index": (
        (
            "An array stands where one whole number is needed: an index, a size, an axis, or how often a loop runs. "
            "Look at which argument of the call it is."
        ),
    ),
    "exception.scalar_only": (
        (
            "A function for single numbers, such as `math.exp`, was given a whole array. numpy's own (`np.exp`) "
            "takes arrays."
        ),
    ),
    "exception.none": (
        "A value is None where a number or an array is needed. Is a line still to be filled in, or a `return` missing?",
    ),
    "exception.no_matrix": (
        "`@` and `np.matmul` are for arrays, and one side here is a single number. Use `*` for those.",
    ),
    "exception.operands": (
        (
            "An operation such as `+` or `*` has a value on one side that it can't take: a tuple, a list or a "
            "dictionary where a number or an array belongs, perhaps."
        ),
    ),
    "exception.compared": ("Two values are compared that have no order, such as a number and a list.",),
    "exception.length": ("`len` was asked for the length of a single number.",),
    "exception.number": ("A number was to be made of something that is none, such as a list or a dictionary.",),
    "exception.zip": ("`zip` was given sequences of different lengths. Print the lengths of both.",),
    "exception.keyword": (
        "A parameter was not accepted by its name. The function is called as `{expected}`; yours is `{signature}`.",
        "A parameter was not accepted by its name. The function is called as `{expected}`.",
        "A parameter was not accepted by its name. Compare the names with those of the function.",
    ),
    "exception.arguments": (
        (
            "A function was called with the wrong number of arguments. This one is called as `{expected}`; yours "
            "is `{signature}`."
        ),
        "A function was called with the wrong number of arguments. This one is called as `{expected}`.",
        "A function was called with the wrong number of arguments.",
    ),
    "exception.inner_arguments": (
        "`{called}` is called with the wrong number of arguments here. Compare the call with its definition.",
        "A function is called with the wrong number of arguments here. Compare the call with its definition.",
    ),
    "exception.inner_keyword": (
        "In a call of `{called}`, a parameter was not accepted by its name. Compare the names with its definition.",
        "In a call, a parameter was not accepted by its name. Compare the names with the function's definition.",
    ),
    "exception.called": (
        (
            "Something that isn't a function was called with `( )`. An array is indexed with `[ ]`; a product "
            "needs its `*`."
        ),
    ),
    "exception.function": ("A function was used as if it were a value. To call it, it needs its brackets `( )`.",),
    "exception.iterate": ("A single number was looped over or unpacked as if it were a list.",),
    "exception.subscript": (
        "Too many indices, or an index on a single number. Look at the shape of what stands before `[ ]`.",
    ),
    "exception.float_index": (
        "A whole number is needed here, as an index or a size; `//` divides to one, `/` doesn't.",
    ),
    "exception.casting": (
        "Numbers with a fraction can't be put into an array of whole numbers, as by `-=`. Make the array of floats.",
    ),
    "exception.overflow": ("A number became too large for a float, as `math.exp` of a large one does.",),
    "exception.zero_division": ("A division by zero.",),
    "exception.axis": ("An axis was named that the array doesn't have. Axes count from 0; a vector has axis 0 only.",),
    "exception.index": ("An index is beyond the end. Indices run from 0 to the size minus one; print the shape.",),
    "exception.key": (
        "There is no key `{key}` in the dictionary; it has {keys:names}.",
        "A key isn't in the dictionary. Compare its spelling with where the dictionary is made.",
    ),
    "exception.unbound": (
        "`{name}` is used before it has a value on this path through the function.",
        "A variable is used before it has a value on this path through the function.",
    ),
    "exception.name": (
        "The name `{name}` is not defined. Is it spelled as where it is made, and made inside the function?",
        "A name is not defined. Is it spelled as where it is made, and made inside the function?",
    ),
    "exception.unquoted": (
        'Python takes `{name}` for a name that is defined nowhere. A word as an answer needs quotes, as in "error".',
        'Python takes this for a name that is defined nowhere. A word as an answer needs quotes, as in "error".',
    ),
    "exception.module": (
        "The module `{name}` is not available here. The exercises need numpy only.",
        "A module is not available here. The exercises need numpy only.",
    ),
    "exception.attribute": (
        "An object doesn't have the attribute or method that was asked of it: {message}",
        "An object doesn't have the attribute or method that was asked of it. Check its spelling and type.",
    ),
    "exception.recursion": ("The function calls itself without end.",),
    "exception.memory": (
        "The call asked for more memory than there is. Look for an array far larger than its inputs.",
    ),
    "exception.assertion": ("An `assert` in your own code failed: what it states is not so for this input.",),
    "exception.input": ("`input()` waits for someone to type, which nobody does here. Use the arguments instead.",),
    "exception.exit": ("The program was left by `exit()` or its like. Use `return` to leave a function.",),
    "exception.file": ("A file is not there. Functions should work from their arguments only.",),
    "exception.expected": ("For this input a {expected} should be raised.",),
    "exception.other": (
        "{type} was raised: {message}",
        "{type} was raised.",
        "An exception was raised.",
    ),
}
