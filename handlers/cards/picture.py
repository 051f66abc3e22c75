"""Why something that was sent as a file could not be added."""

from bot.domain.letter import Drawing
from handlers.cards import case_parts as parts
from handlers.cards.common import Sheet


def refused(sheet: Sheet) -> Drawing:
    """Say which file it is, why nobody is shown it and what to do instead."""
    case = parts.case_of(sheet)
    text = sheet.say(
        "picture.refused",
        number=case["number"],
        what=parts.what(sheet, case),
        sent_at=sheet.when(sheet.facts["sent_at"], case["zone"]),
        why=sheet.say("picture." + sheet.facts["code"]),
        who_when=parts.who_when(sheet, case),
    )
    return Drawing(text)
