# grader: assignment=gradient_descent

# %% [markdown]
# # Gradient descent
#
# A model learns by making a number small: its *cost*. You begin with the cost of a single prediction and end with a
# program that walks downhill by itself. All you need is Python, a little numpy, and the slope of a curve.
#
# Fill in the cells marked `YOUR CODE HERE`. Each is followed by a cell that tries it out. Then run `grader check`
# on this file, as often as you like.
#
# **Notation.** There are $m$ examples with $n$ features each. `X` has shape `(n, m)`, one column an example; the labels
# `Y`, all 0 or 1, have shape `(1, m)`; `w` has shape `(n, 1)`, and `b` is a number. In code, `dw` is short for the
# derivative of the cost with respect to `w`, and so on.

# %%
import numpy as np


def sigmoid(z):
    """Squash any number into the range from 0 to 1. This one is given."""
    return 1 / (1 + np.exp(-z))

# %% [markdown]
# ## 1. The loss of one example
#
# A prediction $a$ between 0 and 1 is the probability that the label $y$ is 1. How bad is it?
#
# $$ L(a, y) = -\bigl( y \ln a + (1 - y) \ln(1 - a) \bigr) $$
#
# If $y = 1$ only the first term is left, $-\ln a$: nothing to pay for $a$ near 1, ever more towards 0. If $y = 0$ it is
# the other way round. $\ln$ is the natural logarithm, `np.log` in numpy.

# %%
def loss(a, y):
    """Compute the loss of one prediction.

    Arguments:
    a -- prediction, a number between 0 and 1 (neither of them is reached)
    y -- label, 0 or 1

    Returns:
    the loss, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
print(loss(0.8, 1))  # 0.223...: a good guess
print(loss(0.8, 0))  # 1.609...: the same guess, but the label is 0

# %% [markdown]
# ## 2. The cost of all examples
#
# The cost is the **average** loss over the $m$ examples, so that it doesn't grow just because there are more of them:
#
# $$ J = \frac{1}{m} \sum_{i=1}^{m} L\bigl(a^{(i)}, y^{(i)}\bigr) $$

# %%
def cost(A, Y):
    """Compute the cost: the mean of the losses.

    Arguments:
    A -- predictions, shape (1, m), between 0 and 1
    Y -- labels, shape (1, m), 0 or 1

    Returns:
    the cost, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
predictions = np.array([[0.8, 0.3, 0.6]])
labels = np.array([[1, 0, 0]])
print(cost(predictions, labels))  # 0.498...

# %% [markdown]
# ## 3. One step downhill
#
# You stand on the curve $J(w)$ and see only the slope under your feet, $\frac{dJ}{dw}$. Where the slope is **negative**
# the curve falls to the right, so $w$ must grow; where it is **positive**, $w$ must shrink. Both are said by one line:
#
# $$ w := w - \alpha \, \frac{dJ}{dw} $$
#
# ![J(w)](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='400'%20height='180'%20font-family='serif'%20font-size='15'%20text-anchor='middle'%3E%3Cpath%20d='M20%2020Q200%20260%20380%2020'%20fill='none'%20stroke='gray'%20stroke-width='2'/%3E%3Cpath%20d='M10%20160H390'%20stroke='gray'/%3E%3Cpath%20d='M45%2051L110%20110L150%20131L175%20138'%20fill='none'%20stroke='royalblue'%20stroke-dasharray='3'/%3E%3Ccircle%20cx='45'%20cy='51'%20r='4'%20fill='royalblue'/%3E%3Ccircle%20cx='110'%20cy='110'%20r='4'%20fill='royalblue'/%3E%3Ccircle%20cx='150'%20cy='131'%20r='4'%20fill='royalblue'/%3E%3Ccircle%20cx='175'%20cy='138'%20r='4'%20fill='royalblue'/%3E%3Cpath%20d='M365%2039L290%20110L245%20132L222%20138'%20fill='none'%20stroke='darkorange'%20stroke-dasharray='3'/%3E%3Ccircle%20cx='365'%20cy='39'%20r='4'%20fill='darkorange'/%3E%3Ccircle%20cx='290'%20cy='110'%20r='4'%20fill='darkorange'/%3E%3Ccircle%20cx='245'%20cy='132'%20r='4'%20fill='darkorange'/%3E%3Ccircle%20cx='222'%20cy='138'%20r='4'%20fill='darkorange'/%3E%3Ctext%20x='70'%20y='176'%3EdJ/dw%20&lt;%200%20%E2%86%92%3C/text%3E%3Ctext%20x='330'%20y='176'%3E%E2%86%90%20dJ/dw%20&gt;%200%3C/text%3E%3Ctext%20x='392'%20y='155'%3Ew%3C/text%3E%3Ctext%20x='12'%20y='16'%3EJ%3C/text%3E%3C/svg%3E)
#
# The *learning rate* $\alpha$ says how long the steps are. Too small and you hardly move, too large and you jump across
# the valley. The same line serves a number and a whole vector $w$.

