"""Pictures of the results of a survey by matplotlib (the extra `reports`), one a question.

Called in a thread of its own. Where matplotlib or a Chinese font is missing there are none.
"""

import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.survey_question import SENT, Kind
from bot.paper.charts import bars, can_draw, fonts, page, png, style
from bot.texts import plain

Facts = Mapping[str, Any]
MOST = 10  # pictures of an album
_LINE = 26  # characters of a title
_MOST_WORDS = 18  # characters beside a bar
_MOST_BARS = 10  # buildings on a picture
_FIRST_SYMBOL, _STARS = 0x200B, "★☆"
_NOT_DRAWN = frozenset({"So", "Sk", "Cf", "Mn", "Co", "Cn", "Cs"})


def albums(facts: Facts) -> int:
    """Return how many albums there are to draw, 0 where nothing is shown."""
    return -(-len(_pages(facts)) // MOST)


def draw(facts: Facts, language: str, album: int = 0) -> list[bytes]:
    """Return a picture for each question, and one of who took part: those of one album."""
    if not can_draw() or not (known := fonts()):
        return []
    from matplotlib import rc_context  # noqa: PLC0415 - it is an extra

    with rc_context(style(known)):
        return [
            _question(facts, one, language)
            if isinstance(one, Mapping)
            else _part(facts, one, language)
            for one in _pages(facts)[album * MOST : (album + 1) * MOST]
        ]


def _pages(facts: Facts) -> list[Facts | Sequence[Facts]]:
    """Return what stands on a picture each: a question, or the buildings of some who took part."""
    shown: list[Facts | Sequence[Facts]] = [
        one
        for one in facts["questions"]
        if not one["hidden"] and one["n"] and (one["groups"] or Kind(one["what"]) not in SENT)
    ]
    held = facts["buildings"]
    pages = -(-len(held) // _MOST_BARS)
    size = -(-len(held) // pages) if pages else 1  # about as many on each
    return [*shown, *(held[at : at + size] for at in range(0, len(held), size))]


def _question(facts: Facts, one: Facts, language: str) -> bytes:
    below = plain("chart.answers", language, title=_drawable(facts["title"], language), n=one["n"])
    if Kind(one["what"]) in SENT:
        names: Sequence[str] = [_drawable(held["words"], language) for held in one["groups"]]
        counts = [held["n"] for held in one["groups"]]
        said = [str(n) for n in counts]
        most = 0
    else:
        names = _names(one, language)
        counts = [held["n"] for held in one["options"]]
        said = [_said(held) for held in one["options"]]
        most = one["n"]  # of several each can be everybody's
    figure, axes = page(textwrap.fill(_drawable(one["words"], language), _LINE), below)
    bars(axes, [_cut(name) for name in names], counts, said, most=most)
    return png(figure)


def _cut(name: str) -> str:
    return name if len(name) <= _MOST_WORDS else f"{name[: _MOST_WORDS - 1]}…"


def _said(held: Facts) -> str:
    """Return the percentage and the number; of too few the number alone."""
    if held["percent"] is None:
        return str(held["n"])
    return f"{held['percent']}%  ({held['n']})"


def _names(one: Facts, language: str) -> Sequence[str]:
    kind = Kind(one["what"])
    if kind is Kind.RATING:
        return [f"{n} ★" for n in range(1, len(one["options"]) + 1)]
    if kind is Kind.YES_HALF_NO:
        keys = ("chart.yes", "chart.half", "chart.no")
        return [plain(key, language) for key in keys]
    return [_drawable(name, language) for name in one["names"]]


def _drawable(words: str, language: str) -> str:
    """Return the words in one line without emoji, which the fonts of pictures do not have."""
    kept = "".join(sign if sign.isspace() or _is_drawn(sign) else "" for sign in words)
    return " ".join(kept.split()) or plain("chart.emoji", language)


def _is_drawn(sign: str) -> bool:
    if sign in _STARS or ord(sign) < _FIRST_SYMBOL:
        return True
    return unicodedata.category(sign) not in _NOT_DRAWN


def _part(facts: Facts, held: Sequence[Facts], language: str) -> bytes:
    """Draw how many of some buildings took part."""
    below = plain("chart.took_part", language, n=facts["answered"], of=facts["asked"])
    figure, axes = page(
        plain("chart.by_building", language), f"{_drawable(facts['title'], language)}  {below}"
    )
    said = [
        f"{one['answered']}/{one['asked']}"
        if one["percent"] is None
        else f"{one['percent']}%  ({one['answered']}/{one['asked']})"
        for one in held
    ]
    names = [one["name"] or plain("compose.elsewhere", language) for one in held]
    shares = [round(100 * one["answered"] / one["asked"]) for one in held]
    bars(axes, names, shares, said, most=100)
    return png(figure)
