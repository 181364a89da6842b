"""Wrong answers that show an idea. The hints align the shapes and mark the axes to look at."""

from grader import Misconception

Q1 = (
    Misconception(
        name="star_is_a_matrix_product",
        value=(4, 2),
        hint="It looks like you took * for the matrix product, where the inner sizes meet. * works entry by entry, so "
        "the sizes that stand below each other must fit:\n"
        "    (4, 3)\n"
        "    (3, 2)\n"
        "     ^  ^\n"
        "Look at each marked pair: are the two equal, or is one of them 1?",
    ),
    Misconception(
        name="larger_sizes_of_a_clash",
        value=(4, 3),
        hint="It looks like the larger size was taken on each axis. That is what happens to a 1, and only to a 1:\n"
        "    (4, 3)\n"
        "    (3, 2)\n"
        "     ^  ^\n"
        "Look at each marked pair: is there a 1?",
    ),
    Misconception(
        name="inner_sizes_kept",
        value=(3, 3),
        hint="It looks like you picked the two sizes that are alike. They don't stand on the same axis:\n"
        "    (4, 3)\n"
        "    (3, 2)\n"
        "     ^  ^\n"
        "Compare what stands below each other, not what stands side by side.",
    ),
)

Q2 = (
    Misconception(
        name="star_is_a_matrix_product",
        value=(3, 1),
        hint="It looks like you took * for the matrix product. * works entry by entry, and no axis gets lost:\n"
        "    (3, 3)\n"
        "    (3, 1)\n"
        "        ^\n"
        "Look at the marked axis: what does broadcasting do with a 1?",
    ),
    Misconception(
        name="one_clashes",
        value="error",
        hint="It looks like you see a clash on the last axis:\n"
        "    (3, 3)\n"
        "    (3, 1)\n"
        "        ^\n"
        "Sizes needn't be equal to fit. Look at step 3 of the rule: it names two ways.",
    ),
)

Q3 = (
    Misconception(
        name="one_clashes",
        value="error",
        hint="It looks like you see a clash on the last axis:\n"
        "    (2, 3)\n"
        "    (2, 1)\n"
        "        ^\n"
        "Sizes needn't be equal to fit. Look at step 3 of the rule: it names two ways.",
    ),
    Misconception(
        name="one_wins",
        value=(2, 1),
        hint="It looks like the 1 was kept on the last axis:\n"
        "    (2, 3)\n"
        "    (2, 1)\n"
        "        ^\n"
        "An array is stretched by broadcasting and never cut. Look at which of the two is stretched.",
    ),
    Misconception(
        name="sizes_added",
        value=(4, 4),
        hint="It looks like the sizes were added. The numbers in the arrays are added, not the sizes:\n"
        "    (2, 3)\n"
        "    (2, 1)\n"
        "Decide axis by axis how many entries the sum has.",
    ),
    Misconception(
        name="joined_side_by_side",
        value=(2, 4),
        hint="It looks like you put the two arrays side by side. + adds entries, as on paper; joining arrays is "
        "np.concatenate:\n"
        "    (2, 3)\n"
        "    (2, 1)\n"
        "        ^\n"
        "Look at the marked axis: what does broadcasting do with a 1?",
    ),
)

Q4 = (
    Misconception(
        name="one_wins",
        value=(1, 1),
        hint="It looks like the 1 was kept on both axes:\n"
        "    (4, 1)\n"
        "    (1, 5)\n"
        "     ^  ^\n"
        "An array is stretched by broadcasting and never cut. Look at each marked pair: which size is stretched?",
    ),
    Misconception(
        name="one_clashes",
        value="error",
        hint="It looks like you see a clash:\n"
        "    (4, 1)\n"
        "    (1, 5)\n"
        "     ^  ^\n"
        "Sizes needn't be equal to fit, and both arrays may be stretched at once. Look at step 3 of the rule.",
    ),
    Misconception(
        name="only_one_side_stretches",
        value=(4, 1),
        hint="It looks like only one of the two arrays was stretched. Both may be, each on its own axis:\n"
        "    (4, 1)\n"
        "    (1, 5)\n"
        "        ^\n"
        "Look at the marked axis once more.",
    ),
)

