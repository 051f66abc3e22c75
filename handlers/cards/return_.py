"""Giving a case back: why, and the dispatcher's words to have a look first."""

from bot.domain.letter import Button, Drawing
from bot.domain.return_ import REASONS
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, rows

OWN_WORDS = "other"


def reason(sheet: Sheet) -> Drawing:
    """Ask why."""
    tiles = [
        sheet.button("back_" + code, parts.press(case_of(sheet), "reason", code, noun="return"))
        for code in (*REASONS, OWN_WORDS)
    ]
    return Drawing(_said(sheet), rows([*tiles, _cancel(sheet, "return")]))


def words(sheet: Sheet) -> Drawing:
    """Ask for a reason in words."""
    return Drawing(_said(sheet), rows([_cancel(sheet, "return")]))


def overrule(sheet: Sheet) -> Drawing:
    """Ask for the words that whoever gave it back will read."""
    return Drawing(_said(sheet), rows([_cancel(sheet, "overrule")]))


def overruled(sheet: Sheet) -> Drawing:
    """Show the dispatcher's words; the card itself follows."""
    return Drawing(_said(sheet, words=case_of(sheet)["reason"] or ""))


def said(sheet: Sheet) -> Drawing:
    """Say that it was done."""
    return Drawing(_said(sheet))


def _cancel(sheet: Sheet, noun: str) -> Button:
    return sheet.button("cancel", parts.press(case_of(sheet), "cancel", noun=noun))


def _said(sheet: Sheet, **facts: str) -> str:
    case = case_of(sheet)
    what = parts.what(sheet, case)
    return sheet.say(sheet.kind, number=case["number"], what=what, **facts)
