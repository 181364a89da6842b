# grader: assignment=vectorization

# %% [markdown]
# # Vectorization
#
# A Python loop takes each number in its hand; numpy hands the whole array to compiled code. The result is the same and
# comes a hundred times sooner. In this notebook each function replaces a loop, and at the end a whole step of gradient
# descent for logistic regression is left without any loop over the examples.
#
# Fill in the cells marked `YOUR CODE HERE`. Each is followed by a cell that tries it out. Then run `grader check` on
# this file. **Half of the marks of each question are for not looping in Python over the entries or examples** - and a
# comprehension, `map` or `np.vectorize` is a loop in disguise.
#
# **Notation.** `X` has shape `(n, m)`, one column an example; `Y`, all 0 or 1, and `A` have shape `(1, m)`; `w` has
# shape `(n, 1)`, and `b` is a number.

# %%
import time

import numpy as np

# %% [markdown]
# ## 1. How much faster?
#
# Here is the sum $\sum_i a_i b_i$ with a loop. The next cell measures it. Once you have written `dot_product`, the cell
# after it measures yours.

# %%
numbers = np.random.default_rng(1).normal(size=100_000)

begin = time.perf_counter()
total = 0.0
for number in numbers:
    total += number * number
loop_seconds = time.perf_counter() - begin
print(f"loop: {total:.6f} in {1000 * loop_seconds:.2f} ms")

# %%
def dot_product(a, b):
    """Add up the products of the entries of two vectors.

    Arguments:
    a, b -- vectors, shape (k,) each

    Returns:
    a_1 * b_1 + ... + a_k * b_k, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
print(dot_product(np.array([1.0, 2.0, 3.0]), np.array([4.0, 0.5, -2.0])))  # 4 + 1 - 6 = -1.0
begin = time.perf_counter()
for _ in range(20):  # it is too quick to be measured once
    total = dot_product(numbers, numbers)
seconds = (time.perf_counter() - begin) / 20
print(f"yours: {total:.6f} in {1000 * seconds:.3f} ms, {loop_seconds / seconds:.0f} times as fast")

# %% [markdown]
# ## 2. Functions of every entry
#
# `np.exp`, `np.log`, `np.abs` and the operators `+ - * / **` take a whole array and give one back: no loop to write.
# Where one number is wanted, `np.sum` or `np.mean` follow.
#
# $$ u_i = e^{v_i} $$

# %%
def exponentials(v):
    """Raise e to the power of each entry.

    Arguments:
    v -- vector, shape (k,)

    Returns:
    e to the power of each entry, shape (k,)
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
print(exponentials(np.array([0.0, 1.0, -1.0])))  # [1. 2.718... 0.367...]

# %% [markdown]
# The *absolute error* adds up how far the predictions are from the labels, whatever the direction:
#
# $$ \sum_{i=1}^{m} \bigl| \hat{y}^{(i)} - y^{(i)} \bigr| $$

# %%
def absolute_error(yhat, y):
    """Add up the absolute differences.

    Arguments:
    yhat -- predictions, shape (m,)
    y -- labels, shape (m,)

    Returns:
    the sum of the absolute differences, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
print(absolute_error(np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])))  # 0.1 + 0.2 + 0.6 = 0.9

# %% [markdown]
# ## 3. The losses of all examples at once
#
# One loss for each of the $m$ examples, as a row:
#
# $$ L^{(i)} = -\bigl( y^{(i)} \ln a^{(i)} + (1 - y^{(i)}) \ln(1 - a^{(i)}) \bigr) $$

# %%
def losses(A, Y):
    """Compute the loss of each example.

    Arguments:
    A -- predictions, shape (1, m), between 0 and 1 (neither of them is reached)
    Y -- labels, shape (1, m), 0 or 1

    Returns:
    the losses, shape (1, m)
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
guesses = np.array([[0.8, 0.3, 0.6]])
labels = np.array([[1, 0, 1]])
print(losses(guesses, labels))  # [[0.223... 0.356... 0.510...]]