Q5 = (
    Misconception(
        name="dot_is_entry_by_entry",
        value="error",
        hint="It looks like you applied the broadcasting rule. np.dot is the matrix product, which compares the inner "
        "sizes:\n"
        "    (12288, 150)  (150, 45)\n"
        "            ^      ^\n"
        "Look at the marked pair, and at which sizes are left over.",
    ),
    Misconception(
        name="inner_sizes_kept",
        value=(150, 150),
        hint="It looks like you kept the inner sizes. They are the ones that are summed over, so they disappear:\n"
        "    (12288, 150)  (150, 45)\n"
        "            ^      ^\n"
        "Look at the sizes that are not marked.",
    ),
    Misconception(
        name="product_turned_round",
        value=(45, 12288),
        hint="It looks like rows and columns have changed places. Each row of the product comes from a row of the "
        "first matrix:\n"
        "    (12288, 150)  (150, 45)\n"
        "     ^\n"
        "Look at which size then comes first.",
    ),
    Misconception(
        name="shape_of_the_first",
        value=(12288, 150),
        hint="It looks like you gave the shape of the first matrix. The inner sizes are summed over and disappear:\n"
        "    (12288, 150)  (150, 45)\n"
        "            ^      ^\n"
        "Look at the sizes that are not marked.",
    ),
)

Q6 = (
    Misconception(
        name="rank_one_is_a_column",
        value=(5, 1),
        hint="It looks like you took the rank-1 array for a column. Aligned at the right, its only size stands under "
        "the last one:\n"
        "       (5,)\n"
        "    (5, 1)\n"
        "        ^\n"
        "Put a 1 where a size is missing, and go through both axes.",
    ),
    Misconception(
        name="rank_one_wins",
        value=(5,),
        hint="It looks like you gave the shape of the rank-1 array. The result has as many axes as the longer shape:\n"
        "       (5,)\n"
        "    (5, 1)\n"
        "     ^\n"
        "Put a 1 where a size is missing, and go through both axes.",
    ),
    Misconception(
        name="different_ranks_clash",
        value="error",
        hint="It looks like a missing axis counts as a clash. Where a shape has no size left, the rule puts one:\n"
        "       (5,)\n"
        "    (5, 1)\n"
        "     ^\n"
        "Look at step 2 of the rule.",
    ),
)

Q7 = (
    Misconception(
        name="outer_product",
        value=(5, 5),
        hint="It looks like you thought of every entry times every other. np.dot of two rank-1 arrays multiplies "
        "entry by entry and then adds up:\n"
        "    (5,)  (5,)\n"
        "     ^     ^\n"
        "The marked axis is summed over. Look at what is left.",
    ),
    Misconception(
        name="no_sum",
        value=(5,),
        hint="It looks like you stopped at the products, entry by entry. np.dot then adds them up:\n"
        "    (5,)  (5,)\n"
        "     ^     ^\n"
        "The marked axis is summed over. Look at what is left.",
    ),
    Misconception(
        name="one_by_one_matrix",
        value=(1, 1),
        hint="It looks like you took the result for a matrix with one entry. That is what a row times a column gives; "
        "two rank-1 arrays have no further axes:\n"
        "    (5,)  (5,)\n"
        "     ^     ^\n"
        "The marked axis is summed over. Count the axes that are left.",
    ),
    Misconception(
        name="array_with_one_entry",
        value=(1,),
        hint="It looks like you took the result for an array with one entry. The only axis is summed over:\n"
        "    (5,)  (5,)\n"
        "     ^     ^\n"
        "Count the axes that are left, and look at what section 4 says about a single number.",
    ),
    Misconception(
        name="rank_one_is_a_column",
        value="error",
        hint="It looks like you took a for a column: a column times a column is indeed an error. A rank-1 array is "
        "neither a row nor a column:\n"
        "    (5,)  (5,)\n"
        "     ^     ^\n"
        "Look at the sum that np.dot computes for two of them.",
    ),
)

Q8 = (
    Misconception(
        name="one_clashes",
        value="error",
        hint="It looks like you see a clash on the first axis:\n"
        "    (3, 4)\n"
        "    (1, 4)\n"
        "     ^\n"
        "Sizes needn't be equal to fit. Look at step 3 of the rule: it names two ways.",
    ),
    Misconception(
        name="one_wins",
        value=(1, 4),
        hint="It looks like the 1 was kept on the first axis:\n"
        "    (3, 4)\n"
        "    (1, 4)\n"
        "     ^\n"
        "An array is stretched by broadcasting and never cut. Look at which of the two is stretched.",
    ),
    Misconception(
        name="sizes_divided",
        value=(3, 1),
        hint="It looks like the sizes were divided. The numbers in the arrays are divided, not the sizes:\n"
        "    (3, 4)\n"
        "    (1, 4)\n"
        "Decide axis by axis how many entries the result has.",
    ),
)
