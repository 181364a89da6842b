"""Vectorization: the full solution, with the narrative that students read."""

# %% [markdown] lang="en"
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

# %% [markdown] lang="zh-CN"
# # 向量化
#
# Python 的循环把数一个一个地拿在手里算，numpy 则把整个数组交给编译好的代码。结果一样，却快上百倍。
# 这个笔记本里的每个函数都替换掉一个循环；到最后，逻辑回归的一整步梯度下降里，不再有任何对样本的循环。
#
# 请填写标有 `YOUR CODE HERE` 的单元格，每一处后面都有一个单元格供你试验。然后对本文件运行 `grader check`。
# **每一题有一半的分数是给“不用 Python 循环遍历元素或样本”的**。列表推导式、`map` 和 `np.vectorize` 都是变了样的循环。
#
# **记号。** `X` 的形状是 `(n, m)`，一列是一个样本；标签 `Y` 都是 0 或 1，它和 `A` 的形状都是 `(1, m)`；
# `w` 的形状是 `(n, 1)`，`b` 是一个数。

# %%
import time

import numpy as np

# %% [markdown] lang="en"
# ## 1. How much faster?
#
# Here is the sum $\sum_i a_i b_i$ with a loop. The next cell measures it. Once you have written `dot_product`, the cell
# after it measures yours.

# %% [markdown] lang="zh-CN"
# ## 1. 快多少？
#
# 下面用循环来算 $\sum_i a_i b_i$，并测量所用的时间。等你写好 `dot_product`，它后面的单元格会测量你的写法。

# %% tags=["demo"]
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
    ### BEGIN SOLUTION
    return np.dot(a, b)
    ### END SOLUTION


# %% tags=["demo"]
print(dot_product(np.array([1.0, 2.0, 3.0]), np.array([4.0, 0.5, -2.0])))  # 4 + 1 - 6 = -1.0
begin = time.perf_counter()
for _ in range(20):  # it is too quick to be measured once
    total = dot_product(numbers, numbers)
seconds = (time.perf_counter() - begin) / 20
print(f"yours: {total:.6f} in {1000 * seconds:.3f} ms, {loop_seconds / seconds:.0f} times as fast")

# %% [markdown] lang="en"
# ## 2. Functions of every entry
#
# `np.exp`, `np.log`, `np.abs` and the operators `+ - * / **` take a whole array and give one back: no loop to write.
# Where one number is wanted, `np.sum` or `np.mean` follow.
#
# $$ u_i = e^{v_i} $$

# %% [markdown] lang="zh-CN"
# ## 2. 对每个元素求函数值
#
# `np.exp`、`np.log`、`np.abs` 以及运算符 `+ - * / **` 接受整个数组，也返回整个数组，不需要写循环。
# 如果要的是一个数，再用 `np.sum` 或 `np.mean`。
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
    ### BEGIN SOLUTION
    return np.exp(v)
    ### END SOLUTION


# %% tags=["demo"]
print(exponentials(np.array([0.0, 1.0, -1.0])))  # [1. 2.718... 0.367...]

# %% [markdown] lang="en"
# The *absolute error* adds up how far the predictions are from the labels, whatever the direction:
#
# $$ \sum_{i=1}^{m} \bigl| \hat{y}^{(i)} - y^{(i)} \bigr| $$

# %% [markdown] lang="zh-CN"
# *绝对误差*把预测值与标签相差多少加起来，不管偏向哪一边：
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
    ### BEGIN SOLUTION
    return np.sum(np.abs(yhat - y))
    ### END SOLUTION


# %% tags=["demo"]
print(absolute_error(np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])))  # 0.1 + 0.2 + 0.6 = 0.9

# %% [markdown] lang="en"
# ## 3. The losses of all examples at once
#
# One loss for each of the $m$ examples, as a row:
#
# $$ L^{(i)} = -\bigl( y^{(i)} \ln a^{(i)} + (1 - y^{(i)}) \ln(1 - a^{(i)}) \bigr) $$

# %% [markdown] lang="zh-CN"
# ## 3. 一次求出所有样本的损失
#
# $m$ 个样本，每个一个损失，排成一行：
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
    ### BEGIN SOLUTION
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    ### END SOLUTION


# %% tags=["demo"]
guesses = np.array([[0.8, 0.3, 0.6]])
labels = np.array([[1, 0, 1]])
print(losses(guesses, labels))  # [[0.223... 0.356... 0.510...]]

