"""A node as short text: a row each for what it is, takes, pays and leads to, and who says so."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.node_profiles import Profile
from careergraph.catalogue.ratings import Rating
from careergraph.model.records import Attribute, Evidence, Ref
from careergraph.render.text.node_summary import MOST_NAMED, format_summary
from command_line import careergraph

_BOOK = (Evidence(Ref("urn:book", "source", "Book of jobs", "en"), "Chapter 1", None),)


@cache
def profile(name: str) -> Profile:
    return CareerGraph(Catalogue.load()).show(name)


def rows(text: str) -> dict[str, str]:
    """The rows of a summary by their names, each in one line."""
    found: dict[str, str] = {}
    name = ""
    for line in text.partition("\n\nSources")[0].splitlines()[2:]:
        name = line[:14].strip() if line[0] != " " else name
        found[name] = " ".join(filter(None, (found.get(name), (line[14:] if line[0] == " " or len(line) > 14 else ""))))
    return found


@pytest.mark.parametrize("name", ["AI ethicist", "machine learning engineer", "MATS", "PyTorch", "nurse", "DeepMind"])
def test_it_fits_on_a_screen_of_eighty_columns(name: str) -> None:
    lines = format_summary(profile(name)).splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80


def test_a_role_says_what_it_asks_for_pays_and_who_gets_there() -> None:
    text = format_summary(profile("AI ethicist"))
    shown = rows(text)
    assert shown["Asks for"].startswith("Ethics or Law or Philosophy or Public policy or Sociology (required, strong);")
    assert shown["Pays"].startswith("GBP 60,000-120,000, UK, industry [")
    assert shown["Ways in"].startswith("Humanities scholar (genuine competitive advantage);"), "the easiest first"
    assert shown["Holds"].endswith("(by the editors' judgement)")
    assert shown["Caution"] == "sources disagree on 4 points"
    assert "Article on careers in AI (2024): Role 4 / Salary" in text


def test_a_role_without_a_definition_of_ours_has_that_of_a_source_once() -> None:
    text = format_summary(profile("machine learning engineer"))
    assert rows(text)["What it is"] == "Machine learning engineers build ML systems and deploy them at scale [1]."
    assert text.count("deploy them at") == 1


def test_what_is_not_shown_is_counted() -> None:
    found = profile("AI ethicist")
    assert f"; {len(found.requirements) - MOST_NAMED} more [" in rows(format_summary(found))["Asks for"]
    assert format_summary(found).endswith("\n\n--full has everything that sources say.")


def test_two_words_of_sources_for_one_way_stand_together() -> None:
    ways = rows(format_summary(profile("machine learning engineer")))["Ways in"]
    assert "Software engineer (most direct; closest transition);" in ways
    assert ways.count("Software engineer") == 1


def test_where_nothing_in_it_is_cited_the_sources_of_the_node_stand_below() -> None:
    assert format_summary(profile("nurse")).splitlines()[-4:-2] == ["Sources", "  - careergraph editors"]


def rating(label: str, importance: float, depth: float | None) -> Rating:
    element = Ref(f"urn:{label}", "skill", label, "en")
    return Rating("urn:r", element, importance, depth, None, None, None, None, _BOOK)


def test_ratings_with_a_depth_are_skills_and_the_others_traits() -> None:
    found = replace(profile("nurse"), ratings=(rating("Care", 0.9, 0.5), rating("Calm", 0.8, None)))
    shown = rows(format_summary(found))
    assert (shown["Skills"], shown["Traits"]) == ("Care 90% [1]", "Calm 80% [1]")


def fact(kind: str, name: str, value: str, remark: str | None = None, unit: str | None = None) -> Attribute:
    return Attribute(f"urn:{value}", kind, name, value, unit, remark, _BOOK, ())


def shown_facts(*facts: Attribute) -> dict[str, str]:
    return rows(format_summary(replace(profile("nurse"), attributes=facts)))


def test_of_shares_the_largest_come_first() -> None:
    shares = (("None", "2.5%"), ("A degree", "55.9%"), ("A certificate", "30%"), ("A master's degree", "1%"))
    shown = shown_facts(*(fact("schooling", "Education", value, share) for value, share in shares))
    assert shown["Education"] == "A degree (55.9%); A certificate (30%); None (2.5%); 1 more [1]"


def test_tools_that_the_source_remarks_upon_come_first() -> None:
    shown = shown_facts(fact("tool-use", "tool", "Abacus"), fact("tool-use", "tool", "Epic", "in demand"))
    assert shown["Tools"] == "Epic (in demand); Abacus [1]"


def test_names_of_properties_are_words_and_addresses_come_last() -> None:
    facts = [fact("attribute", f"p{n}", "x") for n in range(5)]
    shown = shown_facts(
        fact("attribute", "ai_guide_url", "https://example.org/"), *facts, fact("attribute", "hq", "Paris")
    )
    assert shown["Headquarters"] == "Paris [1]"
    assert shown["Other facts"] == "AI guide"


def test_a_year_needs_no_unit() -> None:
    assert shown_facts(fact("attribute", "founded", "2011", unit="year"))["Founded"] == "2011 [1]"


def test_the_command_prints_it_and_by_full_everything() -> None:
    assert careergraph("show", "nurse").stdout == format_summary(profile("nurse")) + "\n"
    whole = careergraph("show", "AI ethicist", "--full").stdout
    assert "Sources disagree, or need care" in whole
    assert whole.count("Disagreement, ") == len(profile("AI ethicist").disagreements)
