"""Broadcasting: the full solution, with the narrative that students read."""

# %% [markdown] lang="en"
# # Broadcasting
#
# numpy can combine arrays whose shapes differ. That is called *broadcasting*. It saves loops, and it also hides
# mistakes: an array of the wrong shape often gives a wrong answer instead of an error. After this notebook you can say
# what shape comes out, **before** you run the line.
#
# Fill in the cells marked `YOUR CODE HERE` and `YOUR ANSWER HERE`. Each is followed by a cell that tries it out. Then
# run `grader check` on this file, as often as you like.

# %% [markdown] lang="zh-CN"
# # 广播（broadcasting）
#
# numpy 可以让形状不同的数组一起运算，这就是*广播*。它替我们省去了循环，但也会掩盖错误：形状不对的数组往往不报错，
# 而是悄悄给出错误的结果。学完这个笔记本，你应当能在运行一行代码**之前**就说出结果的形状。
#
# 请填写标有 `YOUR CODE HERE` 和 `YOUR ANSWER HERE` 的单元格，每一处后面都有一个单元格供你试验。
# 然后对本文件运行 `grader check`，想运行多少次都可以。

# %%
import numpy as np

# %% [markdown] lang="en"
# ## 1. The sums of the columns
#
# A canteen counts the cups of tea, juice and water (3 rows) that it sells on five days (5 columns). How many cups were
# sold on each day? For a table $A$ with $k$ rows and $n$ columns that is
#
# $$ s_j = \sum_{i=1}^{k} A_{ij}, \qquad j = 1, \dots, n. $$
#
# A numpy sum takes an `axis`: **the axis that you name is the one that disappears**. For a table of shape `(k, n)`,
# axis 0 counts the rows (it has length `k`) and axis 1 counts the columns (it has length `n`).

# %% [markdown] lang="zh-CN"
# ## 1. 每一列的和
#
# 食堂统计五天（5 列）里卖出的茶、果汁和水（3 行）各有多少杯。每天一共卖出多少杯？对一张 $k$ 行 $n$ 列的表 $A$，要算的是
#
# $$ s_j = \sum_{i=1}^{k} A_{ij}, \qquad j = 1, \dots, n. $$
#
# numpy 求和时可以指定 `axis`：**指定哪个轴，哪个轴就消失**。对形状为 `(k, n)` 的表，轴 0 是行的方向（长度为 `k`），
# 轴 1 是列的方向（长度为 `n`）。


# %%
def column_sums(A):
    """Add up each column of a table.

    Arguments:
    A -- table, shape (k, n)

    Returns:
    sums of the columns, shape (n,)
    """
    ### BEGIN SOLUTION
    return A.sum(axis=0)
    ### END SOLUTION


# %% tags=["demo"]
cups = np.array([[12, 20, 30, 18, 9], [18, 10, 15, 27, 21], [30, 20, 15, 45, 30]])
print(column_sums(cups))  # [60 50 60 90 60]

# %% [markdown] lang="en"
# ## 2. Percentages, by broadcasting
#
# What share of a day's cups was tea? Each entry is divided by the sum of **its own column**:
#
# $$ P_{ij} = 100 \cdot \frac{A_{ij}}{s_j}. $$
#
# The table has shape `(3, 5)`, the sums have 5 entries. As a row of shape `(1, 5)` they are used again for every row of
# the table, as if numpy had copied the row downwards (the dashed cells - no copy is really made):
#
# ![(3,5)/(1,5)](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='440'%20height='106'%20font-family='monospace'%20font-size='14'%20text-anchor='middle'%3E%3Cpath%20d='M6%206h110v66H6zM28%206v66M50%206v66M72%206v66M94%206v66M6%2028h110M6%2050h110'%20fill='lightblue'%20stroke='gray'/%3E%3Cpath%20d='M160%2028h110v44H160zM182%2028v44M204%2028v44M226%2028v44M248%2028v44M160%2050h110'%20fill='oldlace'%20stroke='gray'%20stroke-dasharray='2'/%3E%3Cpath%20d='M160%206h110v22H160zM182%206v22M204%206v22M226%206v22M248%206v22'%20fill='orange'%20stroke='gray'/%3E%3Cpath%20d='M314%206h110v66H314zM336%206v66M358%206v66M380%206v66M402%206v66M314%2028h110M314%2050h110'%20fill='lightgreen'%20stroke='gray'/%3E%3Ctext%20x='61'%20y='96'%3E%283,%205%29%3C/text%3E%3Ctext%20x='138'%20y='44'%3E/%3C/text%3E%3Ctext%20x='215'%20y='96'%3E%281,%205%29%3C/text%3E%3Ctext%20x='292'%20y='44'%3E=%3C/text%3E%3Ctext%20x='369'%20y='96'%3E%283,%205%29%3C/text%3E%3C/svg%3E)
#
# `s.reshape(1, 5)` makes that row. A reshape costs next to nothing, and it says to every reader which shape you mean.
# In your function take the 5 from the table itself, so that it works for every table. A good test at the end: the
# percentages of a column add up to 100.

