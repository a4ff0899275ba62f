"""Fit the model of derived transitions and write `src/careergraph/importing/derive/similarity/model.json`.

    python scripts/fit_likeness.py DATA            # O*NET's text download (zip or folder), or an imported data set
    python scripts/fit_likeness.py DATA --check    # write nothing; exit 1 if the file is not what would be written

The same data give the same file. What is written beside the coefficients are figures for occupations that the fit has
not seen: five folds by origin. `benchmarks/related_occupations.py` measures more.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from careergraph.importing.derive.similarity.coordinates import OccupationProfiles
from careergraph.importing.derive.similarity.features import FEATURES, list_values
from careergraph.importing.derive.similarity.model import MODEL, Model, to_json
from careergraph.importing.derive.similarity.profiles import make_profiles
from careergraph.model.errors import CareergraphError
from careergraph.rdf.standards import SKOS
from likeness_metrics import figures
from likeness_training import CLOSE, find_assertions, folds, held_out, train
from source_catalogue import catalogue_of

PLACE = Path(__file__).resolve().parents[1] / "src" / "careergraph" / "importing" / "derive" / "similarity" / MODEL
COUNT = 5


def fitted_to(path: str) -> Model:
    """The model fitted to all related occupations of a source."""
    catalogue = catalogue_of(path)
    profiles = make_profiles(catalogue)
    truth, names = find_assertions(catalogue, profiles.occupations), [feature.name for feature in FEATURES]
    values = list_values(OccupationProfiles(profiles))
    origins, logits = held_out(names, values, truth, folds(truth.origins, COUNT))
    measured = figures(logits, truth, origins).to_dict()
    del measured["calibration"]["bins"]
    about: dict[str, Any] = {
        "source": sorted(said[SKOS.prefLabel][0] for _, said in catalogue.each("source")),
        "related": f"tiers of weight {CLOSE} and more",
        "pairs": int(truth.origins.size * (profiles.size - 1)),
        "related_pairs": int(truth.close.sum()),
        "folds": COUNT,
        "held_out": measured,
        "origins": [profiles.codes[origin] or profiles.occupations[origin] for origin in truth.origins.tolist()],
    }
    return train(names, values, truth, truth.origins[:0], about)


def main(arguments: list[str]) -> int:
    """Fit, and write or compare; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", metavar="DATA")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    try:
        text = to_json(fitted_to(options.data))
    except CareergraphError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    if options.check:
        current = PLACE.exists() and PLACE.read_text(encoding="utf-8") == text
        print(f"{PLACE.name} is {'current' if current else 'not what the script writes'}")
        return int(not current)
    PLACE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
