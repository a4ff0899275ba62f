"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from math import nan
from typing import TYPE_CHECKING, Any, TypeVar

import click

from careergraph.model.errors import ContradictoryConditions, NothingAsked
from careergraph.model.escaping import to_safe_content, to_safe_text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from careergraph.api import CareerGraph
    from careergraph.catalogue.catalogue import Catalogue
    from careergraph.model.ranges import Range
    from careergraph.model.records import Record

F = TypeVar("F", bound=Callable[..., object])
#: Where the language of labels is remembered.
_LANG = "careergraph.lang"
#: Names of files and folders are completed by the shell itself.
completes_files = click.Path().shell_complete


def _datasets(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from careergraph.store.datasets import list_imported
    from careergraph.store.locations import BUNDLED

    found = [CompletionItem(name) for name in (BUNDLED, *list_imported()) if name.startswith(incomplete)]
    return found or completes_files(context, parameter, incomplete)


def dataset_option(command: F) -> F:
    """`--dataset`, repeatable, for the data to use; and `--lang` for the language to show it in."""
    return language_option(choose_data(command))


def language_option(command: F) -> F:
    """`--lang`: the language of labels; `load` takes it from the context."""
    return click.option(
        "--lang",
        metavar="CODE",
        expose_value=False,
        callback=_remember_language,
        help="Show labels in this language, such as nl, or in English where there are none; by default your locale's.",
    )(command)


def _remember_language(context: click.Context, parameter: click.Parameter, code: str | None) -> None:
    code = code and code.replace("_", "-").partition("-")[0].lower()  # of a region, such as nl-BE, the language
    if code is not None and not _is_language(code):
        raise click.BadParameter("name a language by its two letters, such as nl.", context, parameter)
    context.meta[_LANG] = code


def _locale_language() -> str:
    """The language of the environment, as gettext finds it: LANGUAGE counts unless the locale is that of C."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return "en"
    code = (os.environ.get("LANGUAGE") or locale)[:2].lower()
    return code if _is_language(code) else "en"


def _is_language(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isalpha() and code.islower()


def choose_data(command: F) -> F:
    """`--dataset` alone, for a command in which `--lang` means something else."""
    return click.option(
        "--dataset",
        "datasets",
        multiple=True,
        metavar="NAME|PATH|URL",
        shell_complete=_datasets,
        help="Data to ask: 'bundled', the name of an imported data set, an RDF file or a folder of them, or the "
        "address of a SPARQL endpoint. Repeat to combine several; by default the bundled data and all imported data.",
    )(command)


def direct_option(command: F) -> F:
    """`--no-direct`: ask only what the files say."""
    return click.option(
        "--no-direct",
        "direct",
        flag_value=False,
        default=True,
        type=bool,
        help="Ask only what the files say: without the direct layer, the ontology, what the named graphs are, and "
        "computed steps; `careergraph export --direct` writes them.",
    )(command)


def format_option(*formats: str) -> Callable[[F], F]:
    """`--format`: how to print the result; the first format is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the result.",
    )


def output_option(command: F) -> F:
    """`-o`: write the result to a file, whole or not at all."""
    return click.option(
        "-o", "--output", metavar="FILE", shell_complete=completes_files, help="Write to FILE; '-' is standard output."
    )(command)


def spreadsheet_option(command: F) -> F:
    """`--spreadsheet-safe`: no cell of a table is a formula; `for_spreadsheets` carries it out."""
    return click.option(
        "--spreadsheet-safe",
        "safe",
        is_flag=True,
        help="In CSV and TSV, put an apostrophe before each text that a spreadsheet would take for a formula.",
    )(command)


def for_spreadsheets(content: bytes, format_: str, *, safe: bool) -> bytes:
    """A table without formulas if `safe`; if not, a warning on standard error where there are any.

    Raises:
        ContradictoryConditions: `safe` is set, and the format is not one for spreadsheets.
    """
    from careergraph.model.spreadsheets import SPREADSHEETS, guard_formulas

    if format_ not in SPREADSHEETS:
        if safe:
            raise ContradictoryConditions(f"--spreadsheet-safe is for {', '.join(SPREADSHEETS)}, not for {format_}.")
        return content
    guarded, found = guard_formulas(content, SPREADSHEETS[format_])
    if found and not safe:
        cells, them = ("1 cell begins", "it") if found == 1 else (f"{found:,} cells begin", "them")
        click.echo(f"{cells} as a formula does; --spreadsheet-safe keeps spreadsheets from computing {them}.", err=True)
    return guarded if safe else content


def full_option(command: F) -> F:
    """`--full`: print everything that sources say instead of a summary."""
    return click.option("--full", is_flag=True, help="Print everything that sources say, not a summary.")(command)


