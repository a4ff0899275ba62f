"""Everything that can go wrong, under one root.

An error carries what is known about the situation as attributes; its text is one line that says what is wrong and
what to do next. Two branches decide the exit code of the command line: a `WrongCall` has to be corrected by the caller
(exit code 2), a `NoAnswer` is a well-formed question that has no answer (exit code 1).
"""

from __future__ import annotations

from typing import ClassVar

from careergraph.model.escaping import blank_controls, to_safe_line

#: At most this many of the things that a name can mean are listed.
_MOST_LISTED = 5


class CareergraphError(Exception):
    """Root of all errors that this package raises on purpose."""

    exit_code: ClassVar[int] = 2


class WrongCall(CareergraphError):
    """The call cannot be carried out as it stands."""


class NoAnswer(CareergraphError):
    """The call is fine, but there is no answer to it."""

    exit_code: ClassVar[int] = 1


class InvalidName(WrongCall):
    """A name is empty, too long, or contains characters that names cannot have."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}.")
        self.reason = reason


class UnknownName(WrongCall):
    """No node has this name, or none of the kinds asked for."""

    def __init__(self, name: str, *, kinds: tuple[str, ...], suggestions: tuple[str, ...]) -> None:
        what = " or ".join(kinds) if kinds else "node"
        hint = f" Did you mean {_quote(suggestions)}?" if suggestions else " `careergraph search TEXT` finds names."
        super().__init__(f"No {what} is called {name!r}.{hint}")
        self.name, self.kinds, self.suggestions = name, kinds, suggestions


class OnlyAnOrigin(UnknownName):
    """A name means where somebody comes from, and no role or occupation; `suggestions` are like it."""

    def __init__(self, name: str, *, kinds: tuple[str, ...], suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(name, kinds=kinds, suggestions=suggestions)
        hint = f"Nearest to it: {_quote(suggestions)}." if suggestions else "`careergraph import` adds occupations."
        self.args = (
            f"{name!r} is only known as where somebody comes from: no {' or '.join(kinds)} is called so. {hint}",
        )


class AmbiguousName(WrongCall):
    """Several nodes have this name.

    `candidates` are their ids; `names`, if given, are clearer names to choose from, in the same order.
    """

    def __init__(self, name: str, *, candidates: tuple[str, ...], names: tuple[str, ...] = ()) -> None:
        listed = names or candidates
        left = len(listed) - _MOST_LISTED
        more = f", or one of {left} more that `careergraph search` finds" if left > 0 else ""
        super().__init__(f"{name!r} can mean several things; name one of {_quote(listed[:_MOST_LISTED])}{more}.")
        self.name, self.candidates, self.names = name, candidates, names


class UnknownKind(WrongCall):
    """There is no kind of node of this name."""

    def __init__(self, kind: str, *, kinds: tuple[str, ...]) -> None:
        super().__init__(f"There is no kind {to_safe_line(kind)!r}; kinds are {', '.join(kinds)}.")
        self.kind, self.kinds = kind, kinds


class UnknownLanguage(WrongCall):
    """Nothing has a name in this language."""

    def __init__(self, code: str, *, languages: tuple[str, ...]) -> None:
        super().__init__(f"There are no names in {to_safe_line(code)!r}; there are names in {', '.join(languages)}.")
        self.code, self.languages = code, languages


class UnknownQuery(WrongCall):
    """There is no saved query of this name."""

    def __init__(self, name: str, *, suggestions: tuple[str, ...]) -> None:
        hint = f" Did you mean {_quote(suggestions)}?" if suggestions else ""
        super().__init__(f"There is no saved query {to_safe_line(name)!r}.{hint} `careergraph queries` lists all.")
        self.name, self.suggestions = name, suggestions


class UnreadableFile(WrongCall):
    """A file is missing, cannot be opened, or does not parse."""

    def __init__(self, *, path: str, reason: str, line: int | None = None, column: int | None = None) -> None:
        place = "".join(f":{number}" for number in (line, column) if number is not None)
        super().__init__(f"Cannot read {to_safe_line(path)}{place}: {to_safe_line(reason.rstrip('.'), longest=400)}.")
        self.path, self.reason, self.line, self.column = path, reason, line, column


class UnwritableFile(WrongCall):
    """A file cannot be written; what was there before is untouched."""

    def __init__(self, *, path: str, reason: str) -> None:
        super().__init__(f"Cannot write {to_safe_line(path)}: {reason}.")
        self.path, self.reason = path, reason


class NoHome(WrongCall):
    """The user's home folder is not known."""

    def __init__(self) -> None:
        super().__init__("No home folder is known; set HOME.")


