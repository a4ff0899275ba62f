"""Answers for agents: text, data, sources, and a line on what is computed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from careergraph.model.records import Record
from careergraph.rdf.results import shorten


class AgentAnswer(Record):
    """An answer for an agent.

    `text` is what the command line prints, `answer` its JSON; `sources` are those that the answer cites, each with the
    sections, or the named graphs that were asked where nothing is cited; `computed` says what is computed and not from
    a source.
    """

    text: str
    answer: Any
    sources: tuple[Any, ...]
    computed: str

    def to_text(self) -> str:
        """All of it as text, for agents that read no data.

        >>> print(AgentAnswer("Yes.", True, ({"label": "A page", "sections": ["Role 1"]},), "Nothing.").to_text())
        Yes.
        <BLANKLINE>
        Sources: A page (Role 1)
        Computed: Nothing.
        """
        named = "; ".join(map(_name_source, self.sources)) or "none"
        return f"{self.text.rstrip()}\n\nSources: {named}\nComputed: {self.computed}"

    def to_data(self) -> dict[str, Any]:
        """All of it but the text, as data."""
        return {"answer": self.answer, "sources": list(self.sources), "computed": self.computed}


def read_answer(content: bytes, computed: str, graphs: tuple[str, ...]) -> AgentAnswer:
    """What a worker has written in the form `agent`, with its sources.

    Args:
        content: JSON with a `text` and an `answer`.
        computed: what is computed in answers of this kind.
        graphs: the named graphs of the data set.
    """
    found = json.loads(content)
    sources = tuple(find_sources(found["answer"])) or to_sources(graphs)
    return AgentAnswer(found["text"], found["answer"], sources, computed + _tell_bases(found["answer"]))


def to_sources(graphs: tuple[str, ...]) -> tuple[Any, ...]:
    """Named graphs as sources: what was asked, where an answer cites nothing."""
    return tuple({"id": graph, "label": shorten(graph), "sections": []} for graph in graphs)


def find_sources(answer: Any) -> list[dict[str, Any]]:
    """The sources that an answer cites anywhere, in the order in which they come, each with its sections.

    >>> source = {"id": "urn:a", "kind": "source", "label": "A page"}
    >>> find_sources({"pay": [{"evidence": [{"source": source, "section": "Role 1", "standing": None}]}]})
    [{'id': 'urn:a', 'label': 'A page', 'sections': ['Role 1']}]
    """
    found: dict[str, dict[str, Any]] = {}
    for item in _each(answer):
        source = item.get("source")
        if isinstance(source, dict) and "section" in item:
            known = found.setdefault(source["id"], {"id": source["id"], "label": source["label"], "sections": []})
            if item["section"] and item["section"] not in known["sections"]:
                known["sections"].append(item["section"])
    return list(found.values())


def _each(answer: Any) -> Iterator[dict[str, Any]]:
    """All objects in some JSON, outer ones first."""
    waiting = [answer]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, dict):
            yield item
            waiting[:0] = item.values()
        elif isinstance(item, list):
            waiting[:0] = item


def _tell_bases(answer: Any) -> str:
    steps = [item["basis"] for item in _each(answer) if "basis" in item and "transitions" in item]
    if not steps:
        return ""
    derived = sum(basis != "asserted" for basis in steps)
    return (
        f" Computed altogether, for want of a source that names them: {derived} of the steps here, {len(steps)} in all."
    )


def _name_source(source: dict[str, Any]) -> str:
    sections = ", ".join(source["sections"])
    return f"{source['label']} ({sections})" if sections else str(source["label"])
