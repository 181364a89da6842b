"""Logistic regression as a small neural network: the full solution, with the narrative that students read."""

# ruff: noqa: RET504, N816 - results get a name before they are returned, and X and Y keep theirs: that is how the course writes

# %% [markdown] lang="en"
# # Logistic regression
#
# In this notebook you build a classifier from nothing but numpy: it looks at examples, finds out by itself which
# numbers matter, and then answers *yes* or *no* for examples that it has never seen. You write six short functions.
# Each builds on the ones before it, so work from top to bottom, and run every cell as you go.
#
# Wherever a cell says `# YOUR CODE HERE`, delete the line `raise NotImplementedError` and write your own lines.
# The cell after it shows a worked example; compare your numbers with the ones in the text.

# %% [markdown] lang="zh-CN"
# # 逻辑回归
#
# 在这份笔记本里，你只用 numpy 就能从零搭出一个分类器：它看过一批样本以后，自己找出哪些数值重要，
# 然后对从没见过的样本回答“是”或“否”。你要写六个不长的函数。后面的函数会用到前面的函数，
# 所以请从上往下做，每个单元格都运行一遍。
#
# 看到 `# YOUR CODE HERE` 时，请删掉 `raise NotImplementedError` 这一行，写上自己的代码。
# 紧接着的单元格是一个算好的例子，请把你的结果和文中的数字对照一下。

# %%
import sys

import numpy as np


# %% tags=["demo"]
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


# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# ## 记号
#
# 一个样本是一列 $n$ 个数，比如一张图片里每个像素的亮度。把 $m$ 个样本并排放好，就得到矩阵 $X$，
# 它有 $n$ 行、$m$ 列。每个样本有一个标签，取 0 或 1；所有标签排成一行，记作 $Y$。
#
# | 名称 | 形状 | 含义 |
# |---|---|---|
# | $X$ | $(n, m)$ | 样本，每列一个 |
# | $Y$ | $(1, m)$ | 样本的标签，0 或 1 |
# | $w$ | $(n, 1)$ | 权重：这 $n$ 个数各有多重要 |
# | $b$ | 一个数 | 偏置：天平从哪里开始倾斜 |
# | $A$ | $(1, m)$ | 输出：分类器认为标签是 1 的概率 |
#
# 一旦出错，先看形状：`print(X.shape)`。

# %% [markdown] lang="en"
# ## 1. The sigmoid
#
# For one example $x$ the classifier weighs the numbers and adds the bias: $z = w^T x + b$. This can be any number, but
# we want a probability. The sigmoid squeezes every number into the range from 0 to 1:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# A large $z$ gives nearly 1, a very negative one nearly 0, and $\sigma(0) = 0.5$. Write it with `np.exp`, so that it
# takes a whole array at once.

# %% [markdown] lang="zh-CN"
# ## 1. sigmoid 函数
#
# 对一个样本 $x$，分类器先把各个数加权求和，再加上偏置：$z = w^T x + b$。$z$ 可以是任何数，
# 而我们想要的是概率。sigmoid 函数把任何数都压到 0 和 1 之间：
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# $z$ 很大时结果接近 1，$z$ 是绝对值很大的负数时结果接近 0，而 $\sigma(0) = 0.5$。请用 `np.exp` 来写，
# 这样它一次就能处理整个数组。


# %%
def sigmoid(z):
    """Squeeze numbers into the range from 0 to 1.

    Arguments:
        z: a number, or an array of any shape

    Returns:
        s: the sigmoid of each entry, in the shape of z
    """
    ### BEGIN SOLUTION
    with np.errstate(over="ignore"):  # exp of a large number is inf, and 1 / inf = 0 is just what we want
        s = 1 / (1 + np.exp(-z))
    ### END SOLUTION
    return s


# %% [markdown] lang="en"
# Your numbers should be `[0.1192 0.5 0.8808]`; notice the symmetry about 0.5.

# %% [markdown] lang="zh-CN"
# 结果应当是 `[0.1192 0.5 0.8808]`。注意它们关于 0.5 对称。

# %% tags=["demo"]
print(np.round(sigmoid(np.array([-2.0, 0.0, 2.0])), 4))

# %% tags=["demo"]
draw(np.linspace(-6, 6, 13), sigmoid(np.linspace(-6, 6, 13)), "the sigmoid")

# %% [markdown] lang="en"
# ## 2. Where to begin
#
# Learning means to change $w$ and $b$ little by little, so they need a first value. For logistic regression all zeros
# will do. Make $w$ a real column, of shape `(dim, 1)`. An array of shape `(dim,)` is neither a row nor a column; its
# transpose is itself, and sooner or later it broadcasts into something that you did not mean. $b$ is just a number.

