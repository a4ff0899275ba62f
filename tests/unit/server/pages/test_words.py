"""What fields of pages are called."""

from __future__ import annotations

from careergraph.server.api.questions import QUESTIONS
from careergraph.server.pages.question_pages import PAGES
from careergraph.server.pages.words import CHOICES, FIELDS, word_field


def test_each_parameter_of_a_question_with_a_page_has_words_of_its_own() -> None:
    asked = {field.name for page in PAGES.values() for field in QUESTIONS[page.question].parameters}
    assert asked == set(FIELDS)


def test_no_field_is_called_as_the_help_of_a_command_says() -> None:
    told = {
        field.about.partition(". ")[0].rstrip(".") for question in QUESTIONS.values() for field in question.parameters
    }
    assert told.isdisjoint(word_field(name).label for name in FIELDS)


def test_each_choice_has_words() -> None:
    choices = {
        choice
        for page in PAGES.values()
        for field in QUESTIONS[page.question].parameters
        for choice in field.schema.get("enum", ())
    }
    assert choices == set(CHOICES)
