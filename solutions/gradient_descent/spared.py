"""Changes of the reference that keep full marks, each with its reason."""

from grader import Equivalent, Tolerated

GRAPH = 'return {"z": z, "a": a, "da": da, "dz": dz, "dw1": dw1, "dw2": dw2, "db": db}'

COST = (Equivalent(was="m = A.shape[1]", now="m = Y.shape[1]", reason="There are as many labels as predictions."),)
UPDATE = (
    Tolerated(
        was="return w - learning_rate * dw",
        now="w -= learning_rate * dw\nreturn w",
        reason="The caller's w is changed, which costs no marks here: the student gets a note on changed arguments.",
    ),
)
BACKWARD = (
    Equivalent(was=GRAPH, now=GRAPH.replace('"dz": dz', '"dz": db'), reason="db is dz: z grows as fast as b does."),
    Equivalent(was=GRAPH, now=GRAPH.replace('"db": db', '"db": dz'), reason="db is dz: z grows as fast as b does."),
)
GRADIENTS_LOOP = (
    Equivalent(
        was="a = sigmoid(z)",
        now="    a = sigmoid(z)",
        reason="Computed too often, but the last time with all features in z; there is at least one feature.",
    ),
    Equivalent(
        was="dz = a - Y[0, i]\nfor j in range(n):",
        now="for j in range(n):\n    dz = a - Y[0, i]",
        reason="Computed too often, each time the same; there is at least one feature.",
    ),
    Equivalent(was="dw = dw / m", now="dw /= m", reason="dw is the function's own array."),
    Equivalent(was="db = db / m", now="db /= m", reason="db is a number, and numbers are never changed in place."),
)
MINIMIZE = (
    Equivalent(
        was="w = update(w, slope, learning_rate)",
        now="w = update(w, learning_rate, slope)",
        reason="`update` multiplies the two.",
    ),
)
