"""Those who answer questions are copies of one process: they answer as others do, end alone, and share their memory."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from careergraph.model.errors import QueryStopped, QueryTimedOut, UnreadableFile
from careergraph.server.api.questions import QUESTIONS, parse_query_string
from careergraph.server.workers.copies import Copy, Template
from careergraph.server.workers.questions import Questions
from careergraph.store.locations import list_dataset_files

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied here")
ROUTE = parse_query_string(QUESTIONS["path"], [("origin", "consultant"), ("destination", "AI ethicist")])


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    found = Template(list_dataset_files())
    yield found
    found.close()


@pytest.fixture
def questions(template: Template) -> Iterator[Questions]:
    found = Questions(list_dataset_files(), template=template)
    yield found
    found.close()


def search(questions: Questions) -> bytes:
    return questions.ask("search", {"text": "ethicist"}, seconds=60)


def process(questions: Questions) -> Copy:
    found = questions._worker._process
    assert isinstance(found, Copy)
    return found


def test_a_copy_answers_as_a_process_of_its_own_does(questions: Questions) -> None:
    alone = Questions(list_dataset_files())
    for name, values in (("search", {"text": "ethicist"}), ("path", ROUTE)):
        assert questions.ask(name, values, seconds=60) == alone.ask(name, values, seconds=60)
    alone.close()


def test_a_copy_that_is_killed_is_told_of_and_replaced(questions: Questions) -> None:
    right = search(questions)
    first = process(questions)
    os.kill(first._pid, signal.SIGSTOP)  # it answers nothing until it is ended
    with pytest.raises(QueryTimedOut):
        questions.ask("search", {"text": "ethicist"}, seconds=0.1)
    assert first.exit_code() == -signal.SIGKILL
    assert search(questions) == right
    assert process(questions)._pid != first._pid


def test_what_a_copy_has_died_of_is_known(questions: Questions) -> None:
    search(questions)
    copy = process(questions)
    os.kill(copy._pid, signal.SIGSEGV)
    assert copy.wait() == -signal.SIGSEGV
    assert search(questions)


def test_when_the_process_that_is_copied_has_gone_there_is_another(template: Template, questions: Questions) -> None:
    right = search(questions)
    assert template._process is not None
    before = template._process.pid
    os.kill(before, signal.SIGKILL)
    questions.stop()
    assert search(questions) == right
    assert template._process.pid != before


def test_a_data_set_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    missing = (str(tmp_path / "missing.ttl"),)
    template = Template(missing)
    with pytest.raises(UnreadableFile):
        search(Questions(missing, template=template))
    template.close()


def test_a_server_that_ends_waits_for_no_process_that_starts() -> None:
    """What waits for it is told at once, and nothing is started after."""
    template = Template(list_dataset_files())
    questions = Questions(list_dataset_files(), template=template)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(search, questions)
        while template._process is None:
            assert not waiting.done()
        template.stop_starting()
        with pytest.raises(QueryStopped):
            waiting.result(timeout=30)
    with pytest.raises(QueryStopped):
        search(questions)
    template.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
def test_a_copy_has_little_memory_of_its_own(template: Template, questions: Questions) -> None:
    search(questions)
    assert template._process is not None
    whole = _resident(template._process.pid, "Rss")
    assert _resident(process(questions)._pid, "Private_Dirty") < whole / 3


def _resident(pid: int, what: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))
