"""What somebody sees who moves house: the other communities, what becomes of it all, where to."""

from bot.domain.letter import Button, Drawing
from bot.domain.newcomer import WHOLE_NAME
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, next_page, rows


def ask(sheet: Sheet) -> Drawing:
    """Ask by tiles where to; long names are written out as well."""
    facts = sheet.facts
    tiles = [
        sheet.button("community", Press("moving", "look", one["id"], 0), name=one["name"])
        for one in facts["communities"]
    ]
    tiles += next_page(sheet, lambda page: Press("moving", "ask", 0, 0, page))
    names = [one["name"] for one in facts["communities"] if len(one["name"]) > WHOLE_NAME]
    long = Markup(" · ".join(sheet.say("newcomer.full_name", name=one) for one in names))
    text = lines(sheet.say("moving.ask", community=facts["community"]), long)
    return Drawing(text, rows([*tiles, _back(sheet)]))


def look(sheet: Sheet) -> Drawing:
    """Say what becomes of homes and cases."""
    facts = sheet.facts
    text = lines(
        sheet.say("moving.look", name=facts["name"]),
        sheet.say("moving.homes", n=facts["homes"], here=facts["here"]) if facts["homes"] else "",
        _cases(sheet),
        sheet.say("moving.again"),
    )
    yes = sheet.button("moving_yes", Press("moving", "go", facts["there"], 0))
    return Drawing(text, rows([_back(sheet), yes]))


def done(sheet: Sheet) -> Drawing:
    """Say where somebody is at home now."""
    return Drawing(lines(sheet.say("moving.done", name=sheet.facts["name"]), _cases(sheet)))


def _cases(sheet: Sheet) -> str:
    facts = sheet.facts
    return sheet.say("moving.cases", n=facts["open"], here=facts["here"]) if facts["open"] else ""


def _back(sheet: Sheet) -> Button:
    return sheet.button("back", Press("residence", "home", 0, 0))


KINDS: Kinds = {"moving.ask": ask, "moving.look": look, "moving.done": done}
