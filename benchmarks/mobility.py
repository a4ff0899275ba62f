"""How well the model agrees with moves that people made: rankings of destinations, and the steps of routes.

    python benchmarks/mobility.py DATA --truth MOVES [--crosswalk FILE] [--routes 300] [--seed 1] [--format json]

DATA is the text download of O*NET (zip or folder) or an imported data set. MOVES is a table of observed moves, as
`observed.py` has it; codes are SOC 2010. FILE leads from SOC 2010 to SOC 2018; the package's own does if none is given.
Origins and destinations that the survey does not tell apart are merged. An origin counts if at least 10 destinations
were seen and 20,000 people are in it.

For each origin all other groups are ranked: at random; by size, the people in them; by inflow, the moves into them from
all other origins; by the cosine of the importance of all skills and knowledge; by the model, the mean over the origin's
occupations of the logit of the likest one of the destination; by the model and size together; and by these two and
inflow. The weights of the last two are fitted to the origins of other folds, five in all; the model itself is fitted to
no move. Inflow stands for openings, which no source that can be imported counts: it leaves out the moves from the
origin itself.

`recall_at_10` is the share of the ten commonest destinations among the first ten, `share_in_10` the share of all moves
that go to the first ten. The slope is how much the logarithm of the lift grows for each logit up to the cap.
`steps_observed` is the share of steps from occupation to occupation that somebody made: on the best routes from random
professional occupations to proxies of random curated roles, beside random steps, and beside the first ten destinations
of each origin (`seen_in_10`). Steps within a merged group, or from an origin that does not count, are left aside.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
_CHECKOUT = Path(__file__).parents[1]
sys.path[:] = [
    str(_CHECKOUT),
    str(_CHECKOUT / "scripts"),
    *(place for place in sys.path if place != str(Path(__file__).parent)),
]

import numpy as np

from benchmarks.mobility_figures import Numbers, Ranking, fit_slopes, lift_within, rank, score_out_of_fold
from benchmarks.mobility_routes import (
    StepCounts,
    Survey,
    between_occupations,
    draw_questions,
    draw_steps,
    find_best_route,
    list_professional,
    list_roles,
)
from benchmarks.observed import Flags, Floats, Moves, list_members, merge_moves, read_crosswalk, read_moves
from benchmarks.onet import find_imported
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.coordinates import ASKED, OccupationProfiles
from careergraph.importing.derive.similarity.pairwise import compute_cosines
from careergraph.importing.derive.similarity.profiles import make_profiles
from careergraph.model.errors import CareergraphError, UnreadableFile
from careergraph.rdf.standards import SKOS
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.precomputed.similarity import Similarity
from careergraph.transitions.precomputed.tables import find_similarity
from likeness_training import folds

CROSSWALK = _CHECKOUT / "src" / "careergraph" / "importing" / "moves" / "soc_2010_to_2018.json"
#: An origin counts if so many destinations were seen and so many people are in it.
FEWEST_DESTINATIONS, FEWEST_PEOPLE = 10, 20_000
FIGURES = ("recall_at_10", "share_in_10", "spearman", "seen_in_10")
#: Where nobody was seen to arrive, the share of all moves that is taken instead.
_LEAST_INFLOW = 1e-7
#: How many random steps are looked up.
RANDOM_STEPS = 20_000
COMBINED = "model and size"
WITH_INFLOW = "model, size and inflow"
#: Side and figure → what it has to be.
GOALS = {
    (COMBINED, "recall_at_10"): Goal("at least", 0.33),
    (COMBINED, "share_in_10"): Goal("at least", 0.29),
    ("best routes", "steps_observed"): Goal("at least", 0.60),
}


class Trial:
    """Observed moves beside what is known of occupations.

    Args:
        observed: the moves between groups.
        members: the numbers of the occupations in each group.
        similarity: how alike occupations are.

    Raises:
        UnreadableFile: no origin counts.
    """

    def __init__(self, observed: Moves, members: Sequence[Sequence[int]], similarity: Similarity) -> None:
        self.observed, self.members, self.similarity = observed, members, similarity
        some = np.array([len(numbers) > 0 for numbers in members])
        seen = (observed.flow > 0).sum(axis=1) >= FEWEST_DESTINATIONS
        self.origins: Numbers = np.flatnonzero(some & seen & (observed.people >= FEWEST_PEOPLE))
        self.possible: Flags = some[None, :] & (np.arange(len(some))[None, :] != self.origins[:, None])
        self.shares: Floats = np.where(self.possible, observed.shares[self.origins], 0)
        self.expected: Floats = observed.expected[self.origins]
        self.folds = folds(np.arange(len(self.origins)))

    def by_group(self, matrix: Floats) -> Floats:
        """Likeness of groups: the mean over an origin's occupations of that to the likest one of a destination."""
        best = np.full((len(matrix), len(self.members)), matrix.min())
        for group, numbers in enumerate(self.members):
            if numbers:
                best[:, group] = matrix[:, list(numbers)].max(axis=1)
        return np.stack([best[list(self.members[origin])].mean(axis=0) for origin in self.origins])

    def scores(self, logits: Floats, cosine: Floats) -> tuple[dict[str, Floats], Floats]:
        """Ranking → scores of destinations, and the weights of the logit and of the logarithm of size."""
        shape = self.shares.shape
        size = np.broadcast_to(np.log(np.maximum(self.observed.people, 1)), shape)
        inflow = np.log(np.maximum(self.expected, _LEAST_INFLOW))
        both, weights = self._combine(logits, size)
        return {
            "random": np.random.default_rng(0).random(shape),
            "size": size,
            "inflow": self.expected,
            "cosine": cosine,
            "model": logits,
            COMBINED: both,
            WITH_INFLOW: self._combine(logits, size, inflow)[0],
        }, weights

    def _combine(self, *features: Floats) -> tuple[Floats, Floats]:
        """Scores by several features together, and their weights."""
        return score_out_of_fold(np.stack(features, axis=-1), self.shares, self.possible, self.folds)


