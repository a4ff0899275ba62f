"""Packages of an extra are imported where they are used; if they are missing, an error names the extra."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from careergraph.model.errors import MissingExtra


@contextmanager
def need_extra(name: str, feature: str, *packages: str) -> Iterator[None]:
    """Import packages of an extra within this block.

    Args:
        name: the extra, such as `serve`.
        feature: what needs them, worded as the beginning of a sentence.
        packages: the modules that the extra installs. If another module is missing, that error is passed on.

    Raises:
        MissingExtra: one of the packages is not installed.

    >>> try:
    ...     with need_extra("serve", "`careergraph serve`", "nowhere"):
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