def format_examples(*lines: str) -> str:
    """The end of a command's help: example command lines. Every command has some, and a test runs them."""
    return "\n".join(["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])


def completes(
    *kinds: str, then: tuple[str, ...] = ()
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """What the shell offers for a name: labels and aliases that begin with what was typed.

    Args:
        kinds: the kinds of node to offer; any kind if none is given.
        then: the kinds for the second value of the parameter and later ones, if they differ.
    """

    def offer(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return offer_names(context, incomplete, then if then and context.params.get(parameter.name or "") else kinds)

    return offer


def offer_names(context: click.Context, incomplete: str, kinds: tuple[str, ...]) -> list[CompletionItem]:
    """The names of nodes of some kinds that begin with what was typed, in the data sets of the command line."""
    from click.shell_completion import CompletionItem

    from careergraph.cli.completion.names import list_offers
    from careergraph.rdf.kinds import POSITIONS
    from careergraph.store.locations import BUNDLED, is_endpoint, list_default_datasets, list_files
    from careergraph.transitions.people.titles.typed import list_titles_beginning_with

    datasets = context.params.get("datasets") or list_default_datasets()
    if any(map(is_endpoint, datasets)):  # nobody wants to wait for another machine after pressing Tab
        return []
    files = list_files(datasets)
    found = {offer.text: offer.kind for offer in list_offers(files, incomplete, kinds)}
    if BUNDLED in datasets and (not kinds or {*kinds} & {*POSITIONS}):
        found = {**dict.fromkeys(list_titles_beginning_with(incomplete), "title"), **found}
    return [CompletionItem(text, help=found[text]) for text in sorted(found, key=str.casefold)]


class Whole(click.IntRange):
    """A whole number within a range: what is none is told with the range, in the words of this program."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that was typed.

        Raises:
            click.BadParameter: it is none, or not within the range.
        """
        try:
            number: int = super().convert(_check_written(value), param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is not a whole number {_between(self)}.", param, ctx)
        return number


class Number(click.FloatRange):
    """A number within a range, as `Whole` has it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number that was typed.

        Raises:
            click.BadParameter: it is none (NaN is not), or not within the range.
        """
        try:
            number: float = super().convert(_check_written(value), param, ctx)
        except click.BadParameter:
            number = nan
        if number != number:  # NaN is in no range, though no comparison says so
            self.fail(f"{value!r} is not a number {_between(self)}.", param, ctx)
        return number


def _check_written(value: Any) -> Any:
    # Python also reads underscores and the digits of all scripts, which nobody types for a number on purpose.
    if isinstance(value, str) and not (value.isascii() and "_" not in value):
        raise click.BadParameter("it is no number")
    return value


def _between(range_: click.IntRange | click.FloatRange) -> str:
    least = "above" if range_.min_open else "from"
    return f"{least} {range_.min:,g} {'up ' if range_.min_open else ''}to {range_.max:,g}"


def make_range(range_: Range) -> Whole:
    """The type of an option that takes a whole number within a range."""
    return Whole(range_.least, range_.most)


def open_graph(datasets: tuple[str, ...], asked: tuple[str, ...] = ()) -> CareerGraph:
    """The `CareerGraph` of the data sets that `--dataset` names.

    Args:
        datasets: what the option says.
        asked: the question and the names in it, if only one is asked: an endpoint then sends only what it is about.
    """
    from careergraph.api import CareerGraph

    return CareerGraph(load(datasets, asked))


def load(datasets: tuple[str, ...], asked: tuple[str, ...] = ()) -> Catalogue:
    """The catalogue of the data sets that `--dataset` names: see `open_graph`."""
    from careergraph.catalogue.catalogue import Catalogue

    is_remote = bool(datasets) and datasets[0].startswith("http")
    if asked and is_remote:
        from careergraph.transitions.remote_parts import load_for

        catalogue = load_for(asked[0], asked[1:], *datasets)
    else:
        catalogue = Catalogue.load(*datasets)
    # Of an endpoint, one question reads what it is about: other languages may be elsewhere in it.
    catalogue.language = find_language(None if asked and is_remote else lambda: catalogue)
    return catalogue


def find_language(load: Callable[[], Catalogue] | None) -> str:
    """The language to show labels in: that of `--lang`, or else the locale's; English for commands without `--lang`.

    Args:
        load: gives the data, which must have names in the language of `--lang`; None if that is not to be checked.

    Raises:
        UnknownLanguage: nothing has a name in it.
    """
    context = click.get_current_context(silent=True)
    if context is None or _LANG not in context.meta:
        return "en"
    named: str | None = context.meta[_LANG]
    if named is not None and load is not None:
        from careergraph.catalogue.languages import check_language

        check_language(load(), named)
    return named or _locale_language()


def show(result: Record, format_: str, text: Callable[[], str], output: str | None = None) -> None:
    """Print a result as text or as JSON, or write it to a file."""
    if format_ == "text":
        deliver(to_safe_text(text()), output)
    else:
        # Characters that the terminal's encoding lacks have to be escaped as JSON escapes them.
        known = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
        deliver(result.to_json(ascii_only=not known), output)


def find_ending(output: str | None, known: Collection[str], advice: str) -> str:
    """The ending of a file's name in lower case, without its dot; empty if it has none.

    Raises:
        NothingAsked: it is none of those known; the message gives the advice.
    """
    from pathlib import Path

    ending = Path(output or "").suffix.lower().removeprefix(".")
    if ending and ending not in known:
        raise NothingAsked(f"Nothing is written as .{ending} here: {advice}.")
    return ending


def deliver(content: str | bytes, output: str | None) -> None:
    """Print content, or write it to the file that `-o` names; a text gets a line break at its end.

    Raises:
        NothingAsked: the name of the file is empty.
        UnwritableFile: the file cannot be written.
    """
    if output in (None, "-"):
        if isinstance(content, bytes) and sys.stdout is not None and sys.stdout.isatty():
            content = to_safe_content(content)
        click.echo(content, nl=isinstance(content, str))
    elif not output:
        raise NothingAsked("-o needs the name of a file; leave it out for standard output.")
    else:
        from pathlib import Path

        from careergraph.store.atomic_write import write_whole

        whole = content if isinstance(content, bytes) else f"{content}\n".encode("utf-8", "backslashreplace")
        write_whole(Path(output), whole)
        click.echo(f"Wrote {len(whole):,} bytes to {output}.", err=True)