# %% [markdown]
# ## 4. Forward: all predictions at once
#
# The examples are the columns of `X`, so one matrix product makes all the $z^{(i)}$ in a row, and broadcasting adds $b$
# to each of them:
#
# ![wᵀX+b](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='520'%20height='112'%20font-family='monospace'%20font-size='14'%20text-anchor='middle'%3E%3Cpath%20d='M6%2034h66v22H6zM28%2034v22M50%2034v22'%20fill='orange'%20stroke='gray'/%3E%3Cpath%20d='M110%2012h132v66H110zM132%2012v66M154%2012v66M176%2012v66M198%2012v66M220%2012v66M110%2034h132M110%2056h132'%20fill='lightblue'%20stroke='gray'/%3E%3Cpath%20d='M300%2034h22v22H300z'%20fill='lightgray'%20stroke='gray'/%3E%3Cpath%20d='M370%2034h132v22H370zM392%2034v22M414%2034v22M436%2034v22M458%2034v22M480%2034v22'%20fill='lightgreen'%20stroke='gray'/%3E%3Ctext%20x='39'%20y='100'%3Ew%E1%B5%80%20%281,%20n%29%3C/text%3E%3Ctext%20x='176'%20y='100'%3EX%20%28n,%20m%29%3C/text%3E%3Ctext%20x='311'%20y='100'%3Eb%3C/text%3E%3Ctext%20x='436'%20y='100'%3Ez%20%281,%20m%29%3C/text%3E%3Ctext%20x='92'%20y='50'%3E%C2%B7%3C/text%3E%3Ctext%20x='270'%20y='50'%3E+%3C/text%3E%3Ctext%20x='346'%20y='50'%3E=%3C/text%3E%3C/svg%3E)
#
# $$ Z = w^T X + b, \qquad A = \sigma(Z) = \frac{1}{1 + e^{-Z}} $$

# %%
def forward(w, b, X):
    """Compute the predictions of logistic regression.

    Arguments:
    w -- weights, shape (n, 1)
    b -- bias, a number
    X -- features, shape (n, m)

    Returns:
    A -- predictions, shape (1, m)
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
features = np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -1.0]])  # two features, three examples
weights = np.array([[0.2], [-0.4]])
print(forward(weights, 0.1, features))  # [[0.524... 0.214... 0.710...]]

# %% [markdown]
# ## 5. Backward: dw as one vector
#
# In the loop, `dw` gathered $x^{(i)} dz^{(i)}$ example by example. That is a matrix product too: row $j$ of `X` meets
# the whole row of $dz$ and leaves one number, $dw_j$.
#
# $$ dZ = A - Y, \qquad dw = \frac{1}{m} X \, dZ^T, \qquad db = \frac{1}{m} \sum_{i=1}^{m} dz^{(i)} $$
#
# A look at the shapes tells where the transpose belongs: `(n, m)` times `(m, 1)` is `(n, 1)`, the shape of `w`.

# %%
def gradients(A, X, Y):
    """Compute the slopes of the cost of logistic regression.

    Arguments:
    A -- predictions, shape (1, m)
    X -- features, shape (n, m)
    Y -- labels, shape (1, m), 0 or 1

    Returns:
    dw -- slopes of the cost with respect to w, shape (n, 1)
    db -- slope of the cost with respect to b, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
print(gradients(forward(weights, 0.1, features), features, labels))  # dw = [[-0.422...], [0.231...]], db = -0.183...

# %% [markdown]
# ## 6. One step
#
# Put it together: predict, take the slopes, go downhill.
#
# $$ w := w - \alpha \, dw, \qquad b := b - \alpha \, db $$
#
# A loop over the *steps* will always be needed, because each step starts where the last one ended. A loop over the
# *examples* is gone for good.

# %%
def step(w, b, X, Y, learning_rate):
    """Take one step of gradient descent.

    Arguments:
    w -- weights, shape (n, 1)
    b -- bias, a number
    X -- features, shape (n, m)
    Y -- labels, shape (1, m), 0 or 1
    learning_rate -- how far to go, a positive number

    Returns:
    w -- weights after the step, shape (n, 1)
    b -- bias after the step, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
moved, bias = weights, 0.1
for _ in range(100):
    moved, bias = step(moved, bias, features, labels, 0.5)
print("mean loss before:", losses(forward(weights, 0.1, features), labels).mean())  # 0.409...
print("and after 100 steps:", losses(forward(moved, bias, features), labels).mean())  # much smaller
