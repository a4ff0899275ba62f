"""Data sets as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careergraph.catalogue.dataset_summaries import DatasetSummary, Inventory
from careergraph.render.text.phrases import paragraph
from careergraph.store.checksums import BLOCK, Verification


def datasets_text(found: Inventory) -> str:
    """One line for each data set; for one that cannot be opened, what would help."""
    unusable = (paragraph(f"{one.name:<10} {one.reason}", hang=11) for one in found.unusable)
    return "\n".join([*map(_line, found.datasets), *(line for lines in unusable for line in lines)])


def _line(dataset: DatasetSummary) -> str:
    when = f", imported {dataset.imported[:10]}" if dataset.imported else ""
    return f"{dataset.name:<10} {dataset.title} ({dataset.release}), {dataset.statements:,} statements{when}"


def dataset_text(dataset: DatasetSummary) -> str:
    """A data set in full."""
    nodes = ", ".join(f"{number:,} {kind}" for kind, number in dataset.nodes.items())
    fields = (
        ("title", dataset.title),
        ("release", dataset.release),
        ("source", dataset.source),
        ("licence", dataset.licence),
        ("imported", dataset.imported),
        ("statements", f"{dataset.statements:,}"),
        ("nodes", nodes),
        ("graphs", ", ".join(dataset.graphs)),
        ("files", f"{len(dataset.files)} with {sum(dataset.files.values()):,} rows" if dataset.files else None),
        ("size", f"{dataset.size / 1e6:,.1f} MB"),
        ("path", dataset.path),
        ("attribution", dataset.attribution),
    )
    return "\n".join([dataset.name, *_fields((name, value) for name, value in fields if value)])


def _fields(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in fields:
        yield from paragraph(f"{name:<12}{value}", indent=2, hang=12)


def verification_text(found: Verification) -> str:
    """What of a data set is damaged, or that nothing is."""
    if not found.damage:
        return f"{found.path} is as it was imported: {found.files:,} files, {found.bytes:,} bytes."
    lines = [f"{found.path} is damaged; import it again:"]
    for item in found.damage:
        where = "it is missing or of another length" if item.block is None else f"from byte {item.block * BLOCK:,} on"
        lines.append(f"  {item.file}: {where}")
    return "\n".join(lines)
