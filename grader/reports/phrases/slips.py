"""What one slip is called, after "The numbers are what comes out when …". The kinds are `grader.courses.slips`'s."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    "values.slip": (
        "The numbers are what comes out when {slips:slips}.",
        "The numbers are what comes out of a single slip.",
    ),
}

SLIPS: dict[str, str] = {
    "accumulation": "a running sum is set anew, or runs the wrong way: compare `+=` with `=` and `-=`",
    "added": "there is a factor or a term too many",
    "arguments": "two arguments of a call have changed places",
    "axis": "a sum, mean or norm runs along the wrong axis, or along all of them",
    "call": "a function is not applied where it should be",
    "comparison": "a comparison goes the wrong way, or takes in the limit itself (`>` or `>=`)",
    "condition": "a condition always holds, never holds, or lacks one of its parts",
    "constant": "a number written in the code, an index or a power perhaps, is not the right one",
    "early": "the loop or the function ends too early",
    "function": "one function stands where a similar one belongs, such as `mean` for `sum` or `log10` for `log`",
    "in_place": "an array is changed in place that is still needed as it was",
    "inside": "a line stands inside a loop that belongs before or after it",
    "keepdims": "a sum loses its axis: `keepdims=True` is missing",
    "name": "one variable is used where another belongs",
    "operation": "one operation stands where another belongs, such as `+` for `-` or `*` for `/`",
    "option": "a function lacks one of the options that it needs",
    "outside": "a line stands after a loop that belongs inside it",
    "precision": "numbers are cut to whole ones, or to too few digits, on the way",
    "product": "a product entry by entry stands where a matrix product belongs, or the other way round",
    "rounds": "a loop takes one round too many or too few, or starts with the wrong one",
    "sequence": "two steps are in the wrong order",
    "sign": "a minus sign is missing, or there is one too many",
    "stale": "an earlier value is used where the one made from it belongs",
    "step": "one step is left out",
    "swapped": "two values have changed places",
    "term": "a term or a factor of the formula is missing",
    "transpose": "a transpose, `.T`, is missing",
}
"""Kind of slip to its name."""
