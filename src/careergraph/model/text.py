"""How names are compared: by normal form, words, singular, and groups of letters that typing errors leave intact."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Ending of a plural → ending of its singular; the first that fits is used. Words in -ss, -us or -is are kept.
_PLURALS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
    ("men", "man"),
)
#: Shorter words are no plurals, or too short to tell: AWS, gas, men.
_SHORTEST_PLURAL = 4
#: Characters that belong to a word besides letters and digits: C++, C#, .NET, R&D.
_INNER = "+#.&'"
#: What does not: `\w` is what `str.isalnum` is true of, and the underscore. Compiled when it is first used.
_BETWEEN = rf"[^\w{_INNER}]|_"
#: The marks that go above, below and through letters of the Latin, Greek and Cyrillic scripts.
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
#: Letters whose accent Unicode takes for a part of them → what is typed without it.
_WITHOUT_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
#: The cache size for singulars: most names share their words.
_KEPT = 50_000


def normalise(name: str) -> str:
    """A name as it is compared: Unicode-folded, case-folded, hyphens, dashes and runs of spaces as one space.

    >>> normalise("  Machine-Learning   ENGINEER ")
    'machine learning engineer'
    >>> normalise(" - ")
    '-'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    if not folded.isascii():
        folded = "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in folded)
    return " ".join(folded.replace("-", " ").split()) or folded.strip()  # a name may be a dash


def fold(name: str) -> str:
    """A name as it is looked up: in normal form and without accents, which many people leave out.

    >>> fold("Infirmière"), fold("Industriële kok"), fold("Sjømann")
    ('infirmiere', 'industriele kok', 'sjomann')
    """
    plain = normalise(name)
    return strip_accents(plain) or plain  # a name may be an accent


def strip_accents(text: str) -> str:
    """A text without accents on letters; what other scripts write as marks stays.

    >>> strip_accents("élève œuvre"), strip_accents("ガイド")
    ('eleve oeuvre', 'ガイド')
    """
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text.translate(_WITHOUT_ACCENT))
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _ACCENTS))


def to_singular(name: str) -> str:
    """A name in normal form with each of its words in the singular, by the regular endings of English.

    For comparing names only: the result need not be a word.

    >>> to_singular("registered nurses"), to_singular("analysts of policies"), to_singular("aws")
    ('registered nurse', 'analyst of policy', 'aws')
    """
    return " ".join(map(_one, name.split()))


def begin_plurals(singular: str) -> str:
    """What all names begin with that are a text in the singular: no ending changes more than a word's last two letters.

    >>> begin_plurals("fireman at work"), begin_plurals("ox")
    ('firem', 'o')
    """
    word = singular.split(" ", 1)[0]
    return word[:-2] or word[:1]


@lru_cache(_KEPT)
def _one(word: str) -> str:
    if len(word) >= _SHORTEST_PLURAL:
        for plural, ending in _PLURALS:
            if word.endswith(plural):
                return word.removesuffix(plural) + ending
    return word


def pad_words(text: str) -> str:
    """A text in normal form with a space before each word, and spaces instead of brackets, quotes and the like.

    >>> pad_words("nurse (rn), c++")
    ' nurse  rn   c++'
    """
    return " " + re.sub(_BETWEEN, " ", text)


def split_words(text: str) -> set[str]:
    """The words of a text in normal form, each with and without the brackets and the like around it.

    >>> sorted(split_words("nurse (rn)"))
    ['(rn)', 'nurse', 'rn']
    """
    found = set(text.split())
    for word in [word for word in found if not word.isalnum()]:
        found.update(pad_words(word).split())
    return found


def split_grams(text: str) -> set[str]:
    """All sequences of three characters in a text in normal form with a space before and after it.

    >>> sorted(split_grams("rust"))
    [' ru', 'rus', 'st ', 'ust']
    """
    spaced = f" {text} "
    return {spaced[start : start + 3] for start in range(len(spaced) - 2)}


def count_shared_grams(wanted: str, known: str) -> int:
    """How many groups of letters a text has in common with a name, both in normal form; all if the name contains it.

    >>> count_shared_grams("nurs", "nurse"), count_shared_grams("nruse", "nurse")
    (4, 1)
    """
    grams = split_grams(wanted)
    return len(grams) if wanted in known else len(grams & split_grams(known))
