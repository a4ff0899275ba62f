"""How well derived transitions agree with experts: occupations that O*NET calls related, ranked without knowing it.

    python benchmarks/related_occupations.py DATA --truth FILE [--format json] [--ablation]

DATA is the text download of O*NET (zip or folder) or an imported data set; FILE has the columns of its file
`Related Occupations.txt`.
For each origin in FILE all other occupations are ranked by a model fitted to the related occupations in DATA, without
any pair that an origin in FILE is an end of. If that leaves fewer than 50 origins, because FILE is the one from DATA,
the origins in FILE are shared out into five folds, and each is ranked by a model fitted to the other four.

`recall_at_10` and `mrr` are against the Primary tiers, `recall_at_20` against all; probabilities are those of a
Primary tier. The baselines go through the same logistic regression, each with one figure in the place of the features:
a random one; how often the destination is related to the origins that are fitted to; the cosine of the importance of
all skills and knowledge.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
_CHECKOUT = Path(__file__).parents[1]
sys.path[:] = [
    str(_CHECKOUT),
    str(_CHECKOUT / "scripts"),
    *(place for place in sys.path if place != str(Path(__file__).parent)),
]

import numpy as np

from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.importing.derive.similarity.coordinates import ASKED, OccupationProfiles
from careergraph.importing.derive.similarity.features import FEATURES, LEFT_OUT, Singles, list_values
from careergraph.importing.derive.similarity.model import Model, load_bundled
from careergraph.importing.derive.similarity.pairwise import compute_cosines
from careergraph.importing.derive.similarity.profiles import Profiles, make_profiles
from careergraph.model.errors import CareergraphError, UnreadableFile
from likeness_metrics import Figures, figures
from likeness_training import Numbers, Truth, find_assertions, folds, held_out, train, truth_of
from source_catalogue import catalogue_of

COLUMNS = ("O*NET-SOC Code", "Related O*NET-SOC Code", "Relatedness Tier", "Index")
TIERS = ("Primary-Short", "Primary-Long", "Supplemental")
FEWEST = 50
#: Figure → what it has to be on occupations that nothing was fitted to.
GOALS = {"recall_at_10": Goal("at least", 0.65)}
NAMES = [feature.name for feature in FEATURES]


class Trial:
    """Models fitted to one part of the related occupations and measured on another.

    Args:
        values: the features of all pairs.
        known: what may be fitted to.
        truth: what is measured against.
    """

    def __init__(self, values: dict[str, Singles], known: Truth, truth: Truth) -> None:
        self.values, self.truth = values, truth
        left = known.without(truth.origins)
        self.in_folds = len(left.origins) < FEWEST
        self.known = truth if self.in_folds else left
        self.parts = folds(truth.origins) if self.in_folds else [truth.origins]

    def fitted(self, names: Sequence[str]) -> Model:
        """The model fitted to the last part but those measured."""
        return train(names, self.values, self.known, self.parts[-1], {})

    def measured(self, names: Sequence[str]) -> Figures:
        """The figures of a model with some features."""
        origins, logits = held_out(names, self.values, self.known, self.parts)
        return figures(logits, self.truth, origins)

    def popularity(self) -> Figures:
        """The figures of how often a destination is related to the origins that are fitted to."""
        found = []
        for part in self.parts:
            counts = self.known.without(part).close.sum(axis=0).astype(np.float32)
            values = {"popularity": np.broadcast_to(counts, self.truth.every.shape)}
            found.append(held_out(list(values), values, self.known, [part]))
        order = np.argsort(np.concatenate([origins for origins, _ in found]))
        origins, logits = (np.concatenate(column)[order] for column in zip(*found, strict=True))
        return figures(logits, self.truth, origins)


def read_related(path: str) -> list[list[str]]:
    """The rows of a file of related occupations."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path=path, reason=str(error)) from error
    wrong = next((line for line, row in enumerate(rows, 1) if len(row) != len(COLUMNS)), None)
    if wrong or not rows or tuple(rows[0]) != COLUMNS:
        raise UnreadableFile(path=path, reason=f"line {wrong or 1}: not the columns {', '.join(COLUMNS)}, by tabs")
    if len(rows) == 1:
        raise UnreadableFile(path=path, reason="there are no rows below the names of the columns")
    for line, (*_, tier, _) in enumerate(rows[1:], 2):
        if tier not in TIERS:
            raise UnreadableFile(path=path, reason=f"line {line}: {tier!r} is not a tier; tiers are {', '.join(TIERS)}")
    return rows[1:]


