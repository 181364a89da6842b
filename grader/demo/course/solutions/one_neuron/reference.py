# %% [markdown] lang="en"
# # One neuron
#
# A neuron turns each column of `X` into a number between 0 and 1. The shapes are the whole story: `X` is `(n, m)`,
# one column an example; `w` is `(n, 1)`; `b` is a number; `Y` and `A` are `(1, m)`.

# %% [markdown] lang="zh-CN"
# # 一个神经元
#
# 一个神经元把 `X` 的每一列变成 0 与 1 之间的一个数。关键在于形状：`X` 是 `(n, m)`，每一列是一个样本；
# `w` 是 `(n, 1)`；`b` 是一个数；`Y` 和 `A` 都是 `(1, m)`。

# %%
import numpy as np

# %% [markdown] lang="en"
# ## The sigmoid
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$

# %% [markdown] lang="zh-CN"
# ## sigmoid 函数
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$


# %%
def sigmoid(z):
    """Return the sigmoid of z, elementwise.

    z: a number or an array of any shape
    returns: the same shape as z
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION


# %% [markdown] lang="en"
# ## Forward
#
# $$A = \sigma(w^T X + b)$$

# %% [markdown] lang="zh-CN"
# ## 前向计算
#
# $$A = \sigma(w^T X + b)$$


# %%
def forward(w, b, X):
    """Return the activations of the neuron for all examples at once.

    w: weights, shape (n, 1)
    b: bias, a number
    X: examples, shape (n, m)
    returns: A, shape (1, m)
    """
    ### BEGIN SOLUTION
    return sigmoid(np.dot(w.T, X) + b)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## Gradients
#
# The cost is the mean over the m examples, and so are its gradients:
#
# $$dw = \frac{1}{m} X (A - Y)^T \qquad db = \frac{1}{m} \sum_i (a^{(i)} - y^{(i)})$$

# %% [markdown] lang="zh-CN"
# ## 梯度
#
# 代价是 m 个样本的平均值，它的梯度也是：
#
# $$dw = \frac{1}{m} X (A - Y)^T \qquad db = \frac{1}{m} \sum_i (a^{(i)} - y^{(i)})$$


# %%
def gradients(w, b, X, Y):
    """Return the gradients of the mean cross-entropy with respect to w and b.

    w: weights, shape (n, 1)
    b: bias, a number
    X: examples, shape (n, m)
    Y: labels 0 or 1, shape (1, m)
    returns: dw of shape (n, 1), db a number
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    error = forward(w, b, X) - Y
    return np.dot(X, error.T) / m, np.sum(error) / m
    ### END SOLUTION


# %% [markdown] lang="en"
# ## Descend
#
# Each iteration takes one step downhill: $w := w - \alpha\, dw$ and $b := b - \alpha\, db$.

# %% [markdown] lang="zh-CN"
# ## 下降
#
# 每次迭代沿下坡方向走一步：$w := w - \alpha\, dw$，$b := b - \alpha\, db$。


# %%
def descend(w, b, X, Y, num_iterations=100, learning_rate=0.1):
    """Take num_iterations steps of gradient descent.

    w: weights, shape (n, 1)
    b: bias, a number
    X: examples, shape (n, m)
    Y: labels 0 or 1, shape (1, m)
    returns: w of shape (n, 1) and b after the last step
    """
    ### BEGIN SOLUTION
    for _ in range(num_iterations):
        dw, db = gradients(w, b, X, Y)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b
    ### END SOLUTION
