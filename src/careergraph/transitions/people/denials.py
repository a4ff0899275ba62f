"""What people say they cannot do, have not finished, or only want, in several languages."""

from __future__ import annotations

import re

_WISHES = (
    r"(?:want|wants|wish|hope|hoping|willing|keen|eager|like|plan|planning|intend|looking|aspire|ready|motivated) to "
    r"(?:learn|acquire|study|get into|start|try)|interested in (?:learning|starting|getting into)|"
    r"(?:^|currently |still |now )learning(?! and| management| theor| analytics| environments?)"
)
_NOT = re.compile(
    r"\b(?:no|not|never|without|none|lack(?:s|ing)?|unfamiliar|zero|neither|nor|yet to|little to no|"
    r"nothing (?:of|about)|"
    rf"{_WISHES}|(?:did|do|does|have|has|had|could|would|was)n['’]?t|cannot|can['’]?t|except|other than|"
    r"kein(?:e[rnms]?)?|nicht|nie|niemals|ohne|weder|mochte .{1,40} lernen|möchte .{1,40} lernen|"
    r"aucune?|jamais|pas (?:de|d['’]|encore)|ne .{1,20} pas|"
    r"sans (?:expérience|connaissances?|maîtrise|aucune?|diplôme)|"
    r"sin (?:experiencia|conocimientos?|nociones|terminar|título)|ningún|ninguna|nunca|^sin|^sans|"
    r"senza|nessuna?|geen|niet|zonder|nooit|sem (?:experiência|conhecimentos?)|nenhuma?|bez)\b"
)
#: What stands in brackets behind something that is being learnt.
_LEARNING = re.compile(r"\((?:still |currently )?(?:learning|lernend|en apprentissage|aprendiendo|lerend)\)")
#: A name may begin with such a word, and some praise goes by it: no-code, NoSQL, zero-shot, not only.
_NOT_A_DENIAL = re.compile(
    r"(?<!to )\bno (?:code|sql|nonsense|till)\b|\bnot (?:for profit|only|limited to|just)\b|\bnon profit\b|"
    r"\bwithout (?:supervision|guidance|help)\b|"
    r"\bzero (?:trust|shot|downtime|knowledge proofs?|waste|defects?|based|touch)\b|"
    r"\bnever failing\b|\bnothing but\b"
)
#: What is said of courses as well as of studies.
_LEFT = (
    r"dropped out|abandoned|unfinished|incomplete|discontinued|withdr(?:ew|awn)|abgebrochen|abandonnée?|abandonad[oa]|"
    r"inachevée?|inacabad[oa]|incomplet[oa]|did not (?:finish|complete)"
)
_GIVEN_UP = re.compile(rf"\b(?:{_LEFT})\b")
_UNFINISHED = re.compile(
    rf"\b(?:{_LEFT}|student|candidate|ongoing|in progress|under ?way|expected|anticipated|pending|uncompleted|partial|"
    r"partially|drop ?out|interrupted|suspended|aborted|quit|failed|left (?:before|without|after|early)|cancelled|abd|"
    r"all but (?:dissertation|thesis)|so far|to be completed|master 1|m1|"
    r"[1-4] of [2-5] years|unterbrochen|laufend|angestrebt|voraussichtlich|en cours|"
    r"interrompue?|non (?:termin|achev|valid)ée?|no terminad[oa]|en curso|interrott[oa]|abbandonat[oa]|in corso|"
    r"afgebroken|onvoltooid|trancad[oa]|niedokończon[ey])\b"
)
_WANTED = re.compile(
    r"\b(?:aspiring|future|prospective|soon to be|would be|wannabe|want(?:ing|s)? to (?:be|become)|to become|becoming|"
    r"(?:transitioning|moving|switching|changing) (?:in)?to|looking for|"
    r"(?:look(?:ing)?|hop(?:e|ing)|wish(?:ing)?|would like|want(?:ing)?|plan(?:ning)?|keen|eager|ready|aim(?:ing)?) to "
    r"(?:move|get|go|transition|switch|change|pivot|retrain|return|break|work) (?:in(?:to)?|to|as|towards?)|"
    r"seeking|applying for|dream job|target(?:ed)? (?:role|position)|angehende[rn]?|zukünftige[rn]?|"
    r"aspirante|futur)\b[^,|/;•]*",
    re.IGNORECASE,
)
#: What opens a list of what somebody likes, and is no skill.
_LIKED = re.compile(r"(?:hobb(?:y|ies|ys)|interests?|interessen|freizeit|loisirs|aficiones)\s*:")


def is_denied(phrase: str) -> bool:
    """Whether a phrase says that somebody can *not* do something, not yet, or merely for pleasure.

    Args:
        phrase: in the normal form of `careergraph.model.text.normalise`.

    >>> is_denied("no experience with docker"), is_denied("keine kenntnisse in java"), is_denied("zero shot learning")
    (True, True, False)
    """
    plain = _NOT_A_DENIAL.sub(" ", phrase)
    return bool(_NOT.search(plain) or _GIVEN_UP.search(plain) or _LIKED.match(phrase) or _LEARNING.search(phrase))


def is_unfinished(studies: str) -> bool:
    """Whether a text on studies or a degree says that they have not come to their end.

    Args:
        studies: in normal form.

    >>> is_unfinished("phd (not completed)"), is_unfinished("msc, abgebrochen"), is_unfinished("msc (distinction)")
    (True, True, False)
    """
    return bool(_UNFINISHED.search(studies)) or is_denied(studies)


def drop_wishes(title: str) -> str:
    """A job title without what somebody only wants to be.

    Args:
        title: as somebody wrote it.

    >>> drop_wishes("Nurse, aspiring data scientist"), drop_wishes("Aspiring data scientist")
    ('Nurse, ', '')
    """
    return _WANTED.sub("", title)
