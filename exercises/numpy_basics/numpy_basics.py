# grader: assignment=numpy_basics

# %% [markdown]
# # numpy basics
#
# Deep learning is arithmetic on large tables of numbers. numpy does it for whole tables at once, which is quick to
# write and quick to run. In this notebook you write eight small functions that come up again and again later: the
# sigmoid and its slope, pictures as columns, rows of equal length, softmax, and two ways to measure an error.
#
# Wherever a cell says `# YOUR CODE HERE`, delete the line `raise NotImplementedError` and write your own lines.
# Most of the functions take one or two. The cell after it shows a worked example; compare your numbers with the ones
# in the text.

# %%
import math

import numpy as np

# %% [markdown]
# ## 1. One number: `math.exp`
#
# The sigmoid turns any number into one between 0 and 1:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# Begin with a single number, and use `math.exp` from Python's own library.

# %%
def basic_sigmoid(x):
    """Compute the sigmoid of a single number.

    Arguments:
        x: a number

    Returns:
        s: the sigmoid of x, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return s

# %% [markdown]
# The sigmoid of 2 is about `0.8808`.

# %%
print(round(basic_sigmoid(2), 4))

# %% [markdown]
# ## 2. Many numbers: `np.exp`
#
# `math.exp` refuses an array: *only 0-dimensional arrays can be converted to Python scalars*. `np.exp` takes one and
# applies itself to every entry, and so do `+`, `-`, `*`, `/` and `**`. An operation between an array and a number
# uses the number for every entry. So the formula stays as it was; no loop is needed, and the shape can be anything.

# %%
v = np.array([0.0, 1.0, 2.0])
print(np.round(np.exp(v), 4))
print(v + 3, 1 / (v + 1))

# %%
def sigmoid(x):
    """Compute the sigmoid of every entry.

    Arguments:
        x: a number, or an array of any shape

    Returns:
        s: the sigmoid of each entry, in the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return s

# %% [markdown]
# You should see `[0.1192 0.5 0.8808]`.

# %%
print(np.round(sigmoid(np.array([-2.0, 0.0, 2.0])), 4))

# %% [markdown]
# ## 3. How steep is the sigmoid?
#
# To learn, we shall need slopes. The slope of the sigmoid can be told from its value alone:
#
# $$\sigma'(x) = \sigma(x)\,(1 - \sigma(x))$$
#
# The curve is steepest in the middle and nearly flat far out, on both sides. `*` between two arrays multiplies entry
# by entry.

# %%
def sigmoid_derivative(x):
    """Compute the slope of the sigmoid at every entry.

    Arguments:
        x: a number, or an array of any shape

    Returns:
        ds: the slope at each entry, in the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return ds

# %% [markdown]
# You should see `[0.105 0.25 0.105]`: steepest in the middle. The cell after that draws the curve with characters.

# %%
print(np.round(sigmoid_derivative(np.array([-2.0, 0.0, 2.0])), 4))

# %%
for x in range(-5, 6):
    line = [" "] * 41
    line[round(40 * sigmoid(x))] = "*"
    line[round(40 * sigmoid_derivative(x))] = "'"
    print(f"{x:3d} |{''.join(line)}")
print("* is the sigmoid, ' is its slope; 0 is on the left, 1 on the right")

# %% [markdown]
# ## 4. A picture as a column: `reshape`
#
# A colour picture is an array of shape (length, height, depth), where the depth is the number of colours, usually 3. A
# neuron wants one long column of numbers. `reshape` gives the same numbers, in the same order, another shape. The
# sizes must fit; one of them may be `-1`, and numpy works it out. Take the sizes from `image.shape`: not every
# picture has the size of the example, and not every picture has 3 colours.

# %%
def image2vector(image):
    """Turn a picture into a column.

    Arguments:
        image: shape (length, height, depth)

    Returns:
        v: the same numbers in the same order, shape (length * height * depth, 1)
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return v

# %% [markdown]
# A picture of 2 × 2 pixels with 3 colours becomes a column of 12 numbers, in the order in which they were printed.

# %%
image = np.array([[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], [[0.7, 0.8, 0.9], [1.0, 1.1, 1.2]]])
print(image2vector(image).shape)
print(image2vector(image).ravel())

# %% [markdown]
# ## 5. Rows of length 1: `axis` and `keepdims`
#
# Often learning goes better when all rows have the same length. The length of a row is
# $\|r\| = \sqrt{r_1^2 + r_2^2 + \dots}$; divide the row by it and its length is 1.
#
# `np.linalg.norm(x, axis=1)` computes the length of every row; `axis=1` says that the columns are used up. The
# result has the shape `(rows,)`, and dividing a `(rows, columns)` array by that lines it up with the *columns*. With
# `keepdims=True` the used-up axis stays, with size 1: the shape `(rows, 1)` lines up with the rows, and numpy repeats
# it for every column. That is called broadcasting.

# %%
def normalize_rows(x):
    """Divide every row by its length.

    Arguments:
        x: shape (rows, columns), no row all zeros

    Returns:
        the rows, each of length 1, in the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return normalized

# %% [markdown]
# The rows `[0, 3, 4]` and `[2, 6, 3]` have the lengths 5 and 7, so the result is `[[0, 0.6, 0.8], [0.2857, 0.8571,
# 0.4286]]`.

# %%
print(np.round(normalize_rows(np.array([[0.0, 3.0, 4.0], [2.0, 6.0, 3.0]])), 4))

# %% [markdown]
# ## 6. Softmax
#
# Softmax turns a row of scores into probabilities: all are positive, and each row adds up to 1.
#
# $$\text{softmax}(x)_j = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
#
# Here `x` is a matrix, and every *row* gets its own probabilities. The pattern is that of the last question: one
# number for each row, kept as a column, and a division.

# %%
def softmax(x):
    """Turn every row of scores into probabilities.

    Arguments:
        x: scores, shape (rows, columns)

    Returns:
        s: probabilities, each row adding up to 1, in the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return s

# %% [markdown]
# You should see `[[0.0900 0.2447 0.6652] [0.3333 0.3333 0.3333]]`: equal scores share equally.

# %%
print(np.round(softmax(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])), 4))

# %% [markdown]
# ## 7. How far off: L1
#
# `yhat` holds predictions and `y` the true values. The L1 loss adds up how far each prediction is off, whichever way:
#
# $$L_1 = \sum_i |y^{(i)} - \hat y^{(i)}|$$

# %%
def L1(yhat, y):
    """Add up the absolute errors.

    Arguments:
        yhat: predictions, shape (m,)
        y: true values, shape (m,)

    Returns:
        loss: a number
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return loss

# %% [markdown]
# The errors are 0.1, 0.2, 0.1, 0.6 and 0.1, so the loss is `1.1`.

# %%
yhat = np.array([0.9, 0.2, 0.1, 0.4, 0.9])
y = np.array([1, 0, 0, 1, 1])
print(round(L1(yhat, y), 4))

# %% [markdown]
# ## 8. How far off: L2
#
# The L2 loss squares each error before adding, so that one large error counts for more than several small ones:
#
# $$L_2 = \sum_i (y^{(i)} - \hat y^{(i)})^2$$

# %%
def L2(yhat, y):
    """Add up the squared errors.

    Arguments:
        yhat: predictions, shape (m,)
        y: true values, shape (m,)

    Returns:
        loss: a number
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return loss

# %% [markdown]
# For the same predictions the loss is `0.43`, and 0.36 of it comes from the one error of 0.6.

# %%
print(round(L2(yhat, y), 4))
