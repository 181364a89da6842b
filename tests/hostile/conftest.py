"""Keeps the attack programs, some of which are called conftest.py, from being taken for tests."""

collect_ignore = ["attacks"]
