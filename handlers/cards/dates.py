"""Asking for a date: near times, a grid of two weeks, parts of a day, and the reason.

The same cards serve promise, pause and extension: the noun is the first part of the kind.
"""

from bot.domain.letter import Button, Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Rows, Sheet, lines, rows

REASONS = {
    "promise": ("parts", "late", "busy", "absent"),
    "hold": ("parts", "access", "weather"),
    "extension": ("parts", "heavy", "others"),
}
WEEK = 7  # days in a row of the grid


def reason(sheet: Sheet) -> Drawing:
    """Ask why; the last tile asks for words of one's own."""
    codes = (*REASONS[_noun(sheet)], "other")
    tiles = [_button(sheet, "because_" + code, "reason", code) for code in codes]
    return Drawing(_said(sheet, sheet.kind), rows([*tiles, _cancel(sheet)]))


def words(sheet: Sheet) -> Drawing:
    """Ask for a reason in words."""
    return Drawing(_said(sheet, "dates.words"), rows([_cancel(sheet)]))


def time(sheet: Sheet) -> Drawing:
    """Offer times that are near, and the way to the grid."""
    noun = _noun(sheet)
    tiles = [_time(sheet, one) for one in sheet.facts["choices"]]
    days = _button(sheet, "days", "days")
    more = [sheet.button("extension", parts.press(case_of(sheet), "start", noun="extension"))]
    may = noun == "promise" and "ask_extension" in case_of(sheet)["moves"]
    return Drawing(_asked(sheet), rows([*tiles, days, *(more if may else []), _cancel(sheet)]))


def day(sheet: Sheet) -> Drawing:
    """Offer two weeks of days, a week a row."""
    tiles = [
        sheet.button(
            "day",
            parts.press(case_of(sheet), "day", one["code"], noun=_noun(sheet)),
            weekday=sheet.say(f"dates.weekday_{one['weekday']}"),
            day=one["day"],
        )
        for one in sheet.facts["days"]
    ]
    last = [_button(sheet, "back", "times")] if sheet.facts["back"] else []
    grid: Rows = (*rows(tiles, width=WEEK), *rows([*last, _cancel(sheet)]))
    return Drawing(_asked(sheet), grid)


def part(sheet: Sheet) -> Drawing:
    """Offer the parts of the day that was chosen."""
    tiles = [_time(sheet, one) for one in sheet.facts["choices"]]
    back = _button(sheet, "back", "days")
    return Drawing(_asked(sheet), rows([*tiles, back, _cancel(sheet)]))


def beyond(sheet: Sheet) -> Drawing:
    """Say that the time lies beyond the deadline, and how to get more time."""
    case = case_of(sheet)
    buttons = [
        sheet.button("extension", parts.press(case, "start", noun="extension")),
        sheet.button("other_time", parts.press(case, "start", noun="promise")),
    ]
    due = sheet.when(case["deadline"], case["zone"]) if case.get("deadline") else ""
    return Drawing(_said(sheet, "promise.beyond", due=due), rows(buttons))


def done(sheet: Sheet) -> Drawing:
    """Say how it stands now to whoever wrote the date in words."""
    case = case_of(sheet)
    asked = case.get("asked")
    at = asked["until"] if asked else case.get("hold_until") or case.get("promise")
    key = "dates.asked" if asked else f"{_noun(sheet)}.done"
    return Drawing(_said(sheet, key, at=sheet.when(at, case["zone"]) if at else ""))


def _noun(sheet: Sheet) -> str:
    return sheet.kind.partition(".")[0]


def _asked(sheet: Sheet) -> str:
    """Return the question, below a word that the answer before was not understood."""
    again = sheet.say("dates.again") if sheet.facts["again"] else ""
    return lines(again, _said(sheet, f"{_noun(sheet)}.time"))


def _time(sheet: Sheet, choice: dict[str, str]) -> Button:
    press = parts.press(case_of(sheet), "at", choice["code"], noun=_noun(sheet))
    at = sheet.when(choice["at"], case_of(sheet)["zone"])
    return sheet.button("at_" + choice["chip"], press, at=at)


def _button(sheet: Sheet, name: str, verb: str, choice: str = "") -> Button:
    return sheet.button(name, parts.press(case_of(sheet), verb, choice, noun=_noun(sheet)))


def _cancel(sheet: Sheet) -> Button:
    return _button(sheet, "cancel", "cancel")


def _said(sheet: Sheet, key: str, **facts: str) -> str:
    case = case_of(sheet)
    return sheet.say(key, number=case["number"], what=parts.what(sheet, case), **facts)
