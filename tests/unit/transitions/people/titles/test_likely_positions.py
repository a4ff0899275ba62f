"""What the words of a title make likely."""

from __future__ import annotations

import pytest

from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.titles.likely_positions import find_sure_position, knows_all_words, rank_positions


def slugs(title: str) -> list[str]:
    return [each.iri.removeprefix(ID) for each in rank_positions(title)]


@pytest.mark.parametrize(
    ("title", "position"),
    [
        ("admissions officer", "background/office-administrator"),
        ("trade union organiser", "background/hr-specialist"),
        ("horse groom", "background/farmer"),
        ("film editor", "background/video-editor"),
    ],
)
def test_the_right_position_is_among_the_likeliest(title: str, position: str) -> None:
    assert position in slugs(title)


def test_shares_go_down_and_are_at_most_one_together() -> None:
    shares = [each.share for each in rank_positions("process engineer")]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= 1


def test_a_title_of_unknown_words_is_like_none() -> None:
    assert rank_positions("zorgmedewerker") == []
    assert not knows_all_words("")


@pytest.mark.parametrize(
    ("title", "sure"), [("power systems engineer", True), ("film", False), ("energy analyst", False)]
)
def test_a_position_is_sure_only_where_every_word_is_known_and_they_agree(title: str, sure: bool) -> None:
    assert (find_sure_position(title) is not None) is sure