# %% [markdown] lang="zh-CN"
# ## 2. 用广播求百分比
#
# 某一天卖出的饮料里，茶占多少？每个数都要除以**它所在那一列**的和：
#
# $$ P_{ij} = 100 \cdot \frac{A_{ij}}{s_j}. $$
#
# 表的形状是 `(3, 5)`，列和有 5 个数。把列和写成形状为 `(1, 5)` 的一行，表的每一行就都会用到它，
# 好像 numpy 把这一行往下复制了几份（虚线格子；实际上并没有复制）：
#
# ![(3,5)/(1,5)](data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20style='background:white'%20width='440'%20height='106'%20font-family='monospace'%20font-size='14'%20text-anchor='middle'%3E%3Cpath%20d='M6%206h110v66H6zM28%206v66M50%206v66M72%206v66M94%206v66M6%2028h110M6%2050h110'%20fill='lightblue'%20stroke='gray'/%3E%3Cpath%20d='M160%2028h110v44H160zM182%2028v44M204%2028v44M226%2028v44M248%2028v44M160%2050h110'%20fill='oldlace'%20stroke='gray'%20stroke-dasharray='2'/%3E%3Cpath%20d='M160%206h110v22H160zM182%206v22M204%206v22M226%206v22M248%206v22'%20fill='orange'%20stroke='gray'/%3E%3Cpath%20d='M314%206h110v66H314zM336%206v66M358%206v66M380%206v66M402%206v66M314%2028h110M314%2050h110'%20fill='lightgreen'%20stroke='gray'/%3E%3Ctext%20x='61'%20y='96'%3E%283,%205%29%3C/text%3E%3Ctext%20x='138'%20y='44'%3E/%3C/text%3E%3Ctext%20x='215'%20y='96'%3E%281,%205%29%3C/text%3E%3Ctext%20x='292'%20y='44'%3E=%3C/text%3E%3Ctext%20x='369'%20y='96'%3E%283,%205%29%3C/text%3E%3C/svg%3E)
#
# `s.reshape(1, 5)` 就得到这样的一行。reshape 几乎不花时间，还能让读代码的人一眼看出你要的形状。
# 写函数时，5 这个数要从表本身取得，这样对任何大小的表都适用。最后可以这样检验：每一列的百分比加起来应当是 100。


# %%
def column_percentages(A):
    """Say what percentage of its column's sum each entry is.

    Arguments:
    A -- table of positive numbers, shape (k, n)

    Returns:
    percentages, shape (k, n); each column adds up to 100
    """
    ### BEGIN SOLUTION
    return 100 * A / column_sums(A).reshape(1, A.shape[1])
    ### END SOLUTION


# %% tags=["demo"]
print(column_percentages(cups))  # first column: 20, 30, 50

# %% [markdown] lang="en"
# ## 3. Rank-1 arrays
#
# `np.array([2, 7, 4])` has the shape `(3,)`: **one** axis. It is neither a row `(1, 3)` nor a column `(3, 1)`, and its
# transpose is the same array again, because there are no two axes to swap. Such rank-1 arrays are where many shape
# mistakes begin. So give a vector two axes as soon as you get it, with `reshape`, and check with
# `assert v.shape == (3, 1)`. A size of `-1` in `reshape` means "whatever is left over".

