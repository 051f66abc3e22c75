"""What whoever scanned the code of a place sees."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards.common import Sheet, home, rows


def scanned(sheet: Sheet) -> Drawing:
    """Say where somebody stands and what to do now."""
    buttons = [
        sheet.button("not_here", Press("code", "elsewhere", 0, 0)),
        sheet.button("phone", home("phone")),
    ]
    if sheet.facts.get("bind"):
        bind = Press("residence", "begin", 0, 0, sheet.facts["bind"])
        buttons.append(sheet.button("bind_home", bind))
    return Drawing(sheet.say(sheet.kind, place=sheet.facts["place"]), rows(buttons))


def dead(sheet: Sheet) -> Drawing:
    """Say that the code is no longer good, and that this is no matter."""
    return Drawing(sheet.say_all(sheet.kind), rows([sheet.button("phone", home("phone"))]))
