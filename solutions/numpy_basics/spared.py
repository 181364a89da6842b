"""Changes of the reference that keep full marks, each with its reason."""

from grader import Equivalent

SOFTMAX = (
    Equivalent(was="x_exp = np.exp(x)", now="x_exp = -np.exp(x)", reason="A factor of all entries cancels."),
    Equivalent(was="x_exp = np.exp(x)", now="x_exp = 2 * np.exp(x)", reason="A factor of all entries cancels."),
)
