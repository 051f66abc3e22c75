"""Guesses a category from words alone, and stays silent when it is not sure.

Source: the rules of the neighbourhood, "Guessing the category": only when the best is at
least 1.5 times the second.
"""

from collections.abc import Mapping

SURE = 1.5
CLEAR = 3  # weight: less is a hint, such as a wish or a call for help

Keywords = Mapping[str, Mapping[str, float]]  # category -> keyword -> weight


def guess(words: str, keywords: Keywords, *, least: float = 0) -> str | None:
    """Return the category that `words` speak of, None when none is clearly ahead.

    The best has to weigh at least `least`.
    """
    scores = {code: _score(words, weighted) for code, weighted in keywords.items()}
    best, second = [*sorted(scores, key=lambda code: -scores[code]), "", ""][:2]
    if not best or scores[best] <= 0 or scores[best] < least:
        return None
    return best if scores[best] >= SURE * scores.get(second, 0) else None


def _score(words: str, weighted: Mapping[str, float]) -> float:
    return sum(weight for keyword, weight in weighted.items() if keyword in words)
