"""What a notice says will be off: before it goes, and afterwards while it is on."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.letter import Button
from bot.texts import Markup
from handlers.cards import outage
from handlers.cards.broadcast_whom import press
from handlers.cards.common import Sheet

SWITCH = "joins"


def line(sheet: Sheet) -> Markup | str:
    """Say what will be off, and what becomes of reports of it."""
    one = sheet.facts.get("outage")
    if not one:
        return ""
    if one["until"] is None:
        return sheet.say("broadcast.outage_when")
    zone = ZoneInfo(one["zone"])
    begins, ends = (
        datetime.fromisoformat(one[name]).astimezone(zone) for name in ("since", "until")
    )
    same_day = begins.date() == ends.date()
    return sheet.say(
        "broadcast.outage",
        what=outage.what(sheet, one),
        since=sheet.when(one["since"], one["zone"]),
        until=f"{ends:%H:%M}" if same_day else sheet.when(one["until"], one["zone"]),
    )


def switch(sheet: Sheet) -> list[Button]:
    """Return the button by which reports do, or do not, join each other."""
    one = sheet.facts.get("outage")
    if not one or one["until"] is None:
        return []
    mark = "✅" if one[SWITCH] else "⬜"
    return [sheet.button("broadcast_joins", press(sheet, SWITCH), mark=mark)]


def standing(sheet: Sheet) -> Markup | str:
    """Say until when it is off, while it is, of a notice that has gone out."""
    one = sheet.facts.get("off")
    return outage.line(sheet, one) if one else ""
