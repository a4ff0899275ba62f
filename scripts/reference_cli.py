"""The reference of the command line, from click's own tree of commands, as `--help` tells it."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator

import click

from careergraph.cli import EXIT_CODES, cli
from reference_text import Undocumented, page, table, words

#: What the examples read, so that they can be run one after the other.
RESUME = {
    "work": [{"position": "Software engineer", "startDate": "2019-03"}],
    "skills": [{"name": "Machine learning", "keywords": ["Python", "scikit-learn"]}],
}
PEOPLE = """\
{"id": "17", "position": "software engineer", "skills": ["PyTorch"], "to": "machine learning engineer"}
{"id": "18", "position": "philosopher", "credentials": ["PhD"], "to": "AI ethicist"}
"""
MINE = """\
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://example.org/role/curator> a cg:Role ; skos:prefLabel "Model curator"@en .
"""
INTRODUCTION = """\
# Command line

What `careergraph COMMAND --help` says, for all commands. Results go to standard output, everything else to standard
error. Options can stand before or behind arguments.
"""
_EXAMPLES = re.compile(r"\bExamples?:\n((?:  .*(?:\n|$))+)")


def cli_page() -> str:
    """The whole page.

    Raises:
        Undocumented: a command has no help or no example, or an option has no help.
    """
    commands = [section for path, command in tree(cli) for section in _command(path, command)]
    return page(INTRODUCTION, _exit_codes(), _files(), *commands)


def tree(group: click.Group, before: str = "careergraph") -> Iterator[tuple[str, click.Command]]:
    """Every command of a group, and of the groups in it, with the words that call it."""
    context = click.Context(group, info_name=before)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from tree(command, f"{before} {name}")


def examples(path: str, command: click.Command) -> str:
    """The example lines that stand at the end of a command's help.

    Raises:
        Undocumented: there are none.
    """
    found = _EXAMPLES.search((command.epilog or "").replace("\b", ""))
    if found is None:
        raise Undocumented(f"`{path}` has no example: give its decorator `epilog=example(...)`")
    return inspect.cleandoc(found[1])


def _command(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    yield f"## {path.removeprefix('careergraph ')}"
    yield _paragraphs(command.help, path)
    yield f"```text\nUsage: {usage}\n```"
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    yield table(("option", "what", "default"), (_option(option, context, path) for option in options))
    rest = _EXAMPLES.sub("", (command.epilog or "").replace("\b", "")).strip()
    yield f"```text\n{rest}\n```" if rest else ""
    yield f"```sh\n{examples(path, command)}\n```"


def _paragraphs(text: str | None, whose: str) -> str:
    parts = inspect.cleandoc(text or "").replace("\b", "").split("\n\n")
    return "\n\n".join(words(part, whose) for part in parts)


def _option(option: click.Option, context: click.Context, path: str) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" {_value(option, context)}"
    given = option.to_info_dict()["default"]
    default = f"`{given}`" if isinstance(given, str | int | float) and not isinstance(given, bool) else ""
    return f"{names}{value}", words(option.help, f"{path} {option.opts[0]}"), default


def _value(option: click.Option, context: click.Context) -> str:
    if not isinstance(option.type, click.IntRange | click.FloatRange):
        return f"`{option.make_metavar(context)}`"
    least = f"more than {option.type.min:g}" if option.type.min_open else f"{option.type.min:g}"
    return f"`{option.metavar or 'N'}`, {least} to {option.type.max:g}"


def _exit_codes() -> str:
    rows = ((f"`{code}`", meaning) for code, meaning in EXIT_CODES.items())
    return page("## Exit codes", table(("code", "when"), rows))


def _files() -> str:
    resume = f"```json\n{json.dumps(RESUME, indent=2)}\n```"
    return page(
        "## Files of the examples",
        "A CV as [JSON Resume](https://jsonresume.org) has it, `resume.json`:",
        resume,
        "Data that adds to the graph, `mine.ttl`:",
        f"```turtle\n{MINE}```",
        "People, `people.jsonl`:",
        f"```text\n{PEOPLE}```",
    )
