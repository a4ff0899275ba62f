"""Data sets as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careergraph.catalogue.dataset_diffs import BrokenAlignment, Change, DatasetDiff
from careergraph.catalogue.dataset_summaries import DatasetSummary, Inventory
from careergraph.importing import IMPORTERS
from careergraph.model.records import Ref
from careergraph.render.text.phrases import fill_paragraph, format_bullets, format_labels, format_section
from careergraph.store.checksums import BLOCK, Verification

#: At most this many lines of a list are printed, and this many names in a line; JSON has all.
_MOST, _FEW = 20, 5
#: The width of the column of names, unless one is longer.
_NARROWEST = 10


def format_datasets(found: Inventory) -> str:
    """Each data set in a few lines; for one that cannot be opened, what would help."""
    told = [(one.name, [_what(one), _terms(one), *_wanting(one)]) for one in found.datasets]
    told += [(one.name, [one.reason]) for one in found.unusable]
    width = max(_NARROWEST, *(len(name) for name, _ in told)) + 1
    lines = (
        fill_paragraph(f"{name if not number else '':<{width}}{text}", hang=width)
        for name, texts in told
        for number, text in enumerate(texts)
    )
    return "\n".join(line for several in lines for line in several)


def _what(dataset: DatasetSummary) -> str:
    when = f", imported {dataset.imported[:10]}" if dataset.imported else ""
    return f"{dataset.title} ({dataset.release}), {dataset.statements:,} statements{when}"


def _terms(dataset: DatasetSummary) -> str:
    licence = f"; licence {dataset.licence}" if dataset.licence else ""
    return f"{dataset.size / 1e6:,.1f} MB; in {', '.join(dataset.languages)}{licence}"


def _wanting(dataset: DatasetSummary) -> list[str]:
    """The advice to import again where the bundled data is newer: queries are slower then, and find less."""
    source = f"{dataset.name} PATH" if dataset.name in IMPORTERS else f"SOURCE PATH --name {dataset.name}"
    again = f"The bundled data has changed since: import it again with careergraph import {source}."
    return [] if dataset.current else [again]


def format_dataset(dataset: DatasetSummary) -> str:
    """A data set in full."""
    nodes = ", ".join(f"{number:,} {kind}" for kind, number in dataset.nodes.items())
    fields = (
        ("title", dataset.title),
        ("release", dataset.release),
        ("source", dataset.source),
        ("licence", dataset.licence),
        ("languages", ", ".join(dataset.languages)),
        ("imported", dataset.imported),
        ("state", None if dataset.current else "the bundled data has changed since; import it again"),
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
        yield from fill_paragraph(f"{name:<12}{value}", indent=2, hang=12)


def format_diff(found: DatasetDiff) -> str:
    """What has changed from an older release to a newer one; long lists are cut."""
    blocks = {
        "New": [_name(ref) for ref in found.added],
        "Gone": [_name(ref) for ref in found.gone],
        "Renamed": [f"{item.before} is now {item.node.label} ({item.node.kind})" for item in found.renamed],
        "Asks for something else": [_change(item) for item in found.changed],
        "Alignments whose other end is gone": [_break(item) for item in found.broken],
    }
    lines = [f"From {found.old} to {found.new}: {'nothing has changed.' if not any(blocks.values()) else ''}".rstrip()]
    for title, items in blocks.items():
        more = [f"{len(items) - _MOST:,} more"] if len(items) > _MOST else []
        lines += format_section(f"{title} ({len(items):,})", format_bullets([*items[:_MOST], *more])) if items else []
    return "\n".join(lines)


def _name(ref: Ref) -> str:
    return f"{ref.label} ({ref.kind})"


def _change(item: Change) -> str:
    parts = (("more", item.added), ("no longer", item.dropped), ("to another degree", item.regraded))
    told = (f"{words}: {_few(refs)}" for words, refs in parts if refs)
    return f"{item.node.label}: {'; '.join(told)}"


def _few(refs: tuple[Ref, ...]) -> str:
    more = f", {len(refs) - _FEW} more" if len(refs) > _FEW else ""
    return f"{format_labels(refs[:_FEW])}{more}"


def _break(item: BrokenAlignment) -> str:
    instead = f", replaced by {item.replaced_by.label}" if item.replaced_by else ""
    return f"{item.node.label} ({item.node.kind}), with {item.gone.label}{instead}"


def format_verification(found: Verification) -> str:
    """Which parts of a data set are damaged, or that none are."""
    if not found.damage:
        return f"{found.path} is as it was imported: {found.files:,} files, {found.bytes:,} bytes."
    lines = [f"{found.path} is damaged; import it again:"]
    for item in found.damage:
        where = "it is missing or of another length" if item.block is None else f"from byte {item.block * BLOCK:,} on"
        lines.append(f"  {item.file}: {where}")
    return "\n".join(lines)
