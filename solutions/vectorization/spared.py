"""Changes of the reference that keep full marks, each with its reason."""

from grader import Equivalent

DOT_PRODUCT = (
    Equivalent(was="return np.dot(a, b)", now="return np.dot(b, a)", reason="Of two vectors, either may come first."),
)
GRADIENTS = (
    Equivalent(was="m = X.shape[1]", now="m = A.shape[1]", reason="There are as many predictions as examples."),
    Equivalent(was="m = X.shape[1]", now="m = Y.shape[1]", reason="There are as many labels as examples."),
)
