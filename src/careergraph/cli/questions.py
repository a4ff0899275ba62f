"""Questions back: on a terminal, a name that is ambiguous or unknown becomes a short list to choose from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from careergraph.model.errors import AmbiguousName, UnknownName
from careergraph.model.escaping import to_safe_line

if TYPE_CHECKING:
    from careergraph.api import CareerGraph

F = TypeVar("F", bound=Callable[..., object])
_NO_INPUT = "careergraph.no-input"
#: At most this many names are offered; for another one, the user types it.
_MOST = 5


def no_input_option(command: F) -> F:
    """`--no-input`: ask no questions; where standard input is no terminal, none are asked anyway."""

    def remember(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        context.meta[_NO_INPUT] = value

    about = "Ask no questions: a name that can mean several things is an error."
    return click.option("--no-input", is_flag=True, expose_value=False, callback=remember, help=about)(command)


def say_which(graph: CareerGraph, name: str, *kinds: str) -> str:
    """The name itself or, where it is ambiguous or unknown and the user can be asked, the one they choose.

    Args:
        graph: where the name is looked up.
        name: what was typed.
        kinds: the kinds of node that are acceptable.

    Returns:
        The name; or the id or name chosen from the list.
    """
    from careergraph.transitions.people.typed_names import find_meant

    if not _can_ask():
        return name
    try:
        find_meant(graph.catalogue, name, *kinds)
    except AmbiguousName as error:
        return _choose(
            f"{to_safe_line(name)!r} can mean several things.", error.names or error.candidates, error.candidates
        )
    except UnknownName as error:
        return _choose(f"Nothing is called {to_safe_line(name)!r}.", error.suggestions, error.suggestions) or name
    return name


def _can_ask() -> bool:
    context = click.get_current_context(silent=True)
    return is_at_terminal() and not (context is not None and context.meta.get(_NO_INPUT, False))


def is_at_terminal() -> bool:
    """Whether a user can see a question and answer it."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _choose(reason: str, names: Sequence[str], candidates: Sequence[str]) -> str:
    """Let the user choose by number; an empty text where there is nothing to choose from."""
    if not candidates:
        return ""
    shown = list(zip(names, candidates, strict=False))[:_MOST]
    click.echo(f"{reason} Which is meant?", err=True)
    for number, (label, _) in enumerate(shown, 1):
        click.echo(f"  {number}  {label}", err=True)
    chosen = click.prompt("Number", type=click.IntRange(1, len(shown)), err=True)
    return shown[chosen - 1][1]
