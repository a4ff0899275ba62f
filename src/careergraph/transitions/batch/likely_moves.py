"""A row of the table of the most likely moves between the occupations of a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from careergraph.model.records import Record

if TYPE_CHECKING:
    from careergraph.model.values import Iri, Schema, Share


class LikelyMove(Record):
    """A move from one occupation to one of those that experts would most likely call related to it."""

    origin: Iri
    """The occupation that people are in."""
    destination: Iri
    """The occupation that they move to."""
    place: Annotated[int, Schema(minimum=1)]
    """The place of the destination among those of the origin; 1 for the most likely."""
    probability: Share
    """The probability that experts call the two related, for people who hold what is usual in the origin."""
    ease: Share
    """The ease of the move, before what the destination asks for is compared with what somebody holds."""