def truth_about(profiles: Profiles, rows: Sequence[Sequence[str]], path: str) -> Truth:
    """What rows say of related occupations, by the codes of the occupations."""
    truth = truth_of(profiles.codes, ((origin, other, tier != TIERS[-1]) for origin, other, tier, _ in rows))
    if not truth.every.any():
        example = ", ".join(list(dict.fromkeys(origin for origin, *_ in rows))[:3])
        raise UnreadableFile(path=path, reason=f"DATA knows no two occupations that it relates, such as {example}")
    if not truth.close.any():
        raise UnreadableFile(path=path, reason="no two occupations of DATA are in a Primary tier in it")
    return truth


def baselines(trial: Trial, compared: OccupationProfiles) -> dict[str, Figures]:
    """The figures of rankings that need no model."""
    shape = trial.truth.every.shape
    trial.values["random"] = np.random.default_rng(0).random(shape, dtype=np.float32)
    trial.values["cosine"] = compute_cosines(compared.importance(*ASKED)).astype(np.float32)
    return {
        "random": trial.measured(["random"]),
        "popularity": trial.popularity(),
        "cosine": trial.measured(["cosine"]),
    }


def ablation(trial: Trial) -> dict[str, dict[str, float]]:
    """Recall at 10 with each feature alone and without each; and with each more of those left out."""
    found = {
        name: {
            "alone": trial.measured([name]).recall_at_10,
            "without": trial.measured([other for other in NAMES if other != name]).recall_at_10,
        }
        for name in NAMES
    }
    more = [feature.name for feature in LEFT_OUT]
    return found | {name: {"alone": trial.measured([name]).recall_at_10, "with": _with(trial, name)} for name in more}


def _with(trial: Trial, name: str) -> float:
    return trial.measured([*NAMES, name]).recall_at_10


def package(values: Mapping[str, Singles], truth: Truth, profiles: Profiles) -> dict[str, Any] | None:
    """The figures of the package's own model, if it has not been fitted to any of the origins."""
    model = load_bundled()
    if {profiles.codes[origin] for origin in truth.origins.tolist()} & set(model.fitted["origins"]):
        return None
    logits = model.logits({name: values[name][truth.origins] for name in model.names})
    return figures(logits, truth, truth.origins).to_dict()


def report(data: str, path: str, *, ablate: bool) -> dict[str, Any]:
    """All that is printed."""
    rows = read_related(path)
    catalogue = catalogue_of(data)
    profiles = make_profiles(catalogue)
    truth, compared = truth_about(profiles, rows, path), OccupationProfiles(profiles)
    values = list_values(compared, (*FEATURES, *LEFT_OUT) if ablate else FEATURES)
    trial = Trial(values, find_assertions(catalogue, profiles.occupations), truth)
    if trial.in_folds and len(truth.origins) < FEWEST:
        raise UnreadableFile(path=path, reason=f"it and DATA leave fewer than {FEWEST} origins to fit a model to")
    # One model for each fold; the coefficients shown are those of the last.
    fitted = trial.fitted(NAMES)
    return {
        **trial.measured(NAMES).to_dict(),
        "origins": len(truth.origins),
        "pairs": int(truth.every.sum()),
        "unknown_pairs": truth.unknown,
        "fitted_on": _fitted_on(trial),
        "features": {weight.name: {"coefficient": weight.coefficient} for weight in fitted.weights},
        "ablation": ablation(trial) if ablate else None,
        "baselines": {name: found.to_dict() for name, found in baselines(trial, compared).items()},
        "package_model": package(values, truth, profiles),
    }


