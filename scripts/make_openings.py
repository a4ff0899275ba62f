"""Write how many jobs there are in each occupation, for the stops of routes.

    python scripts/make_openings.py OEWS ONET

OEWS is the national table of the Occupational Employment and Wage Statistics as CSV, ONET an imported O*NET. Where
several of its occupations share a code of the survey, the general one (its code ends with .00) is taken to have all
jobs, because most of them are called so, and each special one an equal part.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.standards import SKOS

TABLE = Path(__file__).parents[1] / "src" / "careergraph" / "transitions" / "openings.json"
SOURCE = (
    "Occupational Employment and Wage Statistics, U.S. Bureau of Labor Statistics, May 2025, national estimates, in the"
    " public domain; by O*NET-SOC code. Where several occupations of O*NET 29.3 share a code of the survey, the general"
    " one has all jobs, and each special one an equal part."
)


def read_jobs(path: str) -> dict[str, int]:
    """Code → jobs, for detailed occupations and for the broad ones that the survey does not divide."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["display_level"] in ("2", "3")]
    return {row["soc"]: int(row["Employment"]) for row in rows if row["Employment"].isdigit()}


def divide_jobs(jobs: dict[str, int], codes: Sequence[str]) -> dict[str, int]:
    """The code of an occupation → its jobs; nothing for those that the survey does not count.

    >>> divide_jobs({"15-2051": 300, "29-2010": 80}, ["15-2051.00", "15-2051.01", "15-2051.02", "29-2011.00"])
    {'15-2051.00': 300, '15-2051.01': 100, '15-2051.02': 100, '29-2011.00': 80}
    """
    found, sharing = dict[str, int](), Counter(code[:7] for code in codes)
    broad = Counter(code[:6] for code in sharing if code not in jobs)
    for code in sorted(codes):
        detailed, wider = code[:7], f"{code[:6]}0"
        if detailed in jobs:
            found[code] = round(jobs[detailed] / (1 if code.endswith(".00") else sharing[detailed]))
        elif wider in jobs:
            found[code] = round(jobs[wider] / broad[code[:6]])
    return found


def main(arguments: Sequence[str]) -> int:
    """Write the table."""
    oews, onet = arguments
    catalogue = Catalogue.load(onet)
    codes = [catalogue.value(iri, SKOS.notation) or "" for iri in catalogue.by_kind["occupation"]]
    table = {"source": SOURCE, "jobs": divide_jobs(read_jobs(oews), codes)}
    TABLE.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
