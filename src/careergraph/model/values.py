"""Restrictions on the values in records beyond their Python types, as keywords of JSON Schema (draft 2020-12).

Only annotations use these names, and nothing evaluates those at run time: modules of records import from here under
`TYPE_CHECKING` alone, so that no start of the command line pays for it. `scripts/make_schemas.py` does evaluate them.
"""

from __future__ import annotations

from typing import Annotated, Any


class Schema:
    """Keywords of JSON Schema that narrow a type down, as in `Annotated[int, Schema(minimum=1)]`.

    Args:
        name: the key of a definition that fields refer to; without one, the keywords are repeated wherever they are
            used.
        keywords: as JSON Schema spells them.

    >>> Schema(minimum=1).keywords
    {'minimum': 1}
    """

    def __init__(self, name: str = "", /, **keywords: Any) -> None:
        self.name = name
        self.keywords = keywords


NonEmpty = Annotated[str, Schema(minLength=1)]
Count = Annotated[int, Schema(minimum=0)]
Amount = Annotated[float, Schema(minimum=0)]
Language = Annotated[str, Schema(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$", examples=["en"])]
Currency = Annotated[str, Schema(pattern="^[A-Z]{3}$", examples=["USD"])]

Iri = Annotated[
    str,
    Schema(
        "iri",
        title="IRI",
        description="The name of a node or a property, unique in the world.",
        format="iri",
        pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$",
    ),
]
#: Which kinds there are is the ontology's matter: the script takes them from `careergraph.rdf.kinds`.
Kind = Annotated[str, Schema("kind")]
NamedKind = Annotated[str, Schema("namedKind")]
ClaimKind = Annotated[str, Schema("claimKind")]
NoteKind = Annotated[str, Schema("noteKind")]
StatementKind = Annotated[
    str,
    Schema(
        "statementKind",
        title="Kind of a statement",
        description="The kinds of claim that consist of words alone.",
        enum=[
            "task",
            "definition",
            "classification",
            "collaboration",
            "variant",
            "advice",
            "recommendation",
            "claim",
        ],
    ),
]
AttributeKind = Annotated[
    str,
    Schema(
        "attributeKind",
        title="Kind of an attribute",
        description="The kinds of claim that give a thing's property a value.",
        enum=["attribute", "effort", "price", "prerequisite", "teaching", "offering", "naming"],
    ),
]
Share = Annotated[float, Schema("share", title="Share", description="A number from 0 to 1.", minimum=0, maximum=1)]
Feasibility = Annotated[
    float,
    Schema(
        "feasibility",
        title="Feasibility",
        description="How feasible something is: above 0, and 1 at most.",
        exclusiveMinimum=0,
        maximum=1,
    ),
]
Effort = Annotated[
    float,
    Schema(
        "effort",
        title="Effort",
        description="Unmet requirements by importance; the unit is one fully required skill at full depth.",
        minimum=0,
    ),
]
ScaledFigure = Annotated[
    float | None,
    Schema(
        "scaled",
        title="Scaled figure",
        description="A figure between the ends of its scale; null if there is none.",
        minimum=0,
        maximum=1,
    ),
]
Strength = Annotated[
    str,
    Schema(
        "strength",
        title="Strength",
        description="How firmly something is asked for, in the source's own grading.",
        minLength=1,
        examples=["required", "almost always required", "highly valued", "helpful", "not needed"],
    ),
]
Level = Annotated[
    str | None,
    Schema(
        "level",
        title="Level",
        description="How deep a skill has to be, in the source's own grading; null if it does not say.",
        examples=["basic", "working", "strong", "deep"],
    ),
]
Part = Annotated[
    str | None,
    Schema(
        "part",
        title="Part",
        description="The heading under which the source files a requirement; null if it has none.",
        examples=["statistical foundations"],
    ),
]
