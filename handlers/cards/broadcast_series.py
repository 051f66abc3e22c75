"""Lists of notices: single ones, and those that come again and again with how often."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Drawing
from bot.domain.press import Press
from bot.texts import Markup, tidy
from handlers.cards import recurrence
from handlers.cards.common import Kinds, Sheet, lines, rows

NOUN = "broadcast"
_SHORT = 8  # characters of a title on a button


def listing(sheet: Sheet) -> Drawing:
    """List them, each with a button to end it."""
    held = sheet.facts["series"]
    ends = [
        sheet.button(
            "broadcast_series_end",
            Press(NOUN, "series_end", one["id"], one["version"]),
            title=one["title"] or sheet.say("broadcast.untitled"),
        )
        for one in held
    ]
    head = sheet.say(sheet.kind if held else "broadcast.series_none")
    return Drawing(lines(head, *(_line(sheet, one) for one in held)), rows(ends))


def _line(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    title = one["title"] or sheet.say("broadcast.untitled")
    said = sheet.say("broadcast.series_line", title=title, rule=recurrence.said(sheet, one["rule"]))
    if one["at"] is None:
        return said
    following = sheet.say("broadcast.series_next", at=sheet.when(one["at"], one["zone"]))
    return Markup(f"{said} · {following}")


def missed(sheet: Sheet) -> Drawing:
    """Say that it did not go this time."""
    facts = sheet.facts
    end = Press(NOUN, "series_end", facts["id"], facts["version"])
    title = facts["title"] or sheet.say("broadcast.untitled")
    button = sheet.button("broadcast_series_end", end, title=title)
    return Drawing(sheet.say(sheet.kind, title=title), rows([button]))


def recent(sheet: Sheet) -> Drawing:
    """List single ones, each with a button that shows how it stands."""
    items = sheet.facts["items"]
    said = [
        sheet.say(
            f"broadcast.listed_{one['status']}",
            title=one["title"] or sheet.say("broadcast.untitled"),
            at=sheet.when(one["at"], one["zone"]),
        )
        for one in items
    ]
    opens = [
        sheet.button(
            "broadcast_read",
            Press(NOUN, "show", one["broadcast"], 0),
            title=tidy(one["title"], _SHORT) or sheet.say("broadcast.untitled"),
        )
        for one in items
    ]
    return Drawing(lines(sheet.say(sheet.kind), *said), rows(opens))


KINDS: Kinds = {
    "announce.rule": recurrence.ask,
    "announce.rule_own": recurrence.own,
    "broadcast.list": recent,
    "broadcast.series": listing,
    "broadcast.series_missed": missed,
}
