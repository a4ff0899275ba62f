"""Completion on top of click's: names with spaces, quotes and colons arrive unchanged.

The scripts in `shells/` pass what was typed as arguments of a process, where nothing can garble it: bash the line up to
the cursor and the part of it that will be replaced, zsh and fish word by word. Each gets lines back, and the resulting
command has to work: bash inserts what it gets unchanged, so it is quoted here; zsh and fish quote by themselves.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import click
from click.shell_completion import CompletionItem, ShellComplete

#: Characters other than those that bash needs no quoting for.
_BARE = re.compile(r"[^\w@%+:,./=-]")


class PartialLine(NamedTuple):
    """A command line up to the cursor: its whole words, the word at the cursor, and the quote that is open in it."""

    words: tuple[str, ...]
    word: str
    quote: str


class Completion(ShellComplete):
    """Completion in one shell: its script is a file, and what was typed comes as arguments."""

    def __init__(self, cli: click.Command, arguments: list[str]) -> None:
        super().__init__(cli, {}, "careergraph", "_CAREERGRAPH_COMPLETE")
        self.arguments = arguments

    def source(self) -> str:
        """The script that makes the shell ask this program."""
        from careergraph.cli.completion.shells import make_script

        return make_script(self.name)

    def complete(self) -> str:
        """The completions, one on each line."""
        args, incomplete = self.get_completion_args()
        # click completes the value of --option=value, and the shell replaces the whole word.
        option = re.match(r"--[^=]+=", incomplete)
        items = self.get_completions(args, incomplete)
        values = [item.value if option is None else option[0] + item.value for item in items]
        lines = [
            item.type if item.type != "plain" else self.format_completion(CompletionItem(value, help=item.help))
            for item, value in zip(items, self.fit_values(values, incomplete), strict=True)
        ]
        return "".join(f"{line}\n" for line in lines if "\n" not in line)

    def fit_values(self, values: list[str], incomplete: str) -> list[str]:
        """The part of each value that the shell needs to complete what was typed."""
        return values


class Bash(Completion):
    """bash: readline does not know about quotes, nor that a word may begin before a colon."""

    name = "bash"

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words after the command's name, and the one at the cursor."""
        found = split_typed(self.arguments[0])
        return list(found.words[1:]), found.word

    def fit_values(self, values: list[str], incomplete: str) -> list[str]:
        """The part that readline replaces, spelled as it was typed if the values differ in that.

        readline inserts their common beginning, even if that is less than what was typed.
        """
        if len({value[: len(incomplete)] for value in values}) > 1:
            values = [incomplete + value[len(incomplete) :] for value in values]
        kept = len(self._before().word)
        return [value[kept:] for value in values]

    def format_completion(self, item: CompletionItem[str]) -> str:
        """The value, quoted for its place."""
        return f"{_openness(item)},{quote_for_bash(item.value, self._before().quote)}"

    def _before(self) -> PartialLine:
        line, replaced = self.arguments
        return split_typed(line.removesuffix(replaced))


class Zsh(Completion):
    """zsh: `_describe` takes a value and a description with a colon between them."""

    name = "zsh"

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words after the command's name, and the one at the cursor."""
        return self.arguments[:-1], self.arguments[-1]

    def fit_values(self, values: list[str], incomplete: str) -> list[str]:
        """The values without the option that they are for: the script has set that aside."""
        option = re.match(r"--[^=]+=", incomplete)
        return [value.removeprefix(option[0]) for value in values] if option else values

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Value and description."""
        value = re.sub(r"([\\:])", r"\\\1", item.value)
        return f"{_openness(item)},{value}:{item.help}" if item.help else f"{_openness(item)},{value}"


class Fish(Completion):
    """fish: a description comes after a tab."""

    name = "fish"

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words after the command's name, and the one at the cursor, which fish passes as typed."""
        return self.arguments[:-1], split_typed(self.arguments[-1].replace("\\'", "'\"'\"'")).word

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Value and description."""
        return f"{item.value}\t{item.help}" if item.help else item.value


SHELLS: dict[str, Callable[[click.Command, list[str]], Completion]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def complete(cli: click.Command, shell: str, arguments: list[str]) -> None:
    """Print completions for a shell, and nothing at all if anything goes wrong.

    Args:
        cli: the command line.
        shell: one of `SHELLS`.
        arguments: the arguments from its script.
    """
    # The user is typing: errors in a data set or in the line are reported when the command is run.
    with suppress(Exception):
        found = SHELLS[shell](cli, arguments).complete()
        sys.stdout.buffer.write(found.encode("utf-8", "surrogateescape"))


def split_typed(line: str) -> PartialLine:
    """Take apart a command line that need not be complete, as POSIX shells do.

    >>> split_typed('careergraph gap consultant "AI eth')
    PartialLine(words=('careergraph', 'gap', 'consultant'), word='AI eth', quote='"')
    """
    words: list[str] = []
    word: str | None = None
    quote, escape = "", ""
    for sign in line:
        if escape:
            # Within double quotes, a backslash before most characters means itself.
            word, escape = (word or "") + (escape if quote and sign not in '$`"\\' else "") + sign, ""
        elif sign == "\\" and quote != "'":
            word, escape = word or "", sign
        elif sign == quote or (not quote and sign in "'\""):
            word, quote = word or "", "" if quote else sign
        elif quote or not sign.isspace():
            word = (word or "") + sign
        elif word is not None:
            words.append(word)
            word = None
    return PartialLine(tuple(words), word or "", quote)


def quote_for_bash(text: str, quote: str) -> str:
    r"""Quote a text for bash, after an opening quote or without one.

    >>> print(quote_for_bash("C++ (it's)", ""), quote_for_bash("it's", "'"), quote_for_bash('"a" b', '"'))
    C++\ \(it\'s\) it'\''s \"a\" b
    """
    if not quote:
        return _BARE.sub(r"\\\g<0>", text)
    # An exclamation mark calls up history within double quotes, and a backslash before it would stay.
    in_double = re.sub(r'["$`\\]', r"\\\g<0>", text).replace("!", '"\\!"')
    found = in_double if quote == '"' else text.replace("'", "'\\''")
    # readline closes the quotes of the only name offered, but not if it ends with a quote already.
    return found + quote if found.endswith(quote) else found


def _openness(item: CompletionItem[str]) -> str:
    return "open" if item.value.endswith("=") else "plain"
