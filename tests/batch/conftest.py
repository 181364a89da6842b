"""Fixtures for tests with real Dask processes."""

from __future__ import annotations

import pytest


@pytest.fixture
def cluster(tmp_path):
    """A scheduler with no worker yet; nothing of it may outlive the test."""
    from cluster_samples import Cluster

    made = Cluster(tmp_path)
    yield made
    assert made.close(), "something outlived the cluster"
