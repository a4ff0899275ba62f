"""What pages call the parameters of questions, and the choices that some have: in plain words."""

from __future__ import annotations

import re
from typing import NamedTuple

from careergraph.rdf.kinds import ASSETS, POSITIONS


class Wording(NamedTuple):
    """What a field is called, and what is said below it."""

    label: str
    hint: str = ""


#: Parameter → its field. A test holds that each parameter of a question with a page has one.
FIELDS = {
    "origin": Wording("I am"),
    "destination": Wording("and want to be"),
    "role": Wording("and want to be"),
    "skill": Wording("What I can do", "Skills, tools, degrees: one a line."),
    "background": Wording("I also come from", "Jobs and studies: one a line."),
    "with_skill": Wording("What if I could do this, too?", "Skills, tools, degrees: one a line."),
    "k": Wording("How many routes"),
    "via": Wording("Pass through", "Roles, one a line."),
    "avoid": Wording("Stay away from", "Roles, one a line."),
    "max_steps": Wording("How many steps at most"),
    "by": Wording("Put first"),
    "route": Wording("Which of the routes", "1 is the best one."),
    "derived": Wording("Also steps that no source names", "They are computed, and say so."),
    "allow_step_down": Wording("Also jobs that take much less preparation", "Two of five grades less than yours."),
    "hours_per_week": Wording("Hours a week for learning"),
    "rate": Wording("Exchange rates", "For comparing pay, such as GBP:USD=1.27; one a line."),
    "within": Wording("Be there within", "Such as 12m for twelve months, or 2y for two years."),
    "limit": Wording("How many roles at most"),
    "straight": Wording("Straight to the role", "Without the jobs in between that the best route has."),
    "done": Wording("Done already", "Skills and courses, one a line."),
    "free": Wording("Only what costs nothing"),
    "budget": Wording("All courses together may cost at most", "Such as 500USD for 500 US dollars."),
    "lang": Wording("Courses in these languages", "Such as en for English; one a line."),
    "start": Wording("First day of learning", "Such as 2027-01-11; the plan then has dates."),
}
_SKILLS = tuple(kind for kind in ASSETS if kind not in POSITIONS)
#: Parameter that takes several names → the kinds of node that its field suggests.
SUGGESTED = {
    "skill": _SKILLS,
    "with_skill": _SKILLS,
    "done": (*_SKILLS, "course"),
    "background": POSITIONS,
    "via": ("role", "occupation"),
    "avoid": ("role", "occupation"),
}
#: Parameter → what an empty field waits for.
EXAMPLES = {"origin": "job, study or background", "destination": "role", "role": "role"}
#: Choice → how it reads.
CHOICES = {
    "attempts": "what is best on the whole",
    "feasibility": "the easiest steps",
    "steps": "the fewest moves",
    "effort": "the least to learn",
    "time": "the least time",
    "hours": "the fewest hours",
    "cost": "the lowest cost",
}

#: What queries that come with the project call their columns and parameters → how that reads; a name that is not here
#: reads well as it is.
_NAMES = {
    "arriving_as": "arriving there as",
    "asked": "what exactly",
    "asker": "role or course",
    "asset": "what is asked for",
    "basis": "what is counted",
    "by_way_of": "in between",
    "first_ease": "how easy at first",
    "held": "what they hold",
    "held_level": "how well",
    "asked_level": "asked how well",
    "in_words": "as the page says",
    "lines": "ranges of pay",
    "now": "name now",
    "open_ended": "more is possible",
    "other": "the other role",
    "other_strength": "strength for the other",
    "recognised": "read by the editors as",
    "relevant_to": "matters to",
    "second_ease": "how easy then",
    "segment": "group of employers",
    "segment_name": "group of employers",
    "shared": "asked for by both",
    "standing": "who speaks",
    "starts_there": "starts at that sum",
    "unstated": "not stated",
}
#: Columns of numbers that count nothing.
NO_AMOUNTS = ("year", "number", "since", "until")


def word_cell(text: str, datatype: str | None, column: str) -> str:
    """A value in a table as people write it: amounts with commas, yes and no. Years have none.

    >>> word_cell("150000", "xsd:integer", "high"), word_cell("2024", "xsd:integer", "year")
    ('150,000', '2024')
    >>> word_cell("true", "xsd:boolean", "open_ended")
    'yes'
    """
    if datatype == "xsd:boolean":
        return {"true": "yes", "false": "no"}.get(text, text)
    is_amount = datatype == "xsd:integer" and column not in NO_AMOUNTS
    return f"{int(text):,}" if is_amount and re.fullmatch(r"-?[0-9]{1,18}", text) else text


def word_name(name: str) -> str:
    """How a column or parameter of a query that comes with the project reads.

    >>> word_name("asset"), word_name("stated_for")
    ('what is asked for', 'stated for')
    """
    return _NAMES.get(name, name.replace("_", " "))


def word_field(name: str) -> Wording:
    """How the field of a parameter reads; its name, where nobody has found words for it.

    >>> word_field("destination").label
    'and want to be'
    """
    return FIELDS.get(name, Wording(name.replace("_", " ").capitalize()))
