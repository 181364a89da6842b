"""Gradient descent: the full solution, with the narrative that students read."""

# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# # 梯度下降
#
# 模型的学习，就是把一个数变小，这个数叫*成本*（cost）。我们从一次预测的损失开始，最后写出一个能自己“下山”的程序。
# 你只需要会 Python、一点 numpy，并且知道曲线的斜率是什么。
#
# 请填写标有 `YOUR CODE HERE` 的单元格，每一处后面都有一个单元格供你试验。然后对本文件运行 `grader check`，
# 想运行多少次都可以。
#
# **记号。** 共有 $m$ 个样本，每个样本有 $n$ 个特征。`X` 的形状是 `(n, m)`，一列是一个样本；标签 `Y` 都是 0 或 1，
# 形状是 `(1, m)`；`w` 的形状是 `(n, 1)`，`b` 是一个数。代码里的 `dw` 表示成本对 `w` 的导数，其余类推。

# %%
import numpy as np


def sigmoid(z):
    """Squash any number into the range from 0 to 1. This one is given."""
    return 1 / (1 + np.exp(-z))


# %% [markdown] lang="en"
# ## 1. The loss of one example
#
# A prediction $a$ between 0 and 1 is the probability that the label $y$ is 1. How bad is it?
#
# $$ L(a, y) = -\bigl( y \ln a + (1 - y) \ln(1 - a) \bigr) $$
#
# If $y = 1$ only the first term is left, $-\ln a$: nothing to pay for $a$ near 1, ever more towards 0. If $y = 0$ it is
# the other way round. $\ln$ is the natural logarithm, `np.log` in numpy.

# %% [markdown] lang="zh-CN"
# ## 1. 一个样本的损失
#
# 预测值 $a$ 在 0 与 1 之间，表示标签 $y$ 等于 1 的概率。这个预测有多糟？
#
# $$ L(a, y) = -\bigl( y \ln a + (1 - y) \ln(1 - a) \bigr) $$
#
# 当 $y = 1$ 时只剩下第一项 $-\ln a$：$a$ 接近 1 时几乎没有损失，越接近 0 损失越大。当 $y = 0$ 时正好相反。
# $\ln$ 是自然对数，在 numpy 里写作 `np.log`。


# %%
def loss(a, y):
    """Compute the loss of one prediction.

    Arguments:
    a -- prediction, a number between 0 and 1 (neither of them is reached)
    y -- label, 0 or 1

    Returns:
    the loss, a number
    """
    ### BEGIN SOLUTION
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))
    ### END SOLUTION


# %% tags=["demo"]
print(loss(0.8, 1))  # 0.223...: a good guess
print(loss(0.8, 0))  # 1.609...: the same guess, but the label is 0

# %% [markdown] lang="en"
# ## 2. The cost of all examples
#
# The cost is the **average** loss over the $m$ examples, so that it doesn't grow just because there are more of them:
#
# $$ J = \frac{1}{m} \sum_{i=1}^{m} L\bigl(a^{(i)}, y^{(i)}\bigr) $$

# %% [markdown] lang="zh-CN"
# ## 2. 全部样本的成本
#
# 成本是 $m$ 个样本损失的**平均值**，这样它不会仅仅因为样本变多而变大：
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
    ### BEGIN SOLUTION
    m = A.shape[1]
    total = 0.0
    for i in range(m):
        total += loss(A[0, i], Y[0, i])
    return total / m
    ### END SOLUTION


# %% tags=["demo"]
predictions = np.array([[0.8, 0.3, 0.6]])
labels = np.array([[1, 0, 0]])
print(cost(predictions, labels))  # 0.498...

# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# ## 3. 下山走一步
#
# 你站在曲线 $J(w)$ 上，只看得见脚下的斜率 $\frac{dJ}{dw}$。斜率为**负**，曲线向右下降，$w$ 应当变大；斜率为**正**，
# $w$ 应当变小。两种情形可以写成同一行：
#
# $$ w := w - \alpha \, \frac{dJ}{dw} $$
#
# ![J(w)](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='400'%20height='180'%20font-family='serif'%20font-size='15'%20text-anchor='middle'%3E%3Cpath%20d='M20%2020Q200%20260%20380%2020'%20fill='none'%20stroke='gray'%20stroke-width='2'/%3E%3Cpath%20d='M10%20160H390'%20stroke='gray'/%3E%3Cpath%20d='M45%2051L110%20110L150%20131L175%20138'%20fill='none'%20stroke='royalblue'%20stroke-dasharray='3'/%3E%3Ccircle%20cx='45'%20cy='51'%20r='4'%20fill='royalblue'/%3E%3Ccircle%20cx='110'%20cy='110'%20r='4'%20fill='royalblue'/%3E%3Ccircle%20cx='150'%20cy='131'%20r='4'%20fill='royalblue'/%3E%3Ccircle%20cx='175'%20cy='138'%20r='4'%20fill='royalblue'/%3E%3Cpath%20d='M365%2039L290%20110L245%20132L222%20138'%20fill='none'%20stroke='darkorange'%20stroke-dasharray='3'/%3E%3Ccircle%20cx='365'%20cy='39'%20r='4'%20fill='darkorange'/%3E%3Ccircle%20cx='290'%20cy='110'%20r='4'%20fill='darkorange'/%3E%3Ccircle%20cx='245'%20cy='132'%20r='4'%20fill='darkorange'/%3E%3Ccircle%20cx='222'%20cy='138'%20r='4'%20fill='darkorange'/%3E%3Ctext%20x='70'%20y='176'%3EdJ/dw%20&lt;%200%20%E2%86%92%3C/text%3E%3Ctext%20x='330'%20y='176'%3E%E2%86%90%20dJ/dw%20&gt;%200%3C/text%3E%3Ctext%20x='392'%20y='155'%3Ew%3C/text%3E%3Ctext%20x='12'%20y='16'%3EJ%3C/text%3E%3C/svg%3E)
#
# *学习率* $\alpha$ 决定步子的大小：太小，几乎走不动；太大，会一步跨过山谷。
# 无论 $w$ 是一个数还是一个向量，这一行都适用。


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
    ### BEGIN SOLUTION
    return w - learning_rate * dw
    ### END SOLUTION


# %% tags=["demo"]
print(update(3.0, 2.0, 0.25))  # the slope is positive, so w shrinks: 2.5
print(update(np.array([[1.0], [-2.0]]), np.array([[-4.0], [0.5]]), 0.5))  # [[3.], [-2.25]]

# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# ## 4. 沿计算图向前、再向后
#
# 用两个特征做一次预测，只要三小步。把它们画成*计算图*：从左到右（前向）得到损失，从右到左（反向）得到各个导数：
#
# ![z→a→L](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='560'%20height='96'%20font-family='serif'%20font-size='14'%20text-anchor='middle'%3E%3Ctext%20x='26'%20y='20'%3Ex%E2%82%81%20w%E2%82%81%3C/text%3E%3Ctext%20x='26'%20y='40'%3Ex%E2%82%82%20w%E2%82%82%3C/text%3E%3Ctext%20x='26'%20y='60'%3Eb%3C/text%3E%3Crect%20x='70'%20y='20'%20width='140'%20height='34'%20rx='5'%20fill='lightblue'%20stroke='gray'/%3E%3Ctext%20x='140'%20y='42'%3Ez%20=%20w%E2%82%81x%E2%82%81+w%E2%82%82x%E2%82%82+b%3C/text%3E%3Crect%20x='260'%20y='20'%20width='96'%20height='34'%20rx='5'%20fill='lightblue'%20stroke='gray'/%3E%3Ctext%20x='308'%20y='42'%3Ea%20=%20%CF%83%28z%29%3C/text%3E%3Crect%20x='406'%20y='20'%20width='96'%20height='34'%20rx='5'%20fill='lightblue'%20stroke='gray'/%3E%3Ctext%20x='454'%20y='42'%3EL%28a,%20y%29%3C/text%3E%3Cpath%20d='M50%2037h18M210%2037h48l-6-4m6%204l-6%204M356%2037h48l-6-4m6%204l-6%204'%20stroke='gray'%20stroke-width='2'/%3E%3Ctext%20x='26'%20y='88'%20fill='crimson'%3Edw%E2%82%81%20dw%E2%82%82%20db%3C/text%3E%3Ctext%20x='140'%20y='88'%20fill='crimson'%3E%E2%86%90%20dz%3C/text%3E%3Ctext%20x='308'%20y='88'%20fill='crimson'%3E%E2%86%90%20da%3C/text%3E%3Ctext%20x='454'%20y='88'%20fill='crimson'%3E%E2%86%90%201%3C/text%3E%3C/svg%3E)
#
# 前向：$\; z = w_1 x_1 + w_2 x_2 + b, \quad a = \sigma(z), \quad L = L(a, y).$
#
# 反向，用链式法则由前一个推出后一个：
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
    ### BEGIN SOLUTION
    z = w1 * x1 + w2 * x2 + b
    a = sigmoid(z)
    da = -y / a + (1 - y) / (1 - a)
    dz = a - y
    dw1 = x1 * dz
    dw2 = x2 * dz
    db = dz
    return {"z": z, "a": a, "da": da, "dz": dz, "dw1": dw1, "dw2": dw2, "db": db}
    ### END SOLUTION


