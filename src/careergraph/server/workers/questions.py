"""Ask the questions of the API where they can take too long and do no harm: in a process that can be ended."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from careergraph.server.workers.copies import Template
from careergraph.sparql.isolation.processes import SpawnedProcess, Worker
from careergraph.sparql.sandbox import Limits

#: Workers stand back behind the listening process: it needs little, and whoever waits for a page waits for it.
NICENESS = 5
#: What an answer may take: 1 GiB of memory, 64 MiB of JSON.
MODERATE = Limits(memory=1 << 30, output=1 << 26, niceness=NICENESS)


class Questions:
    r"""One data set and the process that answers questions about it.

    The process starts with the first question and is kept for the next. Not for two threads at once, but `stop` may be
    called from any.

    Args:
        files: the RDF files of the data set.
        limits: what an answer may take.
        language: the language of labels in answers.
        template: what the process is a copy of, one for several of these; by default it opens the data set itself.

    >>> from careergraph.store.locations import list_dataset_files
    >>> questions = Questions(list_dataset_files())
    >>> questions.ask("search", {"text": "MLE"}, seconds=60)[:14]
    b'{\n  "results":'
    >>> questions.close()
    """

    def __init__(
        self,
        files: Sequence[str],
        *,
        limits: Limits = MODERATE,
        template: Template | None = None,
        language: str = "en",
    ) -> None:
        opening = {"files": list(files), "memory": limits.memory, "largest": limits.output, "niceness": limits.niceness}
        opening["language"] = language
        spawn = partial(SpawnedProcess, "careergraph.server.workers.question_worker")
        self._worker = Worker(spawn if template is None else template.copy, opening)

    def ask(self, question: str, values: Mapping[str, Any], *, seconds: float, form: str = "json") -> bytes:
        """Answer a question with the JSON that the command of that name prints.

        Args:
            question: a name in `careergraph.server.api.questions.QUESTIONS`.
            values: the parameters, as `careergraph.server.api.questions.parse_query_string` gives them.
            seconds: how long it may take once the data set is open.
            form: `json`; `told`, a JSON object with the `text` that the command prints and its `answer` in JSON; or,
                for `path`, `html`: the part of a page that shows the routes.

        Raises:
            WrongCall: a name is unknown, or conditions contradict each other.
            NoAnswer: there is none; or it took too long (`QueryTimedOut`), too much (`QueryTooHeavy`), or `stop` was
                called meanwhile (`QueryStopped`).
        """
        request = {"question": question, "values": dict(values), "form": form}
        _, content = self._worker.ask(request, b"", seconds=seconds)
        return content

    def read_cv(self, name: str, content: bytes, *, seconds: float) -> dict[str, Any]:
        """Read a CV, and keep nothing of it.

        Args:
            name: what its file is called, whose ending tells the format.
            content: what is in the file.
            seconds: how long that may take once the data set is open.

        Returns:
            A `Person` as JSON has it.

        Raises:
            UnreadableFile: it is no CV, or out of bounds.
            MissingExtra: the reader of its format is not installed.
            NoAnswer: as for `ask`.
        """
        _, found = self._worker.ask({"cv": name}, content, seconds=seconds)
        return dict(json.loads(found))

    def start(self) -> None:
        """Have the process ready before the first question."""
        self._worker.start()

    def stop(self) -> None:
        """End the question that is being answered, from any thread."""
        self._worker.stop()

    def close(self) -> None:
        """End the process."""
        self._worker.close()
