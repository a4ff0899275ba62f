"""Roles side by side as a page: a table that says what the JSON says."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from careergraph.render.text.phrases import tell_grade
from html_reading import elements, having, one, words
from page_answers import COMPARISONS, answer_of, citations, ids, refs, squeeze, tree_of


@pytest.mark.parametrize("arguments", COMPARISONS.values(), ids=COMPARISONS.keys())
class TestAComparisonAsAPage:
    def rows(self, arguments: tuple[str, ...], class_: str) -> list[tuple[Element, list[Element]]]:
        bodies = having(tree_of(*arguments), class_)
        found = [(row.findall("th"), row.findall("td")) for body in bodies for row in body.findall("tr")]
        return [(heads[0], cells) for heads, cells in found if heads and cells]

    def test_is_a_table_with_a_column_for_each_role(self, arguments: tuple[str, ...]) -> None:
        root = tree_of(*arguments)
        tables = list(elements(root, "table"))
        assert len(tables) == 1 + len(having(root, "rest")), "what is folded is a table of its own"
        for table in tables:
            heads = [cell for row in table.findall("thead/tr") for cell in row.findall("th")]
            assert [id_ for head in heads for id_ in ids(head)] == refs(answer_of(*arguments)["roles"])
            assert all(head.get("scope") == "col" for head in heads)
        for class_ in ("shared", "distinct", "sides"):
            for head, cells in self.rows(arguments, class_):
                assert head.get("scope") == "row"
                assert len(cells) == len(heads)

    def test_has_what_all_ask_for_and_then_what_some_do(self, arguments: tuple[str, ...]) -> None:
        answer = answer_of(*arguments)
        shared = [refs(group) for group in answer["shared"]]
        asked = [[refs(item["any_of"]) for item in role["requirements"]] for role in answer["roles"]]
        distinct = {tuple(group) for role in asked for group in role if group not in shared}
        assert [ids(head) for head, _ in self.rows(arguments, "shared")] == shared
        shown = [ids(head) for head, _ in self.rows(arguments, "distinct")]
        assert {tuple(group) for group in shown} == distinct
        assert len(shown) == len(distinct)
        common = [sum(group in role for role in asked) for group in shown]
        assert common == sorted(common, reverse=True)

    def test_says_in_each_cell_how_firmly_that_role_asks_and_who_says_so(self, arguments: tuple[str, ...]) -> None:
        roles = answer_of(*arguments)["roles"]
        rows = self.rows(arguments, "shared") + self.rows(arguments, "distinct")
        for head, cells in rows:
            for role, cell in zip(roles, cells, strict=True):
                found = [item for item in role["requirements"] if refs(item["any_of"]) == ids(head)]
                if not found:
                    none = "not named" if role["requirements"] else "no source says"
                    assert words(one(cell, "none")) == none
                    continue
                (item,) = found
                grading = tell_grade(item["strength"], item["level"], estimated=item["estimated"])
                assert words(one(cell, "grading")) == grading
                cited = [citations(item["evidence"])] if item["evidence"] else []  # nobody says what is estimated
                assert list(map(words, having(cell, "cited"))) == cited
                inherited = item["stated_for"]["id"] != role["id"]
                assert len(having(cell, "inherited")) == inherited

    def test_puts_pay_tasks_and_ways_in_side_by_side(self, arguments: tuple[str, ...]) -> None:
        rows = {words(head): cells for head, cells in self.rows(arguments, "sides")}
        for place, role in enumerate(answer_of(*arguments)["roles"]):
            assert len(having(rows["Pays"][place], "pay-words")) == len(role["pay"])
            assert len(having(rows["Pays"][place], "range")) == sum(line["low"] is not None for line in role["pay"])
            for task in role["tasks"]:
                assert squeeze(task["text"]) in words(rows["Tasks"][place])
            arriving = [move["origin"] for move in role["transitions"] if move["destination"]["id"] == role["id"]]
            assert ids(rows["Reached from"][place]) == refs(arriving)
            notes = [*role["disagreements"], *role["notes"]]
            for note in notes:
                assert squeeze(note["text"]) in words(rows["Sources disagree, or need care"][place])
