"""The words in an occupation's name that say what people in it do."""

from __future__ import annotations

from careergraph.model.text import normal

#: Two words with the same first letters are taken for forms of one; the words below say nothing about what somebody
#: does.
_TELLING = 4
_SAY_NOTHING = frozenset(
    (
        *("mana", "serv", "spec", "repr", "rese", "assi", "chie", "offi", "work", "care", "prof", "gene", "oper"),
        *("tech", "engi", "anal", "cons", "asso", "coor", "supe", "admi", "exec", "othe", "with", "agen", "dire"),
        *("head", "seni", "lead", "team", "prac"),
    )
)


def telling_words(text: str) -> set[str]:
    """The beginnings of the words that say what people do, so that forms of one word are the same.

    >>> sorted(telling_words("Animal caretakers")), sorted(telling_words("Research assistant"))
    (['anim'], [])
    """
    beginnings = (word[:_TELLING] for word in normal(text).replace(",", " ").replace("/", " ").split())
    return {word for word in beginnings if len(word) == _TELLING and word not in _SAY_NOTHING}
