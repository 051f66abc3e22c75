"""Pictures of the results of a survey by matplotlib (the extra `reports`), one a question.

Called in a thread of its own. Where matplotlib or a Chinese font is missing there are none.
"""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.survey_question import SENT, Kind
from bot.paper.charts import bars, can_draw, fonts, page, png
from bot.texts import plain

Facts = Mapping[str, Any]
MOST = 10  # pictures of an album
_LINE = 26  # characters of a title
_MOST_WORDS = 18  # characters beside a bar


def draw(facts: Facts, language: str) -> list[bytes]:
    """Return a picture for each question, and one of who took part; none where nothing is shown."""
    if not can_draw() or not (known := fonts()):
        return []
    from matplotlib import rc_context  # noqa: PLC0415 - it is an extra

    shown = [one for one in facts["questions"] if not one["hidden"] and one["n"]]
    with rc_context({"font.family": known, "axes.unicode_minus": False, "font.size": 13}):
        drawn = [found for one in shown if (found := _question(facts, one, language))]
        part = [_part(facts, language)] if facts["buildings"] else []
        return [*drawn[: MOST - len(part)], *part]


def _question(facts: Facts, one: Facts, language: str) -> bytes | None:
    below = plain("chart.answers", language, title=facts["title"], n=one["n"])
    if Kind(one["what"]) in SENT:
        names: Sequence[str] = [
            textwrap.shorten(held["words"], _MOST_WORDS * 2) for held in one["groups"]
        ]
        counts = [held["n"] for held in one["groups"]]
        said = [str(n) for n in counts]
        most = 0
    else:
        names = _names(one, language)
        counts = [held["n"] for held in one["options"]]
        said = [_said(held) for held in one["options"]]
        most = one["n"]  # of several each can be everybody's
    if not names:
        return None
    figure, axes = page(textwrap.fill(one["words"], _LINE), below)
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
    return [_drawable(name) for name in one["names"]]


def _drawable(name: str) -> str:
    """Return the name without emoji, which the fonts of pictures do not have."""
    return "".join(sign for sign in name if ord(sign) < _FIRST_EMOJI).strip() or name


_FIRST_EMOJI = 0x1F000


def _part(facts: Facts, language: str) -> bytes:
    """Draw how many of each building took part."""
    held = facts["buildings"]
    below = plain("chart.took_part", language, n=facts["answered"], of=facts["asked"])
    figure, axes = page(plain("chart.by_building", language), f"{facts['title']}  {below}")
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
