"""Asking back: on a terminal, a name that means several things or nothing known becomes a short list to choose from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from careergraph.model.errors import AmbiguousName, UnknownName
from careergraph.model.escaping import printable

if TYPE_CHECKING:
    from careergraph.api import CareerGraph

F = TypeVar("F", bound=Callable[..., object])
_NO_INPUT = "careergraph.no-input"
#: So many names are offered; whoever means another types it.
_MOST = 5


def no_input_option(command: F) -> F:
    """`--no-input`: ask nothing back, as is done anyhow where standard input is no terminal."""

    def remember(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        context.meta[_NO_INPUT] = value

    about = "Ask nothing back: a name that can mean several things is an error."
    return click.option("--no-input", is_flag=True, expose_value=False, callback=remember, help=about)(command)


def say_which(graph: CareerGraph, name: str, *kinds: str) -> str:
    """A name as it is, or, where it is not clear and somebody can be asked, the one that they choose.

    Args:
        graph: where the name is looked up.
        name: what was typed.
        kinds: the kinds of node that will do.

    Returns:
        The name; or the id or name of what was chosen from the list.
    """
    from careergraph.transitions.people.typed_names import find_meant

    if not _can_ask():
        return name
    try:
        find_meant(graph.catalogue, name, *kinds)
    except AmbiguousName as error:
        return _choose(
            f"{printable(name)!r} can mean several things.", error.names or error.candidates, error.candidates
        )
    except UnknownName as error:
        return _choose(f"Nothing is called {printable(name)!r}.", error.suggestions, error.suggestions) or name
    return name


def _can_ask() -> bool:
    context = click.get_current_context(silent=True)
    return is_at_terminal() and not (context is not None and context.meta.get(_NO_INPUT, False))


def is_at_terminal() -> bool:
    """Whether somebody sees what is asked, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _choose(reason: str, names: Sequence[str], candidates: Sequence[str]) -> str:
    """Let somebody choose by number; nothing where there is nothing to choose from."""
    if not candidates:
        return ""
    shown = list(zip(names, candidates, strict=False))[:_MOST]
    click.echo(f"{reason} Which is meant?", err=True)
    for number, (label, _) in enumerate(shown, 1):
        click.echo(f"  {number}  {label}", err=True)
    chosen = click.prompt("Number", type=click.IntRange(1, len(shown)), err=True)
    return shown[chosen - 1][1]
