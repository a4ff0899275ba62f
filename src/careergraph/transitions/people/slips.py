"""Whether two words differ only by a typing or spelling error."""

from __future__ import annotations

#: Words with so many letters may differ by one slip, and by two.
_ONE_SLIP, _TWO_SLIPS = 6, 12
#: Words that are a slip away from names of other things, and mean what they say.
ORDINARY_WORDS = frozenset(
    (
        *("meditation", "framing", "blended", "person", "patients", "patient", "quilting", "costing", "hosting"),
        *("booking", "baling", "bailing", "scaling", "sealing", "dealing", "reading", "riding", "singling", "signing"),
        *("driving", "diving", "dining", "mining", "rowing", "sewing", "towing", "lighting", "fighting", "sighting"),
        *("political", "optical", "critical", "physical", "musical", "medical", "radical", "material", "martial"),
    )
)
#: The rows of an English keyboard: who misses a key hits one beside it.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    (one, other)
    for number, row in enumerate(_ROWS)
    for place, one in enumerate(row)
    for near in _ROWS[max(0, number - 1) : number + 2]
    for other in near[max(0, place - 1) : place + 2]
}
#: Letters that are taken for each other by ear.
_BY_EAR = ("aeiouy", "csz", "ckq", "td", "pb", "vfw", "gj", "mn")


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by no more than a slip: one in six letters or more, two in twelve or more.

    A letter for another one is a slip if the two are neighbours on the keyboard or sound alike.

    >>> is_slip("kubernets", "kubernetes"), is_slip("scale", "scala"), is_slip("project", "product")
    (True, False, False)
    >>> is_slip("hiking", "hiring"), is_slip("kubernites", "kubernetes")
    (False, True)
    """
    from rapidfuzz.distance import OSA

    longest = max(len(one), len(other))
    allowed = 2 if longest >= _TWO_SLIPS else int(longest >= _ONE_SLIP)
    if one == other:
        return True
    close = one[:1] == other[:1] and 0 < OSA.distance(one, other) <= allowed
    return close and (len(one) != len(other) or longest >= _TWO_SLIPS or _is_one_letter_wrong(one, other))


def _is_one_letter_wrong(one: str, other: str) -> bool:
    """Whether two words as long differ by letters that change places, or by some that are easily mistaken."""
    wrong = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(wrong) > 1 or all(_is_mistaken(*pair) for pair in wrong)


def _is_mistaken(one: str, other: str) -> bool:
    return (one, other) in _BESIDE or any(one in alike and other in alike for alike in _BY_EAR)


def are_slips(one: str, other: str, meant: frozenset[str]) -> bool:
    """Whether the words of one name are those of another one but for slips; what is meant as it is written is none.

    Args:
        one: what somebody wrote.
        other: a name that is known.
        meant: words that nobody writes by mistake.

    >>> are_slips("machine lerning", "machine learning", frozenset())
    True
    >>> are_slips("framing", "farming", frozenset()), are_slips("framing", "farming", frozenset({"framing"}))
    (True, False)
    """
    words, others = sorted(one.split()), sorted(other.split())
    same = len(words) == len(others)
    return same and all(w == o or (w not in meant and is_slip(w, o)) for w, o in zip(words, others, strict=True))


def measure_likeness(one: str, other: str) -> float:
    """How like the least alike words of two names with as many words are, in alphabetical order.

    >>> round(measure_likeness("machine lerning", "machine learning"), 2)
    0.93
    """
    from rapidfuzz import fuzz

    return min(map(fuzz.ratio, sorted(one.split()), sorted(other.split()))) / 100
