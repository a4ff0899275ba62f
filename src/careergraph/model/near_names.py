"""What somebody may have meant by a name that nothing has: one measure for all places that ask "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: How alike two names of one word, or a name and a longer one, have to be as a whole, and two words to be one.
_ONE_WORD, _SLIP, _SAME_WORD = 0.7, 0.85, 0.8
#: How much of two names of several words has to have a counterpart, by weight.
_HALF = 0.5
#: What a word counts that tells little, such as *worker*; shorter ones, such as *ML*, tell much.
_SAYS_LITTLE, _LONG = 0.3, 4


def near_names(name: str, known: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> tuple[str, ...]:
    """The names that look like a given one, the likeliest first.

    Args:
        name: what is not known.
        known: what is.
        most: how many names to give at most.
        cutoff: how alike a name has to be, between 0 and 1: difflib's ratio, 2 × signs in common ÷ signs of both.

    >>> near_names("sklils.csv", ["skills.csv", "roles.csv"]), near_names("xyz", ["skills.csv"])
    (('skills.csv',), ())
    """
    return tuple(get_close_matches(name, list(known), n=most, cutoff=cutoff))


def likeness_in_meaning(name: str, known: str) -> float:
    """How near a name comes to one that is known, between 0 and 1: 0 if they have nothing but common letters.

    Of names of several words, each word that has a counterpart counts: little if it tells little, such as *worker*.
    The likeness is the harmonic mean of the shares of both names that have one, and at least that of the texts as a
    whole where a slip explains the difference.

    Args:
        name: what was typed, in normal form.
        known: a name that something has, in normal form.

    >>> likeness_in_meaning("call centre wrker", "coal chute worker")
    0.0
    >>> likeness_in_meaning("call centre wrker", "call centre worker") > 0.9
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
    """Which share of some words, by weight, is like one of some others."""
    from rapidfuzz.fuzz import ratio

    from careergraph.model.telling_words import telling_words

    weights = [1.0 if telling_words(word) or len(word) < _LONG else _SAYS_LITTLE for word in words]
    like = (max(ratio(word, other) / 100 for other in others) for word in words)
    shared = sum(weight * share for weight, share in zip(weights, like, strict=True) if share >= _SAME_WORD)
    return shared / sum(weights)


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """A question after the likeliest name; what to say otherwise, where none looks like it.

    >>> did_you_mean("sklils.csv", ["skills.csv"], otherwise="there may be skills.csv")
    "did you mean 'skills.csv'?"
    """
    near = near_names(name, known)
    return f"did you mean {near[0]!r}?" if near else otherwise
