"""The first steps with numpy: the full solution, with the narrative that students read."""

# ruff: noqa: RET504 - results get a name before they are returned: that is how the course writes

# %% [markdown] lang="en"
# # numpy basics
#
# Deep learning is arithmetic on large tables of numbers. numpy does it for whole tables at once, which is quick to
# write and quick to run. In this notebook you write eight small functions that come up again and again later: the
# sigmoid and its slope, pictures as columns, rows of equal length, softmax, and two ways to measure an error.
#
# Wherever a cell says `# YOUR CODE HERE`, delete the line `raise NotImplementedError` and write your own lines.
# Most of the functions take one or two. The cell after it shows a worked example; compare your numbers with the ones
# in the text.

# %% [markdown] lang="zh-CN"
# # numpy 基础
#
# 深度学习就是对大量排成表格的数做算术。numpy 能一次处理整张表，写起来快，跑起来也快。
# 在这份笔记本里，你要写八个小函数，它们以后会反复出现：sigmoid 和它的导数、把图片变成列向量、
# 把每一行变成同样的长度、softmax，以及两种衡量误差的方法。
#
# 看到 `# YOUR CODE HERE` 时，请删掉 `raise NotImplementedError` 这一行，写上自己的代码，
# 大多数函数一两行就够了。紧接着的单元格是一个算好的例子，请把你的结果和文中的数字对照一下。

# %%
import math

import numpy as np

# %% [markdown] lang="en"
# ## 1. One number: `math.exp`
#
# The sigmoid turns any number into one between 0 and 1:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# Begin with a single number, and use `math.exp` from Python's own library.

# %% [markdown] lang="zh-CN"
# ## 1. 一个数：`math.exp`
#
# sigmoid 函数把任何数变成 0 和 1 之间的数：
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# 先从一个数开始，使用 Python 自带的 `math.exp`。


# %%
def basic_sigmoid(x):
    """Compute the sigmoid of a single number.

    Arguments:
        x: a number

    Returns:
        s: the sigmoid of x, a number
    """
    ### BEGIN SOLUTION
    s = 1 / (1 + math.exp(-x))
    ### END SOLUTION
    return s


# %% [markdown] lang="en"
# The sigmoid of 2 is about `0.8808`.

# %% [markdown] lang="zh-CN"
# 2 的 sigmoid 约为 `0.8808`。

# %% tags=["demo"]
print(round(basic_sigmoid(2), 4))

# %% [markdown] lang="en"
# ## 2. Many numbers: `np.exp`
#
# `math.exp` refuses an array: *only 0-dimensional arrays can be converted to Python scalars*. `np.exp` takes one and
# applies itself to every entry, and so do `+`, `-`, `*`, `/` and `**`. An operation between an array and a number
# uses the number for every entry. So the formula stays as it was; no loop is needed, and the shape can be anything.

# %% [markdown] lang="zh-CN"
# ## 2. 许多数：`np.exp`
#
# `math.exp` 不接受数组，会报错 *only 0-dimensional arrays can be converted to Python scalars*。
# `np.exp` 则可以，它对每个元素分别计算；`+`、`-`、`*`、`/` 和 `**` 也是这样。数组和一个数做运算时，
# 这个数会用到每个元素上。所以公式不用改，不需要循环，数组是什么形状都行。

# %% tags=["demo"]
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
    ### BEGIN SOLUTION
    with np.errstate(over="ignore"):  # exp of a large number is inf, and 1 / inf = 0 is just what we want
        s = 1 / (1 + np.exp(-x))
    ### END SOLUTION
    return s


# %% [markdown] lang="en"
# You should see `[0.1192 0.5 0.8808]`.

# %% [markdown] lang="zh-CN"
# 结果应当是 `[0.1192 0.5 0.8808]`。

# %% tags=["demo"]
print(np.round(sigmoid(np.array([-2.0, 0.0, 2.0])), 4))

# %% [markdown] lang="en"
# ## 3. How steep is the sigmoid?
#
# To learn, we shall need slopes. The slope of the sigmoid can be told from its value alone:
#
# $$\sigma'(x) = \sigma(x)\,(1 - \sigma(x))$$
#
# The curve is steepest in the middle and nearly flat far out, on both sides. `*` between two arrays multiplies entry
# by entry.

# %% [markdown] lang="zh-CN"
# ## 3. sigmoid 有多陡？
#
# 学习需要用到斜率。只要知道 sigmoid 的值，就能算出它的斜率：
#
# $$\sigma'(x) = \sigma(x)\,(1 - \sigma(x))$$
#
# 曲线在中间最陡，往两边越远越平。两个数组之间的 `*` 是逐元素相乘。


