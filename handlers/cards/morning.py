"""The letter of the morning: what waits for whom, by counts, and the way to each list."""

from collections.abc import Iterable

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Sheet, lines, rows

# What stands in the first line of all, what in the second; then what the reader has to do.
FIRST, SECOND = ("late", "urgent", "today", "dispatch"), ("supervise", "calls", "signals")
OWN = ("own_late", "own_urgent", "own_today", "own_promised")
_LISTS = {"dispatch": 1, "late": 2, "urgent": 3, "today": 4, "mine": 5, "supervise": 6}
_BELOW = ("late", "urgent", "today", "dispatch", "supervise")


def letter(sheet: Sheet) -> Drawing:
    """Draw the counts; a button leads to each list that has something."""
    counts = sheet.facts["counts"]
    own = _said(sheet, OWN)
    wide = sheet.facts["wide"]
    text = lines(
        sheet.say("morning.head" if sheet.facts["works"] else "morning.head_off"),
        *((_said(sheet, FIRST), _said(sheet, SECOND)) if wide else ()),
        sheet.say("morning.own", what=own) if own else "",
    )
    below = _BELOW if wide else ()
    lists = [_list(sheet, name, counts[name]) for name in below if name in counts]
    mine = counts.get("mine", 0)
    return Drawing(
        text, rows([*lists, *([_list(sheet, "mine", mine)] if mine else []), *_others(sheet)])
    )


def _said(sheet: Sheet, names: Iterable[str]) -> Markup:
    counts = sheet.facts["counts"]
    said = [sheet.say("morning." + name, n=counts[name]) for name in names if name in counts]
    return Markup(" · ".join(said))


def _list(sheet: Sheet, name: str, n: int) -> Button:
    return sheet.button("filter_" + name, Press("list", "todo", _LISTS[name], 0, "0"), n=n)


def _others(sheet: Sheet) -> list[Button]:
    """Return the buttons to the calls and the signals."""
    counts = sheet.facts["counts"]
    found = []
    if "calls" in counts:
        which = "checks" if sheet.facts["checks"] else "calls"
        found.append(sheet.button("calls", Press("callback", which, 0, 0), n=counts["calls"]))
    if "signals" in counts:
        press = Press("signal", "list", 0, 0, "0")
        found.append(sheet.button("filter_signals", press, n=counts["signals"]))
    return found
