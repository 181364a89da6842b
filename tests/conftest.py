"""Options of the test-suite, and the database that several rooms need."""

import os
import secrets

import pytest
from hypothesis import HealthCheck, settings

# The same examples in every run and on every machine, which may be busy: a property is not a stopwatch.
settings.register_profile("tests", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="run the slow tests too")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--full"):
        return
    skip = pytest.mark.skip(reason="slow: runs with --full")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


def _postgres_url():
    url = os.environ.get("GRADER_TEST_POSTGRES_URL")
    if not url:
        pytest.skip("no PostgreSQL: set GRADER_TEST_POSTGRES_URL, or run .ci/postgres")
    return url


@pytest.fixture
def postgres_place():
    """A database of its own on the test server, dropped afterwards."""
    import sqlalchemy as sa

    server = sa.make_url(_postgres_url()).set(drivername="postgresql+psycopg")
    name = f"grader_{secrets.token_hex(6)}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()
