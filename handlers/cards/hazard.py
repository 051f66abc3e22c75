"""The list of what may be wrong on a patrol, to be ticked."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from bot.domain.shift import HAZARDS
from handlers.cards.common import Kinds, Sheet, rows


def listing(sheet: Sheet) -> Drawing:
    """Let what is wrong be ticked."""
    seen = sheet.facts["hazards"]
    tiles = [
        sheet.button(
            "ticked" if one in seen else "unticked",
            _press(sheet, "tick", f"{one}:{'off' if one in seen else 'on'}"),
            name=sheet.say(f"hazard.{one}"),
        )
        for one in HAZARDS
    ]
    done = sheet.button("done", _press(sheet, "show"))
    return Drawing(sheet.say("patrol.hazards"), rows([*tiles, done]))


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press("patrol", verb, sheet.facts["duty"], sheet.facts["version"], choice)


KINDS: Kinds = {"patrol.hazards": listing}
