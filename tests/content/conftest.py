"""Asserts in the tests that the assignments share tell as much as those in test files."""

import pytest

pytest.register_assert_rewrite("every_assignment")
