"""The percent format and the solution regions in it."""

import pytest

from grader.courses.percent import split_cells, without_demos
from grader.courses.regions import blank_out, find_regions

SOURCE = '''"""For the author."""

# %% [markdown] lang="en"
# # Title
#
#     indented

# %%   [md]   lang="zh-CN"
r"""
# 标题 $\\alpha$
"""

# %% tags=["demo", "slow"]
print(1)

# %%
x = 1


y = 2
#%%% not a cell
'''


def test_cells_have_their_kind_their_text_and_their_line():
    found = [(cell.kind, cell.source, cell.line, cell.language, cell.tags) for cell in split_cells(SOURCE)]
    assert found == [
        ("preamble", '"""For the author."""', 1, None, ()),
        ("markdown", "# Title\n\n    indented", 4, "en", ()),
        ("markdown", "# 标题 $\\alpha$", 9, "zh-CN", ()),
        ("code", "print(1)", 14, None, ("demo", "slow")),
        ("code", "x = 1\n\n\ny = 2\n#%%% not a cell", 17, None, ()),
    ]


def test_leaving_the_demo_cells_out_moves_no_line():
    lines = without_demos(SOURCE).splitlines()
    assert lines[0] == '"""For the author."""'
    assert "print(1)" not in lines
    assert lines[16:20] == SOURCE.splitlines()[16:20]
    assert "标题" not in "".join(lines)


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ('# %% lang="fr"', "line 1: there is no language 'fr'"),
        ("# %% tags=demo", "line 1: the value of `tags` is not JSON"),
        ('# %% tags="demo"', "line 1: tags are a list of strings"),
        ("# %% tags=[1]", "line 1: tags are a list of strings"),
    ],
)
def test_a_faulty_header_is_told_with_its_line(header, fault):
    (cell,) = split_cells(f"{header}\nx = 1\n")
    assert cell.faults[0].startswith(fault)


def test_a_region_in_a_function_leaves_a_mark_and_an_error_at_its_own_depth():
    source = "def f(x):\n    if x:\n        ### BEGIN SOLUTION\n        x += 1\n        ### END SOLUTION\n    return x"
    assert blank_out(source) == (
        "def f(x):\n    if x:\n        # YOUR CODE HERE\n        raise NotImplementedError\n    return x"
    )


def test_every_answer_of_a_region_at_module_level_becomes_none():
    source = '### BEGIN SOLUTION\n# why\nq1 = (\n    3,\n)\nq2: str = "error"\n### END SOLUTION\nx = 1'
    assert blank_out(source) == "q1 = None  # YOUR ANSWER HERE\nq2 = None  # YOUR ANSWER HERE\nx = 1"


def test_text_without_regions_stays():
    assert blank_out("x = 1\ny = 2") == "x = 1\ny = 2"


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("    ### BEGIN SOLUTION\n", "line 1: `### BEGIN SOLUTION` is never ended"),
        ("### END SOLUTION\n", "line 1: `### END SOLUTION` without a"),
        ("# BEGIN SOLUTION\n", "line 1: a solution marker stands alone"),
        ("### BEGIN SOLUTION\nprint(1)\n### END SOLUTION\n", "line 2: a solution at module level holds only answers"),
        ("### BEGIN SOLUTION\nq1 = (\n### END SOLUTION\n", "line 2: the solution does not parse"),
    ],
)
def test_a_faulty_marker_is_told_with_its_line(source, fault):
    assert find_regions(source)[1][0].startswith(fault)
