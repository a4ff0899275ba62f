"""What the pages share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import list_nodes
from careergraph.model.errors import CareergraphError
from careergraph.model.kind_styles import KIND_STYLES
from careergraph.model.text import normalise
from careergraph.render.map.career_map import draw_career_map
from careergraph.server.context import Context
from careergraph.server.pages.nodes import Nodes
from careergraph.server.pages.packed_refs import PackedRefs
from careergraph.server.pages.suggestions import Completions, Names
from careergraph.server.templates import read_templates
from careergraph.store.memory import give_freed_memory_back


class Site:
    """The data set as the pages look at it.

    Attributes:
        context: what all endpoints share.
        catalogue: the data set.
        nodes: what points to what.
        names: the names that fields suggest.
        completions: what the editor of queries suggests.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.catalogue: Catalogue = context.catalogue
        self.nodes = Nodes(context.catalogue)
        self.names = Names(context.catalogue)
        self.completions = Completions(context.catalogue, self.names)
        self._lists: dict[str, PackedRefs] = {}

    def prepare(self) -> None:
        """Compute what the first visitor of a page would wait for, and all others have at once.

        What is wrong in the data is told to whoever asks for a page that needs it.
        """
        read_templates()
        lists = (partial(self.nodes_of_kind, kind) for kind in KIND_STYLES)
        computed: tuple[Callable[[], object], ...] = (
            partial(draw_career_map, self.catalogue),
            self.nodes.prepare,
            *lists,
        )
        for compute in computed:
            with suppress(CareergraphError):
                compute()
            # What was read for it is read again where it is asked for: kept, it would be most of what a server takes,
            # and kept only until all is computed, it would lie scattered between what stays.
            self.catalogue.shrink()
        give_freed_memory_back()

    def nodes_of_kind(self, kind: str) -> PackedRefs:
        """All nodes of a kind, by label: as `list_nodes` has them, and kept, for each page shows but a part of them."""
        name = normalise(kind)  # however it is written, it is kept once
        if name not in self._lists:
            self._lists[name] = PackedRefs(list_nodes(self.catalogue, kind))
        return self._lists[name]
