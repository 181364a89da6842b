"""Which faults each wrong idea is about, and which operators make such faults by their definition.

Written from what the ideas are called and what the operators of `grader.courses.audit` are defined to do, before any
mutant was run: a hint for a mutant whose operator makes none of the idea's faults is a wrong diagnosis.
"""

OPERATORS = {
    "sign": "sign, arithmetic, accumulation",  # a minus lost or too many, + for -, -= for +=
    "term": "dropped term, stale value, dropped statement",  # an operand, or the step that brings it in, left out
    "call": "dropped call, stale value, dropped statement",  # a function not applied, or the value before it used
    "other function": "function",  # the mean for the sum, another base, the smaller for the larger
    "axis": "axis, constant",  # the other axis or none; `axis=1` is a number as well
    "axes kept": "dropped call, constant, axis",  # `float(…)` forgotten, `keepdims` turned round
    "axes lost": "dropped keepdims, dropped call, axis",
    "turned": "dropped .T, swapped arguments, dropped call, constant",  # a transpose, (1, n) for (n, 1), a reshape
    "product": "product",  # `*` for the matrix product
    "wrong variable": "wrong name, stale value",
    "exchanged": "swapped values, swapped arguments, wrong name, stale value",  # two things in each other's place
    "operator": "arithmetic, product",  # / for *, // for /, * for **
    "number": "constant, added term",  # another number, a factor or summand too many
    "rounds": "loop bound, constant, comparison, arithmetic",  # the range, or the test of the counter
    "ended": "early end, early return, condition",  # a loop or a function left too early
    "accumulated": "accumulation, moved into the loop, moved out of the loop, dropped statement",
    "place": "moved into the loop, moved out of the loop, swapped statements, early return",  # at the wrong time
    "not done": "dropped statement, early return, early end, condition",  # a step not taken at all
    "condition": "condition, comparison, dropped statement, constant",
    "whole numbers": "dtype",
}
"""A kind of fault, and the operators that make it."""

IDEAS = {
    "sign": """
        uphill climbs sign_flipped da_sign_flipped dw_flipped db_flipped label_minus_prediction positive_loss
        cost_has_the_wrong_sign minus_on_one_term cost_mixes_its_signs exponent_without_minus exponent_negated
        negative_exponent sigmoid_of_minus_z minus_in_the_denominator minus_below_the_line plus_in_the_bracket
        sum_instead_of_difference difference_turned_round
    """,
    "sign, term": "inner_minus_forgotten step_only only_the_step_returned",
    "term": """
        bias_forgotten learning_rate_ignored learning_rate_forgotten denominator_without_the_one
        term_of_label_zero_missing cost_of_label_one_only da_for_label_one_only dw_not_averaged db_not_averaged
        cost_not_averaged not_averaged first_factor_missing slope_of_sigmoid_left_out slope_of_sigmoid_alone
        labels_ignored dw_forgets_the_labels db_forgets_the_labels factor_of_the_power_missing fractions
        predictions_forgotten exponential_only shrinking_by_the_slope unchanged slope_of_z_in_b height_returned
    """,
    "term, wrong variable": """
        feature_forgotten value_instead_of_slope da_taken_for_dz gradients_returned slope_returned sums_returned
        lengths_returned exponentials_returned divided_by_the_scores
    """,
    "term, number": "power_not_lowered",
    "term, other function": "sum_not_mean",
    "term, call": "absolute_errors",
    "call": """
        activation_forgotten no_activation not_summed errors_not_added losses_not_added cost_not_summed
        db_one_for_each_example exponential_forgotten root_forgotten errors_cancel signed_errors
        of_x_not_of_the_sigmoid one_factor_of_x probabilities_returned db_not_summed
    """,
    "call, sign": "signed_errors_turned_round",
    "other function": """
        averaged mean_of_errors column_means mean_of_the_products logarithm_to_base_ten logarithm_to_base_two
        cost_with_log10 cost_with_log2 power_of_two minus_one weights_of_one takes_the_smaller share_of_the_mean
        largest_entry share_of_the_largest largest_of_each_column
    """,
    "axis": """
        columns_normalized one_length_for_all sum_over_everything sum_over_columns row_sums sum_of_everything
        share_of_its_row share_of_everything dw_summed_to_a_number dw_not_summed
    """,
    "axes kept": """
        cost_keeps_an_axis cost_keeps_its_axes cost_with_two_axes db_keeps_an_axis db_keeps_its_axes db_with_one_axis
        db_with_two_axes bias_is_a_matrix bias_is_a_vector sums_keep_two_axes one_axis_too_many sums_as_a_column
    """,
    "axes lost": """
        axis_lost dw_is_flat dw_with_one_axis predictions_flat predictions_with_one_axis losses_with_one_axis
    """,
    "turned": """
        as_a_row row flat flat_weights row_of_weights dw_as_a_row dw_is_a_row predictions_as_a_column
        predictions_in_a_column losses_as_a_column transposed_first transposed_percentages transpose_of_rank_one
        rows_and_columns_exchanged colours_one_after_the_other pixels_below_each_other first_axis_kept
        square_of_weights cost_with_one_transposed_log cost_with_transposed_logs
    """,
    "product": """
        dw_entry_by_entry weights_not_summed dw_not_added_up matrix_product every_entry_with_every_other
        products_not_added
    """,
    "wrong variable": """
        weighted_by_the_prediction cost_weighs_by_the_answers same_logarithm_twice weight_in_place_of_feature
        b_updated_with_dw w_updated_with_db db_averages_dw learns_from_the_test_set bias_as_a_factor
        test_predictions_for_the_training_set training_predictions_for_the_test_set only_the_second_stretches
    """,
    "wrong variable, number": "features_counted divided_by_the_features all_entries_counted",
    "exchanged": """
        prediction_and_label_swapped cost_with_exchanged_labels features_exchanged features_and_weights_crossed
        gradients_exchanged results_swapped parameters_exchanged costs_and_gradients_exchanged
        rate_on_the_wrong_factor base_and_exponent_swapped
    """,
    "operator": """
        multiplied divided_by_the_rate doubled_not_squared whole_percentages
        factor_for_power no_brackets division_before_addition
    """,
    "operator, exchanged": "upside_down_share",
    "number": "halved half_the_mean bias_of_one two_steps_at_once",
    "rounds": """
        one_iteration_too_few one_iteration_too_many one_step_too_few one_step_too_many last_example_left_out
        first_example_left_out highest_power_left_out constant_has_a_slope counts_from_one
        starts_at_one_and_stops_early
    """,
    "rounds, condition": "first_cost_left_out cost_every_iteration first_cost_only",
    "ended": "only_one_step returns_inside_the_loop first_loss_only decides_for_the_first_only one_colour_only",
    "accumulated": "dw_overwritten db_overwritten last_loss_only last_cost_only z_carried_over slope_never_reset",
    "accumulated, number": "averaged_twice averaged_inside_and_outside",
    "place": "propagates_once slope_of_the_start gradients_after_the_last_step cost_after_the_step b_from_the_moved_w",
    "not done, term, wrong variable": """
        w_never_updated b_never_updated w_not_updated b_not_updated returns_the_start step_not_assigned
        parameters_not_taken predicts_before_learning
    """,
    "not done, condition, number, sign": "never_filled",
    "condition": """
        labels_exchanged threshold_at_zero threshold_on_the_average only_the_last_axis_checked one_clashes
        different_ranks_clash larger_shape_wins aligned_from_the_left missing_axes_dropped multiples_fit
    """,
    "condition, wrong variable": "never_an_error",
    "whole numbers, other function": "rounded decided_too_early labels_in_place_of_probabilities",
    "": """
        absolute_difference absolute_error absolute_value_of_the_sum accuracies_returned backwards
        bias_after_the_activation bias_after_the_sigmoid bias_for_every_weight coefficients_read_backwards
        cost_bracket_closed_early cost_is_half_squared_error cost_is_squared_error cost_sums_the_first_term_only
        defaults_of_optimize diagonal difference_of_absolute_values difference_of_squares divided_by_the_largest
        divided_by_their_sum exponential_over_exponential hyperbolic_tangent
        iterations_hard_coded labels_plus_and_minus_one largest_error largest_error_only learning_rate_hard_coded
        learning_rate_not_passed_on learns_from_both_sets length_of_the_difference list_of_weights logarithm_inside
        logarithms mean_of_losses no_brackets_and_no_minus one_weight_for_all percentages_of_the_sums
        polynomial_for_its_slope power_of_ten product_of_the_sums products_without_sign rate_on_both root_taken
        running_sums scaled settings_hard_coded settings_not_reported shape_of_a_matrix_product sigmoid_instead
        sigmoid_twice sign_only sizes_multiplied slope_instead_of_value slope_of_sigmoid_at_z slope_of_squared_error
        slope_of_tanh slope_of_the_sigmoid slope_of_the_sigmoid_twice softmax_of_all softmax_over_the_examples
        square_of_copies square_of_the_sum squared squared_error squared_errors standardized sum_of_absolute_values
        sum_of_entries sum_of_losses sum_of_the_sums
    """,
}
"""Kinds of fault, and the ideas that are about one of them; the last are about what no single operator makes."""

