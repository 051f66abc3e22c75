"""Series of meetings, for organizers: when they are, where, who keeps the minutes."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards import recurrence
from handlers.cards.common import Kinds, Sheet, lines, plainly, rows
from handlers.cards.meeting import name

SHOWN = 6


def _press(held: Mapping[str, Any], verb: str) -> Press:
    return Press("series", verb, held["id"], held["version"])


def _rule(sheet: Sheet, held: Mapping[str, Any]) -> Markup:
    """Return when it is, in words where the rule is one that buttons make."""
    if held["rule"]["every"]:
        return recurrence.said(sheet, held["rule"])
    return sheet.say("series.own_rule", rule=held["text"])


def listing(sheet: Sheet) -> Drawing:
    """List every series."""
    found = sheet.facts["series"][:SHOWN]
    text = lines(
        sheet.say("series.list" if found else "series.list_none"),
        *(sheet.say("series.card", name=name(sheet, one), rule=_rule(sheet, one)) for one in found),
    )
    tiles = [sheet.button("a_meeting", _press(one, "show"), name=name(sheet, one)) for one in found]
    new = sheet.button("new_series", Press("series", "new", 0, 0))
    back = sheet.button("all_meetings", Press("meeting", "list", 0, 0))
    return Drawing(text, rows([*tiles, new, back]))


def card(sheet: Sheet) -> Drawing:
    """Show one series with its next dates."""
    facts = sheet.facts
    dates = sheet.say("recur.and").join(sheet.when(one, facts["zone"]) for one in facts["five"])
    text = lines(
        sheet.say("series.card", name=name(sheet, facts), rule=_rule(sheet, facts)),
        sheet.say("series.place", place=facts["place"])
        if facts["place"]
        else sheet.say("series.no_place"),
        sheet.say("series.secretary", name=facts["secretary"])
        if facts["secretary"]
        else sheet.say("series.no_secretary"),
        sheet.say("series.paused")
        if facts["paused"]
        else sheet.say("series.next", dates=Markup(dates)),
    )
    paused = ("series_resume", "resume") if facts["paused"] else ("series_pause", "pause")
    buttons = [
        sheet.button("series_rule", _press(facts, "rule")),
        sheet.button("series_place", _press(facts, "place")),
        sheet.button("series_secretary", _press(facts, "secretary")),
        sheet.button(paused[0], _press(facts, paused[1])),
        sheet.button("all_series", Press("series", "list", 0, 0)),
    ]
    return Drawing(text, rows(buttons))


KINDS: Kinds = {
    "series.list": listing,
    "series.card": card,
    "series.rule": recurrence.ask,
    "series.rule_own": recurrence.own,
    **dict.fromkeys(
        [f"series.{one}" for one in ("name", "write_place", "write_secretary", "left")], plainly
    ),
}
