"""What an extra brings is imported where it is used, and is told by name where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from careergraph.model.errors import MissingExtra


@contextmanager
def extra(name: str, feature: str, *packages: str) -> Iterator[None]:
    """Import within this block what an extra brings.

    Args:
        name: the extra, such as `serve`.
        feature: what needs it, as it begins a sentence.
        packages: the modules that it brings. That another one is missing is passed on as it is.

    Raises:
        MissingExtra: one of the packages is not installed.

    >>> try:
    ...     with extra("serve", "`careergraph serve`", "nowhere"):
    ...         import nowhere
    ... except MissingExtra as error:
    ...     error.extra, error.package
    ('serve', 'nowhere')
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in packages:
            raise
        raise MissingExtra(feature, extra=name, package=package.replace("_", "-")) from error
