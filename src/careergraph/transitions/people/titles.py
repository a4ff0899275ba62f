"""Job titles as people write them: what somebody does, and beside it how senior they are and how they are employed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careergraph.transitions.people import phrases

#: What says how senior somebody is, how they are employed or for whom a vacancy is: never what they do.
_ASIDE = re.compile(
    r"\b(?:senior|snr|sr|junior|jnr|jr|lead|principal|staff|associate|graduate|mid(?:[ -]?level)?|entry[ -]level|"
    r"level|head|chief|deputy|trainee|apprentice|intern|internship|working student|werkstudent|"
    r"freelance|freelancer|self[ -]employed|independent|contract|contractor|part[ -]time|full[ -]time|interim|"
    r"temporary|permanent|remote|hybrid|onsite|on[ -]site|volunteer|former|ex|assistant to the|acting|"
    r"experienced|professional|certified|qualified|registered|licensed|grade|band)\b"
)
_GENDERS = re.compile(
    r"[(\[]?\b(?:(?:[mwfdx]|div|male|female|all genders?|any gender)(?:\s?[/|*,]\s?(?:[mwfdx]|div))+|all genders?)"
    r"\b[)\]]?"
)
_GRADE = re.compile(r"(?:\s+(?:[1-9]|i{1,3}|iv|v))+$")
#: What follows is where, for whom or on what somebody works.
_PLACE = re.compile(r"\s*(?:\s[-–—]\s|\s@\s?|\||,|;|:|•|\b(?:at|to|bei|chez|for|in|with|of the|within)\b).*$")
_SLASH = re.compile(r"\s*(?:/|\s&\s|\band\b|\bcum\b|\+)\s*")
#: Words for one trade: who is called the one may be called the other.
_SAME = (("developer", "engineer"), ("programmer", "developer"), ("coder", "developer"), ("engineer", "developer"))
_OTHER_WORDS = (
    ("advisor", "adviser"), ("teaching", "teacher"), ("lecturer in", "lecturer"), ("rep", "representative"),
    ("sw", "software"), ("s/w", "software"), ("mgr", "manager"), ("eng", "engineer"), ("dev", "developer"),
    ("swe", "software engineer"), ("prof", "professor"), ("asst", "assistant"), ("admin", "administrator"),
)  # fmt: skip
#: The trade → who practises it: *working student software development* is a developer.
_TRADES = (
    ("development", "developer"), ("engineering", "engineer"), ("management", "manager"), ("analysis", "analyst"),
    ("analytics", "analyst"), ("design", "designer"), ("research", "researcher"), ("science", "scientist"),
    ("administration", "administrator"), ("consulting", "consultant"), ("accounting", "accountant"),
)  # fmt: skip
#: Who leads something is its manager.
_LEADER = re.compile(
    r"^(?:global |group |regional |deputy )?(?:head|director|s?vp|vice president|chief|manager|lead) (?:of |for )?(.+)$"
)


def title_forms(title: str) -> Iterator[str]:
    """A job title in normal form, and the simpler ones that are left of it, the fullest first.

    >>> list(title_forms("sr. data scientist ii (nlp)"))[-1]
    'data scientist'
    """
    whole = _GENDERS.sub(" ", title)
    seen: dict[str, None] = {}
    for form in (title, whole, phrases.outside_brackets(whole)):
        for cut in (form, _PLACE.sub("", form)):
            for short in (cut, bare_title(cut)):
                for said in (short, *_reword(short), *_find_lead(cut)):
                    seen.setdefault(said.strip(" .,-–/"), None)
    seen.pop("", None)
    yield from seen


def _find_lead(title: str) -> Iterator[str]:
    """Whoever leads something, by another word: *head of marketing* is a marketing manager."""
    if found := _LEADER.match(title):
        yield f"head of {found[1]}"
        yield f"{found[1]} manager"


def bare_title(title: str) -> str:
    """A title without what says how senior somebody is.

    >>> bare_title("sr. data scientist ii")
    'data scientist'
    """
    return " ".join(_GRADE.sub("", _ASIDE.sub(" ", f" {title} ".replace(". ", " ")).rstrip()).split()).strip(" .,-–/")


def set_aside(title: str) -> tuple[str, ...]:
    """What a title says besides the occupation: seniority, grade, form of employment.

    >>> set_aside("senior data scientist ii, freelance")
    ('senior', 'freelance', 'ii')
    """
    grade = _GRADE.search(phrases.outside_brackets(_PLACE.sub("", title)))
    return (*dict.fromkeys(_ASIDE.findall(title)), *(grade.group().split() if grade else ()))


def title_parts(title: str) -> list[str]:
    """The titles that one line joins: *CEO / founder* is two.

    >>> title_parts("ceo / founder")
    ['ceo', 'founder']
    """
    return [part for part in _SLASH.split(phrases.outside_brackets(_GENDERS.sub(" ", title))) if part]


def before_a_dash(title: str) -> str:
    """What stands before a dash between spaces, which says for whom or on what somebody works.

    >>> before_a_dash("Backend engineer - Payments"), before_a_dash("Full-stack developer")
    ('Backend engineer', 'Full-stack developer')
    """
    return re.split(r"\s[-–—]+\s", title.strip())[0]


def _reword(title: str) -> Iterator[str]:
    for one, other in (*_OTHER_WORDS, *_SAME):
        if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", title):
            yield re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", other, title)
    for trade, person in _TRADES:
        if title.endswith(f" {trade}"):
            yield title.removesuffix(trade) + person