# %%
def sigmoid_derivative(x):
    """Compute the slope of the sigmoid at every entry.

    Arguments:
        x: a number, or an array of any shape

    Returns:
        ds: the slope at each entry, in the shape of x
    """
    ### BEGIN SOLUTION
    s = sigmoid(x)
    ds = s * (1 - s)
    ### END SOLUTION
    return ds


# %% [markdown] lang="en"
# You should see `[0.105 0.25 0.105]`: steepest in the middle. The cell after that draws the curve with characters.

# %% [markdown] lang="zh-CN"
# 结果应当是 `[0.105 0.25 0.105]`：中间最陡。再下一个单元格用字符把曲线画了出来。

# %% tags=["demo"]
print(np.round(sigmoid_derivative(np.array([-2.0, 0.0, 2.0])), 4))

# %% tags=["demo"]
for x in range(-5, 6):
    line = [" "] * 41
    line[round(40 * sigmoid(x))] = "*"
    line[round(40 * sigmoid_derivative(x))] = "'"
    print(f"{x:3d} |{''.join(line)}")
print("* is the sigmoid, ' is its slope; 0 is on the left, 1 on the right")

# %% [markdown] lang="en"
# ## 4. A picture as a column: `reshape`
#
# A colour picture is an array of shape (length, height, depth), where the depth is the number of colours, usually 3. A
# neuron wants one long column of numbers. `reshape` gives the same numbers, in the same order, another shape. The
# sizes must fit; one of them may be `-1`, and numpy works it out. Take the sizes from `image.shape`: not every
# picture has the size of the example, and not every picture has 3 colours.

# %% [markdown] lang="zh-CN"
# ## 4. 把图片变成一列：`reshape`
#
# 彩色图片是形状为 (length, height, depth) 的数组，其中 depth 是颜色通道的个数，通常是 3。
# 神经元要的是长长的一列数。`reshape` 保持这些数和它们的顺序不变，只换一个形状。各个大小必须对得上；
# 其中一个可以写成 `-1`，让 numpy 自己算。请从 `image.shape` 取大小：图片不一定和例子一样大，也不一定有 3 个通道。


# %%
def image2vector(image):
    """Turn a picture into a column.

    Arguments:
        image: shape (length, height, depth)

    Returns:
        v: the same numbers in the same order, shape (length * height * depth, 1)
    """
    ### BEGIN SOLUTION
    v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)
    ### END SOLUTION
    return v


# %% [markdown] lang="en"
# A picture of 2 × 2 pixels with 3 colours becomes a column of 12 numbers, in the order in which they were printed.

# %% [markdown] lang="zh-CN"
# 一张 2 × 2 像素、3 个通道的图片变成一列 12 个数，顺序和打印出来的一样。

# %% tags=["demo"]
image = np.array([[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], [[0.7, 0.8, 0.9], [1.0, 1.1, 1.2]]])
print(image2vector(image).shape)
print(image2vector(image).ravel())

# %% [markdown] lang="en"
# ## 5. Rows of length 1: `axis` and `keepdims`
#
# Often learning goes better when all rows have the same length. The length of a row is
# $\|r\| = \sqrt{r_1^2 + r_2^2 + \dots}$; divide the row by it and its length is 1.
#
# `np.linalg.norm(x, axis=1)` computes the length of every row; `axis=1` says that the columns are used up. The
# result has the shape `(rows,)`, and dividing a `(rows, columns)` array by that lines it up with the *columns*. With
# `keepdims=True` the used-up axis stays, with size 1: the shape `(rows, 1)` lines up with the rows, and numpy repeats
# it for every column. That is called broadcasting.

# %% [markdown] lang="zh-CN"
# ## 5. 长度为 1 的行：`axis` 和 `keepdims`
#
# 让每一行都有同样的长度，学习往往会更顺利。一行的长度（范数）是
# $\|r\| = \sqrt{r_1^2 + r_2^2 + \dots}$；把这一行除以它的长度，长度就成了 1。
#
# `np.linalg.norm(x, axis=1)` 计算每一行的长度；`axis=1` 的意思是沿着列的方向合并。结果的形状是 `(rows,)`，
# 如果用 `(rows, columns)` 的数组去除以它，它会和**列**对齐。加上 `keepdims=True`，被合并的轴会保留下来，大小为 1：
# 形状 `(rows, 1)` 就和行对齐了，numpy 会让它在每一列上重复使用。这就叫广播。