class UnusableDataset(WrongCall):
    """A data set is unknown, empty, or of a sort that cannot be opened."""

    def __init__(self, dataset: str, reason: str) -> None:
        super().__init__(f"Cannot use {to_safe_line(dataset)!r} as a data set: {reason}.")
        self.dataset, self.reason = dataset, reason


class DatasetTooLarge(UnusableDataset):
    """A data set has more statements, or more graphs, than are read at once."""


class OutdatedDataset(WrongCall):
    """An imported data set was made by a version of this package with another layout on disk."""

    def __init__(self, path: str) -> None:
        from shlex import quote  # not on the start path

        again = f"careergraph import SOURCE PATH --output {to_safe_line(quote(path), longest=4096)}"
        super().__init__(f"{to_safe_line(path)} was made by another version; import it again: {again}")
        self.path = path


class UnusableSource(WrongCall):
    """A download cannot be imported: it is not what its source publishes. Nothing of it is stored."""

    def __init__(self, path: str, reason: str, *, line: int | None = None) -> None:
        place = f"{to_safe_line(path)}:{line}" if line else to_safe_line(path)
        super().__init__(f"Cannot import {place}: {_end_sentence(reason)} Nothing was stored.")
        self.path, self.reason, self.line = path, reason, line


class DatasetBusy(WrongCall):
    """Another process is changing an imported data set."""

    def __init__(self, path: str, *, holder: str) -> None:
        super().__init__(f"{to_safe_line(path)} is being changed by {holder}; --wait waits until that has ended.")
        self.path, self.holder = path, holder


class UnknownDataset(WrongCall):
    """There is no imported data set of this name."""

    def __init__(self, name: str, *, names: tuple[str, ...]) -> None:
        hint = f"there {'is' if len(names) == 1 else 'are'} {', '.join(names)}" if names else "none is imported"
        super().__init__(f"No data set is called {to_safe_line(name)!r}: {hint}.")
        self.name, self.names = name, names


class NoDataFolder(WrongCall):
    """The user has no home folder, so there is no place for imported data sets."""

    def __init__(self) -> None:
        super().__init__(
            "You have no home folder to keep data sets in; set HOME or CAREERGRAPH_DATA, or name a folder with -o."
        )


class RelativeDataFolder(WrongCall):
    """CAREERGRAPH_DATA is a relative path."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"CAREERGRAPH_DATA is {to_safe_line(folder)!r}; write the whole path, from / or ~ on.")
        self.folder = folder


class BadFigure(WrongCall):
    """A data set has a value that is not a number where a number belongs."""

    def __init__(self, *, node: str, predicate: str, value: str, wanted: str = "a number") -> None:
        said = f"{to_safe_line(predicate)} of {to_safe_line(node)} is {to_safe_line(value)!r}, not {wanted}"
        super().__init__(f"{said}; `careergraph validate` lists such faults.")
        self.node, self.predicate, self.value = node, predicate, value


class BadQuery(WrongCall):
    """A SPARQL query is not well-formed, or asks for something that is not offered, such as an update.

    Where the place is known, the text shows the line of the query with a caret under the column.
    """

    def __init__(
        self, reason: str, *, line: int | None = None, column: int | None = None, text: str | None = None
    ) -> None:
        place = f"line {line}, column {column}: " if line and column else ""
        shown = f"\n{_point_at(text, column)}" if text is not None and column else ""
        super().__init__(f"This query cannot be run: {place}{_end_sentence(reason)}{shown}")
        self.reason, self.line, self.column, self.text = reason, line, column, text


class BadParameter(WrongCall):
    """A parameter of a query is unknown, missing, or has an impossible value."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Parameter {to_safe_line(name)!r}: {reason.rstrip('.')}.")
        self.name, self.reason = name, reason


class EndpointFailed(WrongCall):
    """A SPARQL endpoint cannot be reached, refuses, or sends something that is no answer."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{to_safe_line(url)} did not answer: {_end_sentence(reason)}")
        self.url, self.reason = url, reason


class MissingExtra(WrongCall):
    """A feature needs packages that are installed with an extra."""

    def __init__(self, feature: str, *, extra: str, package: str) -> None:
        super().__init__(f"{feature} needs the package {package}; pip install 'careergraph[{extra}]' brings it.")
        self.feature, self.extra, self.package = feature, extra, package


class MissingProgram(WrongCall):
    """A feature needs a program that is no Python package."""

    def __init__(self, feature: str, *, program: str, advice: str) -> None:
        super().__init__(f"{feature} needs {program}: {advice}.")
        self.feature, self.program, self.advice = feature, program, advice


class CannotListen(WrongCall):
    """The server cannot listen at an address: it is taken, or it is not an address of this machine."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Cannot listen at {to_safe_line(host)}, port {port}: {reason}; --port and --host name others."
        )
        self.host, self.port, self.reason = host, port, reason


