"""Every package that careergraph comes with has a licence, and is one that pyproject.toml allows."""

from __future__ import annotations

from list_dependencies import dependencies, faults, licence_of


def test_every_dependency_is_allowed_and_licensed() -> None:
    found = dependencies()
    assert {"click", "pyoxigraph", "h11", "jinja2", "starlette"} <= found.keys()
    assert list(faults(found)) == []
    assert "BSD" in licence_of(found["click"])
