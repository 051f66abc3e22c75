"""The button to what a message does not show, below each that speaks of a case with a door."""

from dataclasses import replace
from itertools import chain

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards import case_parts as parts
from handlers.cards.common import MOST_BUTTONS, Sheet


def with_button(sheet: Sheet, drawing: Drawing) -> Drawing:
    """Return the drawing with the button, where its case hides something from who may know it.

    Most cards have it already; pictures, files and what is full go without.
    """
    case = sheet.facts.get("case")
    if not isinstance(case, dict) or not case.get("guarded") or sheet.facts.get("guarded"):
        return drawing
    held = [*chain.from_iterable(drawing.buttons)]
    presses = (Press.parse(one.data) for one in held)
    alone = drawing.photos or drawing.file or drawing.makes or drawing.keyboard
    if (
        alone
        or len(held) >= MOST_BUTTONS
        or any(one is not None and one.noun == parts.GUARDED for one in presses)
    ):
        return drawing
    return replace(drawing, buttons=(*drawing.buttons, tuple(parts.guarded(sheet, case))))
