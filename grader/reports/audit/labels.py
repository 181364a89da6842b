"""What an audit calls things: fates, kinds of fault, mistakes, rewrites, changes of inputs; each in the catalogue.

In the data they are plain English words; `grader.saying.phrase` makes of a word what can be said in another language.
"""

from __future__ import annotations

from grader.saying import say

FATES = (say("killed"), say("equivalent"), say("tolerated"), say("survived"))
FAULTS = (
    say("reference"),
    say("blank"),
    say("misconception"),
    say("survivor"),
    say("rewrite"),
    say("memorised"),
    say("brittle"),
    say("declaration"),
    say("internal"),
)
PROGRAMS = (say("layout"), say("mutant"), say("pair"))
"""What is run, besides `blank` and `rewrite`."""
MISTAKES = (
    say("accumulation"),
    say("added term"),
    say("answer"),
    say("arithmetic"),
    say("axis"),
    say("comparison"),
    say("condition"),
    say("constant"),
    say("dropped .T"),
    say("dropped call"),
    say("dropped ddof"),
    say("dropped dtype"),
    say("dropped initial"),
    say("dropped keepdims"),
    say("dropped ord"),
    say("dropped statement"),
    say("dropped term"),
    say("dtype"),
    say("early end"),
    say("early return"),
    say("function"),
    say("in place"),
    say("loop bound"),
    say("moved into the loop"),
    say("moved out of the loop"),
    say("product"),
    say("sign"),
    say("stale value"),
    say("swapped arguments"),
    say("swapped statements"),
    say("swapped values"),
    say("wrong name"),
)
"""The operators that make mutants."""
REWRITES = (
    say("products summed backwards"),
    say("products by einsum"),
    say("sums taken backwards"),
    say("sums taken one by one"),
    say("reciprocals for divisions"),
    say("differences negated"),
    say("factors swapped"),
    say("functions for operators"),
    say("arrays in Fortran order"),
    say("lists for tuples"),
    say("numpy's numbers"),
)
INPUTS = (
    say("in Fortran order"),
    say("in float32"),
    say("with one left of something"),
    say("cut square"),
    say("with fewer rows"),
    say("with fewer columns"),
    say("shuffled"),
    say("as whole numbers"),
    say("negated"),
    say("times 30"),
    say("times 0.01"),
    say("rounded"),
    say("with zeros"),
)
"""How inputs are changed."""
BLANKS = (say("the stub"), say("no definition at all"), say("half a line"), say("something else"))
