"""The question whether what was just sent belongs to the report that is being written."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards.common import Sheet, rows, seen


def ask(sheet: Sheet) -> Drawing:
    """Show both, and ask."""
    facts = sheet.facts
    held = facts["words"].strip() or seen(sheet, facts)
    text = sheet.say("case.which", held=held, sent=seen(sheet, facts["aside"]))
    buttons = [
        sheet.button(name, Press("draft", verb, facts["draft_id"], facts["version"]))
        for name, verb in (("same_thing", "same"), ("another_thing", "apart"))
    ]
    return Drawing(text, rows(buttons))
