"""The page of results says what the results say, and the benchmarks' common shape holds."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "benchmarks"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that imports a module of the benchmarks."""
    monkeypatch.syspath_prepend(str(ROOT))
    return lambda name: importlib.import_module(f"benchmarks.{name}")


@pytest.fixture
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "results.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return found


def report_of(module: Any) -> Any:
    """A report with a goal that is met, one that is missed, and a figure of which only a bound is known."""
    reporting: ModuleType = module("reporting")
    report = reporting.Report()
    report.ratio("start", "ours / theirs", [1.9, 2.0, 2.3], reporting.Goal("at most", 2.5))
    report.measured("memory", "ours", "MB", [1200.0], reporting.Goal("at most", 1000))
    report.measured("drawing", "theirs", "ms", [60_000.0], at_least=True)
    return report


@pytest.fixture
def one_run(module: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The only benchmark there is, with its results in a temporary folder."""
    runs, page = module("runs"), module("page")
    run = runs.RUNS[0]
    monkeypatch.setattr(runs, "RESULTS", tmp_path)
    monkeypatch.setattr(page, "RUNS", (run,))
    return run


def keep(run: Any, **changes: object) -> None:
    found = {"run": run.name, "command": "python x.py", "date": "2025-01-31", "quick": False, "failure": None} | changes
    run.path.write_text(json.dumps(found), encoding="utf-8")


def test_the_page_of_results_is_made_of_the_results(module: Any) -> None:
    page = module("page")
    assert page.PAGE.read_text(encoding="utf-8") == page.page(), "python benchmarks/run.py --page"


def test_the_tables_on_scale_are_made_of_the_results(module: Any) -> None:
    page = module("page")
    text = page.SCALE_PAGE.read_text(encoding="utf-8")
    assert text.count("made by benchmarks/run.py") == text.count("<!-- end -->") > 0
    assert page.scale_page(text) == text, "python benchmarks/run.py --page"


def test_every_row_of_the_tables_on_scale_has_been_measured(module: Any) -> None:
    text = module("page").SCALE_PAGE.read_text(encoding="utf-8")
    beginnings = ("| in memory", "| SPARQL", "| explorer", "| on disk")
    rows = [line for line in text.splitlines() if line.startswith(beginnings)]
    assert rows
    for row in rows:
        assert any(character.isdigit() for character in row), row


def test_results_that_are_kept_are_of_the_common_shape(module: Any, schema: dict[str, Any]) -> None:
    names = {run.name for run in module("runs").RUNS}
    kept = sorted((FOLDER / "results").glob("*"))
    assert {path.stem for path in kept} <= names
    for path in kept:
        found = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator(schema).validate(found)
        assert found["run"] == path.stem


def test_a_report_is_of_the_common_shape(module: Any, schema: dict[str, Any]) -> None:
    report = report_of(module)
    Draft202012Validator({"$ref": "#/$defs/report", "$defs": schema["$defs"]}).validate(report.to_dict())
    assert not report.met


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"results": None}, "oneOf"),
        ({"date": "yesterday"}, "pattern"),
        ({"run": None}, "type"),
    ],
    ids=["neither results nor a failure", "no date", "no name"],
)
def test_the_schema_refuses_what_is_not_of_the_shape(
    module: Any, schema: dict[str, Any], change: dict[str, Any], rule: str
) -> None:
    results = report_of(module).to_dict()
    found = {"run": "x", "command": "x", "date": "2025-01-31", "quick": False, "failure": None, "results": results}
    validator = Draft202012Validator(schema)
    assert not list(validator.iter_errors(found))
    assert rule in {error.validator for error in validator.iter_errors(found | change)}


def test_the_schema_refuses_a_goal_without_a_verdict(module: Any, schema: dict[str, Any]) -> None:
    results = report_of(module).to_dict()
    results["ratios"][0]["met"] = None
    validator = Draft202012Validator({"$ref": "#/$defs/report", "$defs": schema["$defs"]})
    assert ["met"] in [list(error.absolute_path)[-1:] for error in validator.iter_errors(results)]


def test_the_spread_is_a_range_for_few_rounds_and_quartiles_for_many(module: Any) -> None:
    report = module("reporting").Report()
    report.measured("few", "ours", "ms", [1, 2, 9])
    report.measured("many", "ours", "ms", [*range(1, 12), 1000])
    few, many = report.to_dict()["measurements"]
    assert (few["value"], few["low"], few["high"], few["spread"]) == (2, 1, 9, "range")
    assert (many["value"], many["spread"], many["high"] < 12) == (6.5, "quartiles", True)


def test_the_page_tells_of_goals_met_and_missed_and_of_bounds(module: Any, one_run: Any) -> None:
    keep(one_run, results=report_of(module).to_dict())
    lines = module("page").page().splitlines()
    assert "| start | ours / theirs | 2.00 | 1.90 – 2.30 | 3 | at most 2.5: met |" in lines
    assert "| memory | ours | 1,200 MB |  | 1 | at most 1000: **missed** |" in lines
    assert "| drawing | theirs | ≥ 60,000 ms |  | 1 |  |" in lines


def test_the_page_tells_of_what_failed_and_of_what_was_not_measured(module: Any, one_run: Any) -> None:
    page = module("page")
    assert "Not measured yet." in page.page()
    keep(one_run, results=None, failure="A Chromium is needed.")
    assert "**It failed:** A Chromium is needed." in page.page()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import sys; sys.exit('A Chromium is needed.')", "A Chromium is needed."),
        ("raise ValueError('broken')", "ValueError: broken"),
        ("print('{}')", "is not as results.schema.json has it ('machine' is a required property)"),
        ("print('no JSON')", "is not as results.schema.json has it"),
        ("import time; print('{}', flush=True); time.sleep(60)", "it was ended after 0.02 minutes"),
    ],
    ids=["missing prerequisite", "exception", "another shape", "no JSON", "without end"],
)
def test_a_benchmark_that_fails_is_kept_as_failed(
    code: str, reason: str, module: Any, one_run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_module = module("run")
    (tmp_path / "bad.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(run_module, "HERE", tmp_path)
    run = one_run._replace(script="bad", minutes=0.02 if "sleep" in code else 1)
    material = run_module.Material(run_module.Downloads(), str(tmp_path))
    assert not run_module.keep(run, material, str(tmp_path), quick=True)
    found = run.last()
    assert reason in found["failure"]
    assert found["results"] is None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not list its processes as files")
def test_a_run_leaves_no_process_and_no_file_behind(
    module: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_module = module("run")
    code = (
        "import os, subprocess, sys, tempfile\n"
        "tempfile.mkstemp()\n"
        "left = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], stderr=subprocess.DEVNULL)\n"
        f"open({str(tmp_path / 'number')!r}, 'w').write(str(left.pid))\n"
    )
    (tmp_path / "leaves.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(run_module, "HERE", tmp_path)
    run = module("runs").RUNS[0]._replace(script="leaves")
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(run_module.RunError):
        run_module.ran(run, run_module.Material(run_module.Downloads(), str(inner)), str(inner), quick=True)
    assert not list(inner.iterdir())
    number, waiting = int((tmp_path / "number").read_text()), time.monotonic()
    while runs_still(number) and time.monotonic() < waiting + 30:
        time.sleep(0.05)
    assert not runs_still(number)


def runs_still(number: int) -> bool:
    """Whether there is a process of a number that has not ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("arguments", [["--only", "nothing"], ["--onet", "nothing"]])
def test_a_wrong_call_of_the_runner_is_one_clear_line(arguments: list[str]) -> None:
    command = [sys.executable, str(FOLDER / "run.py"), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "nothing" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr


def test_every_benchmark_that_runs_is_there_and_takes_its_arguments(module: Any) -> None:
    for run in module("runs").RUNS:
        script = FOLDER / f"{run.script}.py"
        ended = subprocess.run([sys.executable, str(script), "--help"], capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        for word in ("--format", *(word for word in (*run.arguments, *run.quick) if word.startswith("--"))):
            assert word in ended.stdout, (run.name, word)


def test_careers_are_made_the_same_on_every_run_and_lead_on(module: Any, tmp_path: Path) -> None:
    careers = module("made_careers").Careers
    files = []
    for name in "ab":
        careers(30).write(tmp_path / name)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]
    made = careers(30)
    assert len({made.label(number) for number in range(30)}) == 30
    assert all(number not in made.neighbours(number) for number in range(30))
    assert careers(30, seed=2).label(0) != made.label(0)
