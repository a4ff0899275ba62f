"""Write `src/careergraph/model/schemas/*.json`: the JSON Schemas of what commands print, from the records themselves.

What a field means stands below it in its class, what narrows it down in its type (see `careergraph.model.values`). The
schema of the file that `--profile` reads, `json-resume.json`, is none of these: it is written by hand.

    python scripts/make_schemas.py          # write the schemas
    python scripts/make_schemas.py --check  # write nothing; exit 1 and say so if a schema is not current
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from careergraph.catalogue.alignments import Alignment
from careergraph.catalogue.dataset_diffs import DatasetDiff
from careergraph.catalogue.dataset_summaries import DatasetSummaries, Inventory
from careergraph.catalogue.node_profiles import Comparison, Profile, Stats
from careergraph.catalogue.ratings import Rating
from careergraph.catalogue.twins import Found
from careergraph.model import records
from careergraph.model.records import Evidence, Note, Record, Ref, Refs
from careergraph.model.schemas import COMMON
from careergraph.model.values import Schema
from careergraph.rdf.kinds import CLAIM_KINDS, NAMED_KINDS, NODE_KINDS, NOTE_KINDS
from careergraph.sparql.saved_queries import SavedQueries
from careergraph.transitions.feasibility import Factor
from careergraph.transitions.gaps import Gap, Missing
from careergraph.transitions.outlook import Bridges, NextSkills, Reach
from careergraph.transitions.people.person import Match, Person
from careergraph.transitions.plans.progress import Progress
from careergraph.transitions.plans.records import Plan, PlannedCourse, Plans
from careergraph.transitions.route_steps import Routes, RouteStep
from careergraph.validation.validate import ValidationReport
from record_fields import field_descriptions, field_types
from reference_text import Undocumented, words

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "src" / "careergraph" / "model" / "schemas"
COMMAND = "python scripts/make_schemas.py"
BASE = "https://w3id.org/careergraph/schemas/"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: Command → the record that it prints. A record's definition stands with the first command that comes upon it.
ANSWERS: dict[str, type[Record]] = {
    "path": Routes,
    "reach": Reach,
    "gap": Gap,
    "plan": Plan,
    "plans": Plans,
    "plan-progress": Progress,
    "next-skill": NextSkills,
    "bridges": Bridges,
    "profile": Person,
    "show": Profile,
    "compare": Comparison,
    "search": Found,
    "list": Refs,
    "stats": Stats,
    "queries": SavedQueries,
    "validate": ValidationReport,
    "datasets": Inventory,
    "datasets-diff": DatasetDiff,
    "import": DatasetSummaries,
}
#: Commands that print the same record: what is true of each alone, for its schema and for fields of it.
ALONE: dict[str, dict[str, dict[str, Any]]] = {
    "search": {
        "": {"description": "The nodes that match a text."},
        "results": {"description": "The nodes, the best match first.", "minItems": 1},
    },
    "list": {
        "": {"description": "All nodes of a kind."},
        "results": {"description": "The nodes, by label; a claim's label is its text."},
    },
}
#: The records whose definitions stand with those that commands share, besides the records of `model.records`.
SHARED: tuple[type[Record], ...] = (Missing, Factor, Alignment, Rating)
#: Record → what ties its fields to each other.
TIES: dict[type[Record], dict[str, Any]] = {
    RouteStep: {
        "if": {"properties": {"basis": {"const": "asserted"}}},
        "then": {"properties": {"transitions": {"minItems": 1}}},
        "else": {"properties": {"transitions": {"maxItems": 0}, "evidence": {"maxItems": 0}}},
    },
    PlannedCourse: {
        "if": {"properties": {"hours_known": {"const": True}}},
        "then": {"properties": {"hours_low": {"type": "number"}, "hours_high": {"type": "number"}}},
        "else": {"properties": {"hours_high": {"type": "null"}}},
    },
    Match: {
        "if": {"properties": {"method": {"enum": ["label", "alias", "rule"]}}},
        "then": {"properties": {"score": {"const": 1}}},
    },
}
_OTHER_KINDS = [kind for kind in NODE_KINDS.values() if kind not in NAMED_KINDS]
#: The definitions whose values are those of the ontology.
KINDS: dict[str, dict[str, Any]] = {
    "namedKind": {
        "title": "Kind of a node with a name",
        "description": "The kinds that can be asked for by name and that `stats` counts as nodes.",
        "type": "string",
        "enum": list(NAMED_KINDS),
    },
    "claimKind": {
        "title": "Kind of a claim",
        "description": "The kinds of statement that a source or the editors make.",
        "type": "string",
        "enum": list(dict.fromkeys(CLAIM_KINDS.values())),
    },
    "kind": {
        "title": "Kind of a node",
        "description": "What a node is; `thing` if it is of no class that the ontology names.",
        "type": "string",
        "anyOf": [
            {"$ref": "#/$defs/namedKind"},
            {"$ref": "#/$defs/claimKind"},
            {"enum": [*dict.fromkeys(_OTHER_KINDS), "thing"]},
        ],
    },
    "noteKind": {
        "title": "Kind of an editorial note",
        "description": "What an editorial note remarks on; a disagreement says that sources contradict each other.",
        "type": "string",
        "enum": list(NOTE_KINDS),
    },
}
#: Record → the definition of a list of it: wherever there are several, they are such a list.
LISTS: dict[type[Record], tuple[str, dict[str, Any]]] = {
    Ref: (
        "refs",
        {"title": "References", "description": "References to nodes, none of them twice.", "uniqueItems": True},
    ),
    Evidence: (
        "evidences",
        {
            "title": "Evidence for one thing",
            "description": "All that is known about who says so, in the order of the data.",
        },
    ),
    Note: (
        "notes",
        {"title": "Editorial notes", "description": "Editorial notes, none of them twice.", "uniqueItems": True},
    ),
}
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def documents() -> dict[str, dict[str, Any]]:
    """Name → schema, of all commands and of what they share.

    Raises:
        Undocumented: a record or a field has no description, or a field a type that no schema can be made of.
    """
    return Definitions().documents()


class Definitions:
    """The definitions that commands' schemas refer to, each made once, when the first of them does."""

    def __init__(self) -> None:
        self.by_file: dict[str, dict[str, Any]] = {COMMON: dict(KINDS), **{command: {} for command in ANSWERS}}
        self.homes: dict[type[Record], tuple[str, str]] = {}

    def documents(self) -> dict[str, dict[str, Any]]:
        """Name → schema, `common` last."""
        bodies = {command: self.answer(command, record) for command, record in ANSWERS.items()}
        shared = {
            "title": "Parts of careergraph's answers",
            "description": "What the schemas of the commands share. "
            "Bounds hold for every data set that `careergraph validate` accepts.",
        }
        return {name: self.document(name, body) for name, body in {**bodies, COMMON: shared}.items()}

    def document(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """A whole schema, with the definitions that stand in it."""
        found = {"$schema": DIALECT, "$id": f"{BASE}{name}.json", **body}
        return {**found, "$defs": self.by_file[name]} if self.by_file[name] else found

    def answer(self, command: str, record: type[Record]) -> dict[str, Any]:
        """The schema of what a command prints."""
        found = {"title": f"careergraph {command}", **self.object_schema(record, command)}
        alone = ALONE.get(command, {})
        for field, said in alone.items():
            (found["properties"][field] if field else found).update(said)
        return found

    def object_schema(self, record: type[Record], file: str) -> dict[str, Any]:
        """The schema of a record: every field is there, and nothing else."""
        types, descriptions = field_types(record, narrowed=True), field_descriptions(record)
        properties = {name: {"description": descriptions[name], **self.of(types[name], file)} for name in types}
        return {
            "description": words((record.__doc__ or "").partition("\n")[0], record.__qualname__),
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
            **TIES.get(record, {}),
        }

    def of(self, hint: Any, file: str) -> dict[str, Any]:
        """The schema of a type, to stand in a file."""
        if get_origin(hint) is Annotated:
            base, *narrowings = get_args(hint)
            found = self.of(base, file)
            for narrowing in narrowings:
                found = self.narrowed(found, narrowing, file)
            return found
        if get_origin(hint) in (Union, UnionType):
            return self.nullable(hint, file)
        if get_origin(hint) is tuple:
            return self.array(get_args(hint), file)
        if get_origin(hint) is dict:
            key, value = get_args(hint)
            keys: dict[str, Any] = {} if key is str else {"propertyNames": self.of(key, file)}
            return {"type": "object", **keys, "additionalProperties": self.of(value, file)}
        if isinstance(hint, type) and issubclass(hint, Record):
            return self.reference(*self.home(hint, file), file)
        if hint not in TYPES:
            raise Undocumented(f"no schema can be made of {hint}: say in `{Path(__file__).name}` how")
        return {"type": TYPES[hint]}

    def narrowed(self, found: dict[str, Any], narrowing: Schema, file: str) -> dict[str, Any]:
        """A schema with more keywords; a reference to it, if they have a name."""
        keywords = {key: list(value) if key == "enum" else value for key, value in narrowing.keywords.items()}
        if not narrowing.name:
            return {**found, **keywords}
        said: dict[str, Any] = {key: keywords.pop(key) for key in ("title", "description") if key in keywords}
        self.by_file[COMMON].setdefault(narrowing.name, {**said, **found, **keywords})
        return self.reference(COMMON, narrowing.name, file)

    def nullable(self, hint: Any, file: str) -> dict[str, Any]:
        """The schema of something or null; of a value that has a definition, the keywords of that."""
        something, *more = [part for part in get_args(hint) if part is not NoneType]
        if more or NoneType not in get_args(hint):
            raise Undocumented(f"no schema can be made of {hint}: say in `{Path(__file__).name}` how")
        found = self.of(something, file)
        if "$ref" in found and get_origin(something) is Annotated:
            definition = self.by_file[COMMON][found["$ref"].rpartition("/")[2]]
            found = {key: value for key, value in definition.items() if key not in ("title", "description")}
        if "$ref" in found:
            return {"type": ["object", "null"], "anyOf": [found, {"type": "null"}]}
        if "enum" in found:
            found = {**found, "enum": [*found["enum"], None]}
        return {**found, "type": [found["type"], "null"]}

    def array(self, items: tuple[Any, ...], file: str) -> dict[str, Any]:
        """The schema of a list, of one type throughout."""
        if items[-1] is not Ellipsis:
            return {"type": "array", "items": self.of(items[0], file), "minItems": len(items), "maxItems": len(items)}
        if items[0] not in LISTS:
            return {"type": "array", "items": self.of(items[0], file)}
        key, said = LISTS[items[0]]
        if key not in self.by_file[COMMON]:
            self.by_file[COMMON][key] = {**said, "type": "array", "items": self.of(items[0], COMMON)}
        return self.reference(COMMON, key, file)

    def home(self, record: type[Record], file: str) -> tuple[str, str]:
        """Where a record's schema stands: the file, and the key of its definition, which is empty for an answer."""
        for command, answer in ANSWERS.items():
            if answer is record:
                return command, ""
        if record not in self.homes:
            name = record.__name__
            shared = record in SHARED or record.__module__ == records.__name__
            self.homes[record] = home, key = COMMON if shared else file, name[0].lower() + name[1:]
            title = " ".join(re.findall("[A-Z][a-z]*", name)).capitalize()
            self.by_file[home][key] = {}  # in its place before those that it refers to
            self.by_file[home][key].update({"title": title, **self.object_schema(record, home)})
        return self.homes[record]

    def reference(self, home: str, key: str, file: str) -> dict[str, Any]:
        """A reference from one file to a definition in the same or another."""
        return {"$ref": ("" if home == file else f"{home}.json") + (f"#/$defs/{key}" if key else "")}


def text(document: dict[str, Any]) -> str:
    """A schema as its file has it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def find_outdated() -> list[str]:
    """The files of schemas that do not say what the records say."""
    paths = {FOLDER / f"{name}.json": text(document) for name, document in documents().items()}
    return [path.name for path, content in paths.items() if not path.exists() or path.read_text("utf-8") != content]


def main(arguments: list[str]) -> int:
    """Write the schemas, or with `--check` say which are not current; the result is the exit code."""
    if arguments == ["--check"]:
        old = find_outdated()
        for name in old:
            print(f"src/careergraph/model/schemas/{name} is not current: run `{COMMAND}`", file=sys.stderr)
        return 1 if old else 0
    for name, document in documents().items():
        (FOLDER / f"{name}.json").write_text(text(document), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
