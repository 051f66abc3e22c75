"""A number as people type it: in figures of any width, spelled, with what it counts beside it."""

import re
import unicodedata
from collections.abc import Mapping

LONGEST = 9  # digits
_BESIDE = 6  # signs that may stand beside it: more is a sentence
_TEN, _HUNDRED = 10, 100
_FIGURES = re.compile(r"-?\d+(?:\.\d+)?")


def number_in(typed: str, digits: Mapping[str, int] | None = None) -> float | None:
    """Return the one number that was typed; None for none, several, too large, or a sentence.

    `digits` are one to ten and a hundred as they are spelled.
    """
    said = "".join(unicodedata.normalize("NFKC", typed).split())
    spelled = f"[{re.escape(''.join(digits))}]+" if digits else "(?!)"
    found = re.findall(f"{_FIGURES.pattern}|{spelled}", said)
    if len(found) != 1 or len(said) - len(found[0]) > _BESIDE:
        return None
    if _FIGURES.fullmatch(found[0]):
        short = len(re.sub(r"\D", "", found[0])) <= LONGEST
        return float(found[0]) if short else None
    return _spelled([(digits or {})[sign] for sign in found[0]])


def _spelled(values: list[int]) -> float | None:
    """Return what the signs come to, below a thousand; None where they do not fit together."""
    form = "".join({_HUNDRED: "h", _TEN: "t", 0: "z"}.get(one, "d") for one in values)
    if not re.fullmatch("dh(?:zd|dtd?)?|d?td?|d|z", form):
        return None
    total = last = 0
    for one in values:
        if one >= _TEN:
            total, last = total + (last or 1) * one, 0
        else:
            last = one
    return float(total + last)
