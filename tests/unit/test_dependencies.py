"""Every package that careergraph comes with has a licence, and is one that pyproject.toml allows."""

from __future__ import annotations

from datetime import date

from list_dependencies import dependencies, faults, installed_on, licence_of


def test_every_dependency_is_allowed_and_licensed() -> None:
    found = dependencies()
    assert {"apsw", "click", "pyoxigraph", "h11", "jinja2", "starlette", "pyarrow", "pypdf", "mcp"} <= found.keys()
    assert list(faults(found)) == []
    assert "BSD" in licence_of(found["click"])


def test_the_day_of_installing_is_told_where_a_file_tells_it() -> None:
    days = [date.fromisoformat(day) for day in map(installed_on, dependencies().values()) if day]
    assert days
    assert max(days) <= date.today()
