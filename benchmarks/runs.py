"""Which benchmarks there are, how each is called, and where the results of its last run are kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
RESULTS, SCHEMA = HERE / "results", HERE / "results.schema.json"
#: What stands in an argument for O*NET's text download, a data set imported from it, its file of related occupations.
DOWNLOAD, DATASET, TRUTH = "ONET", "DATASET", "RELATED"
#: What stands in an argument for a file of moves that people made.
MOVES = "MOVES"
#: What stands for ESCO's downloads, and for a data folder with O*NET, ESCO and the crosswalk between them.
ESCO, JOINED = "ESCO", "JOINED"
#: Option of `run.py` → what it is needed for.
NEEDED = {
    "--onet PATH": {DOWNLOAD, DATASET, TRUTH, JOINED},
    "--moves FILE": {MOVES},
    "--esco PATH ...": {ESCO, JOINED},
    "--crosswalk FILE": {JOINED},
}


class Run(NamedTuple):
    """One call of a benchmark.

    `name` is that of its results, `script` a file beside this one without its suffix; `quick` takes the place of
    `arguments` in a smoke run; `minutes` is how long it may take before it is ended; `remark` is what there is to say
    of a goal that is missed: what takes the time or the memory, and what was tried.
    """

    name: str
    script: str
    title: str
    arguments: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    minutes: float = 10
    remark: str = ""

    def command(self, *, quick: bool) -> str:
        """As somebody would type it."""
        words = self.quick if quick else self.arguments
        return " ".join(("python", f"benchmarks/{self.script}.py", *words))

    def needs(self) -> list[str]:
        """The options of `run.py` without which it cannot run."""
        return [option for option, stand_ins in NEEDED.items() if stand_ins.intersection(self.arguments)]

    @property
    def path(self) -> Path:
        """Where the results of its last run are kept."""
        return RESULTS / f"{self.name}.json"

    def last(self) -> dict[str, Any] | None:
        """Its last run, as `results.schema.json` has it; None if there was none."""
        if not self.path.exists():
            return None
        found: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return found


_PAIRS = ("--pairs", "40", "--max-steps", "2")

RUNS = (
    Run(
        "cold_start",
        "cold_start",
        "A whole process on the curated graph, beside `import click`",
        ("--rounds", "25"),
        ("--rounds", "3"),
        remark="Where `import click` takes 40 milliseconds of processors, a `path` takes 40 for Python's start and "
        "click, 17 to import the package's 83 modules and json (11 of them to find, read and unpack files, "
        "whatever is in them), 4 to open the data (2 for its checksum and the names of its nodes), 2 to see "
        "what the origin holds, 7 to search, 3 to tell the step, and 2 for the words typed and the text. The "
        "limit leaves 24 for all but the first. What is left to save is in fewer or joined modules; no other "
        "part is large.",
    ),
    Run(
        "cold_start-onet",
        "cold_start",
        "A whole process on the curated graph joined with O*NET, beside `import click`",
        ("--onet", DATASET, "--rounds", "25"),
        ("--onet", DATASET, "--rounds", "3"),
        remark="Beside what the bundled data takes, a `path` needs 5 milliseconds to open the data set (2 of them to "
        "import what reads it), 14 to see what the origin holds (some 400 look-ups on disk, each read and "
        "unpacked in 0.02), and 21 to search: the 50 best routes for most people are found and then ranked for "
        "this person; with fewer, answers would change.",
    ),
    Run(
        "cold_start-esco",
        "cold_start",
        "A whole process with ESCO and O*NET joined, searches among them, beside `import click`",
        ("--data", JOINED, "--rounds", "25"),
        ("--data", JOINED, "--rounds", "3"),
        40,
        remark="Of a `path` between occupations, 40 milliseconds are Python's start and click, 17 imports, 12 to open "
        "six data sets, 24 to see what the origin holds, what its counterpart in the other classification asks "
        "for and what all that counts for elsewhere (some 900 look-ups on disk), 34 to search, and 6 to tell "
        "the steps. A misspelt name takes 10 for the import of what compares names, and 25 to count the runs of "
        "letters that it has in common with 236,000 names.",
    ),
    Run(
        "completion",
        "completion",
        "A Tab in a shell, beside `import click`",
        ("--rounds", "15"),
        ("--rounds", "3"),
    ),
    Run(
        "completion-onet",
        "completion",
        "A Tab in a shell, with O*NET joined, beside `import click`",
        ("--onet", DATASET, "--rounds", "15"),
        ("--onet", DATASET, "--rounds", "3"),
    ),
    Run(
        "routes",
        "routes",
        "Five best paths, beside networkx and scipy",
        ("--pairs", "9", "--large", "3"),
        ("--pairs", "1"),
        30,
    ),
    Run(
        "routes-onet",
        "routes",
        "Routes between random positions of the curated graph joined with O*NET, beside networkx",
        ("--onet", DATASET, "--pairs", "200"),
        ("--onet", DATASET, "--pairs", "5"),
    ),
    Run(
        "plans-onet",
        "plans",
        "Plans from occupations of O*NET, and a whole process, beside `import click`",
        (DATASET, "--occupations", "1000", "--rounds", "15"),
        (DATASET, "--occupations", "10", "--rounds", "3"),
        30,
    ),
    Run(
        "sparql",
        "sparql",
        "SPARQL in memory, beside rdflib",
        ("--rounds", "7"),
        ("--rounds", "1", "--triples", "5000"),
    ),
    Run(
        "sparql-onet",
        "sparql",
        "SPARQL on disk, beside rdflib in memory",
        ("--onet", DATASET, "--rounds", "3"),
        ("--onet", DATASET, "--rounds", "1"),
        20,
        "Between two processes, 100 bytes take 6 µs through pipes and back where both run on one core, and 24 µs where "
        "the system has to wake another. To ask again and again instead of waiting saves 2 µs of 60, and the process "
        "that answers cannot do so, as it may open nothing. Its work on a look-up takes 8 µs more than the engine's.",
    ),
    Run(
        "stores",
        "stores",
        "SPARQL over HTTP on O*NET, beside `oxigraph serve` and Virtuoso",
        (DATASET, "--rounds", "5"),
        (DATASET, "--rounds", "1"),
        30,
        "Oxigraph's server has the same engine: what is between the two is the process of its own that each query runs "
        "in, its bounds, and rows that go through two processes. Virtuoso keeps columns, and joins them at once; it "
        "refuses a path without a beginning.",
    ),
    Run("sparql-load", "sparql", "A server under load", ("--load",), ("--load",)),
    Run(
        "server_load",
        "server_load",
        "What a bystander waits beside hostile requests, idle clients, slow queries and slow readers",
        (),
        ("--requests", "500", "--idle", "50", "--slow", "6"),
        30,
    ),
    Run(
        "server_memory",
        "server_memory",
        "The memory of a server, all its processes together, at rest and after requests",
        ("--requests", "10000"),
        ("--requests", "500"),
    ),
    Run(
        "server_memory-esco",
        "server_memory",
        "The same, with O*NET and ESCO joined",
        ("--data", JOINED, "--requests", "10000"),
        ("--data", JOINED, "--requests", "500"),
        40,
    ),
    Run(
        "pages",
        "pages",
        "The first byte of each kind of page, with O*NET and ESCO joined",
        (JOINED, "--rounds", "5"),
        (JOINED, "--rounds", "1"),
        40,
    ),
    Run("kglab", "beside_kglab", "The same tasks, beside kglab", ("--rounds", "7"), ("--rounds", "2"), 20),
    Run(
        "html",
        "html",
        "The explorer page in a browser, beside plain pyvis",
        ("--rounds", "3", "--timeout", "180"),
        ("--rounds", "1", "--timeout", "10", "--sizes", "300/900"),
        40,
    ),
    Run(
        "import",
        "import",
        "Importing O*NET, beside rdflib's parser",
        (DOWNLOAD,),
        (DOWNLOAD,),
        30,
        "rdflib only parses; an import stores each statement in its graph and in the default graph, indexes, derives. "
        "Counted by thread and stage, the engine takes 64 % of the processors' time: to parse, encode, sort and write "
        "the statements in nine orders, and to merge its files. Reading and the index take 12 %, the costs of all "
        "steps 12 %, how similar occupations are 8 %, what the rules conclude 4 %. The index is written while Python "
        "would wait for the engine. Both graphs in one text (TriG, N-Quads) are slower; a lenient parser and other "
        "settings of malloc gain little.",
    ),
    Run(
        "import-esco",
        "import",
        "Importing ESCO, beside rdflib's parser",
        (ESCO, "--source", "esco"),
        (ESCO, "--source", "esco"),
        40,
        "An import stores, indexes and concludes as with O*NET; it compares nothing, as ESCO rates nothing. A million "
        "statements are read and 0.7 million follow from them, each in two graphs. Of the processors' time, storing "
        "them takes two thirds, the rules 12 %, the index 12 %, and reading 6 %. To store them, and nothing else, "
        "takes 0.57 of rdflib's time by the clock, with two processors, and as much of theirs as rdflib. The index is "
        "written while Python would wait for the engine.",
    ),
    Run("export", "export", "All of O*NET as CSV and in NetworkX", (DATASET, "--rounds", "3"), (DATASET,)),
    Run("derive", "derive", "Deriving all transitions of O*NET", (DATASET, "--rounds", "3"), (DATASET,)),
    Run(
        "related_occupations",
        "related_occupations",
        "Derived transitions, beside what experts call related",
        (DATASET, "--truth", TRUTH),
        (DATASET, "--truth", TRUTH),
        20,
    ),
    Run(
        "mobility",
        "mobility",
        "The model and its routes, beside moves that people made",
        (DATASET, "--truth", MOVES, "--routes", "300"),
        (DATASET, "--truth", MOVES, "--routes", "5"),
        20,
    ),
    Run(
        "carry_over",
        "carry_over",
        "The search with static costs, beside the exact one",
        (DATASET, *_PAIRS),
        (DATASET, "--pairs", "2", "--max-steps", "2"),
        20,
    ),
    Run(
        "batch",
        "batch",
        "One question for many people, beside asking one by one",
        ("--people", "1000", "10000", "100000"),
        ("--people", "100", "--one-by-one", "20"),
        30,
    ),
    Run(
        "pairs",
        "pairs",
        "All pairs of a register's occupations, and on Spark",
        ("--occupations", "1000", "4000", "16000"),
        ("--occupations", "300", "--spark", "300", "--parts", "1"),
        60,
    ),
    Run(
        "scale",
        "scale",
        "Made data sets of growing size",
        ("--positions", "1000", "10000", "100000"),
        ("--positions", "200"),
        60,
    ),
    Run(
        "scale-names",
        "scale",
        "A million positions with their names alone",
        ("--positions", "--names", "1000000", "--minutes", "60"),
        ("--positions", "--names", "1000"),
        90,
    ),
)


def find_runs(names: Sequence[str]) -> tuple[Run, ...]:
    """The runs of some names, all if there are none; a script's name stands for all its runs.

    Raises:
        KeyError: there is none of a name.
    """
    for name in names:
        if not any(name in (run.name, run.script) for run in RUNS):
            raise KeyError(name)
    return tuple(run for run in RUNS if not names or {run.name, run.script}.intersection(names))
