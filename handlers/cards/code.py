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
    return Drawing(sheet.say_all(sheet.kind), rows(buttons))


def dead(sheet: Sheet) -> Drawing:
    """Say that the code is no longer good, and that this is no matter."""
    return Drawing(sheet.say_all(sheet.kind), rows([sheet.button("phone", home("phone"))]))
