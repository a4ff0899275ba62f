"""Options that say where somebody starts: a position by name, a CV, skills and backgrounds by hand."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from careergraph.cli.options import completes, completes_files
from careergraph.cli.questions import no_input_option, say_which
from careergraph.model.errors import NothingAsked
from careergraph.model.escaping import to_safe_line
from careergraph.rdf.kinds import ASSETS, DESTINATIONS, POSITIONS

if TYPE_CHECKING:
    from careergraph.api import CareerGraph
    from careergraph.transitions.origins import Origin
    from careergraph.transitions.people.person import Person

F = TypeVar("F", bound=Callable[..., object])


class Hand(TypedDict):
    """What `origin_options` add to a command's arguments."""

    profile: str | None
    skills: tuple[str, ...]
    backgrounds: tuple[str, ...]


def origin_options(command: F) -> F:
    """`--profile`, `--skill`, `--background` and `--no-input`."""
    options: list[Callable[[Any], Any]] = [
        click.option(
            "--profile",
            metavar="FILE",
            shell_complete=completes_files,
            help="Start as the person of this CV: JSON Resume, Europass, LinkedIn's export, PDF, Word or text.",
        ),
        click.option(
            "--skill",
            "skills",
            multiple=True,
            metavar="NAME",
            shell_complete=completes(*ASSETS),
            help="A skill, credential or milestone that you also hold; repeatable.",
        ),
        click.option(
            "--background",
            "backgrounds",
            multiple=True,
            metavar="NAME",
            shell_complete=completes(*POSITIONS),
            help="A position that you are also in; repeatable.",
        ),
    ]
    for option in (no_input_option, *reversed(options)):
        command = option(command)
    return command


def start_and_role(graph: CareerGraph, names: tuple[str, ...], **hand: Unpack[Hand]) -> tuple[Origin, str]:
    """The origin and the destination's name of `[ORIGIN] ROLE`; ORIGIN can be left out where options say who starts.

    Raises:
        NothingAsked: there are too few or too many names.
    """
    if not 1 <= len(names) <= 2 or (len(names) == 1 and not any(hand.values())):
        raise NothingAsked("Name an ORIGIN and a ROLE; or a ROLE and who starts by --profile, --skill or --background.")
    return start(graph, *names[:-1], **hand), say_which(graph, names[-1], *DESTINATIONS)


def match_and_tell(graph: CareerGraph, path: str) -> Person:
    """What a file says about somebody; each oddity that was tolerated is a line on stderr."""
    from careergraph.transitions.people.cv.lenient_json import OddFile

    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always", OddFile)
        person = graph.match(path)
    for each in found:
        click.echo(f"{to_safe_line(path)}: {to_safe_line(str(each.message))}.", err=True)
    return person


def start(graph: CareerGraph, *names: str, **hand: Unpack[Hand]) -> Origin:
    """The origin that a name and the options make together; entries of a CV that match nothing are counted on stderr.

    Raises:
        NothingAsked: neither a name nor an option says who starts, or several names do.
    """
    if len(names) > 1:
        raise NothingAsked(f"Name one ORIGIN, not {len(names)}; put names with spaces in quotes.")
    if not names and not any(hand.values()):
        raise NothingAsked("Name an ORIGIN, or say who starts by --profile, --skill or --background.")
    names = tuple(say_which(graph, name, *POSITIONS) for name in names)
    profile = hand["profile"]
    person = match_and_tell(graph, profile) if profile else None
    origin = graph.start(*names, profile=person, skills=hand["skills"], backgrounds=hand["backgrounds"])
    if person is not None and person.unmatched:
        entries = "1 entry" if len(person.unmatched) == 1 else f"{len(person.unmatched)} entries"
        click.echo(
            f"Not matched: {entries} of {to_safe_line(profile or '')}; `careergraph profile` lists them.", err=True
        )
    return origin