# %%
def update(w, dw, learning_rate):
    """Take one step of gradient descent.

    Arguments:
    w -- where we are, a number or an array
    dw -- the slope there, of the same shape as w
    learning_rate -- how far to go, a positive number

    Returns:
    where we are after the step, of the same shape as w
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
print(update(3.0, 2.0, 0.25))  # the slope is positive, so w shrinks: 2.5
print(update(np.array([[1.0], [-2.0]]), np.array([[-4.0], [0.5]]), 0.5))  # [[3.], [-2.25]]

# %% [markdown]
# ## 4. Forward and backward through the graph
#
# A prediction from two features is made in three small steps. Drawn as a *computation graph*, one goes forward (left to
# right) to get the loss, and backward (right to left) to get the slopes:
#
# ![z→a→L](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='560'%20height='96'%20font-family='serif'%20font-size='14'%20text-anchor='middle'%3E%3Ctext%20x='26'%20y='20'%3Ex%E2%82%81%20w%E2%82%81%3C/text%3E%3Ctext%20x='26'%20y='40'%3Ex%E2%82%82%20w%E2%82%82%3C/text%3E%3Ctext%20x='26'%20y='60'%3Eb%3C/text%3E%3Crect%20x='70'%20y='20'%20width='140'%20height='34'%20rx='5'%20fill='lightblue'%20stroke='gray'/%3E%3Ctext%20x='140'%20y='42'%3Ez%20=%20w%E2%82%81x%E2%82%81+w%E2%82%82x%E2%82%82+b%3C/text%3E%3Crect%20x='260'%20y='20'%20width='96'%20height='34'%20rx='5'%20fill='lightblue'%20stroke='gray'/%3E%3Ctext%20x='308'%20y='42'%3Ea%20=%20%CF%83%28z%29%3C/text%3E%3Crect%20x='406'%20y='20'%20width='96'%20height='34'%20rx='5'%20fill='lightblue'%20stroke='gray'/%3E%3Ctext%20x='454'%20y='42'%3EL%28a,%20y%29%3C/text%3E%3Cpath%20d='M50%2037h18M210%2037h48l-6-4m6%204l-6%204M356%2037h48l-6-4m6%204l-6%204'%20stroke='gray'%20stroke-width='2'/%3E%3Ctext%20x='26'%20y='88'%20fill='crimson'%3Edw%E2%82%81%20dw%E2%82%82%20db%3C/text%3E%3Ctext%20x='140'%20y='88'%20fill='crimson'%3E%E2%86%90%20dz%3C/text%3E%3Ctext%20x='308'%20y='88'%20fill='crimson'%3E%E2%86%90%20da%3C/text%3E%3Ctext%20x='454'%20y='88'%20fill='crimson'%3E%E2%86%90%201%3C/text%3E%3C/svg%3E)
#
# Forward: $\; z = w_1 x_1 + w_2 x_2 + b, \quad a = \sigma(z), \quad L = L(a, y).$
#
# Backward, each line made of the one before by the chain rule:
#
# $$ da = \frac{dL}{da} = -\frac{y}{a} + \frac{1 - y}{1 - a}, \qquad
#    dz = da \cdot \frac{da}{dz} = da \cdot a (1 - a) = a - y, $$
#
# $$ dw_1 = x_1 \, dz, \qquad dw_2 = x_2 \, dz, \qquad db = dz. $$

# %%
def backward(x1, x2, w1, w2, b, y):
    """Go forward and backward through the computation graph of one example.

    Arguments:
    x1, x2 -- the two features, numbers
    w1, w2, b -- the parameters, numbers
    y -- label, 0 or 1

    Returns:
    a dictionary of numbers with the keys "z", "a", "da", "dz", "dw1", "dw2", "db"
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
for name, number in backward(1.0, -2.0, 0.5, 0.25, 0.0, 1).items():
    print(name, number)  # z = 0.0, a = 0.5, da = -2.0, dz = -0.5, dw1 = -0.5, dw2 = 1.0, db = -0.5

