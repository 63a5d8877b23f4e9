"""What the whole suite shares: the engine, the browser, and which tests run where."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.support import engine
from tests.support.browser import (
    browser,
    cut_visitor,
    live,
    old_browser,
    old_visitor,
    page,
    playwright,
    visitor,
)

__all__ = ["browser", "cut_visitor", "live", "old_browser", "old_visitor", "page", "playwright", "visitor"]

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared"
"""Texts that are not part of the repository; `tests/shared/` needs them."""

TABLES = {"db", "transactional_db", "django_db_setup", "live_server", "django_db_reset_sequences"}

# Machines that run the suite are shared: how long an example takes says nothing about the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def is_worker(config: pytest.Config) -> bool:
    """Whether this is one of xdist's processes."""
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """One server for all workers, started by the process that started the suite."""
    if not is_worker(config):
        engine.start()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite, begin with a file that is migrated already."""
    if engine.name() == "sqlite":
        engine.lay_tables(Path(str(connection.settings_dict["TEST"]["NAME"])))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the file as it was laid; the throw-away folder goes as a whole."""
    return True


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """`tests/shared/` is collected only where its texts are."""
    is_shared = collection_path == Path(__file__).resolve().parent / "shared"
    return True if is_shared and not SAMPLES.is_dir() else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches tables and what drives the browser, so that each runs where it should."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & TABLES:
            item.add_marker("database")
        if fixtures & {"browser", "old_browser"}:
            item.add_marker("browser")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test is a failed run: a missing tool must not pass for a passed test."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and (reporter.stats.get("skipped") or reporter.stats.get("xfailed")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on the texts beside the repository; `.ci/run` looks for it."""
    ran = [r for r in terminalreporter.getreports("passed") if r.nodeid.startswith("tests/shared/")]
    if SAMPLES.is_dir():
        terminalreporter.write_line(f"{len(ran)} passed on the texts in ../shared")
