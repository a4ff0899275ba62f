"""The words in an occupation's name that say what people in it do."""

from __future__ import annotations

import re

from careergraph.model.text import normalise

#: What forms of one word have before their endings; shorter words tell too little to be compared.
_SHORTEST = 4
#: How English words for who does something, and for what is done, end.
_ENDING = re.compile(
    r"(?<=[a-z]{4})(?:icians?|icists?|istry|ists?|ians?|ations?|ators?|ative|ions?|e?ments?|ants?|ancy|ings?|"
    r"ership|ers?|ors?|ress|ics|icals?|als?|ic|ives?|ies|y|is|es?|(?<!s)s)$"
)
#: Words without their endings that say nothing of what somebody does.
_SAY_NOTHING = frozenset(
    (
        *("manag", "serv", "servic", "special", "represent", "representat", "research", "assist", "chief", "offic"),
        *(
            "work",
            "care",
            "profess",
            "profession",
            "gener",
            "oper",
            "techn",
            "technolog",
            "engine",
            "engineer",
            "analys",
            "analyst",
            "analyt",
            "consult",
        ),
        *("associat", "coordin", "superv", "supervis", "supervisor", "administr", "execut", "other", "with", "agent"),
        *("direct", "head", "seni", "senior", "lead", "team", "practi", "practic", "practition"),
    )
)


def find_telling_words(text: str) -> set[str]:
    """The words that tell what is done, without their endings, so that forms of one word are the same.

    >>> sorted(find_telling_words("Animal caretakers")), sorted(find_telling_words("Research assistant"))
    (['anim', 'caretak'], [])
    >>> find_telling_words("Computer operator") & find_telling_words("Companion")
    set()
    """
    words = (_root(word) for word in re.findall(r"\w+", normalise(text)))
    return {word for word in words if len(word) >= _SHORTEST and word not in _SAY_NOTHING}


def _root(word: str) -> str:
    return _ENDING.sub("", word)
