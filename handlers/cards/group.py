"""What is said in a group: what it is for, and that it serves no longer."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards.common import Sheet, rows


def bind(sheet: Sheet) -> Drawing:
    """Ask what the group, or this topic of it, is for."""
    tiles = [
        sheet.button("purpose_" + one, Press("group", "bind", 0, 0, one))
        for one in sheet.facts["purposes"]
    ]
    return Drawing(sheet.say(sheet.kind), rows(tiles))


def bound(sheet: Sheet) -> Drawing:
    """Say what it is for from now on."""
    purpose = sheet.say("purpose." + sheet.facts["purpose"])
    return Drawing(sheet.say(sheet.kind, purpose=purpose, who=sheet.facts["who"]))


def place(sheet: Sheet) -> Drawing:
    """Ask Telegram what the person and the bot are in the group."""
    return Drawing("", asks_for=sheet.facts["account"])


def lost(sheet: Sheet) -> Drawing:
    """Tell a dispatcher that cards come to them again."""
    return Drawing(sheet.say(sheet.kind, purpose=sheet.say("purpose." + sheet.facts["purpose"])))