# %% [markdown] lang="zh-CN"
# ## 3. 秩为 1 的数组
#
# `np.array([2, 7, 4])` 的形状是 `(3,)`：只有**一个**轴。它既不是行向量 `(1, 3)`，也不是列向量 `(3, 1)`；
# 转置之后还是它自己，因为没有两个轴可以交换。许多形状错误正是从这种秩为 1 的数组开始的。
# 所以拿到一个向量，先用 `reshape` 让它有两个轴，再用 `assert v.shape == (3, 1)` 确认一下。
# `reshape` 里写 `-1`，意思是“剩下多少就是多少”。


# %%
def as_column(a):
    """Turn a rank-1 array into a column vector.

    Arguments:
    a -- rank-1 array, shape (n,), for any n

    Returns:
    the same numbers as a column, shape (n, 1)
    """
    ### BEGIN SOLUTION
    return a.reshape(-1, 1)
    ### END SOLUTION


# %% tags=["demo"]
v = np.array([2, 7, 4])
print(v.shape, v.T.shape, as_column(v).shape)  # (3,) (3,) (3, 1)

# %% [markdown] lang="en"
# ## 4. The rule
#
# For `+`, `-`, `*`, `/` and all other entry-by-entry operations:
#
# 1. Write the two shapes under each other, **aligned at the right**.
# 2. Where one shape has no size left, put a 1.
# 3. On each axis the two sizes must be **equal, or one of them must be 1**. A size of 1 is stretched to the other size.
# 4. If that fails on any axis, the operation is an error.
#
# ```text
# a          (8, 1, 6)        a      (2, 5)
# b             (7, 6)        b      (2, 4)
# a + b      (8, 7, 6)                   ^  5 and 4: error
# ```
#
# A single number has the shape `()`, no axis at all, so it fits everything.
#
# Write the rule as a function. (It is worth the most points: whoever can write the rule can answer every
# question.)

# %% [markdown] lang="zh-CN"
# ## 4. 广播规则
#
# 对 `+`、`-`、`*`、`/` 以及其他逐元素的运算：
#
# 1. 把两个形状上下写在一起，**右端对齐**。
# 2. 哪个形状左边缺了长度，就补 1。
# 3. 每个轴上的两个长度必须**相等，或者其中一个是 1**。长度为 1 的轴会被拉伸到另一个长度。
# 4. 只要有一个轴不满足，运算就会报错。
#
# ```text
# a          (8, 1, 6)        a      (2, 5)
# b             (7, 6)        b      (2, 4)
# a + b      (8, 7, 6)                   ^  5 与 4：错误
# ```
#
# 单独一个数的形状是 `()`，一个轴也没有，所以它与任何形状都相容。
#
# 请把这条规则写成函数。（这一题分值最高：能写出规则，就能回答所有的题。）


# %%
def broadcast_shape(shape_a, shape_b):
    """Say what shape a + b has.

    Arguments:
    shape_a -- shape of a: a tuple of sizes, each 1 or more; () for a single number
    shape_b -- shape of b, likewise

    Returns:
    the shape of a + b as a tuple, or None where a + b is an error
    """
    ### BEGIN SOLUTION
    axes = max(len(shape_a), len(shape_b))
    padded_a = (1,) * (axes - len(shape_a)) + tuple(shape_a)
    padded_b = (1,) * (axes - len(shape_b)) + tuple(shape_b)
    shape = []
    for size_a, size_b in zip(padded_a, padded_b, strict=True):
        if size_a != size_b and 1 not in (size_a, size_b):
            return None
        shape.append(max(size_a, size_b))
    return tuple(shape)
    ### END SOLUTION


# %% tags=["demo"]
print(broadcast_shape((8, 1, 6), (7, 6)))  # (8, 7, 6)
print(broadcast_shape((2, 5), (2, 4)))  # None

