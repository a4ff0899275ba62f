"""Text search."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careergraph.catalogue.text_search import _ALIKE, _compare, _shares_letters
from careergraph.model.text import fold

NAMES = st.text(alphabet="abcde ,", max_size=12).map(fold)


@given(NAMES, NAMES)
def test_what_looks_enough_like_a_text_shares_its_letters(wanted: str, known: str) -> None:
    assert _shares_letters(wanted, known) or _compare(wanted, known) < _ALIKE


def test_what_has_other_letters_is_not_compared() -> None:
    assert not _shares_letters("python", "theory of mind")
    assert _shares_letters("pyhton", "python")
