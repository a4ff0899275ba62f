"""The command line: parse, call one library function, print.

Results go to stdout, everything else to stderr. Exit codes: 0 answered; 1 a well-formed question without an answer;
2 a wrong call; 130 interrupted; 141 the reader of a pipe has gone, as shells report it.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import NoReturn

# Hardly any object becomes garbage before the process ends, so collect rarely, and not in what is imported next either.
gc.set_threshold(100_000, 20, 20)

import click

from careergraph.model.errors import CareergraphError, UnexpectedFault
from careergraph.model.escaping import to_safe_line, to_safe_text
from careergraph.version import __version__

#: Command → the module that has it. A module is imported when its command is used, so that none pays for another.
COMMANDS = {
    "path": "transitions",
    "reach": "transitions",
    "gap": "transitions",
    "plan": "plan",
    "report": "report",
    "next-skill": "transitions",
    "bridges": "transitions",
    "profile": "profile",
    "show": "nodes",
    "compare": "nodes",
    "search": "nodes",
    "list": "nodes",
    "stats": "nodes",
    "sparql": "sparql",
    "queries": "sparql",
    "export": "exports",
    "import": "imports",
    "datasets": "datasets",
    "batch": "batch",
    "validate": "validate",
    "serve": "serve",
    "mcp": "mcp",
    "completion": "completion.command",
}

INTERRUPTED = 130
#: The environment variable by which a shell asks what it may offer, instead of running a command.
COMPLETE = "_CAREERGRAPH_COMPLETE"


class Commands(click.Group):
    """A group that imports the module of a command when it is asked for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"careergraph.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        if command.help is None:  # under `python -OO`, which leaves docstrings out
            _document(command, module)
        return command


def _document(command: click.Command, module: ModuleType) -> None:
    import ast
    import inspect

    source = ast.parse(inspect.getsource(module))
    said = {node.name: ast.get_docstring(node) for node in source.body if isinstance(node, ast.FunctionDef)}
    within = command.commands.values() if isinstance(command, click.Group) else ()
    for each in (command, *within):
        each.help = said.get(getattr(each.callback, "__name__", ""))


#: Exit code of the process → what it means.
EXIT_CODES = {
    0: "answered",
    1: "a well-formed question without an answer: no route, invalid data",
    2: "a wrong call, or data that cannot be used",
    INTERRUPTED: "interrupted",
    141: "the reader of a pipe exited first (SIGPIPE, as shells report it)",
}
_EXIT_CODES = "\b\nExit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())


_ABOUT = "Ask a knowledge graph of careers in AI: routes, gaps, pay, and who says so."


@click.command(cls=Commands, help=_ABOUT, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="careergraph")
def cli() -> None:
    """The group of all commands."""


def run() -> NoReturn:
    """Run the command line and end the process with the exit code of `run_command`."""
    _open_streams()
    if COMPLETE in os.environ:
        from careergraph.cli.completion.shell import complete

        complete(cli, os.environ[COMPLETE], sys.argv[1:])
        _leave(0)
    if hasattr(signal, "SIGPIPE"):  # when the reader of a pipe has gone, end as other Unix tools do
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a character that an encoding lacks is shown by its number
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run_command()
    except Exception as error:  # a fault of this program that nobody foresaw: still one line
        code = _complain(str(UnexpectedFault.of(error)), 2)
    _leave(code)


def run_command(arguments: list[str] | None = None) -> int:
    """Carry out one call and return its exit code: the one place where errors become a line and a code.

    Args:
        arguments: the words after the name of the program; those the process was started with, if None.
    """
    try:
        code: int = cli.main(arguments, standalone_mode=False, prog_name="careergraph") or 0
        if sys.stdout is not None:
            sys.stdout.flush()
    except CareergraphError as error:
        code = _complain(str(error), error.exit_code)
    except click.ClickException as error:
        # Whoever gave a value that cannot be has found the option, and needs no usage.
        known = isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter)
        code = _complain(_tell(error), error.exit_code, usage=None if known else getattr(error, "ctx", None))
    except (click.Abort, KeyboardInterrupt):
        code = _complain("Interrupted.", INTERRUPTED)
    except OSError as error:
        code = _complain(f"Cannot write the result: {error.strerror or error}.", 2)
    return code


def _open_streams() -> None:
    # A standard stream that is closed would give its number to the next file that is opened: a store, say, that a
    # message is then written into. The substitute for standard output cannot be written to either, so that a
    # result that nobody gets is a failure.
    for number, name, flags in ((0, "stdin", os.O_RDONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def _complain(text: str, code: int, usage: click.Context | None = None) -> int:
    with suppress(OSError):  # where no message can be written, there is still the exit code
        if usage is not None:
            click.echo(f"{usage.get_usage()}\nTry '{usage.command_path} --help' for help.\n", err=True)
        click.echo(f"Error: {to_safe_text(text)}", err=True)
    return code


def _tell(error: click.ClickException) -> str:
    said = _one_line(error.format_message())
    if isinstance(error, click.NoSuchOption) and not error.possibilities:
        return f"{said} A name that begins with a hyphen goes behind --, as in: show -- -x."
    return said


def _one_line(text: str) -> str:
    # click lists choices one a line, and repeats what was typed as it stands.
    return to_safe_line(" ".join(text.split()), longest=500)


def _leave(code: int) -> NoReturn:
    # Everything is written; taking the graph apart object by object would cost another tenth. What is left in a
    # buffer could not be written.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)
