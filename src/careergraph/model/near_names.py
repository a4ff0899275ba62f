"""What somebody may have meant by an unknown name: one measure for all places that ask "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: How alike two names of one word, or a name and a longer one, have to be as a whole, and two words to be one.
_ONE_WORD, _SLIP, _SAME_WORD = 0.7, 0.85, 0.8
#: How much of two names of several words has to have a counterpart, by weight.
_HALF = 0.5
#: The weight of a word that says little, such as *worker*; short words such as *ML* say much.
_SAYS_LITTLE, _LONG = 0.3, 4


def find_near_names(name: str, known: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> tuple[str, ...]:
    """The names that look like a given one, the most similar first.

    Args:
        name: the unknown name.
        known: the names that exist.
        most: how many names to give at most.
        cutoff: how alike a name has to be, between 0 and 1: difflib's ratio, 2 × characters in common ÷ characters of
        both.

    >>> find_near_names("sklils.csv", ["skills.csv", "roles.csv"]), find_near_names("xyz", ["skills.csv"])
    (('skills.csv',), ())
    """
    return tuple(get_close_matches(name, list(known), n=most, cutoff=cutoff))


def compare_in_meaning(name: str, known: str) -> float:
    """How near a name comes to a known one, between 0 and 1: 0 if they share no more than some letters.

    In names of several words, each word counts that has a counterpart in the other name, by its weight: words such as
    *worker* say little. The result is the harmonic mean of the two names' shares of words with a counterpart, but at
    least the similarity of the whole texts if a typing error explains the difference.

    Args:
        name: what was typed, in normal form.
        known: the name of a node, in normal form.

    >>> compare_in_meaning("call centre wrker", "coal chute worker")
    0.0
    >>> compare_in_meaning("call centre wrker", "call centre worker") > 0.9
    True
    """
    from rapidfuzz.fuzz import ratio

    one, other = name.split(), known.split()
    whole = ratio(name, known) / 100
    if min(len(one), len(other)) == 1:
        return whole if whole >= (_ONE_WORD if len(one) == len(other) else _SLIP) else 0.0
    shares = _share_with_counterpart(one, other), _share_with_counterpart(other, one)
    mean = 2 * shares[0] * shares[1] / sum(shares) if all(shares) else 0.0
    return max(mean if mean >= _HALF else 0.0, whole if whole >= _SLIP else 0.0)


def _share_with_counterpart(words: list[str], others: list[str]) -> float:
    """The share of some words, by weight, that are similar to one of the other words."""
    from rapidfuzz.fuzz import ratio

    from careergraph.model.telling_words import find_telling_words

    weights = [1.0 if find_telling_words(word) or len(word) < _LONG else _SAYS_LITTLE for word in words]
    like = (max(ratio(word, other) / 100 for other in others) for word in words)
    shared = sum(weight * share for weight, share in zip(weights, like, strict=True) if share >= _SAME_WORD)
    return shared / sum(weights)


def suggest(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """The question "did you mean …?" with the most similar name; other words if none is similar.

    >>> suggest("sklils.csv", ["skills.csv"], otherwise="there may be skills.csv")
    "did you mean 'skills.csv'?"
    """
    near = find_near_names(name, known)
    return f"did you mean {near[0]!r}?" if near else otherwise
