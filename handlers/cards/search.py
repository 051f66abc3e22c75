"""What was found: the list of cases, or that there is none."""

from dataclasses import replace

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards.common import Sheet, lines, rows, turning
from handlers.cards.list import line, opening


def found(sheet: Sheet) -> Drawing:
    """List what was found; residents read how it goes, not what staff calls it."""
    items, query = sheet.facts["items"], sheet.facts["query"]
    if not items:
        return Drawing(sheet.say("list.find_empty", query=query))
    names = "progress" if sheet.facts["own"] else "status"
    head = "list.find_broad" if sheet.facts["broad"] else "list.find"
    text = lines(
        sheet.say(head, query=query, total=sheet.facts["total"]),
        *(line(sheet, one, names) for one in items),
    )
    turn = [
        replace(one, data=f"{one.data}.{query}")  # the query goes along: nothing is kept of it
        for one in turning(sheet, Press("list", "find", 0, 0))
    ]
    return Drawing(text, rows((opening(sheet, one) for one in items), width=1) + rows(turn))