ALSO = {
    ("averaged_twice", "function"): "the mean for the sum, and the division by m after it",
    ("axis_lost", "constant"): "`keepdims=True` turned into False",
    ("bias_for_every_weight", "wrong name"): "`return w, w`",
    ("cost_not_averaged", "wrong name"): "`m = w.shape[1]`, which is 1",
    ("db_not_averaged", "wrong name"): "`m = w.shape[1]`, which is 1",
    ("dw_not_averaged", "wrong name"): "`m = w.shape[1]`, which is 1",
    ("db_not_averaged", "early return"): "returned before the division",
    ("dw_not_averaged", "early return"): "returned before the division",
    ("db_overwritten", "wrong name"): "`dz / m` for `db / m`: only the last example counts",
    ("denominator_without_the_one", "constant"): "a 1 turned into 0",
    ("denominator_without_the_one", "function"): "`expm1` takes the 1 away",
    ("first_cost_only", "dropped term"): "`i == 0` for `i % 100 == 0`",
    ("one_weight_for_all", "wrong name"): "`return b, b`",
    ("row_of_weights", "swapped values"): "`(1, dim)` for `(dim, 1)`",
    ("same_logarithm_twice", "dropped term"): "`log(a)` for `log(1 - a)`",
    ("slope_of_sigmoid_left_out", "wrong name"): "`da` for `dz`",
    ("squared", "dropped term"): "`s * s` for `s * (1 - s)`",
    ("unchanged", "dropped call"): "the picture without its `reshape`",
    ("weights_of_one", "added term"): "zeros and 1",
}
"""Pairs of an idea and an operator that the lists above do not have, with the line that makes it.

These were added after a first run by reading the hint against the line: what the hint says is so, word for word.
"""


def labels():
    """Return the operators by name of idea. An idea that is listed twice is a mistake in the list."""
    found = {}
    for kinds, names in IDEAS.items():
        operators = {each for kind in kinds.split(", ") if kind for each in OPERATORS[kind].split(", ")}
        for name in names.split():
            assert name not in found, name
            found[name] = operators
    for name, operator in ALSO:
        assert operator not in found[name], name
        found[name] = found[name] | {operator}
    return found
