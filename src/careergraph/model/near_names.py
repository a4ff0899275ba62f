"""What somebody may have meant by a name that nothing has: one measure for all places that ask "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

#: Below this share of the best one's likeness, a name looks much less like what was asked for.
_MUCH_LESS = 0.75


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


def nearest_names(name: str, known: Iterable[str], *, most: int) -> tuple[str, ...]:
    """The names that look like a given one, without those that look much less so than the best of them.

    Args:
        name: what is not known.
        known: what is.
        most: how many names to give at most.

    >>> known = ["kubernetes", "bert"]
    >>> near_names("kubernets", known, most=2), nearest_names("kubernets", known, most=2)
    (('kubernetes', 'bert'), ('kubernetes',))
    """
    found = near_names(name, known, most=most)
    likeness = [SequenceMatcher(None, other, name).ratio() for other in found]
    return tuple(other for other, like in zip(found, likeness, strict=True) if like >= _MUCH_LESS * likeness[0])


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """A question after the likeliest name; what to say otherwise, where none looks like it.

    >>> did_you_mean("sklils.csv", ["skills.csv"], otherwise="there may be skills.csv")
    "did you mean 'skills.csv'?"
    """
    near = near_names(name, known)
    return f"did you mean {near[0]!r}?" if near else otherwise
