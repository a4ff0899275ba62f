"""Options that say where somebody starts: a position by name, a CV, skills and backgrounds by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from careergraph.cli.options import completes, completes_files
from careergraph.model.errors import NothingAsked
from careergraph.model.escaping import printable
from careergraph.rdf.kinds import ASSETS, DESTINATIONS, POSITIONS

if TYPE_CHECKING:
    from careergraph.catalogue.catalogue import Catalogue
    from careergraph.transitions.origins import Origin
    from careergraph.transitions.people.person import Person

F = TypeVar("F", bound=Callable[..., object])


class Hand(TypedDict):
    """What `origin_options` add to a command's arguments."""

    profile: str | None
    skills: tuple[str, ...]
    backgrounds: tuple[str, ...]


def origin_options(command: F) -> F:
    """`--profile`, `--skill` and `--background`."""
    options: list[Callable[[Any], Any]] = [
        click.option(
            "--profile",
            metavar="FILE",
            shell_complete=completes_files,
            help="Start as the person of this JSON Resume file.",
        ),
        click.option(
            "--skill",
            "skills",
            multiple=True,
            metavar="NAME",
            shell_complete=completes(*ASSETS),
            help="Hold this as well; repeatable.",
        ),
        click.option(
            "--background",
            "backgrounds",
            multiple=True,
            metavar="NAME",
            shell_complete=completes(*POSITIONS),
            help="Be this as well; repeatable.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def start_and_role(catalogue: Catalogue, names: tuple[str, ...], **hand: Unpack[Hand]) -> tuple[Origin, str]:
    """The origin and the destination of `[ORIGIN] ROLE`; ORIGIN can be left out where options say who starts.

    Raises:
        NothingAsked: there are too few or too many names.
    """
    if not 1 <= len(names) <= 2 or (len(names) == 1 and not any(hand.values())):
        raise NothingAsked("Name an ORIGIN and a ROLE; or a ROLE and who starts by --profile, --skill or --background.")
    from careergraph.catalogue.names import find_node

    return start(catalogue, names[:-1], **hand), find_node(catalogue, names[-1], *DESTINATIONS)


def at_most_one(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, if there is not more than one.

    Raises:
        NothingAsked: there are several.
    """
    if len(names) > 1:
        raise NothingAsked(f"Name one ORIGIN, not {len(names)}; put names with spaces in quotes.")
    return names


def start(catalogue: Catalogue, names: tuple[str, ...], **hand: Unpack[Hand]) -> Origin:
    """The origin that a name and the options make together.

    Raises:
        NothingAsked: neither a name nor an option says who starts.
    """
    from careergraph.catalogue.names import find_node
    from careergraph.transitions.origins import join_origins, origin_at
    from careergraph.transitions.people.person import origin_of

    origins = [origin_at(catalogue, find_node(catalogue, name, *POSITIONS)) for name in names]
    if any(hand.values()):
        origins.append(origin_of(catalogue, person(catalogue, **hand)))
    if not origins:
        raise NothingAsked("Name an ORIGIN, or say who starts by --profile, --skill or --background.")
    return join_origins(*origins)


def person(catalogue: Catalogue, **hand: Unpack[Hand]) -> Person:
    """The person that the options describe; what a CV has that is not known here is told on stderr."""
    from careergraph.transitions.people.person import by_hand, merge_people

    made = by_hand(catalogue, skills=hand["skills"], backgrounds=hand["backgrounds"])
    profile = hand["profile"]
    if profile is None:
        return made
    from careergraph.transitions.people.matching import match_profile
    from careergraph.transitions.people.resume import read_profile

    read = match_profile(catalogue, read_profile(profile))
    if read.unmatched:
        entries = "1 entry" if len(read.unmatched) == 1 else f"{len(read.unmatched)} entries"
        click.echo(f"Not matched: {entries} of {printable(profile)}; `careergraph profile` lists them.", err=True)
    return merge_people(read, made)
