"""The list of what may be wrong on a patrol, to be ticked."""

from collections.abc import Mapping

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.domain.shift import HAZARDS
from handlers.cards.common import Kinds, Sheet, rows


def listing(sheet: Sheet) -> Drawing:
    """Let what is wrong be ticked."""
    seen = sheet.facts["hazards"]
    became: Mapping[str, int] = sheet.facts["reported"]
    tiles = [
        _case(sheet, one, became[one]) if one in became else _tick(sheet, one, on=one not in seen)
        for one in HAZARDS
    ]
    left = len(set(seen) - set(became))
    done = sheet.button("hand_in", _press(sheet, "hand_in"), n=left)
    back = sheet.button("back", _press(sheet, "show"))
    return Drawing(sheet.say("patrol.hazards"), rows([*tiles, done if left else back]))


def _tick(sheet: Sheet, hazard: str, *, on: bool) -> Button:
    label, way = ("unticked", "on") if on else ("ticked", "off")
    press = _press(sheet, "tick", f"{hazard}:{way}")
    return sheet.button(label, press, name=sheet.say(f"hazard.{hazard}"))


def _case(sheet: Sheet, hazard: str, number: int) -> Button:
    """Return the tile of what has become a case: it leads nowhere, and says which one."""
    press = _press(sheet, "tick", f"{hazard}:on")
    return sheet.button("hazard_case", press, number=number, name=sheet.say(f"hazard.{hazard}"))


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press("patrol", verb, sheet.facts["duty"], sheet.facts["version"], choice)


KINDS: Kinds = {"patrol.hazards": listing}
