"""A part of all pairs: some origins, each with its most likely destinations, in one file that is written as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from careergraph.importing.derive.similarity.compare import compare
from careergraph.importing.derive.similarity.coordinates import Coordinates
from careergraph.importing.derive.similarity.model import load_bundled
from careergraph.model.records import Record
from careergraph.store.atomic_write import write_whole
from careergraph.transitions.batch.likely_moves import LikelyMove
from careergraph.transitions.batch.parts import name_part
from careergraph.transitions.batch.tables import write_rows
from careergraph.transitions.ease import to_ease
from careergraph.transitions.precomputed.similarity import logistic

#: The folder of the parts, and the file with the occupations in the order of the arrays.
PAIRS, OCCUPATIONS = "pairs", "occupations.txt"
#: How many origins a part has.
PART = 256
#: So many pairs are compared at a time, which takes some hundred bytes each.
_AT_A_TIME = 4_000_000


class PairsJob(Record):
    """The description of a comparison of all pairs: equal ones have equal results."""

    question: str
    """What is asked: `pairs`."""
    input: str
    """The data set."""
    occupations: int
    """How many occupations are compared."""
    most: int
    """How many of the most likely destinations are written for each."""
    format: str
    """What they are written as."""
    part: int
    """How many origins a part has."""
    data: str
    """The release of the data."""
    parameters: str
    """The release of the parameters."""
    model: str
    """The digest of the model's coefficients."""


def count_parts(job: PairsJob) -> int:
    """How many parts a job has."""
    return -(-job.occupations // job.part)


def find_missing_parts(folder: Path, job: PairsJob) -> list[int]:
    """The numbers of the parts that are not written yet."""
    return [
        number for number in range(count_parts(job)) if not (folder / PAIRS / name_part(number, job.format)).exists()
    ]


def compare_part(folder: Path, job: PairsJob, located: Path, number: int) -> int:
    """Compare the origins of a part with all destinations, and write the part.

    Takes time in the product of the part's origins and all occupations, and memory for all occupations.

    Args:
        folder: the folder of the job.
        job: what the job is.
        located: the folder with the coordinates, and with the names of the occupations.
        number: which part it is, counted from 0.

    Returns:
        How many origins it has.

    Raises:
        UnwritableFile: the disk is full, or the folder is closed or gone.
    """
    origins = range(number * job.part, min(job.occupations, (number + 1) * job.part))
    moves = [move for block in _blocks(origins, job.occupations) for move in _best(located, block, job.most)]
    write_whole(folder / PAIRS / name_part(number, job.format), write_rows(moves, job.format, LikelyMove))
    return len(origins)


def _blocks(origins: range, occupations: int) -> Iterator[slice]:
    size = max(1, _AT_A_TIME // occupations)
    return (slice(start, min(origins.stop, start + size)) for start in origins[::size])


def _best(folder: Path, origins: slice, most: int) -> Iterator[LikelyMove]:
    model, (located, names) = load_bundled(), _open(folder)
    likely = compare(located, model, origins, most)
    for origin, best, logits in zip(names[origins], likely.best, likely.best_logits(model), strict=True):
        for place, (other, logit) in enumerate(zip(best, map(float, logits), strict=True), 1):
            yield LikelyMove(origin, names[other], place, round(logistic(logit), 6), round(to_ease(logit), 6))


@cache
def _open(folder: Path) -> tuple[Coordinates, list[str]]:
    """What a process opens once; the files stay readable after their folder is gone."""
    return Coordinates.open(folder), (folder / OCCUPATIONS).read_text(encoding="utf-8").splitlines()