# %% [markdown] lang="en"
# ## 5. Eight questions
#
# What shape comes out? Answer with a shape, such as `(2, 5)`, or with `"error"`. Work it out on paper first.
#
# | | what is computed | shape of `a` | shape of `b` |
# |---|---|---|---|
# | `q1` | `a * b` | `(4, 3)` | `(3, 2)` |
# | `q2` | `a * b` | `(3, 3)` | `(3, 1)` |
# | `q3` | `a + b` | `(2, 3)` | `(2, 1)` |
# | `q4` | `a * b` | `(4, 1)` | `(1, 5)` |
# | `q5` | `np.dot(a, b)` | `(12288, 150)` | `(150, 45)` |
# | `q6` | `a + b` | `(5,)` | `(5, 1)` |
# | `q7` | `np.dot(a, a)` | `(5,)` | |
# | `q8` | `a / b` | `(3, 4)` | `(1, 4)` |
#
# Mind the difference between `*` (entry by entry, with the rule above) and `np.dot` (the matrix product: the inner
# sizes must agree, $(p, r) \cdot (r, s)$ gives $(p, s)$; for two rank-1 arrays it is $\sum_i a_i b_i$, one number).

# %% [markdown] lang="zh-CN"
# ## 5. 八道小题
#
# 结果是什么形状？请回答一个形状，例如 `(2, 5)`，或者 `"error"`（报错）。先在纸上推一推。
#
# | | 运算 | `a` 的形状 | `b` 的形状 |
# |---|---|---|---|
# | `q1` | `a * b` | `(4, 3)` | `(3, 2)` |
# | `q2` | `a * b` | `(3, 3)` | `(3, 1)` |
# | `q3` | `a + b` | `(2, 3)` | `(2, 1)` |
# | `q4` | `a * b` | `(4, 1)` | `(1, 5)` |
# | `q5` | `np.dot(a, b)` | `(12288, 150)` | `(150, 45)` |
# | `q6` | `a + b` | `(5,)` | `(5, 1)` |
# | `q7` | `np.dot(a, a)` | `(5,)` | |
# | `q8` | `a / b` | `(3, 4)` | `(1, 4)` |
#
# 注意区分 `*`（逐元素相乘，用上面的规则）和 `np.dot`（矩阵乘法：里面的两个长度必须相等，$(p, r) \cdot (r, s)$ 得到
# $(p, s)$；对两个秩为 1 的数组，结果是 $\sum_i a_i b_i$，是一个数）。

# %%
# q1: a has the shape (4, 3), b has the shape (3, 2). What is the shape of a * b?
### BEGIN SOLUTION
q1 = "error"
### END SOLUTION

# %%
# q2: a has the shape (3, 3), b has the shape (3, 1). What is the shape of a * b?
### BEGIN SOLUTION
q2 = (3, 3)
### END SOLUTION

# %%
# q3: a has the shape (2, 3), b has the shape (2, 1). What is the shape of a + b?
### BEGIN SOLUTION
q3 = (2, 3)
### END SOLUTION

# %%
# q4: a has the shape (4, 1), b has the shape (1, 5). What is the shape of a * b?
### BEGIN SOLUTION
q4 = (4, 5)
### END SOLUTION

# %%
# q5: a has the shape (12288, 150), b has the shape (150, 45). What is the shape of np.dot(a, b)?
### BEGIN SOLUTION
q5 = (12288, 45)
### END SOLUTION

# %%
# q6: a has the shape (5,), b has the shape (5, 1). What is the shape of a + b?
### BEGIN SOLUTION
q6 = (5, 5)
### END SOLUTION

# %%
# q7: a has the shape (5,). What is the shape of np.dot(a, a)?
### BEGIN SOLUTION
q7 = ()
### END SOLUTION

# %%
# q8: a has the shape (3, 4), b has the shape (1, 4). What is the shape of a / b?
### BEGIN SOLUTION
q8 = (3, 4)
### END SOLUTION

# %% tags=["demo"]
# An example of the same kind: say the shape first, then let numpy say it.
print((np.ones((2, 1)) + np.ones((1, 6))).shape, broadcast_shape((2, 1), (1, 6)))
print(q1, q2, q3, q4, q5, q6, q7, q8)
