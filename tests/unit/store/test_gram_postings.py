"""Which names each run of three characters occurs in: the same as from looking at one name after the other."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from careergraph.model.text import split_grams
from careergraph.store import gram_postings
from careergraph.store.gram_postings import GramPostings

_NAMES = st.lists(st.text(st.sampled_from("ab é職\0\U0001f600\ud800")) | st.text(), max_size=12)


@given(_NAMES, st.integers(1, 5))
def test_each_sequence_has_the_names_that_it_occurs_in(names: list[str], block: int) -> None:
    with patch.object(gram_postings, "_BLOCK", block):
        postings = GramPostings()
        for name in names:
            postings.add(name)
        found = list(postings.items())
    every = sorted({gram for name in names for gram in split_grams(name)})
    assert [(gram, list(places)) for gram, places in found] == [
        (gram, [place for place, name in enumerate(names) if gram in split_grams(name)]) for gram in every
    ]


def test_without_names_there_is_nothing() -> None:
    assert list(GramPostings().items()) == []
