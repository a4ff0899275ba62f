"""What a client accepts decides what it gets."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careergraph.server.http.negotiation import choose_best

OFFERS = ("application/json", "application/xml", "text/csv", "text/plain", "image/png")
offers = st.permutations(OFFERS).flatmap(lambda order: st.integers(1, len(order)).map(lambda n: order[:n]))
qualities = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
weighted = st.dictionaries(st.sampled_from(OFFERS), qualities, min_size=1)
GARBAGE = (";", "text", "text/", "/plain", "*/html", "text/plain/x", "text/html;q=2", "a b/c", "text/html;q=x", "é/é")


def header(weights: dict[str, float]) -> str:
    return ", ".join(f"{media};q={quality:g}" for media, quality in weights.items())


@given(offers)
@pytest.mark.parametrize("accept", [None, "", "  ", "*/*", "*/*;q=0.001"])
def test_who_has_no_wish_gets_the_first(accept: str | None, offers: list[str]) -> None:
    assert choose_best(accept, offers) == offers[0]


@given(offers, weighted)
def test_the_highest_quality_wins_and_the_order_of_offers_breaks_ties(
    offers: list[str], weights: dict[str, float]
) -> None:
    highest = max(weights.get(offer, 0) for offer in offers)
    expected = next(offer for offer in offers if weights.get(offer, 0) == highest) if highest else None
    assert choose_best(header(weights), offers) == expected


@given(offers, weighted, qualities)
def test_what_is_named_is_judged_by_its_own_quality_and_the_rest_by_the_wildcard(
    offers: list[str], weights: dict[str, float], rest: float
) -> None:
    judged = {offer: weights.get(offer, rest) for offer in offers}
    assert choose_best(f"{header(weights)}, */*;q={rest:g}", offers) == choose_best(header(judged), offers)


@given(offers, qualities, qualities, qualities)
def test_a_subtype_counts_more_than_a_type_and_that_more_than_anything(
    offers: list[str], any_: float, text: float, plain: float
) -> None:
    judged = {
        offer: plain if offer == "text/plain" else text if offer.startswith("text/") else any_ for offer in offers
    }
    assert choose_best(f"*/*;q={any_:g},text/*;q={text:g},text/plain;q={plain:g}", offers) == choose_best(
        header(judged), offers
    )


@given(offers, weighted, st.randoms(use_true_random=False), st.lists(st.sampled_from(GARBAGE)))
def test_neither_the_order_nor_what_cannot_be_read_matters(
    offers: list[str], weights: dict[str, float], chance: random.Random, garbage: list[str]
) -> None:
    entries = header(weights).split(", ") + garbage
    chance.shuffle(entries)
    assert choose_best(",".join(entries), offers) == choose_best(header(weights), offers)


@given(offers, weighted)
def test_spaces_and_capitals_do_not_matter(offers: list[str], weights: dict[str, float]) -> None:
    loud = header(weights).upper().replace(";", " ; ").replace(",", "\t,")
    assert choose_best(loud, offers) == choose_best(header(weights), offers)


@given(offers, weighted)
def test_adding_a_wish_for_everything_else_never_leaves_the_client_with_nothing(
    offers: list[str], weights: dict[str, float]
) -> None:
    assume(any(weights.get(offer) != 0 for offer in offers))
    assert choose_best(f"{header(weights)}, */*;q=0.1", offers) is not None


@given(st.text(), offers)
def test_any_text_gives_an_offer_or_none(accept: str, offers: list[str]) -> None:
    assert choose_best(accept, offers) in {*offers, None}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ('text/csv;header="a,b;q=0";q=0.3, text/plain;q=0.2', "text/csv"),
        ("text/plain;format=flowed;q=1, text/plain;q=0.1, text/csv;q=0.5", "text/csv"),
        ("text/plain;format=flowed", "text/plain"),
        ("text/csv;q=0.0, */*", "text/plain"),
        ("text/csv;q=0", None),
        ("image/*", None),
        ("text/plain;q=1.000", "text/plain"),
    ],
)
def test_parameters_in_quotes_and_zeros(accept: str, expected: str | None) -> None:
    assert choose_best(accept, ("text/plain", "text/csv")) == expected
