"""What several test files share: a browser, a server, stores of others."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from browsers import launch
from onet_release import installed
from peers import oxigraph as oxigraph
from peers import virtuoso as virtuoso
from served import GRAPHS, Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

#: Whatever this user has imported is not under test. Set before anything runs, so that sub-processes see it too.
os.environ["CAREERGRAPH_DATA"] = tempfile.mkdtemp(prefix="careergraph-tests-")

#: Several processes share the cores here. Threads of the library for matrices would wait for each other in loops, which
#: is most of what they do on a busy machine: what experts agree with took twice the work. Set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

#: Hundreds of tests start a process, and each would compile the package anew where Python may not keep what it made.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

#: How many examples a property is tried on that does not say so itself, the same ones each time, so that a change is
#: what makes a test fail. Whoever says how many gets others each time: CI's unit tests try Hypothesis's usual hundred.
EXAMPLES = os.environ.get("CAREERGRAPH_EXAMPLES")
settings.register_profile("careergraph", max_examples=int(EXAMPLES or 40), derandomize=not EXAMPLES)
settings.load_profile("careergraph")

#: A job that a shell runs in the background ignores Ctrl-C, and so would every process that is started here.
signal.signal(signal.SIGINT, signal.default_int_handler)


#: Files that take longest, in the order in which they begin, so that none is left over for one process at the end. All
#: of O*NET is imported by the first one, and whoever needs it meanwhile waits: another process has the browser first.
FIRST = (
    "test_whole_onet.py",
    "test_explorer_browser.py",
    "test_docs.py",
    "test_plans.py",
    "test_server_browser.py",
    "test_validate.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """Have files shared out in the order that they are collected in, and not by how many tests they have."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first."""
    places = {name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(FIRST)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage rarely: what has been collected stays to the end, and catalogues are looked through for nothing.

    The command line does the same (`careergraph.cli.run`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure() -> None:
    """Leave nothing behind; a process that only hands out tests to others runs no fixtures."""
    shutil.rmtree(os.environ["CAREERGRAPH_DATA"], ignore_errors=True)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What starts browsers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium as the system has it, or Firefox where CAREERGRAPH_BROWSER says so.

    Without one, tests are skipped, or fail where CAREERGRAPH_REQUIRE_BROWSER is 1. Where it is 0, they are skipped in
    any case.
    """
    yield from launch(os.environ.get("CAREERGRAPH_BROWSER", "chromium"), lambda: request.getfixturevalue("driver"))


@pytest.fixture(scope="session")
def firefox(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Firefox where the system has it; nothing requires it."""
    yield from launch("firefox", lambda: request.getfixturevalue("driver"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page in a context of its own; what a test leaves behind, no other sees."""
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Served]:
    """A server on the bundled data set and three named graphs, with the options that it has by default."""
    with served("--no-direct", "--dataset", "bundled", "--dataset", str(GRAPHS)) as running:
        yield running


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    (folder / "shared").mkdir(exist_ok=True)
    return folder / "shared"


@pytest.fixture(scope="session")
def quick_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory, where the system has one: imports write through to the disk, and wait for it elsewhere."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tmp_path_factory.mktemp("quick")
    with tempfile.TemporaryDirectory(prefix="careergraph-tests-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def small_onet(quick_disk: Path) -> Path:
    """The folder of a data set made of ten occupations of O*NET."""
    return installed(quick_disk / "small" / "onet")
