"""Numbered citations: `[1]` after a statement, and the list of sources at the end of the text."""

from __future__ import annotations

from collections.abc import Iterable

from careergraph.model.records import Evidence, Ref
from careergraph.render.text.phrases import fill_paragraph


class Citations:
    """The sources that a text cites, each with its section, numbered in the order of their first mention.

    >>> from careergraph.model.records import Ref
    >>> cited = Citations()
    >>> evidence = Evidence(Ref("urn:a", "source", "Article", "en"), "FAQ 1", None)
    >>> cited.mark([evidence]), cited.mark([evidence]), cited.mark([])
    (' [1]', ' [1]', '')
    >>> cited.lines()
    ['', 'Sources', '  [1] Article: FAQ 1']
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._sources: list[Ref] = []

    def mark(self, evidence: Iterable[Evidence]) -> str:
        """The numbers of some sources in brackets, after a space; nothing where there are none."""
        numbers = sorted({self._number(item) for item in evidence})
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    def _number(self, item: Evidence) -> int:
        name = _name(item)
        if name not in self._numbers:
            self._numbers[name] = len(self._numbers) + 1
            self._sources.append(item.source)
        return self._numbers[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The name of the source and section of each number, the first being 1."""
        return tuple(self._numbers)

    @property
    def sources(self) -> tuple[Ref, ...]:
        """The source of each number, the first being 1; a source with several sections appears once for each."""
        return tuple(self._sources)

    def lines(self) -> list[str]:
        """The list of sources, one source and section to a number; empty where nothing was cited."""
        found = [line for name, n in self._numbers.items() for line in fill_paragraph(f"[{n}] {name}", 2, 4)]
        return ["", "Sources", *found] if found else []


def _name(item: Evidence) -> str:
    standing = f" ({item.standing})" if item.standing == "third-party" else ""
    return f"{item.source.label}{standing}" + (f": {item.section}" if item.section else "")