# %% [markdown]
# ## 5. The loop over m examples
#
# The cost is an average, so its slopes are averages too: add up the slopes of the $m$ examples, then divide by $m$,
# once.
#
# $$ dw_j = \frac{1}{m} \sum_{i=1}^{m} x_j^{(i)} \bigl( a^{(i)} - y^{(i)} \bigr), \qquad
#    db = \frac{1}{m} \sum_{i=1}^{m} \bigl( a^{(i)} - y^{(i)} \bigr), \qquad
#    a^{(i)} = \sigma\Bigl( \sum_{j=1}^{n} w_j x_j^{(i)} + b \Bigr) $$
#
# Write it with explicit loops, one over the examples and one over the features: start `dw` and `db` at zero and add to
# them. (The notebook on vectorization gets rid of both loops.)

# %%
def gradients_loop(w, b, X, Y):
    """Compute the slopes of the cost of logistic regression, example by example.

    Arguments:
    w -- weights, shape (n, 1)
    b -- bias, a number
    X -- features, shape (n, m)
    Y -- labels, shape (1, m), 0 or 1

    Returns:
    dw -- slopes of the cost with respect to w, shape (n, 1)
    db -- slope of the cost with respect to b, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
points = np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -1.0]])  # two features, three examples
weights = np.array([[0.2], [-0.4]])
print(gradients_loop(weights, 0.1, points, labels))  # dw = [[0.244...], [-0.101...]], db = 0.150...

# %% [markdown]
# ## 6. All the way down
#
# Gradient descent works for any smooth curve. Take a polynomial
#
# $$ p(w) = c_0 + c_1 w + c_2 w^2 + \dots + c_K w^K, \qquad
#    p'(w) = c_1 + 2 c_2 w + \dots + K c_K w^{K-1}. $$
#
# In the derivative each power comes down as a factor, and the constant $c_0$ is gone: it moves the curve up or down and
# doesn't change any slope. Repeat the step of section 3, with the slope taken **anew at each step**.

# %%
def minimize(coefficients, w, learning_rate, num_iterations):
    """Walk downhill on the polynomial with the given coefficients.

    Arguments:
    coefficients -- c_0, c_1, ..., c_K of p(w) = c_0 + c_1 w + ... + c_K w^K: an array of shape (K + 1,)
    w -- where to start, a number
    learning_rate -- how far to go at each step, a positive number
    num_iterations -- how many steps to take, 0 or more

    Returns:
    w after the last step, a number
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %%
valley = np.array([5.0, -4.0, 1.0])  # 5 - 4w + w^2 = 1 + (w - 2)^2: the lowest point is at w = 2
for steps in (0, 1, 5, 50):
    print(steps, minimize(valley, 0.0, 0.1, steps))  # 0.0, 0.4, 1.344..., 1.9999...
