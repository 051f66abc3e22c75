"""What a newcomer sees where several communities are: which is theirs."""

from bot.domain.letter import Drawing
from bot.domain.newcomer import WHOLE_NAME
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Sheet, lines, next_page, rows

MOST_EMERGENCIES = 6


def ask(sheet: Sheet) -> Drawing:
    """Ask by tiles which community it is; long names are written out as well."""
    held = sheet.facts["communities"]
    tiles = [
        sheet.button("community", Press("newcomer", "join", one["id"], 0), name=one["name"])
        for one in held
    ]
    tiles += next_page(sheet, lambda page: Press("newcomer", "page", 0, 0, page))
    return Drawing(lines(sheet.say("newcomer.ask"), _long_names(sheet)), rows(tiles))


def _long_names(sheet: Sheet) -> str:
    names = [one["name"] for one in sheet.facts["communities"] if len(one["name"]) > WHOLE_NAME]
    return Markup(" · ".join(sheet.say("newcomer.full_name", name=one) for one in names))


def urgent(sheet: Sheet) -> Drawing:
    """Show whom to call, before anything is asked."""
    given = [
        sheet.say("menu.emergency", name=sheet.named(one["name"]), phone=one["phone"])
        for one in sheet.facts["emergencies"][:MOST_EMERGENCIES]
    ]
    return Drawing(sheet.say("newcomer.urgent", list=Markup(" · ".join(given))))


def joined(sheet: Sheet) -> Drawing:
    """Say where the person belongs now."""
    goes_on = sheet.say("newcomer.goes_on") if sheet.facts["waits"] else ""
    said = sheet.say("newcomer.joined", community=sheet.facts["community"])
    return Drawing(lines(said, goes_on))
