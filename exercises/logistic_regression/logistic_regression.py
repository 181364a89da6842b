# grader: assignment=logistic_regression

# %% [markdown]
# # Logistic regression
#
# In this notebook you build a classifier from nothing but numpy: it looks at examples, finds out by itself which
# numbers matter, and then answers *yes* or *no* for examples that it has never seen. You write six short functions.
# Each builds on the ones before it, so work from top to bottom, and run every cell as you go.
#
# Wherever a cell says `# YOUR CODE HERE`, delete the line `raise NotImplementedError` and write your own lines.
# The cell after it shows a worked example; compare your numbers with the ones in the text.

# %%
import sys

import numpy as np

# %%
# A helper that draws curves in this notebook. There is no need to read it.
def draw(x, y, title):
    """Draw the curve through the points (x, y): a picture in a notebook, characters anywhere else."""
    if "ipykernel" in sys.modules:
        try:
            import matplotlib.pyplot as plt
        except ImportError:
            pass
        else:
            plt.figure(figsize=(5, 2.6))
            plt.plot(x, y, marker="o", markersize=3)
            plt.title(title)
            plt.grid(alpha=0.3)
            plt.show()
            return
    low, high = min(y), max(y)
    print(title)
    for across, up in zip(x, y, strict=True):
        print(f"{across:8.1f} | {' ' * round(40 * (up - low) / (high - low or 1))}* {up:.4f}")

# %% [markdown]
# ## Notation
#
# One example is a column of $n$ numbers, for instance the brightness of each pixel of a picture. Put $m$ examples side
# by side and you have a matrix $X$ with $n$ rows and $m$ columns. For each example there is a label, 0 or 1; the
# labels are a row $Y$.
#
# | name | shape | what it is |
# |---|---|---|
# | $X$ | $(n, m)$ | the examples, one a column |
# | $Y$ | $(1, m)$ | their labels, 0 or 1 |
# | $w$ | $(n, 1)$ | the weights: how much each of the $n$ numbers counts |
# | $b$ | a number | the bias: where the scales tip |
# | $A$ | $(1, m)$ | the answers: how likely label 1 is, by the classifier's reckoning |
#
# When something goes wrong, look at the shapes first: `print(X.shape)`.

# %% [markdown]
# ## 1. The sigmoid
#
# For one example $x$ the classifier weighs the numbers and adds the bias: $z = w^T x + b$. This can be any number, but
# we want a probability. The sigmoid squeezes every number into the range from 0 to 1:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# A large $z$ gives nearly 1, a very negative one nearly 0, and $\sigma(0) = 0.5$. Write it with `np.exp`, so that it
# takes a whole array at once.

# %%
def sigmoid(z):
    """Squeeze numbers into the range from 0 to 1.

    Arguments:
        z: a number, or an array of any shape

    Returns:
        s: the sigmoid of each entry, in the shape of z
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return s

# %% [markdown]
# Your numbers should be `[0.1192 0.5 0.8808]`; notice the symmetry about 0.5.

# %%
print(np.round(sigmoid(np.array([-2.0, 0.0, 2.0])), 4))

# %%
draw(np.linspace(-6, 6, 13), sigmoid(np.linspace(-6, 6, 13)), "the sigmoid")

# %% [markdown]
# ## 2. Where to begin
#
# Learning means to change $w$ and $b$ little by little, so they need a first value. For logistic regression all zeros
# will do. Make $w$ a real column, of shape `(dim, 1)`. An array of shape `(dim,)` is neither a row nor a column; its
# transpose is itself, and sooner or later it broadcasts into something that you did not mean. $b$ is just a number.

# %%
def initialize_with_zeros(dim):
    """Make the weights and the bias to start from.

    Arguments:
        dim: how many weights there are, an int

    Returns:
        w: zeros, shape (dim, 1)
        b: zero, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return w, b

# %% [markdown]
# For `dim = 2` you should see a column of two zeros, and then the number zero.

# %%
w, b = initialize_with_zeros(2)
print(w)
print(b)

