"""From other people's data to data sets of ours: one module for each source, and what all of them share.

    archives → tables → onet_*  → building → installing
    (safe)     (rows)   (nodes)    (aside)    (put in place)

Only the modules that `IMPORTERS` names know anything of a particular source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careergraph.importing.reading import Reading

#: Source → the module that reads it. Each has a function `read(path, release)` that returns a `Reading`.
IMPORTERS = {"onet": "careergraph.importing.onet"}


def open_source(source: str, path: str, release: str | None = None) -> Reading:
    """Open what a source has published: a file or a folder on this machine.

    Args:
        source: one of `IMPORTERS`.
        path: the download.
        release: what the source calls this state of its data, where the download itself does not tell.

    Raises:
        UnusableSource: it is not what the source publishes.
    """
    from importlib import import_module

    read: Reading = import_module(IMPORTERS[source]).read(path, release)
    return read
