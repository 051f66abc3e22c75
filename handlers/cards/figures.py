"""The figures of a period as text with bars, and the buttons to other periods and to files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.letter import Button, Drawing, FigureFile
from bot.domain.period import NAMED, Period
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Sheet, lines, rows

THREE = ("response", "solution", "satisfaction")
BESIDE = (("on_time", "callback"), ("given_back", "reopened"))  # two in a line
_BAR, _FULL, _EMPTY = 10, "▰", "▱"
_MONTHS = 4  # before the last one, to choose from


def card(sheet: Sheet) -> Drawing:
    """Draw the figures of a period."""
    return Drawing(_text(sheet, _head(sheet, "figures.head")), rows(_buttons(sheet)))


def month(sheet: Sheet) -> Drawing:
    """Draw the letter of the month, which brings its picture."""
    head = sheet.say("figures.month", month=_month(sheet, _day(sheet, "first")))
    return Drawing(_text(sheet, lines(head, _head(sheet, "figures.head"))), makes=FigureFile.TREND)


def _text(sheet: Sheet, head: str) -> Markup:
    facts = sheet.facts
    now = sheet.say("figures.now", open=facts["open"], late=facts["late"])
    if not facts["total"]:
        return lines(head, sheet.say("figures.none"), now)
    three = (_bar(sheet, name) for name in THREE)
    beside = (_joined(*(_small(sheet, name) for name in pair)) for pair in BESIDE)
    kinds = (_kind(sheet, one) for one in facts["top"])
    return lines(head, *three, _joined(*_whole(sheet)), *beside, _joined(*kinds), now)


def _head(sheet: Sheet, key: str, **more: Any) -> Markup:
    first, last = (_said(sheet, _day(sheet, name)) for name in ("first", "last"))
    named = {"scope_name": sheet.facts["scope_name"], **more}
    if key == "figures.head":
        named["total"] = sheet.facts["total"]
    return sheet.say(key, first=first, last=last, **named)


def _day(sheet: Sheet, name: str) -> date:
    return date.fromisoformat(sheet.facts[name])


def _said(sheet: Sheet, day: date) -> Markup:
    return sheet.say("figures.day", month=_month(sheet, day), day=day.day)


def _month(sheet: Sheet, day: date) -> Markup:
    return sheet.say(f"when.month_{day.month}")


def _bar(sheet: Sheet, name: str) -> Markup:
    """Return one of the three rates with a bar; of too few the numbers alone."""
    rate, said = sheet.facts["rates"][name], sheet.say(f"figures.{name}")
    numbers = {"part": rate["part"], "n": rate["n"]}
    if rate["percent"] is None:
        return sheet.say("figures.few", name=said, **numbers)
    full = round(rate["percent"] * _BAR / 100)
    bar = _FULL * full + _EMPTY * (_BAR - full)
    return sheet.say("figures.rate", name=said, bar=bar, percent=rate["percent"], **numbers)


def _small(sheet: Sheet, name: str) -> Markup:
    rate = sheet.facts["rates"][name]
    said = {"name": sheet.say(f"figures.{name}"), "part": rate["part"], "n": rate["n"]}
    if rate["percent"] is None:
        return sheet.say("figures.small_few", **said)
    return sheet.say("figures.small", percent=rate["percent"], **said)


def _whole(sheet: Sheet) -> list[Markup]:
    """Return the one figure made of the three, what was half done, and how long it takes."""
    facts = sheet.facts
    found = []
    if facts["composite"] is not None:
        found.append(sheet.say("figures.together", percent=facts["composite"]))
    if facts["half"]:
        found.append(sheet.say("figures.half", n=facts["half"]))
    if facts["hours"] is not None:
        found.append(sheet.say("figures.hours", n=facts["hours"]))
    return found


def _kind(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    return sheet.say("figures.kind", icon=one["icon"], name=sheet.named(one["name"]), n=one["n"])


def _joined(*parts: Markup) -> Markup:
    return Markup(" · ".join(parts))


def _buttons(sheet: Sheet) -> list[Button]:
    here = _choice(sheet.facts["first"], sheet.facts["last"])
    tiles = [sheet.button(f"{name}_0", _press(sheet, "show", name)) for name in NAMED]
    tiles.append(sheet.button("figure_dates", _press(sheet, "dates", here)))
    if sheet.facts["total"]:
        tiles.append(sheet.button("figure_charts", _press(sheet, "charts", here)))
        tiles.append(sheet.button("figure_sheet", _press(sheet, "sheet", here)))
    if sheet.facts["scopes"]:
        tiles.append(sheet.button("figure_scope", _press(sheet, "scopes", here)))
    return tiles


def _press(sheet: Sheet, verb: str, choice: str) -> Press:
    return Press("figures", verb, sheet.facts["scope"], 0, choice)


def _choice(first: str, last: str) -> str:
    return "-".join(one.replace("-", "") for one in (first, last))


def _of(period: Period) -> str:
    return _choice(period.first.isoformat(), period.last.isoformat())


def dates(sheet: Sheet) -> Drawing:
    """Offer the week, month and quarter before, and the months before those."""
    today = _day(sheet, "today")
    found = [(name, Period.around(name, today).previous()) for name in NAMED]
    tiles = [sheet.button(f"{name}_1", _press(sheet, "show", _of(one))) for name, one in found]
    one = dict(found)["month"]
    for _ in range(_MONTHS):
        one = one.previous()
        press = _press(sheet, "show", _of(one))
        tiles.append(sheet.button("figure_month", press, month=_month(sheet, one.first)))
    return Drawing(sheet.say(sheet.kind), rows(tiles))


def scopes(sheet: Sheet) -> Drawing:
    """Offer whose figures can be shown: all, each estate, each company."""
    here = _choice(sheet.facts["first"], sheet.facts["last"])
    choices = [(one["name"], one["number"]) for one in sheet.facts["choices"]]
    tiles = [
        sheet.button("scope_choice", Press("figures", "show", number, 0, here), name=name)
        for name, number in choices
    ]
    return Drawing(sheet.say(sheet.kind), rows(tiles[:8]))


def charts(sheet: Sheet) -> Drawing:
    """Name the period below its pictures; where there are none, say what the trend would show."""
    trend = sheet.say("figures.trend", scope_name=sheet.facts["scope_name"])
    instead = lines(trend, *(_point(sheet, one) for one in sheet.facts["points"]))
    return Drawing(_head(sheet, sheet.kind), makes=FigureFile.CHARTS, instead=instead)


def workbook(sheet: Sheet) -> Drawing:
    """Name the period below its workbook."""
    return Drawing(_head(sheet, sheet.kind, total=sheet.facts["total"]), makes=FigureFile.WORKBOOK)


def _point(sheet: Sheet, point: Mapping[str, Any]) -> Markup:
    said = {name: _percent(sheet, point["rates"][name]["percent"]) for name in THREE}
    named = replace(sheet, facts=point)
    first, last = (_said(sheet, _day(named, name)) for name in ("first", "last"))
    return sheet.say("figures.point", first=first, last=last, **said)


def _percent(sheet: Sheet, n: int | None) -> Markup:
    return sheet.say("figures.no_percent") if n is None else sheet.say("figures.percent", n=n)