# %% [markdown]
# ## 3. The cost and its gradients
#
# **Forward.** All $m$ examples go through at once, without a loop, and $A$ has the shape $(1, m)$:
#
# $$A = \sigma(w^T X + b)$$
#
# **The loss** says how bad one answer $a$ is when the label is $y$:
#
# $$L(a, y) = -\big(y \log a + (1 - y) \log(1 - a)\big)$$
#
# If $y = 1$, only the first term is left, and it is small when $a$ is near 1; if $y = 0$, only the second, and it is
# small when $a$ is near 0. The logarithm is the natural one, `np.log`.
#
# **The cost** is the average loss over the examples: $J = \frac{1}{m} \sum_{i=1}^{m} L(a^{(i)}, y^{(i)})$.
#
# **Backward.** How does the cost change when $w$ and $b$ change a little? The chain rule gives a result that is
# simpler than one would fear. For one example $dz = a - y$, and for all of them together
#
# $$dw = \frac{1}{m} X (A - Y)^T, \qquad db = \frac{1}{m} \sum_{i=1}^{m} (a^{(i)} - y^{(i)})$$
#
# `dw` has the shape of $w$; `db` and the cost are numbers.

# %%
def propagate(w, b, X, Y):
    """Compute the cost and its gradients for all examples at once.

    Arguments:
        w: weights, shape (n, 1)
        b: bias, a number
        X: examples, shape (n, m)
        Y: labels, 0 or 1, shape (1, m)

    Returns:
        grads: a dictionary with "dw", shape (n, 1), and "db", a number
        cost: the average loss, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError
    grads = {"dw": dw, "db": db}
    return grads, cost

# %% [markdown]
# Here are two numbers an example, and three examples. You should get `dw = [[-0.0631], [-0.0384]]`, `db = 0.1413` and
# a cost of `0.6381`.

# %%
w, b = np.array([[0.5], [-1.0]]), 0.25
X = np.array([[1.0, -0.5, 0.5], [0.5, 1.5, -0.25]])
Y = np.array([[1, 0, 0]])
grads, cost = propagate(w, b, X, Y)
print("dw =", np.round(grads["dw"], 4).tolist())
print("db =", np.round(grads["db"], 4))
print("cost =", np.round(cost, 4))

# %% [markdown]
# ## 4. Gradient descent
#
# The gradient points uphill, so we take a small step the other way, again and again. How small is told by the learning
# rate $\alpha$:
#
# $$w := w - \alpha \, dw, \qquad b := b - \alpha \, db$$
#
# Where the slope is positive, $w$ gets smaller; where it is negative, larger: either way the cost goes down. In each
# iteration compute the cost and the gradients where you are now, then take the step. Iterations are counted
# from 0; note down the cost in iterations 0, 100, 200 and so on. The gradients returned are those of the last
# iteration.

# %%
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    """Improve w and b by gradient descent.

    Arguments:
        w: weights, shape (n, 1)
        b: bias, a number
        X: examples, shape (n, m)
        Y: labels, 0 or 1, shape (1, m)
        num_iterations: how many steps to take, at least 1
        learning_rate: how large a step is
        print_cost: whether to print the costs at the end

    Returns:
        params: a dictionary with the new "w" and "b"
        grads: a dictionary with the "dw" and "db" of the last iteration
        costs: a list with the cost in iterations 0, 100, 200, ...
    """
    costs = []
    # YOUR CODE HERE
    raise NotImplementedError
    if print_cost:
        for count, noted in enumerate(costs):
            print(f"cost in iteration {100 * count}: {noted:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs

# %% [markdown]
# After 101 iterations on the three examples from above: `w = [[1.2498], [-0.466]]`, `b = -0.6929`, and the
# costs `[0.6381, 0.4636]` fall.

# %%
params, grads, costs = optimize(w, b, X, Y, num_iterations=101, learning_rate=0.1)
print("w =", np.round(params["w"], 4).tolist())
print("b =", np.round(params["b"], 4))
print("costs =", np.round(costs, 4).tolist())

# %% [markdown]
# ## 5. Predictions
#
# With $w$ and $b$ learned, compute $A = \sigma(w^T X + b)$ and decide: label 1 where the probability is greater than
# 0.5, otherwise label 0. The result keeps the shape of the labels, $(1, m)$.

# %%
def predict(w, b, X):
    """Decide for each example whether its label is 0 or 1.

    Arguments:
        w: weights, shape (n, 1)
        b: bias, a number
        X: examples, shape (n, m)

    Returns:
        Y_prediction: 0 or 1 for each example, shape (1, m)
    """
    # YOUR CODE HERE
    raise NotImplementedError
    return Y_prediction

# %% [markdown]
# The four examples below should come out as `[[1.0, 0.0, 1.0, 0.0]]`.

# %%
print(predict(np.array([[1.0], [-2.0]]), 0.5, np.array([[1.0, -1.0, 2.0, 0.0], [0.0, 1.0, 1.0, 2.0]])).tolist())

# %% [markdown]
# ## 6. The whole model
#
# Now put the pieces together: start at zero, learn from the training set, then predict for the training set *and* for
# the test set, which the model must not have seen while it learned. Use the arguments of the function, not names from
# other cells of the notebook: the function has to work for any data of any size.

# %%
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    """Train on one set of examples and predict for both.

    Arguments:
        X_train: training examples, shape (n, m_train)
        Y_train: their labels, shape (1, m_train)
        X_test: test examples, shape (n, m_test)
        Y_test: their labels, shape (1, m_test)
        num_iterations: how many steps of gradient descent to take
        learning_rate: how large a step is
        print_cost: whether to print the costs and, at the end, how many predictions are right

    Returns:
        d: a dictionary with "costs", "Y_prediction_test", "Y_prediction_train", "w", "b", "learning_rate" and
            "num_iterations"
    """
    # YOUR CODE HERE
    raise NotImplementedError
    if print_cost:
        print("costs:", np.round(costs, 4))
        print(f"right on the training set: {np.mean(Y_prediction_train == Y_train):.0%}")
        print(f"right on the test set: {np.mean(Y_prediction_test == Y_test):.0%}")
    return {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }

# %% [markdown]
# One number an example, and label 1 where it is large. After 200 steps: `w = [[2.6353]]`, `b = -4.7763`,
# and the two test examples are told apart: `[[0.0, 1.0]]`.

# %%
small = model(
    np.array([[0.0, 1.0, 3.0, 4.0]]), np.array([[0, 0, 1, 1]]), np.array([[0.5, 3.5]]), np.array([[0, 1]]), 200, 0.5
)
print("w =", np.round(small["w"], 4).tolist())
print("b =", np.round(small["b"], 4))
print("for the test set:", small["Y_prediction_test"].tolist())

# %% [markdown]
# ## 7. Optional: learn from pictures
#
# No marks here, only the fun of seeing it work. The cell below makes small pictures of 8 × 8 pixels: half of them hold
# a bright ring, the others a bright cross, all of them shifted about and spoilt by noise. Each picture is flattened
# into a column of 64 numbers. Your `model` learns from 120 pictures and is tested on 60 others.

# %%
RING = ["######", "#....#", "#....#", "#....#", "#....#", "######"]
CROSS = ["..##..", "..##..", "######", "######", "..##..", "..##.."]


def make_pictures(rng, count):
    """Make pictures, shape (64, count), and labels, shape (1, count): 1 for a ring, 0 for a cross."""
    labels = rng.integers(0, 2, size=(1, count))
    pictures = rng.normal(0.3, 0.25, size=(count, 8, 8))
    for picture, label in zip(pictures, labels[0], strict=True):
        shape = np.array([[pixel == "#" for pixel in line] for line in (RING if label else CROSS)])
        top, left = rng.integers(0, 3, size=2)
        picture[top : top + 6, left : left + 6] += 0.5 * shape
    return np.clip(pictures, 0, 1).reshape(count, 64).T, labels


rng = np.random.default_rng(7)
train_X, train_Y = make_pictures(rng, 120)
test_X, test_Y = make_pictures(rng, 60)

print("the first picture, label", train_Y[0, 0])
for line in train_X[:, 0].reshape(8, 8):
    print(" ".join(" .:oO@"[int(5.99 * pixel)] for pixel in line))

# %%
pictures = model(train_X, train_Y, test_X, test_Y, num_iterations=1500, learning_rate=0.1)
print(f"right on the training set: {np.mean(pictures['Y_prediction_train'] == train_Y):.0%}")
print(f"right on the test set: {np.mean(pictures['Y_prediction_test'] == test_Y):.0%}")
draw(100 * np.arange(len(pictures["costs"])), pictures["costs"], "cost by iteration")

# %% [markdown]
# The cost falls quickly at first and then ever more slowly. Things to try: a learning rate of 0.001 (the cost hardly
# moves); noise of 0.6 instead of 0.25; only 10 training pictures (right on all of those, but on the test set?).
