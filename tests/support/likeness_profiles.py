"""Made-up profiles of occupations, for tests of what is derived from them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from careergraph.importing.derive.similarity.profiles import Profiles, Ratings

_WORDS = ("nurse", "teach", "weld", "paint", "sell", "audit", "drive", "test", "code", "plan", "c++")
_SHARES = st.sampled_from([float("nan"), 0.0, 0.25, 0.5, 1.0])


def _texts(most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    text = st.lists(st.sampled_from(_WORDS), max_size=4).map(" ".join)
    return st.lists(text, max_size=most).map(tuple)


@st.composite
def profiles(draw: st.DrawFn, *, smallest: int = 2) -> Profiles:
    """Profiles of a few occupations; each part of each may be missing."""
    size = draw(st.integers(smallest, 6))

    def column(parts: st.SearchStrategy[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        return tuple(draw(st.lists(parts, min_size=size, max_size=size)))

    def ratings(name: str, width: int) -> Ratings:
        row = st.lists(_SHARES, min_size=size * width, max_size=size * width)
        figures = [np.array(draw(row)).reshape(size, width) for _ in range(2)]
        return Ratings(tuple(f"{name}{number}" for number in range(width)), *figures)

    groups = draw(st.sets(st.sampled_from(["skills", "knowledge", "interests"])))
    zones = draw(st.lists(st.sampled_from([float("nan"), 1.0, 2.0, 4.0]), min_size=size, max_size=size))
    return Profiles(
        occupations=tuple(f"o{number}" for number in range(size)),
        codes=("",) * size,
        titles=column(_texts()),
        descriptions=column(_texts(1)),
        tasks=column(_texts()),
        activities=column(st.lists(st.sampled_from(["a", "b"])).map(tuple)),
        activity_names={"a": "code", "b": "weld plan"},
        tools=column(st.lists(st.sampled_from(["x", "y"])).map(tuple)),
        ratings={name: ratings(name, draw(st.integers(1, 3))) for name in sorted(groups)},
        zone=np.array(zones),
    )


def alike(size: int) -> Profiles:
    """Profiles of occupations that differ in nothing."""
    same = Ratings(("skill",), np.full((size, 1), 0.5), np.full((size, 1), 0.5))
    return Profiles(
        occupations=tuple(f"o{number}" for number in range(size)),
        codes=("",) * size,
        titles=(("nurse",),) * size,
        descriptions=(("nurse",),) * size,
        tasks=(("nurse the sick",),) * size,
        activities=((),) * size,
        activity_names={},
        tools=((),) * size,
        ratings={"skills": same},
        zone=np.full(size, 2.0),
    )