# %% tags=["demo"]
for name, number in backward(1.0, -2.0, 0.5, 0.25, 0.0, 1).items():
    print(name, number)  # z = 0.0, a = 0.5, da = -2.0, dz = -0.5, dw1 = -0.5, dw2 = 1.0, db = -0.5

# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# ## 5. 对 m 个样本循环
#
# 成本是平均值，所以它的导数也是平均值：把 $m$ 个样本的导数加起来，最后除以 $m$，只除一次。
#
# $$ dw_j = \frac{1}{m} \sum_{i=1}^{m} x_j^{(i)} \bigl( a^{(i)} - y^{(i)} \bigr), \qquad
#    db = \frac{1}{m} \sum_{i=1}^{m} \bigl( a^{(i)} - y^{(i)} \bigr), \qquad
#    a^{(i)} = \sigma\Bigl( \sum_{j=1}^{n} w_j x_j^{(i)} + b \Bigr) $$
#
# 请用显式的循环来写，一个遍历样本，一个遍历特征：`dw` 和 `db` 从零开始，逐次累加。（在“向量化”那个笔记本里，
# 这两个循环都会去掉。）


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
    ### BEGIN SOLUTION
    n, m = X.shape
    dw = np.zeros((n, 1))
    db = 0.0
    for i in range(m):
        z = b
        for j in range(n):
            z += w[j, 0] * X[j, i]
        a = sigmoid(z)
        dz = a - Y[0, i]
        for j in range(n):
            dw[j, 0] += X[j, i] * dz
        db += dz
    dw = dw / m
    db = db / m
    return dw, db
    ### END SOLUTION


# %% tags=["demo"]
points = np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -1.0]])  # two features, three examples
weights = np.array([[0.2], [-0.4]])
print(gradients_loop(weights, 0.1, points, labels))  # dw = [[0.244...], [-0.101...]], db = 0.150...

# %% [markdown] lang="en"
# ## 6. All the way down
#
# Gradient descent works for any smooth curve. Take a polynomial
#
# $$ p(w) = c_0 + c_1 w + c_2 w^2 + \dots + c_K w^K, \qquad
#    p'(w) = c_1 + 2 c_2 w + \dots + K c_K w^{K-1}. $$
#
# In the derivative each power comes down as a factor, and the constant $c_0$ is gone: it moves the curve up or down and
# doesn't change any slope. Repeat the step of section 3, with the slope taken **anew at each step**.

# %% [markdown] lang="zh-CN"
# ## 6. 一直走到谷底
#
# 梯度下降适用于任何光滑的曲线。以多项式为例：
#
# $$ p(w) = c_0 + c_1 w + c_2 w^2 + \dots + c_K w^K, \qquad
#    p'(w) = c_1 + 2 c_2 w + \dots + K c_K w^{K-1}. $$
#
# 求导时，每个幂次都作为因数提到前面；常数项 $c_0$ 消失了，因为它只是把曲线整体上下移动，不改变任何一处的斜率。
# 反复做第 3 节的那一步，**每走一步都要重新计算斜率**。


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
    ### BEGIN SOLUTION
    for _ in range(num_iterations):
        slope = 0.0
        for k in range(1, len(coefficients)):
            slope += k * coefficients[k] * w ** (k - 1)
        w = update(w, slope, learning_rate)
    return w
    ### END SOLUTION


# %% tags=["demo"]
valley = np.array([5.0, -4.0, 1.0])  # 5 - 4w + w^2 = 1 + (w - 2)^2: the lowest point is at w = 2
for steps in (0, 1, 5, 50):
    print(steps, minimize(valley, 0.0, 0.1, steps))  # 0.0, 0.4, 1.344..., 1.9999...