# %% [markdown] lang="en"
# ## 4. Forward: all predictions at once
#
# The examples are the columns of `X`, so one matrix product makes all the $z^{(i)}$ in a row, and broadcasting adds $b$
# to each of them:
#
# ![wᵀX+b](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='520'%20height='112'%20font-family='monospace'%20font-size='14'%20text-anchor='middle'%3E%3Cpath%20d='M6%2034h66v22H6zM28%2034v22M50%2034v22'%20fill='orange'%20stroke='gray'/%3E%3Cpath%20d='M110%2012h132v66H110zM132%2012v66M154%2012v66M176%2012v66M198%2012v66M220%2012v66M110%2034h132M110%2056h132'%20fill='lightblue'%20stroke='gray'/%3E%3Cpath%20d='M300%2034h22v22H300z'%20fill='lightgray'%20stroke='gray'/%3E%3Cpath%20d='M370%2034h132v22H370zM392%2034v22M414%2034v22M436%2034v22M458%2034v22M480%2034v22'%20fill='lightgreen'%20stroke='gray'/%3E%3Ctext%20x='39'%20y='100'%3Ew%E1%B5%80%20%281,%20n%29%3C/text%3E%3Ctext%20x='176'%20y='100'%3EX%20%28n,%20m%29%3C/text%3E%3Ctext%20x='311'%20y='100'%3Eb%3C/text%3E%3Ctext%20x='436'%20y='100'%3Ez%20%281,%20m%29%3C/text%3E%3Ctext%20x='92'%20y='50'%3E%C2%B7%3C/text%3E%3Ctext%20x='270'%20y='50'%3E+%3C/text%3E%3Ctext%20x='346'%20y='50'%3E=%3C/text%3E%3C/svg%3E)
#
# $$ Z = w^T X + b, \qquad A = \sigma(Z) = \frac{1}{1 + e^{-Z}} $$

# %% [markdown] lang="zh-CN"
# ## 4. 前向：一次做出所有预测
#
# 样本是 `X` 的各列，所以一次矩阵乘法就得到排成一行的所有 $z^{(i)}$，再由广播给每一个加上 $b$：
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
    ### BEGIN SOLUTION
    Z = np.dot(w.T, X) + b
    return 1 / (1 + np.exp(-Z))
    ### END SOLUTION


# %% tags=["demo"]
features = np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -1.0]])  # two features, three examples
weights = np.array([[0.2], [-0.4]])
print(forward(weights, 0.1, features))  # [[0.524... 0.214... 0.710...]]

# %% [markdown] lang="en"
# ## 5. Backward: dw as one vector
#
# In the loop, `dw` gathered $x^{(i)} dz^{(i)}$ example by example. That is a matrix product too: row $j$ of `X` meets
# the whole row of $dz$ and leaves one number, $dw_j$.
#
# $$ dZ = A - Y, \qquad dw = \frac{1}{m} X \, dZ^T, \qquad db = \frac{1}{m} \sum_{i=1}^{m} dz^{(i)} $$
#
# A look at the shapes tells where the transpose belongs: `(n, m)` times `(m, 1)` is `(n, 1)`, the shape of `w`.

# %% [markdown] lang="zh-CN"
# ## 5. 反向：dw 是一个向量
#
# 在循环里，`dw` 是逐个样本累加 $x^{(i)} dz^{(i)}$ 得到的。这也是一次矩阵乘法：`X` 的第 $j$ 行与整行 $dz$ 相乘，
# 得到一个数 $dw_j$。
#
# $$ dZ = A - Y, \qquad dw = \frac{1}{m} X \, dZ^T, \qquad db = \frac{1}{m} \sum_{i=1}^{m} dz^{(i)} $$
#
# 看一看形状，就知道转置该写在哪里：`(n, m)` 乘 `(m, 1)` 得到 `(n, 1)`，正是 `w` 的形状。


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
    ### BEGIN SOLUTION
    m = X.shape[1]
    dZ = A - Y
    dw = np.dot(X, dZ.T) / m
    db = np.sum(dZ) / m
    return dw, db
    ### END SOLUTION


# %% tags=["demo"]
print(gradients(forward(weights, 0.1, features), features, labels))  # dw = [[-0.422...], [0.231...]], db = -0.183...

# %% [markdown] lang="en"
# ## 6. One step
#
# Put it together: predict, take the slopes, go downhill.
#
# $$ w := w - \alpha \, dw, \qquad b := b - \alpha \, db $$
#
# A loop over the *steps* will always be needed, because each step starts where the last one ended. A loop over the
# *examples* is gone for good.

# %% [markdown] lang="zh-CN"
# ## 6. 走一步
#
# 把它们合起来：做预测，求导数，往下走。
#
# $$ w := w - \alpha \, dw, \qquad b := b - \alpha \, db $$
#
# 对*步数*的循环总是需要的，因为每一步都从上一步的终点出发；而对*样本*的循环已经彻底去掉了。


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
    ### BEGIN SOLUTION
    A = forward(w, b, X)
    dw, db = gradients(A, X, Y)
    return w - learning_rate * dw, b - learning_rate * db
    ### END SOLUTION


# %% tags=["demo"]
moved, bias = weights, 0.1
for _ in range(100):
    moved, bias = step(moved, bias, features, labels, 0.5)
print("mean loss before:", losses(forward(weights, 0.1, features), labels).mean())  # 0.409...
print("and after 100 steps:", losses(forward(moved, bias, features), labels).mean())  # much smaller
