"""The content of `logistic_regression`: right programs earn all, wrong ones don't, each wrong idea is recognised."""

import time

import judged
import numpy as np
from every_assignment import EveryAssignment


class TestLogisticRegression(EveryAssignment):
    slug = "logistic_regression"
    ties = frozenset(
        {
            # Where a check looks at one part of the result, these can't be told apart there; the hint of the one that
            # is named is true of both.
            ("optimize", "returns_the_start", "w_never_updated"),
            ("optimize", "returns_the_start", "b_never_updated"),
            ("optimize", "step_not_assigned", "w_never_updated"),
            ("optimize", "step_not_assigned", "b_never_updated"),
            ("optimize", "step_not_assigned", "returns_the_start"),
            ("optimize", "propagates_once", "step_not_assigned"),
            ("optimize", "returns_inside_the_loop", "step_not_assigned"),
            ("optimize", "returns_inside_the_loop", "first_cost_only"),
            ("optimize", "iterations_hard_coded", "first_cost_only"),
            ("optimize", "one_iteration_too_many", "gradients_after_the_last_step"),
            ("optimize", "starts_at_one_and_stops_early", "one_iteration_too_few"),
            ("optimize", "starts_at_one_and_stops_early", "counts_from_one"),
            ("model", "parameters_not_taken", "predicts_before_learning"),
        }
    )
    unseen = frozenset(
        {
            # It shows for numbers too large for exp only.
            ("sigmoid", "exponential_over_exponential"),
            # It raises an exception unless there is one example, one feature, or as many of the one as of the other.
            ("propagate", "dw_entry_by_entry"),
            # It shows where most of the examples belong to the same label.
            ("predict", "threshold_on_the_average"),
            # With two worked examples each of its parts is like a simpler idea; the hints of those are true of it.
            ("optimize", "starts_at_one_and_stops_early"),
            # One worked example is longer than a hundred iterations.
            ("optimize", "first_cost_only"),
            # From the second step on it raises an exception, unless there is one feature.
            ("optimize", "b_updated_with_dw"),
            # The worked examples show what the model has learned; the two settings it returns are for hidden checks.
            ("model", "settings_not_reported"),
        }
    )

    def test_the_gradients_of_the_reference_are_the_slopes_of_its_cost(self):
        names = judged.program(self.slug, "")
        rng = np.random.default_rng(5)
        w, b, X, Y = rng.normal(size=(3, 1)), 0.3, rng.normal(size=(3, 5)), rng.integers(0, 2, size=(1, 5))
        grads, _ = names["propagate"](w, b, X, Y)
        h = 1e-6

        def cost(w, b):
            return names["propagate"](w, b, X, Y)[1]

        for j in range(3):
            e = np.zeros((3, 1))
            e[j] = h
            np.testing.assert_allclose(grads["dw"][j, 0], (cost(w + e, b) - cost(w - e, b)) / (2 * h), rtol=1e-6)
        np.testing.assert_allclose(grads["db"], (cost(w, b + h) - cost(w, b - h)) / (2 * h), rtol=1e-6)

    def test_two_faults_at_once_are_named_each_on_its_own_part(self):
        source = """def propagate(w, b, X, Y):
            A = sigmoid(np.dot(w.T, X) + b)
            cost = -np.mean(Y * np.log10(A) + (1 - Y) * np.log10(1 - A))
            return {"dw": np.dot(X, (A - Y).T), "db": np.mean(A - Y)}, cost
        """
        result = judged.grade(self.slug, "propagate", source)
        assert judged.named(result) == {"dw_not_averaged", "cost_with_log10"}

    def test_optimize_is_called_for_numbers_of_iterations_that_show_miscounting(self):
        cases = judged.question(self.slug, "optimize").cases
        assert {1, 2, 3, 101} <= {case.args[4] for case in cases}
        assert any(len(case.args) == 5 for case in cases), "the default learning rate is never used"

    def test_cases_take_few_iterations_in_all(self):
        """Most of what grading a class costs is the students' own arithmetic in optimize and model."""
        optimize, model = (judged.question(self.slug, name).cases for name in ("optimize", "model"))
        assert sum(case.args[4] for case in optimize) < 280
        assert sum(case.args[4] for case in model) < 180

    def test_random_batches_are_never_square_and_have_labels_of_both_kinds(self):
        batches = [case.args for case in judged.question(self.slug, "propagate").cases if case.args[2].shape[0] > 4]
        assert batches
        for _, _, X, Y in batches:
            assert X.shape[0] != X.shape[1]
            assert X.shape[1] == 1 or set(np.unique(Y)) == {0, 1}

    def test_predictions_are_not_the_labels(self):
        """Or a program that returns the labels would do; and the first cost is that of zeros, the same for any data."""
        cases = judged.question(self.slug, "model").cases
        for name, position in (("Y_prediction_train", 1), ("Y_prediction_test", 3)):
            unlike = [case for case in cases if not np.array_equal(case.expected.value[name], case.args[position])]
            assert len(unlike) >= 3, name
        assert any(len(case.expected.value["costs"]) > 1 for case in cases)

    def test_the_training_and_the_test_set_differ_in_size(self):
        for case in judged.question(self.slug, "model").cases:
            assert case.args[0].shape[1] != case.args[2].shape[1]

    def test_probabilities_keep_away_from_the_tie_and_from_certainty(self):
        """Correct programs differ at exactly 0.5, and the logarithm of 0 is nobody's fault."""
        sigmoid = judged.program(self.slug, "")["sigmoid"]
        for case in judged.question(self.slug, "predict").cases:
            w, b, X = case.args
            assert np.abs(sigmoid(np.dot(w.T, X) + b) - 0.5).min() > 1e-4
        for case in judged.question(self.slug, "propagate").cases:
            w, b, X, _ = case.args
            A = sigmoid(np.dot(w.T, X) + b)
            assert A.min() > 1e-9
            assert A.max() < 1 - 1e-9

    def test_the_data_question_takes_less_than_a_second(self):
        names = judged.program(self.slug, "")
        cells = [cell.source for cell in judged.loaded(self.slug).reference.cells if "demo" in cell.tags]
        with judged.quietly():
            exec(cells[0], names)
            begun = time.process_time()
            exec("\n".join(cells[-2:]), names)
        assert time.process_time() - begun < 1
        costs = names["pictures"]["costs"]
        assert costs == sorted(costs, reverse=True)
        assert np.mean(names["pictures"]["Y_prediction_test"] == names["test_Y"]) > 0.9
