"""/calendar: what the person has ahead, meetings and shifts."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards.common import Kinds, Sheet, lines, rows
from handlers.cards.meeting import name


def shown(sheet: Sheet) -> Drawing:
    """Show what the person has ahead: meetings and shifts."""
    facts = sheet.facts
    found = [
        sheet.say(
            f"ahead.{one['noun']}",
            name=name(sheet, one) if one["noun"] == "meeting" else one["name"],
            when=sheet.when(one["starts"], facts["zone"]),
            said=sheet.say(f"meeting.said_{one['answer']}") if one.get("answer") else "",
        )
        for one in facts["ahead"]
    ]
    text = lines(sheet.say("ahead.title" if found else "ahead.none"), *found)
    tiles = [sheet.button("all_meetings", Press("meeting", "list", 0, 0))]
    if any(one["noun"] == "shift" for one in facts["ahead"]):
        tiles.append(sheet.button("my_duties", Press("patrol", "mine", 0, 0)))
    return Drawing(text, rows(tiles))


KINDS: Kinds = {"meeting.ahead": shown}