class UnsuitableFormat(WrongCall):
    """A result cannot be written in the format asked for."""

    def __init__(self, format_: str, *, formats: tuple[str, ...], why: str = "") -> None:
        reason = f", since {to_safe_line(why, longest=300)}" if why else ""
        super().__init__(f"This result cannot be written as {format_!r}{reason}; use one of {', '.join(formats)}.")
        self.format, self.formats = format_, formats


class TooMuchToDraw(WrongCall):
    """A picture would have more in it than can be drawn or read."""

    def __init__(self, what: str, *, size: int, most: int, unit: str) -> None:
        super().__init__(
            f"{what} of {size:,} {unit} cannot be drawn, only one of {most:,}; --focus, --kinds and --max-nodes choose."
        )
        self.what, self.size, self.most, self.unit = what, size, most, unit


class NoFont(WrongCall):
    """There is no font for the labels of a picture."""

    def __init__(self) -> None:
        super().__init__(
            "This system has no font to draw labels with; install one, such as DejaVu Sans, or export svg."
        )


class BadRate(WrongCall):
    """An exchange rate is not of the form `GBP:USD=1.27`."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{to_safe_line(text)!r} is not a rate; write GBP:USD=1.27 if one GBP buys 1.27 USD.")
        self.text = text


class ContradictoryConditions(WrongCall):
    """The conditions of a question contradict each other, or one of them is out of range."""


class NothingAsked(WrongCall):
    """A command is called without what it needs, or with options that do not go together."""


class NoRoute(NoAnswer):
    """No sequence of known steps leads from one position to another."""

    def __init__(self, origin: str, destination: str, *, reason: str) -> None:
        super().__init__(f"No route leads from {origin} to {destination}: {reason}")
        self.origin, self.destination, self.reason = origin, destination, reason


class AlreadyThere(NoAnswer):
    """The origin of a route is its destination, or a specialisation of it."""

    def __init__(self, origin: str, destination: str) -> None:
        super().__init__(f"Already there: being {origin} is being {destination}. Ask for another role.")
        self.origin, self.destination = origin, destination


class NothingFound(NoAnswer):
    """A search has no result."""

    def __init__(self, text: str) -> None:
        super().__init__(f"Nothing matches {text!r}. `careergraph list role` shows all roles.")
        self.text = text


class QueryTimedOut(NoAnswer):
    """A query was not answered within its time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"There was no answer within {seconds:g} s; narrow the query, or allow it more time.")
        self.seconds = seconds


class ResultTooLarge(NoAnswer):
    """A result is larger than an answer may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The result is larger than {limit:,} bytes; add a LIMIT, or ask for fewer columns.")
        self.limit = limit


class QueryTooHeavy(NoAnswer):
    """The engine was ended by a query: it ran out of memory, stack or processor time."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The query asks too much: {reason.rstrip('.')}. Simplify it, or split it into several.")
        self.reason = reason


class UnexpectedFault(CareergraphError):
    """Something is wrong with careergraph itself, or with its data in a way that nobody foresaw.

    `number` identifies the occurrence; `trace` is for whoever fixes it.
    """

    def __init__(self, number: str, what: str, trace: str) -> None:
        super().__init__(f"careergraph failed because of a fault of its own ({to_safe_line(what)}; number {number}).")
        self.number, self.what, self.trace = number, what, trace

    @classmethod
    def of(cls, error: Exception) -> UnexpectedFault:
        """Make a fault of an unexpected exception, with a number of its own."""
        from secrets import token_hex
        from traceback import format_exception

        return cls(token_hex(4), f"{type(error).__name__}: {error}", "".join(format_exception(error)))


class QueryStopped(NoAnswer):
    """A query was stopped because nobody is waiting for its answer any more."""

    def __init__(self) -> None:
        super().__init__("The query was stopped before it was answered.")


class ServerBusy(NoAnswer):
    """The queue of waiting questions is full."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many questions at once; ask again in {retry_after} s.")
        self.retry_after = retry_after


def _quote(names: tuple[str, ...]) -> str:
    *most, last = (f'"{name}"' for name in names)
    return f"{', '.join(most)} or {last}" if most else last


def _end_sentence(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence.rstrip('.')}."


def _point_at(line: str, column: int, width: int = 72) -> str:
    # The part of the line around the column, with a caret under that character.
    start = max(0, min(column - 1 - width // 2, len(line) - width))
    piece = blank_controls(line[start : start + width])
    return f"  {piece}\n  {' ' * (column - 1 - start)}^"
