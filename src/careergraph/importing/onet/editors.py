"""What this project's editors conclude from O*NET, in a named graph of their own and never in O*NET's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from careergraph.importing.onet.files import ATTRIBUTED, EDITORS_GRAPH, ONET, Files, make_grade_iri, make_occupation_iri
from careergraph.importing.onet.reference import Reference
from careergraph.importing.onet.things import CREDENTIALS
from careergraph.importing.slugs import state_type
from careergraph.importing.source import Node, Said
from careergraph.rdf.standards import SCHEMA
from careergraph.rdf.vocabulary import CG

#: The lowest grade is having no credential at all: nobody needs to hold it.
_LOWEST = 1


def read_holdings(files: Files, reference: Reference) -> Iterator[Node]:
    """The credential that people in each occupation can be expected to hold, by what respondents say it takes."""
    for (code, element), shares in reference.shares.items():
        grade = find_usual_grade(shares) if element == CREDENTIALS else None
        if grade is None or grade == _LOWEST:
            continue
        name = reference.grades[element, str(grade)].partition(" - ")[0]
        said: list[Said] = [
            state_type(CG.Holding),
            (SCHEMA.about, make_occupation_iri(code), "iri"),
            (CG.holds, make_grade_iri(element, str(grade)), "iri"),
            (SCHEMA.text, f"At least half of those asked say that the occupation takes this or more: {name}.", "@en"),
            ATTRIBUTED,
            files.derive("Education, Training, and Experience"),
        ]
        yield Node(f"{ONET}holding/{code}/education", EDITORS_GRAPH, said)


def find_usual_grade(shares: Mapping[int, float]) -> int | None:
    """The highest grade that at least half of the respondents name or exceed; None where there are none.

    >>> find_usual_grade({1: 10.0, 2: 35.0, 6: 40.0, 8: 15.0})
    6
    """
    half, total = sum(shares.values()) / 2, 0.0
    for grade in sorted(shares, reverse=True):
        total += shares[grade]
        if total and total >= half:
            return grade
    return None
