"""Choosing how often and when: a step a card, the next five dates at the end.

Reusable: the noun is the first part of the letter's kind; it owns the verbs "rule" (its choice is
what was chosen so far), "rule_own" (words of one's own), "rule_keep", and "back". The picker of
a date and a time owns "pick", and its kinds end with ".day" and ".hour".
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain import rhythm
from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.domain.recurrence import OnHoliday
from bot.texts import Markup
from handlers.cards.common import Rows, Sheet, lines, rows

WEEK = 7  # days in a row of the grid
_OWN = "own"


def ask(sheet: Sheet) -> Drawing:
    """Ask for the next thing, or show what was chosen with the next five dates."""
    facts, step = sheet.facts, sheet.facts["step"]
    if step == "check":
        return _check(sheet)
    tiles = list(_tiles(sheet, step))
    if step == "every":
        tiles.append(sheet.button("rule_own", _press(sheet, "rule_own")))
    again = sheet.say("recur.again") if facts["again"] else ""
    text = lines(again, sheet.say(f"recur.{_OWN if facts['again'] else step}"))
    return Drawing(text, rows([*tiles, *_ways_out(sheet)]))


def own(sheet: Sheet) -> Drawing:
    """Ask for words, such as "every other Wednesday at half past seven"."""
    return Drawing(sheet.say("recur.own"), rows(_ways_out(sheet)))


def _tiles(sheet: Sheet, step: str) -> Iterable[Button]:
    said = sheet.facts["said"]
    if step == "every":
        return (_tile(sheet, f"recur_{one}", one) for one in rhythm.EVERY)
    if step == "which":
        return (_tile(sheet, f"recur_nth_{_name(one)}", f"{said}{one}") for one in rhythm.NTH)
    if step == "weekday":
        return (_tile(sheet, "choice", said + day, name=_weekday(sheet, day))
                for day in rhythm.DAYS)  # fmt: skip
    if step == "at":
        return (_tile(sheet, "choice", f"{said}.{one}", name=f"{one[:2]}:{one[2:]}")
                for one in rhythm.TIMES)  # fmt: skip
    if step == "lasts":
        return (_tile(sheet, "choice", f"{said}.{one}", name=lasts(sheet, one))
                for one in rhythm.MINUTES)  # fmt: skip
    return (_tile(sheet, f"recur_{one.value}", f"{said}.{one.value}") for one in OnHoliday)


def _check(sheet: Sheet) -> Drawing:
    facts = sheet.facts
    zone = facts["zone"]
    dates = sheet.say("recur.and").join(sheet.when(one, zone) for one in facts["five"])
    text = lines(
        sheet.say("recur.check", rule=said(sheet, facts["rule"])),
        sheet.say("recur.five", dates=Markup(dates)) if dates else sheet.say("recur.never"),
    )
    buttons = [
        sheet.button("rule_keep", _press(sheet, "rule_keep", facts["said"])),
        sheet.button("rule_again", _press(sheet, "rule")),
    ]
    return Drawing(text, rows([*buttons, *_ways_out(sheet)]))


def said(sheet: Sheet, rule: Mapping[str, Any]) -> Markup:
    """Return a rule in words: every Thursday 19:00, two hours; holidays are left out."""
    nth = rule["nth"]
    key = f"recur.said_{rule['every']}"
    if rule["every"] == rhythm.WEEK and nth:
        key = "recur.said_weeks"
    elif rule["every"] == rhythm.DAY and nth < 0:
        key = "recur.said_last_day"
    days = sheet.say("recur.days_and").join(_weekday(sheet, one) for one in rule["days"])
    which = sheet.say(f"recur.nth_{_name(nth)}") if nth in rhythm.NTH else ""
    when = sheet.say(key, days=Markup(days), which=which, n=nth)
    parts = {"when": when, "at": rule["at"], "policy": sheet.say(f"recur.{rule['policy']}")}
    if rule.get("moment"):
        return sheet.say("recur.said_moment", **parts)
    return sheet.say("recur.said", **parts, lasts=lasts(sheet, rule["minutes"]))


def lasts(sheet: Sheet, minutes: int) -> Markup:
    """Return how long something takes."""
    hours, left = divmod(minutes, 60)
    if not left:
        return sheet.say("recur.hours", n=hours)
    if hours and left == 30:  # noqa: PLR2004
        return sheet.say("recur.hours_half", n=hours)
    return sheet.say("recur.minutes", n=minutes)


# --- a date and a time ------------------------------------------------------------------


def day(sheet: Sheet) -> Drawing:
    """Offer two weeks of days, a week a row."""
    tiles = [
        sheet.button(
            "day",
            _press(sheet, "pick", one["code"]),
            weekday=sheet.say(f"dates.weekday_{one['weekday']}"),
            day=one["day"],
        )
        for one in sheet.facts["days"]
    ]
    grid: Rows = (*rows(tiles, width=WEEK), *rows(_ways_out(sheet)))
    return Drawing(sheet.say("recur.pick_day"), grid)


def hour(sheet: Sheet) -> Drawing:
    """Offer times of the day that was tapped."""
    tiles = [
        sheet.button("choice", _press(sheet, "pick", one["code"]), name=one["clock"])
        for one in sheet.facts["times"]
    ]
    back = sheet.button("back", _press(sheet, "pick"))
    return Drawing(sheet.say("recur.pick_hour"), rows([*tiles, back]))


def _ways_out(sheet: Sheet) -> list[Button]:
    return [sheet.button("back", _press(sheet, "back"))]


def _tile(sheet: Sheet, label: str, so_far: str, /, **facts: str) -> Button:
    return sheet.button(label, _press(sheet, "rule", so_far), **facts)


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    facts, noun = sheet.facts, sheet.kind.partition(".")[0]
    return Press(noun, verb, facts["id"], facts["version"], choice)


def _weekday(sheet: Sheet, code: str) -> Markup:
    return sheet.say(f"when.weekday_{rhythm.DAYS.index(code)}")


def _name(nth: int) -> str:
    return "last" if nth < 0 else str(nth)
