"""The content of `gradient_descent`: right programs earn everything, wrong ones lose, wrong ideas are recognised."""

import judged
import numpy as np
from every_assignment import EveryAssignment


class TestGradientDescent(EveryAssignment):
    slug = "gradient_descent"

    def test_two_faults_at_once_are_named_each_on_its_own_part(self):
        source = """def gradients_loop(w, b, X, Y):
            dZ = sigmoid(np.dot(w.T, X) + b) - Y
            return np.dot(X, dZ.T), X.shape[1] * np.mean(dZ)
        """
        result = judged.grade(self.slug, "gradients_loop", source)
        assert judged.named(result) == {"dw_not_averaged", "db_not_averaged"}

    def test_the_gradients_of_the_reference_are_the_slopes_of_its_cost(self):
        names = judged.program(self.slug, "")
        rng = np.random.default_rng(5)
        w, b, X, Y = rng.normal(size=(3, 1)), 0.3, rng.normal(size=(3, 5)), rng.integers(0, 2, size=(1, 5))

        def cost(w, b):
            return names["cost"](names["sigmoid"](np.dot(w.T, X) + b), Y)

        dw, db = names["gradients_loop"](w, b, X, Y)
        h = 1e-6
        for j in range(3):
            e = np.zeros((3, 1))
            e[j] = h
            np.testing.assert_allclose(dw[j, 0], (cost(w + e, b) - cost(w - e, b)) / (2 * h), rtol=1e-6)
        np.testing.assert_allclose(db, (cost(w, b + h) - cost(w, b - h)) / (2 * h), rtol=1e-6)

    def test_walks_on_polynomials_stay_near_even_uphill(self):
        whole = judged.question(self.slug, "minimize")
        for case in whole.cases:
            assert abs(case.expected.value) < 10
            assert abs(case.variants["uphill"].value) < 1e3
