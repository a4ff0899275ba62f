"""The list of data sets: what each is, how large, in which languages, on which terms, and what it wants."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from careergraph.catalogue.dataset_summaries import DatasetSummary, Inventory, describe_bundled
from careergraph.render.text.datasets import format_datasets


def imported(name: str, **given: Any) -> DatasetSummary:
    values: dict[str, Any] = {
        "name": name,
        "title": "ESCO v1.1.0",
        "release": "1.1.0",
        "languages": ("en", "nl"),
        "size": 2_340_000,
    }
    values |= {"licence": "http://data.europa.eu/eli/dec/2011/833/oj", "statements": 1_234}
    return replace(describe_bundled(), imported="2026-12-01T03:00:00+00:00", **{**values, **given})


def test_each_data_set_has_release_date_size_languages_and_licence() -> None:
    text = format_datasets(Inventory((imported("ai-salaries"), imported("esco-1.1.0", licence=None)), ()))
    assert text.splitlines() == [
        "ai-salaries ESCO v1.1.0 (1.1.0), 1,234 statements, imported 2026-12-01",
        "            2.3 MB; in en, nl; licence http://data.europa.eu/eli/dec/2011/833/oj",
        "esco-1.1.0  ESCO v1.1.0 (1.1.0), 1,234 statements, imported 2026-12-01",
        "            2.3 MB; in en, nl",
    ]


def test_the_advice_to_import_again_is_a_command_that_there_is() -> None:
    text = format_datasets(Inventory((imported("esco", current=False), imported("old", current=False)), ()))
    told = " ".join(text.split())
    assert "import it again with careergraph import esco PATH." in told
    assert "import it again with careergraph import SOURCE PATH --name old." in told