# %%
def normalize_rows(x):
    """Divide every row by its length.

    Arguments:
        x: shape (rows, columns), no row all zeros

    Returns:
        the rows, each of length 1, in the shape of x
    """
    ### BEGIN SOLUTION
    norms = np.linalg.norm(x, axis=1, keepdims=True)
    normalized = x / norms
    ### END SOLUTION
    return normalized


# %% [markdown] lang="en"
# The rows `[0, 3, 4]` and `[2, 6, 3]` have the lengths 5 and 7, so the result is `[[0, 0.6, 0.8], [0.2857, 0.8571,
# 0.4286]]`.

# %% [markdown] lang="zh-CN"
# 两行 `[0, 3, 4]` 和 `[2, 6, 3]` 的长度是 5 和 7，所以结果是 `[[0, 0.6, 0.8], [0.2857, 0.8571, 0.4286]]`。

# %% tags=["demo"]
print(np.round(normalize_rows(np.array([[0.0, 3.0, 4.0], [2.0, 6.0, 3.0]])), 4))

# %% [markdown] lang="en"
# ## 6. Softmax
#
# Softmax turns a row of scores into probabilities: all are positive, and each row adds up to 1.
#
# $$\text{softmax}(x)_j = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
#
# Here `x` is a matrix, and every *row* gets its own probabilities. The pattern is that of the last question: one
# number for each row, kept as a column, and a division.

# %% [markdown] lang="zh-CN"
# ## 6. Softmax
#
# softmax 把一行分数变成概率：每个都是正数，而且每一行加起来等于 1。
#
# $$\text{softmax}(x)_j = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
#
# 这里的 `x` 是矩阵，**每一行**各自变成一组概率。做法和上一题相同：每一行算出一个数，排成一列，再做除法。


# %%
def softmax(x):
    """Turn every row of scores into probabilities.

    Arguments:
        x: scores, shape (rows, columns)

    Returns:
        s: probabilities, each row adding up to 1, in the shape of x
    """
    ### BEGIN SOLUTION
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    s = x_exp / x_sum
    ### END SOLUTION
    return s


# %% [markdown] lang="en"
# You should see `[[0.0900 0.2447 0.6652] [0.3333 0.3333 0.3333]]`: equal scores share equally.

# %% [markdown] lang="zh-CN"
# 结果应当是 `[[0.0900 0.2447 0.6652] [0.3333 0.3333 0.3333]]`：分数相同，概率也相同。

# %% tags=["demo"]
print(np.round(softmax(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])), 4))

# %% [markdown] lang="en"
# ## 7. How far off: L1
#
# `yhat` holds predictions and `y` the true values. The L1 loss adds up how far each prediction is off, whichever way:
#
# $$L_1 = \sum_i |y^{(i)} - \hat y^{(i)}|$$

# %% [markdown] lang="zh-CN"
# ## 7. 差多少：L1
#
# `yhat` 是预测值，`y` 是真实值。L1 损失把每个预测的偏差加起来，不管偏大还是偏小：
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
    ### BEGIN SOLUTION
    loss = np.sum(np.abs(y - yhat))
    ### END SOLUTION
    return loss


# %% [markdown] lang="en"
# The errors are 0.1, 0.2, 0.1, 0.6 and 0.1, so the loss is `1.1`.

# %% [markdown] lang="zh-CN"
# 各个偏差是 0.1、0.2、0.1、0.6 和 0.1，所以损失是 `1.1`。

# %% tags=["demo"]
yhat = np.array([0.9, 0.2, 0.1, 0.4, 0.9])
y = np.array([1, 0, 0, 1, 1])
print(round(L1(yhat, y), 4))

# %% [markdown] lang="en"
# ## 8. How far off: L2
#
# The L2 loss squares each error before adding, so that one large error counts for more than several small ones:
#
# $$L_2 = \sum_i (y^{(i)} - \hat y^{(i)})^2$$

# %% [markdown] lang="zh-CN"
# ## 8. 差多少：L2
#
# L2 损失先把每个偏差平方再相加，所以一个大的偏差比几个小的偏差更要紧：
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
    ### BEGIN SOLUTION
    loss = np.sum((y - yhat) ** 2)
    ### END SOLUTION
    return loss


# %% [markdown] lang="en"
# For the same predictions the loss is `0.43`, and 0.36 of it comes from the one error of 0.6.

# %% [markdown] lang="zh-CN"
# 对同样的预测，损失是 `0.43`，其中 0.36 来自那个 0.6 的偏差。

# %% tags=["demo"]
print(round(L2(yhat, y), 4))
