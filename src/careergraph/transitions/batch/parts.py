"""The description of a batch, and its parts, each of which is written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from careergraph.model.records import Record
from careergraph.store.atomic_write import write_whole
from careergraph.transitions.batch.answers import Answer, Answerer, BadPerson
from careergraph.transitions.batch.tables import Raw, find_columns, write_rows

#: The folders of a batch for the answers and for the rows that are not valid questions.
ANSWERS, ERRORS = "answers", "errors"


class Job(Record):
    """The description of a batch: equal ones have equal answers."""

    question: str
    """What is asked: `routes`, `reach`, `gap` or `plan`."""
    to: str | None
    """The role for rows that name none."""
    input: str
    """The file of people, or the folder with its parts."""
    size: int
    """Its size in bytes, all parts together."""
    modified: int
    """When it, or one of its parts, was last modified, in nanoseconds."""
    format: str
    """What the answers are written as."""
    part: int
    """How many people a part has; a cluster divides them in its own way."""
    engine: str
    """What distributes it: `local` or `spark`."""
    data: str
    """The release of the data."""
    parameters: str
    """The release of the parameters."""


def name_part(number: int, format_: str) -> str:
    """The name of a part's file.

    >>> name_part(7, "jsonl")
    'part-00007.jsonl'
    """
    return f"part-{number:05}.{format_}"


def is_complete(folder: Path, job: Job, number: int) -> bool:
    """Whether a part of a batch is there: its answers are written last."""
    return (folder / ANSWERS / name_part(number, job.format)).exists()


def count_parts(folder: Path, job: Job) -> int:
    """How many parts of a batch are complete."""
    return sum(1 for _ in (folder / ANSWERS).glob(f"part-*.{job.format}"))


def answer_part(answerer: Answerer, folder: Path, job: Job, number: int, rows: Sequence[Raw]) -> None:
    """Answer a part, and write it.

    Args:
        answerer: answers the rows.
        folder: the folder of the batch.
        job: the description of the batch.
        number: which part it is, counted from 0; all before it are full.
        rows: the people.

    Raises:
        UnwritableFile: the disk is full, or the folder is closed or gone.
    """
    first, name = number * job.part, name_part(number, job.format)
    found = [answerer.answer(first + place, find_columns(raw)) for place, raw in enumerate(rows)]
    bad = [item for item in found if isinstance(item, BadPerson)]
    answers = [item for item in found if isinstance(item, Answer)]
    if bad:
        write_whole(folder / ERRORS / name, write_rows(bad, job.format, BadPerson))
    write_whole(folder / ANSWERS / name, write_rows(answers, job.format, Answer))
