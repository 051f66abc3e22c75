"""What relatives see who help each other: the list, the link, the question to the elder."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards.common import Sheet, lines, rows

MOST = 3  # of each side, so that all buttons have room


def home(sheet: Sheet) -> Drawing:
    """List whom one helps and who helps, each with the way to end it."""
    facts = sheet.facts
    held = [*facts["helps"][:MOST], *facts["helped_by"][:MOST]]
    text = lines(
        sheet.say("kin.home"),
        *(sheet.say("kin.helps", name=one["name"]) for one in facts["helps"][:MOST]),
        *(sheet.say("kin.helped_by", name=one["name"]) for one in facts["helped_by"][:MOST]),
        "" if held else sheet.say("kin.nobody"),
    )
    ends = [sheet.button("kin_stop", _press("stop", one["id"]), name=one["name"]) for one in held]
    return Drawing(text, rows([sheet.button("kin_invite", _press("invite")), *ends]))


def ask(sheet: Sheet) -> Drawing:
    """Ask the elder."""
    id_ = sheet.facts["id"]
    buttons = [
        sheet.button("kin_yes", _press("yes", id_)),
        sheet.button("kin_no", _press("no", id_)),
    ]
    return Drawing(sheet.say("kin.ask", name=sheet.facts["name"]), rows(buttons))


def settled(sheet: Sheet) -> Drawing:
    """Say how it stands, with the way to the list, where it can be ended."""
    text = sheet.say(sheet.kind, name=sheet.facts["name"])
    return Drawing(text, rows([sheet.button("kin_home", _press("home"))]))


def _press(verb: str, id_: int = 0) -> Press:
    return Press("kin", verb, id_, 0)