def logits_of(similarity: Similarity) -> Floats:
    """The logits of all pairs of occupations, for people who hold what is usual; the least where the two are one."""
    occupations = similarity.occupations
    found = np.array([[similarity.logit(here, there) for there in occupations] for here in occupations])
    np.fill_diagonal(found, found.min())
    return found


def cosines_of(catalogue: Catalogue, similarity: Similarity) -> Floats:
    """Cosines of the importance of all skills and knowledge, in the order of the occupations; 0 for unknown ones."""
    profiles = make_profiles(catalogue)
    found = compute_cosines(OccupationProfiles(profiles).importance(*ASKED))
    row = {iri: number for number, iri in enumerate(profiles.occupations)}
    order = [row[iri] for iri in similarity.occupations]
    return np.asarray(found[np.ix_(order, order)])


def open_similarity(catalogue: Catalogue, path: str) -> Similarity:
    """How alike a data set's occupations are.

    Raises:
        UnreadableFile: it does not say.
    """
    found = find_similarity(catalogue)
    if found is None:
        raise UnreadableFile(path=path, reason="it has no occupations that are compared; import onet")
    return found


def rank_destinations(trial: Trial, catalogue: Catalogue, report: Report) -> None:
    """Measure how well rankings agree with observed moves, and the slope."""
    logits = trial.by_group(logits_of(trial.similarity))
    scores, weights = trial.scores(logits, trial.by_group(cosines_of(catalogue, trial.similarity)))
    found = {side: rank(score, trial.shares, trial.possible) for side, score in scores.items()}
    report.details |= {
        "origins": len(trial.origins),
        "weights": dict(zip(("logit", "size"), weights.tolist(), strict=True)),
    }
    tell_rankings(found, report)
    tell_slopes(trial, logits, report)


def tell_rankings(found: Mapping[str, Ranking], report: Report) -> None:
    """Print and report rankings."""
    print(f"{'':<24}" + "".join(f"{name:>14}" for name in FIGURES))
    for side, ranking in found.items():
        means = {name: float(getattr(ranking, name).mean()) for name in FIGURES}
        print(f"{side:<24}" + "".join(f"{mean:>14.3f}" for mean in means.values()))
        report.details.setdefault("rankings", {})[side] = means
        for name, mean in means.items():
            values = getattr(ranking, name).tolist()
            report.measured(name, side, "", values, GOALS.get((side, name)), value=mean)
    best, size = (found[side].recall_at_10 for side in (COMBINED, "size"))
    print(f"standard error of recall_at_10 by {COMBINED}: {best.std() / len(best) ** 0.5:.3f}")
    report.measured("recall_at_10: standard error", COMBINED, "", [best.std() / len(best) ** 0.5])
    report.ratio("recall_at_10", f"{COMBINED} / size", [best.mean() / size.mean()])


