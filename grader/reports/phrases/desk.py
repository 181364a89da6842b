"""The student's desk: progress, where a check failed, questions to ask oneself, what to do next."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    "desk.done": ("{done} of {questions} done",),
    "desk.taken": ("{file} is taken, saved last of the {of} files here; name another to take that one.",),
    "desk.passed": ("passed: {names}",),
    "desk.blank": ("still blank: {names}",),
    # where
    "where.entry": ("`{of}`, entry {at}: {got} instead of {expected}", "entry {at}: {got} instead of {expected}"),
    "where.value": ("`{of}`: {got} instead of {expected}", "{got} instead of {expected}"),
    "where.input": ("for {input}",),
    # the question to ask oneself
    "ask.missing": ("What does the docstring say goes in, and what comes out? Write the line that makes the second.",),
    "ask.syntax": ("Which bracket, quote or colon was opened last before that place, and where does it close?",),
    "ask.indent": ("Which lines belong together in a block, and do they all begin in the same column?",),
    "ask.structure": ("Which lines of the function does a call run through, and what does the last of them return?",),
    "ask.type": ("What kind of value does each line make? `print(type(...))` tells.",),
    "ask.shape": ("What is the shape of each variable, line by line? Write it beside the line, then print it.",),
    "ask.nan": ("Which line is the first whose result is not finite? Print the values line by line.",),
    "ask.values": (
        (
            "Does the formula give the expected number when you work the smallest example by hand? Which line "
            "departs from it?"
        ),
    ),
    "ask.exception": ("What do the names in that line hold just before it runs? Print them, and their shapes.",),
    "ask.name": ("In which line does that name get its value, and does a call of the function run through it before?",),
    "ask.time": ("How often does each loop run for this input? Which line could do all of its rounds at once?",),
    "ask.answer": ("Write the two shapes under each other, aligned from the right. Where is one of two sizes 1?",),
    # what to do next
    "next.first": ("Next: `{name}`. Replace the line `raise NotImplementedError` with your own.",),
    "next.answer": ("Next: `{name}`. Replace `None` with your answer.",),
    "next.mend": ("Next: `{name}`.",),
    "next.hint": ("Next: `{name}`. `grader check --hint` asks a question that may help.",),
    "next.after": ("Next: `{used}`, since `{name}` is built on it.",),
    "next.absent": (
        "Next: write your code into the file as you were given it, where each of these names has its place.",
    ),
    "next.pack": ("Next: hand it in. `grader pack {file}` makes the file for it.",),
    "next.all": ("Every public check passes. Run the notebook once from top to bottom, then hand it in.",),
    "next.ours": ("The grader itself failed here. Please report it to whoever gave you the exercise.",),
    # watching
    "watch.changed": ("changed since the last run:",),
    "watch.same": ("Nothing changed since the last run.",),
    "watch.first": ("first run",),
    "watch.now_passed": ("`{name}` passes now",),
    "watch.no_longer": ("`{name}` passed before, and no longer does",),
    "watch.other": ("`{name}` fails in another way",),
    "watch.keys": ("h hint   l list   n next   q quit",),
    "watch.waiting": ("{file}: watched; save it to run the checks",),
    "watch.running": ("running ...",),
    "watch.gone": ("{file} is not there any more. Waiting for it to come back.",),
    # packing
    "pack.wrong_assignment": ("{file} belongs to `{marker}`, not to `{assignment}`. Name the right file.",),
    "pack.untouched": ("{file} is still the file as you were given it: nothing has been filled in.",),
    "pack.failing": ("not right yet: {names:names}",),
    "pack.unreadable": ("Python can't read the code of {names:names} yet. Mend it, or it earns nothing.",),
    "pack.beside": (
        (
            "It imports {names:names}, put into the same folder: hand that in as well. Where only one file is taken, "
            "move its code into your file first, and pack again."
        ),
    ),
    "pack.made": ("made {target}: hand in this file",),
    # in a notebook
    "live.passed": ("{passed} of {checks} public checks passed",),
    "live.expected": ("expected",),
    "live.got": ("yours",),
    "live.input": ("the input",),
    "live.question": ("a question to ask yourself",),
    "live.part": ("{rows} rows and {columns} columns of {shape} are shown.",),
    "live.hidden": ("Hidden checks run after you hand in.",),
    "live.undefined": ("`{name}` is not defined here yet. Run the cell that defines it, then check again.",),
    "live.undefined_yet": ("Not defined here yet: {names:names}. Run the cells that define them, then check again.",),
}
