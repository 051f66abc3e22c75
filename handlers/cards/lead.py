"""What is said when a case goes on to a level above, and to whoever had it first."""

from bot.domain.letter import Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, lines


def told(sheet: Sheet) -> Drawing:
    """Tell the residents where it went on, and who stays responsible."""
    return Drawing(_said(sheet, "case.passed_on"))


def passed_on(sheet: Sheet) -> Drawing:
    """Tell whoever had it that it is with others now, and whom to call at the street."""
    case = case_of(sheet)
    key = "task.passed_on_lead" if case.get("leads") else "task.passed_on"
    return Drawing(lines(_said(sheet, key), parts.street(sheet, case)))


def ended(sheet: Sheet) -> Drawing:
    """Tell whoever had it first how it ended."""
    return Drawing(_said(sheet, "task.led_done"))


def nobody(sheet: Sheet) -> Drawing:
    """Say that nobody can be reached at the level, so that somebody is found."""
    return Drawing(_said(sheet, "desk.nobody_at_level"))


def _said(sheet: Sheet, key: str) -> str:
    case = case_of(sheet)
    return sheet.say(
        key,
        number=case["number"],
        what=parts.what(sheet, case),
        status=parts.progress(sheet, case),
        level=sheet.say("level." + case["level"]),
        lead=case.get("lead") or sheet.say("piece.somebody"),
    )
