"""A sound assignment, which the tests break in one place at a time."""

# %% [markdown] lang="en"
# # Sound
#
# About $\bar x$.

# %% [markdown] lang="zh-CN"
# # 完好
#
# 关于 $\bar x$。

# %%
import numpy as np


# %%
def halve(x):
    """Halve an array, shape (n, m)."""
    ### BEGIN SOLUTION
    a_telling_name = 2
    return x / a_telling_name
    ### END SOLUTION


# %% tags=["demo"]
# a demo
shown_in_demo = halve(np.ones(2))


# %%
def fit(w, X):
    """Return a cost and its gradient.

    w: shape (n, 1)
    X: shape (n, m)
    """
    ### BEGIN SOLUTION
    half = halve(X)
    cost = np.sum((w.T @ half) ** 2)
    return {"cost": cost, "dw": 2 * half @ (half.T @ w)}
    ### END SOLUTION


# %%
### BEGIN SOLUTION
q1 = (3, 3)
q2 = "error"
### END SOLUTION
