"""What is kept of somebody and where messages travel, below an answer or alone."""

from dataclasses import replace

from bot.domain.consent import FACT, NOTE
from bot.domain.letter import Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines


def carried(sheet: Sheet, drawing: Drawing) -> Drawing:
    """Return the drawing with what its letter carries: the text, and the button until one knows."""
    held = sheet.facts.get(FACT)
    if held is None:
        return drawing
    text = lines(drawing.text, sheet.say("consent.text"))
    if not held:
        return replace(drawing, text=text)
    press = Press("consent", "known", held["id"], held["version"])
    return replace(drawing, text=text, buttons=(*drawing.buttons, (sheet.button("known", press),)))


def note(_sheet: Sheet) -> Drawing:
    """Say nothing beside it."""
    return Drawing(Markup(""))


KINDS: Kinds = {NOTE: note}
