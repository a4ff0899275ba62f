"""What else was tried to predict moves that people made: features beside the model and size, and other costs of routes.

    python benchmarks/mobility_trials.py DATA --truth MOVES [--crosswalk FILE] [--routes 300] [--seed 1] [--only-routes]

Takes what `mobility.py` takes, and measures as it does. Rankings: each line has the model, size, and something else,
with coefficients fitted to the origins of other folds. Routes: each line has other parameters than `calibration.json`.
The first line of both is what the package does. docs/feasibility.md has these figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

# As in `mobility.py`.
_CHECKOUT = Path(__file__).parents[1]
sys.path[:] = [
    str(_CHECKOUT),
    str(_CHECKOUT / "scripts"),
    *(place for place in sys.path if place != str(Path(__file__).parent)),
]

import numpy as np

from benchmarks.mobility import CROSSWALK, Trial, logits_of, open_similarity
from benchmarks.mobility_figures import rank, score_out_of_fold
from benchmarks.mobility_routes import (
    Survey,
    between_occupations,
    draw_questions,
    find_best_route,
    list_professional,
    list_roles,
)
from benchmarks.observed import Floats, list_members, merge_moves, read_crosswalk, read_moves
from benchmarks.onet import find_imported
from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.coordinates import OccupationProfiles
from careergraph.importing.derive.similarity.features import FEATURES, LEFT_OUT, list_values
from careergraph.importing.derive.similarity.profiles import make_profiles
from careergraph.model.errors import CareergraphError
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.openings import find_scarcity, load_jobs
from careergraph.transitions.precomputed import routes as walks

#: What routes are tried with: the parameters that differ from `calibration.json`.
ROUTE_TRIALS: Mapping[str, Mapping[str, float]] = {
    "as it is": {},
    "without jobs": {"stop_jobs_exponent": 0.0},
    "jobs^0.5": {"stop_jobs_exponent": 0.5},
    "jobs^1": {"stop_jobs_exponent": 1.0},
    "jobs^1, up to 1 million": {"stop_jobs_exponent": 1.0, "jobs_usual": 1e6},
    "c = 1": {"move_cost": 1.0},
    "c = 6": {"move_cost": 6.0},
}
#: The name of one more trial, in which all stops are sensible that lead nearer: see `transitions.stops`.
ANY_STOP = "by way of any stop"
#: How strongly the coefficients of everything together are held back.
RIDGES = (1e-5, 1e-2, 1e-1)


def list_features(trial: Trial, catalogue: Catalogue, codes: Sequence[str]) -> dict[str, Floats]:
    """Name → origins × groups (× several values): what may tell more than the model and size do."""
    similarity = trial.similarity
    profiles = make_profiles(catalogue)
    row = {iri: number for number, iri in enumerate(profiles.occupations)}
    order = np.ix_(*[[row[iri] for iri in similarity.occupations]] * 2)
    values = list_values(OccupationProfiles(profiles), (*FEATURES, *LEFT_OUT))
    found = {name: trial.by_group(np.asarray(matrix[order], dtype=float)) for name, matrix in values.items()}
    zones = np.array([profiles.zone[row[iri]] for iri in similarity.occupations])
    found["preparation down"] = trial.by_group(np.nan_to_num(np.maximum(zones[:, None] - zones[None, :], 0)))
    for name, digits in (("the same major group", 2), ("the same minor group", 4)):
        part = np.array([code[:digits] for code in codes])
        found[name] = trial.by_group((part[:, None] == part[None, :]).astype(float))
    found["listed as related"] = trial.by_group(_list_related(catalogue, similarity.number))
    jobs = np.array([float(load_jobs().get(code, 0)) for code in codes])
    found["jobs"] = np.log1p(trial.by_group(np.broadcast_to(jobs, (len(codes), len(codes)))))
    found["inflow"] = np.log(np.maximum(trial.expected, 1e-7))
    return found


def _list_related(catalogue: Catalogue, number: Mapping[str, int]) -> Floats:
    """1 where a source lists a transition between two occupations."""
    found = np.zeros((len(number), len(number)))
    for _, said in catalogue.each("transition"):
        here, there = (next(iter(said.get(end, ())), "") for end in (CG.origin, CG.destination))
        if here in number and there in number:
            found[number[here], number[there]] = 1
    return found


def try_rankings(trial: Trial, catalogue: Catalogue, codes: Sequence[str]) -> None:
    """Print how well each ranking agrees with the moves."""
    logits = trial.by_group(logits_of(trial.similarity))
    size = np.broadcast_to(np.log(np.maximum(trial.observed.people, 1)), logits.shape)
    others = list_features(trial, catalogue, codes)
    own = [others[feature.name] for feature in FEATURES]
    rest = [others[name] for name in others if name not in ("inflow", "jobs")]
    cap = load_calibration().ease_cap
    stacks: dict[str, tuple[Sequence[Floats], float]] = {"model and size": ((logits, size), RIDGES[0])}
    stacks["flat above the cap"] = ((np.minimum(logits, cap), size), RIDGES[0])
    stacks["and the square of the logit"] = ((logits, size, logits**2), RIDGES[0])
    stacks["inflow in place of size"] = ((logits, others["inflow"]), RIDGES[0])
    stacks |= {f"and {name}": ((logits, size, other), RIDGES[0]) for name, other in others.items()}
    stacks["the model's features anew, and size"] = ((*own, size), RIDGES[0])
    stacks |= {f"and all but inflow, ridge {ridge:g}": ((logits, size, *rest), ridge) for ridge in RIDGES}
    print(f"{'ranking of destinations':<44}{'recall_at_10':>14}{'share_in_10':>14}")
    for name, (features, ridge) in stacks.items():
        stacked = np.stack([_scale(feature) for feature in features], axis=-1)
        scores, _ = score_out_of_fold(stacked, trial.shares, trial.possible, trial.folds, ridge)
        ranking = rank(scores, trial.shares, trial.possible)
        print(f"{name:<44}{ranking.recall_at_10.mean():>14.3f}{ranking.share_in_10.mean():>14.3f}", flush=True)


def _scale(values: Floats) -> Floats:
    """Values with a mean of 0 and a standard deviation of 1, so that a ridge holds all back alike."""
    return np.asarray((values - values.mean()) / (values.std() or 1.0))


@contextmanager
def assume(changes: Mapping[str, float], *, any_stop: bool) -> Iterator[None]:
    """Let parameters of the calibration have other values for a while, and perhaps any stop be sensible."""
    known = load_calibration()
    before = {name: getattr(known, name) for name in changes}
    try:
        _set(changes)
        with patch.object(walks, "is_on_the_way", lambda *_: True) if any_stop else nullcontext():
            yield
    finally:
        _set(before)


def _set(changes: Mapping[str, float]) -> None:
    for name, value in changes.items():
        object.__setattr__(load_calibration(), name, value)
    find_scarcity.cache_clear()


def try_routes(trial: Trial, catalogue: Catalogue, count: int, seed: int) -> None:
    """Print how many steps of routes somebody made, with other parameters."""
    occupations = trial.similarity.occupations
    survey = Survey(trial.observed, trial.origins.tolist(), trial.members, occupations)
    origins = list_professional(catalogue, survey, occupations)
    questions = draw_questions(origins, list_roles(catalogue, occupations), count, seed)
    print(f"\n{'best routes':<44}{'to proxies':>12}{'to roles':>12}{'moves':>8}   busiest stops")
    for name, changes in (*ROUTE_TRIALS.items(), (ANY_STOP, {})):
        with assume(changes, any_stop=name == ANY_STOP):
            to_proxies = [find_best_route(catalogue, origin, proxy) for origin, _, proxy in questions]
            to_roles = [find_best_route(catalogue, origin, role) for origin, role, _ in questions]
        shares = [survey.count(between_occupations(nodes, occupations)).share for nodes in (to_proxies, to_roles)]
        moves, busiest = np.mean([len(nodes) - 1 for nodes in to_proxies if nodes]), _tell_busiest(catalogue, to_roles)
        print(f"{name:<44}{shares[0]:>12.3f}{shares[1]:>12.3f}{moves:>8.2f}   {busiest}", flush=True)


def _tell_busiest(catalogue: Catalogue, routes: Sequence[Sequence[str]]) -> str:
    """The two stops that most routes pass, each with the share of the routes."""
    passed = Counter(stop for nodes in routes for stop in nodes[1:-1])
    return ", ".join(f"{catalogue.label(stop)} {times / len(routes):.0%}" for stop, times in passed.most_common(2))


def try_all(options: argparse.Namespace, folder: str) -> None:
    """Try everything."""
    observed = merge_moves(read_moves(options.truth))
    catalogue = Catalogue.load("bundled", find_imported(options.data, folder))
    similarity = open_similarity(catalogue, options.data)
    codes = [catalogue.value(iri, SKOS.notation) or "" for iri in similarity.occupations]
    trial = Trial(observed, list_members(observed, codes, read_crosswalk(options.crosswalk)), similarity)
    if not options.only_routes:
        try_rankings(trial, catalogue, codes)
    try_routes(trial, catalogue, options.routes, options.seed)


def main(arguments: Sequence[str]) -> int:
    """Try and print; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", metavar="DATA")
    parser.add_argument("--truth", metavar="MOVES", required=True)
    parser.add_argument("--crosswalk", metavar="FILE", default=str(CROSSWALK))
    parser.add_argument("--routes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-routes", action="store_true", help="try no rankings")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            try_all(options, folder)
    except CareergraphError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
