"""What would help next, in short: what helps most, in an order to learn it in, and nothing that hardly helps."""

from __future__ import annotations

from careergraph.model.records import Ref
from careergraph.render.text.outlook import find_worthwhile, format_next_skills, reach_text
from careergraph.transitions.outlook import Gain, NextSkills, Reach


def found(*saved: float) -> NextSkills:
    """An answer of ten attempts in which things save so many of them."""
    gains = tuple(
        Gain(Ref(f"urn:{place}", "skill", f"Skill {place}", "en"), 0.2, 0.01, attempts)
        for place, attempts in enumerate(saved)
    )
    return NextSkills(Ref("urn:a", "background", "A", "en"), Ref("urn:b", "role", "B", "en"), 0.19, 10.0, gains)


def saved(answer: NextSkills) -> list[float]:
    return [gain.attempts for gain in find_worthwhile(answer)]


def test_what_saves_next_to_nothing_is_left_out_and_the_order_is_kept() -> None:
    assert saved(found(0.01, 2.0, 0.06, 1.0)) == [2.0, 0.06, 1.0]


def test_of_many_things_those_are_named_that_save_most() -> None:
    many = [1.0 + place / 100 for place in range(20)]
    assert saved(found(*many)) == many[-12:]


def test_where_everything_saves_next_to_nothing_a_few_things_have_to_do() -> None:
    assert saved(found(*(place / 1000 for place in range(1, 9)))) == [0.004, 0.005, 0.006, 0.007, 0.008]


def test_savings_are_told_as_a_share_of_the_attempts() -> None:
    assert "  - Skill 0: saves 20.0% of the attempts, feasibility 0.20" in format_next_skills(found(2.0)).splitlines()
    assert format_next_skills(found()).endswith(
        "No single thing would make it easier; `gap` lists all that is missing."
    )


def test_where_nothing_helps_much_the_text_says_so() -> None:
    assert "No single thing helps much; in the order to learn them" in format_next_skills(found(0.01)).splitlines()
    assert "No single thing helps much" not in format_next_skills(found(2.0))


def test_a_gain_that_opens_another_way_is_not_told_as_a_lower_feasibility() -> None:
    gain = Gain(Ref("urn:x", "skill", "Skill", "en"), 0.1, -0.09, 2.0)
    answer = NextSkills(Ref("urn:a", "background", "A", "en"), Ref("urn:b", "role", "B", "en"), 0.19, 10.0, (gain,))
    assert format_next_skills(answer).endswith("- Skill: saves 20.0% of the attempts, by another way")


def test_where_nothing_is_within_reach_the_text_says_what_to_ask_instead() -> None:
    text = " ".join(reach_text(Reach(Ref("urn:a", "background", "A", "en"), (), ())).split())
    assert text.startswith("From A Nothing is within reach on these terms: allow more steps or time")