def _fitted_on(trial: Trial) -> dict[str, Any]:
    held: Numbers = trial.parts[-1]
    known = trial.known.without(held) if trial.in_folds else trial.known
    return {
        "what": "five folds of the origins in FILE" if trial.in_folds else "the origins in DATA that are not in FILE",
        "origins": len(known.origins),
        "related_pairs": int(known.close.sum()),
    }


def _line(name: str, found: Mapping[str, Any]) -> str:
    numbers = "".join(f"{found[key]:>14.3f}" for key in ("recall_at_10", "recall_at_20", "mrr", "auc"))
    return f"{name:<18}{numbers}{found['calibration']['brier']:>12.5f}{found['calibration']['ece']:>10.5f}"


def to_text(found: Mapping[str, Any]) -> str:
    """The report as text."""
    fitted = found["fitted_on"]
    lines = [
        f"{found['origins']} origins, {found['pairs']} related pairs; {found['unknown_pairs']} more are of occupations "
        "that DATA knows nothing about",
        f"fitted to {fitted['what']}: {fitted['origins']} origins, {fitted['related_pairs']} pairs of a Primary tier",
        "",
        f"{'':<18}{'recall_at_10':>14}{'recall_at_20':>14}{'mrr':>14}{'auc':>14}{'brier':>12}{'ece':>10}",
        _line("model", found),
        *(_line(name, item) for name, item in found["baselines"].items()),
    ]
    if found["package_model"]:
        lines.append(_line("model.json as is", found["package_model"]))
    lines += ["", f"{'predicted':>12}{'observed':>12}{'pairs':>12}"]
    lines += [f"{b['predicted']:>12.3f}{b['observed']:>12.3f}{b['pairs']:>12,}" for b in found["calibration"]["bins"]]
    lines += ["", f"{'feature':<18}{'coefficient':>14}"]
    lines += [f"{name:<18}{item['coefficient']:>14.3f}" for name, item in found["features"].items()]
    if found["ablation"]:
        lines += ["", f"{'recall_at_10':<18}{'alone':>10}{'without it':>12}{'with it':>10}"]
        for name, item in found["ablation"].items():
            cells = (f"{item[key]:.3f}" if key in item else "" for key in ("alone", "without", "with"))
            lines.append("{:<18}{:>10}{:>12}{:>10}".format(name, *cells))
    return "\n".join(lines)


def report_figures(found: Mapping[str, Any], page: Report) -> None:
    """Report the figures of the model beside those of the baselines."""
    page.details |= found
    page.notes.append(f"{found['origins']} origins; fitted to {found['fitted_on']['what']}.")
    sides = {"model": found, **found["baselines"]}
    if found["package_model"]:
        sides["model.json as is"] = found["package_model"]
    for name in ("recall_at_10", "recall_at_20", "mrr", "auc"):
        for side, figures_ in sides.items():
            page.measured(name, side, "", [figures_[name]], GOALS.get(name) if side == "model" else None)
    for side, figures_ in sides.items():
        page.measured("Brier score", side, "", [figures_["calibration"]["brier"]])
        page.measured("calibration error", side, "", [figures_["calibration"]["ece"]])
    page.ratio("recall_at_10", "model / cosine", [found["recall_at_10"] / found["baselines"]["cosine"]["recall_at_10"]])


def main(arguments: Sequence[str]) -> int:
    """Measure and print; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", metavar="DATA")
    parser.add_argument("--truth", metavar="FILE", required=True)
    add_format(parser)
    parser.add_argument("--ablation", action="store_true", help="also what each feature adds; takes some minutes")
    options = parser.parse_args(arguments)
    try:
        with reporting(options.format) as page:
            found = report(options.data, options.truth, ablate=options.ablation)
            print(to_text(found))
            report_figures(found, page)
    except CareergraphError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
