"""How hard it is to find a job in a stop of a route, given how many there are.

The chance to find an opening grows with the number of jobs in an occupation, up to the number that an occupation has in
the mean; more jobs than that make a stop no easier, or everybody would be sent by way of a few large occupations. The
exponent and that number stand in `calibration.json`, the jobs in `openings.json`, beside this module.
"""

from __future__ import annotations

import os
from functools import cache

from careergraph.transitions.ease import load_calibration

OPENINGS = "openings.json"


@cache
def load_jobs() -> dict[str, int]:
    """The number of jobs in an occupation, by its code in O*NET."""
    # Without imported occupations, nothing needs the table.
    import json

    with open(os.path.join(os.path.dirname(__file__), OPENINGS), encoding="utf-8") as file:
        said = json.load(file)
    return {str(code): int(jobs) for code, jobs in said["jobs"].items()}


@cache
def find_scarcity(code: str) -> float:
    """How many more attempts a stop takes for want of jobs, as a multiple of those that it takes anyway.

    Args:
        code: an occupation's code, as O*NET has it; 0 if no jobs are counted for it.

    >>> find_scarcity("29-1141.00"), find_scarcity("no code")  # three million nurses
    (0.0, 0.0)
    >>> round(find_scarcity("15-2041.01"), 1)  # biostatisticians
    0.9
    """
    jobs, known = load_jobs().get(code) if code else None, load_calibration()
    if jobs is None:
        return 0.0
    harder: float = (known.jobs_usual / max(1, jobs)) ** known.stop_jobs_exponent
    return max(0.0, harder - 1.0)
