"""What was found: the list of cases, or that there is none; and the way to those before."""

from dataclasses import replace

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards.common import Sheet, lines, rows, turning
from handlers.cards.list import line, opening


def found(sheet: Sheet) -> Drawing:
    """List what was found; residents read how it goes, not what staff calls it."""
    items, query = sheet.facts["items"], sheet.facts["query"]
    older = _older(sheet)
    if not items:
        said = "list.find_not_yet" if older else "list.find_empty"
        return Drawing(sheet.say(said, query=query), rows(older))
    names = "progress" if sheet.facts["own"] else "status"
    head = "list.find_broad" if sheet.facts["broad"] else "list.find"
    text = lines(
        sheet.say(head, query=query, total=sheet.total()),
        *(line(sheet, one, names) for one in items),
    )
    turn = _with_query(turning(sheet, Press("list", "find", sheet.facts.get("below", 0), 0)), query)
    return Drawing(text, rows((opening(sheet, one) for one in items), width=1) + rows(turn + older))


def _older(sheet: Sheet) -> list[Button]:
    """Return the button that looks further back, behind the last page, where more may lie."""
    facts = sheet.facts
    number = facts.get("older")
    if number is None or facts["page"] < facts["pages"] - 1:
        return []
    button = sheet.button("find_older", Press("list", "find", number, 0, "0"))
    return _with_query([button], facts["query"])


def _with_query(buttons: list[Button], query: str) -> list[Button]:
    """Return the buttons with the query, of which nothing is kept, behind the page."""
    return [replace(one, data=f"{one.data}.{query}") for one in buttons]