# %% [markdown] lang="zh-CN"
# ## 2. 从哪里开始
#
# 学习就是一点一点地调整 $w$ 和 $b$，所以它们要有初始值。对逻辑回归来说，全部取零就可以。
# 请让 $w$ 成为真正的列向量，形状是 `(dim, 1)`。形状为 `(dim,)` 的数组既不是行也不是列，转置之后还是它自己，
# 迟早会被广播成你没想到的样子。$b$ 只是一个数。


# %%
def initialize_with_zeros(dim):
    """Make the weights and the bias to start from.

    Arguments:
        dim: how many weights there are, an int

    Returns:
        w: zeros, shape (dim, 1)
        b: zero, a number
    """
    ### BEGIN SOLUTION
    w = np.zeros((dim, 1))
    b = 0.0
    ### END SOLUTION
    return w, b


# %% [markdown] lang="en"
# For `dim = 2` you should see a column of two zeros, and then the number zero.

# %% [markdown] lang="zh-CN"
# `dim = 2` 时，应当看到由两个零组成的一列，然后是数字零。

# %% tags=["demo"]
w, b = initialize_with_zeros(2)
print(w)
print(b)

# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# ## 3. 成本和它的梯度
#
# **前向。** $m$ 个样本一次算完，不用循环，$A$ 的形状是 $(1, m)$：
#
# $$A = \sigma(w^T X + b)$$
#
# **损失**说的是：标签为 $y$ 时，输出 $a$ 有多糟：
#
# $$L(a, y) = -\big(y \log a + (1 - y) \log(1 - a)\big)$$
#
# $y = 1$ 时只剩第一项，$a$ 越接近 1 它越小；$y = 0$ 时只剩第二项，$a$ 越接近 0 它越小。
# 这里的对数是自然对数，即 `np.log`。
#
# **成本**是所有样本损失的平均值：$J = \frac{1}{m} \sum_{i=1}^{m} L(a^{(i)}, y^{(i)})$。
#
# **反向。** $w$ 和 $b$ 变动一点点，成本会怎样变？用链式法则推下来，结果比想象的简单。
# 对一个样本有 $dz = a - y$；把所有样本合在一起就是
#
# $$dw = \frac{1}{m} X (A - Y)^T, \qquad db = \frac{1}{m} \sum_{i=1}^{m} (a^{(i)} - y^{(i)})$$
#
# `dw` 的形状和 $w$ 相同；`db` 和成本都是一个数。


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
    ### BEGIN SOLUTION
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dZ = A - Y
    dw = np.dot(X, dZ.T) / m
    db = np.sum(dZ) / m
    ### END SOLUTION
    grads = {"dw": dw, "db": db}
    return grads, cost


# %% [markdown] lang="en"
# Here are two numbers an example, and three examples. You should get `dw = [[-0.0631], [-0.0384]]`, `db = 0.1413` and
# a cost of `0.6381`.

# %% [markdown] lang="zh-CN"
# 下面每个样本有两个数，共三个样本。应当得到 `dw = [[-0.0631], [-0.0384]]`、`db = 0.1413`，成本是 `0.6381`。

# %% tags=["demo"]
w, b = np.array([[0.5], [-1.0]]), 0.25
X = np.array([[1.0, -0.5, 0.5], [0.5, 1.5, -0.25]])
Y = np.array([[1, 0, 0]])
grads, cost = propagate(w, b, X, Y)
print("dw =", np.round(grads["dw"], 4).tolist())
print("db =", np.round(grads["db"], 4))
print("cost =", np.round(cost, 4))

# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# ## 4. 梯度下降
#
# 梯度指向上坡，所以我们朝相反方向迈一小步，一遍一遍地重复。每一步多大，由学习率 $\alpha$ 决定：
#
# $$w := w - \alpha \, dw, \qquad b := b - \alpha \, db$$
#
# 斜率为正时 $w$ 变小，斜率为负时 $w$ 变大，两种情形下成本都会下降。每次迭代先在当前位置算出成本和梯度，
# 再迈出这一步。迭代从 0 开始数；请在第 0、100、200……次迭代时记下成本。返回的梯度是最后一次迭代的梯度。


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
    ### BEGIN SOLUTION
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    ### END SOLUTION
    if print_cost:
        for count, noted in enumerate(costs):
            print(f"cost in iteration {100 * count}: {noted:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs


# %% [markdown] lang="en"
# After 101 iterations on the three examples from above: `w = [[1.2498], [-0.466]]`, `b = -0.6929`, and the
# costs `[0.6381, 0.4636]` fall.

# %% [markdown] lang="zh-CN"
# 在上面的三个样本上迭代 101 次以后：`w = [[1.2498], [-0.466]]`，`b = -0.6929`，成本 `[0.6381, 0.4636]` 在下降。

# %% tags=["demo"]
params, grads, costs = optimize(w, b, X, Y, num_iterations=101, learning_rate=0.1)
print("w =", np.round(params["w"], 4).tolist())
print("b =", np.round(params["b"], 4))
print("costs =", np.round(costs, 4).tolist())

# %% [markdown] lang="en"
# ## 5. Predictions
#
# With $w$ and $b$ learned, compute $A = \sigma(w^T X + b)$ and decide: label 1 where the probability is greater than
# 0.5, otherwise label 0. The result keeps the shape of the labels, $(1, m)$.

# %% [markdown] lang="zh-CN"
# ## 5. 预测
#
# 学到 $w$ 和 $b$ 之后，算出 $A = \sigma(w^T X + b)$，然后作判断：概率大于 0.5 时标签为 1，否则为 0。
# 结果的形状和标签一样，是 $(1, m)$。


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
    ### BEGIN SOLUTION
    A = sigmoid(np.dot(w.T, X) + b)
    Y_prediction = (A > 0.5).astype(float)
    ### END SOLUTION
    return Y_prediction


# %% [markdown] lang="en"
# The four examples below should come out as `[[1.0, 0.0, 1.0, 0.0]]`.

# %% [markdown] lang="zh-CN"
# 下面四个样本的预测应当是 `[[1.0, 0.0, 1.0, 0.0]]`。

# %% tags=["demo"]
print(predict(np.array([[1.0], [-2.0]]), 0.5, np.array([[1.0, -1.0, 2.0, 0.0], [0.0, 1.0, 1.0, 2.0]])).tolist())

# %% [markdown] lang="en"
# ## 6. The whole model
#
# Now put the pieces together: start at zero, learn from the training set, then predict for the training set *and* for
# the test set, which the model must not have seen while it learned. Use the arguments of the function, not names from
# other cells of the notebook: the function has to work for any data of any size.

# %% [markdown] lang="zh-CN"
# ## 6. 完整的模型
#
# 现在把各部分拼起来：从零开始，在训练集上学习，然后对训练集**和**测试集分别预测。学习时不能让模型看到测试集。
# 请使用函数的参数，不要使用笔记本其他单元格里的变量：换成别的数据、别的大小，函数也要能用。


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
    ### BEGIN SOLUTION
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    w = params["w"]
    b = params["b"]
    Y_prediction_test = predict(w, b, X_test)
    Y_prediction_train = predict(w, b, X_train)
    ### END SOLUTION
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


# %% [markdown] lang="en"
# One number an example, and label 1 where it is large. After 200 steps: `w = [[2.6353]]`, `b = -4.7763`,
# and the two test examples are told apart: `[[0.0, 1.0]]`.

# %% [markdown] lang="zh-CN"
# 每个样本只有一个数，数大的标签为 1。走 200 步之后：`w = [[2.6353]]`，`b = -4.7763`，
# 两个测试样本被正确地分开：`[[0.0, 1.0]]`。

# %% tags=["demo"]
small = model(
    np.array([[0.0, 1.0, 3.0, 4.0]]), np.array([[0, 0, 1, 1]]), np.array([[0.5, 3.5]]), np.array([[0, 1]]), 200, 0.5
)
print("w =", np.round(small["w"], 4).tolist())
print("b =", np.round(small["b"], 4))
print("for the test set:", small["Y_prediction_test"].tolist())

# %% [markdown] lang="en"
# ## 7. Optional: learn from pictures
#
# No marks here, only the fun of seeing it work. The cell below makes small pictures of 8 × 8 pixels: half of them hold
# a bright ring, the others a bright cross, all of them shifted about and spoilt by noise. Each picture is flattened
# into a column of 64 numbers. Your `model` learns from 120 pictures and is tested on 60 others.

# %% [markdown] lang="zh-CN"
# ## 7. 选做：从图片中学习
#
# 这一节不计分，只是看看它真的能用。下面的代码生成 8 × 8 像素的小图片：一半画着明亮的圆环，
# 另一半画着明亮的十字，位置有移动，还加了噪声。每张图片被展开成一列 64 个数。
# 你的 `model` 用 120 张图片学习，再用另外 60 张测试。

# %% tags=["demo"]
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

# %% tags=["demo"]
pictures = model(train_X, train_Y, test_X, test_Y, num_iterations=1500, learning_rate=0.1)
print(f"right on the training set: {np.mean(pictures['Y_prediction_train'] == train_Y):.0%}")
print(f"right on the test set: {np.mean(pictures['Y_prediction_test'] == test_Y):.0%}")
draw(100 * np.arange(len(pictures["costs"])), pictures["costs"], "cost by iteration")

# %% [markdown] lang="en"
# The cost falls quickly at first and then ever more slowly. Things to try: a learning rate of 0.001 (the cost hardly
# moves); noise of 0.6 instead of 0.25; only 10 training pictures (right on all of those, but on the test set?).

# %% [markdown] lang="zh-CN"
# 成本一开始下降得很快，后来越来越慢。可以试试：把学习率改成 0.001（成本几乎不动）；
# 把噪声从 0.25 改成 0.6；只用 10 张训练图片（这 10 张全对，测试集呢？）。