def tell_slopes(trial: Trial, logits: Floats, report: Report) -> None:
    """Print and report how the lift grows with the logit, beside what the package assumes."""
    known = load_calibration()
    slopes = fit_slopes(logits, known.ease_cap, trial.shares, trial.expected, trial.possible, trial.folds)
    alike = trial.possible & (logits >= known.ease_cap)
    lift = lift_within(alike, trial.shares, trial.expected)
    print(f"\n{'log lift per logit':<28}{'slope':>8}{'standard error':>16}   without each fold")
    for where, slope in zip(("up to", "above"), slopes, strict=True):
        name = f"{where} a logit of {known.ease_cap:g}"
        each = ", ".join(f"{one:.3f}" for one in slope.in_folds)
        print(f"{name:<28}{slope.value:>8.3f}{slope.standard_error:>16.3f}   {each}")
        report.details.setdefault("slopes", {})[name] = asdict(slope)
        report.measured(f"slope {name}", "observed", "", slope.in_folds, value=slope.value)
        report.measured(f"slope {name}: standard error", "observed", "", [slope.standard_error])
    print(f"{alike.sum()} pairs are above the cap, {lift:.1f} times as common as chance")
    print(f"calibration.json has a slope of {known.ease_slope:g}, flat at {known.lift_at_cap:g} times above")
    report.measured(f"slope up to a logit of {known.ease_cap:g}", "calibration.json", "", [known.ease_slope])
    report.measured("lift above the cap", "observed", "", [lift])
    report.measured("lift above the cap", "calibration.json", "", [known.lift_at_cap])


def walk_routes(trial: Trial, catalogue: Catalogue, count: int, seed: int, report: Report) -> None:
    """Measure how many steps of routes somebody made."""
    occupations = trial.similarity.occupations
    survey = Survey(trial.observed, trial.origins.tolist(), trial.members, occupations)
    origins = list_professional(catalogue, survey, occupations)
    questions = draw_questions(origins, list_roles(catalogue, occupations), count, seed)
    sides: dict[str, Sequence[Sequence[str]]] = {
        "best routes": [find_best_route(catalogue, origin, proxy) for origin, _, proxy in questions],
        "best routes to the roles": [find_best_route(catalogue, origin, role) for origin, role, _ in questions],
        "the ends of these routes": [(origin, proxy) for origin, _, proxy in questions],
        "random steps": draw_steps(origins, occupations, RANDOM_STEPS, seed),
    }
    tell_steps({side: survey.count(between_occupations(nodes, occupations)) for side, nodes in sides.items()}, report)
    report.details["routes"] = [[catalogue.label(node) for node in nodes] for nodes in sides["best routes"]]


def tell_steps(found: Mapping[str, StepCounts], report: Report) -> None:
    """Print and report how many steps somebody made."""
    print(f"\n{'steps_observed':<28}{'share':>8}{'made':>8}{'known':>8}{'steps':>8}")
    for side, made in found.items():
        print(f"{side:<28}{made.share:>8.3f}{made.made:>8,}{made.known:>8,}{made.steps:>8,}")
        report.measured("steps_observed", side, "", [made.share], GOALS.get((side, "steps_observed")))
    report.details["steps_observed"] = {side: made._asdict() | {"share": made.share} for side, made in found.items()}


def compare(options: argparse.Namespace, folder: str, report: Report) -> None:
    """Measure everything."""
    observed = merge_moves(read_moves(options.truth))
    crosswalk = read_crosswalk(options.crosswalk)
    catalogue = Catalogue.load("bundled", find_imported(options.data, folder))
    similarity = open_similarity(catalogue, options.data)
    codes = [catalogue.value(iri, SKOS.notation) or "" for iri in similarity.occupations]
    trial = Trial(observed, list_members(observed, codes, crosswalk), similarity)
    if not len(trial.origins):
        raise UnreadableFile(path=options.truth, reason="DATA has no occupations that many people moved from")
    said = f"{len(trial.origins)} origins that count, {len(observed.codes)} groups, {options.routes} routes."
    report.notes.append(said)
    print(said)
    rank_destinations(trial, catalogue, report)
    walk_routes(trial, catalogue, options.routes, options.seed, report)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; the result is the exit code, 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", metavar="DATA")
    parser.add_argument("--truth", metavar="MOVES", required=True)
    parser.add_argument("--crosswalk", metavar="FILE", default=str(CROSSWALK))
    parser.add_argument("--routes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    add_format(parser)
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder, reporting(options.format) as report:
            compare(options, folder, report)
    except CareergraphError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
