"""Wishes as they are typed: sums, languages and spans of time, and what is none of these."""

from __future__ import annotations

import pytest

from careergraph.model.errors import ContradictoryConditions
from careergraph.transitions.plans.wishes import read_months, read_wishes


@pytest.mark.parametrize("text", ["500USD", "500 usd", "USD 500", " USD500.00 "])
def test_a_sum_has_its_currency_before_or_behind(text: str) -> None:
    wishes = read_wishes(budget=text)
    assert (wishes.budget, wishes.currency) == (500.0, "USD")


@pytest.mark.parametrize("text", ["500", "USD", "USD 500 EUR", "-5USD", "1e9USD", "500$", "", "٥٠٠USD", "500.123USD"])
def test_what_is_no_sum_with_one_currency_is_refused(text: str) -> None:
    with pytest.raises(ContradictoryConditions, match="not a sum of money"):
        read_wishes(budget=text)


@pytest.mark.parametrize("code", ["english", "e", "", "e1", "en-"])
def test_a_language_is_a_code_of_two_or_three_letters(code: str) -> None:
    with pytest.raises(ContradictoryConditions, match="not a code of a language"):
        read_wishes(languages=[code])


def test_languages_are_lower_case_and_all_kept() -> None:
    assert read_wishes(languages=["EN", "deu"]).languages == ("en", "deu")


@pytest.mark.parametrize(("text", "months"), [("12m", 12), ("1y", 12), ("1.5 years", 18), ("7", 7), ("1 Month", 1)])
def test_a_span_is_in_months_or_years(text: str, months: float) -> None:
    assert read_months(text) == months


@pytest.mark.parametrize("text", ["", "soon", "-1m", "1w", "12345m", "١m"])
def test_what_is_no_span_of_time_is_refused(text: str) -> None:
    with pytest.raises(ContradictoryConditions, match="not a span of time"):
        read_months(text)
