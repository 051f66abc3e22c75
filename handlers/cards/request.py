"""What is asked of the dispatchers, and what they answer."""

from bot.domain.letter import Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import Case, case_of
from handlers.cards.common import Sheet, rows


def asked(sheet: Sheet) -> Drawing:
    """Show what is asked, why and until when, with the two answers."""
    case = case_of(sheet)
    line = parts.asked(sheet, case) or sheet.say("desk.asked_over")
    text = sheet.say(
        "desk.asked",
        number=case["number"],
        what=parts.what(sheet, case),
        handler=parts.handler(sheet, case),
        asked=line,
    )
    return Drawing(text, rows(parts.decisions(sheet, case)))


def agreed(sheet: Sheet) -> Drawing:
    """Tell whoever asked that it is as they wished."""
    case = case_of(sheet)
    until = _until(case)
    at = sheet.when(until, case["zone"]) if until else ""
    return Drawing(_said(sheet, "task.agreed", at=at))


def not_agreed(sheet: Sheet) -> Drawing:
    """Tell whoever asked that it stays as it is."""
    return Drawing(_said(sheet, "task.not_agreed"))


def _until(case: Case) -> str | None:
    until: str | None = case.get("hold_until") or case.get("promise")
    return until


def _said(sheet: Sheet, key: str, **facts: str) -> str:
    case = case_of(sheet)
    return sheet.say(key, number=case["number"], what=parts.what(sheet, case), **facts)
