"""What an extra of this package brings, and what to say where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from careergraph.errors import MissingExtra


@contextmanager
def extra(name: str, feature: str, *packages: str) -> Iterator[None]:
    """Import within this block what an extra brings.

    Args:
        name: the extra, such as `serve`.
        feature: what needs it, as it begins a sentence.
        packages: the modules that it brings. That another one is missing is passed on as it is.

    Raises:
        MissingExtra: one of the packages is not installed.

    >>> with extra("serve", "`careergraph serve`", "nowhere_installed"):
    ...     import nowhere_installed
    Traceback (most recent call last):
    careergraph.errors.MissingExtra: `careergraph serve` needs the package nowhere-installed; pip install 'careergraph[serve]' brings it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in packages:
            raise
        raise MissingExtra(feature, extra=name, package=package.replace("_", "-")) from error
