"""What the resident reads about a promise, and what is said when it is moved or missed."""

from bot.domain.letter import Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Rows, Sheet, lines, rows


def promised(sheet: Sheet) -> Drawing:
    """Say when it will be done."""
    return Drawing(_said(sheet, sheet.kind))


def moved(sheet: Sheet) -> Drawing:
    """Apologise for the later time, with the reason; the resident may object."""
    return Drawing(_said(sheet, sheet.kind), _answers(sheet))


def missed(sheet: Sheet) -> Drawing:
    """Apologise for a promise that was not kept."""
    return Drawing(_said(sheet, sheet.kind), _answers(sheet))


def objection(sheet: Sheet) -> Drawing:
    """Ask what the resident thinks of it."""
    press = parts.press(case_of(sheet), "nothing", noun="promise")
    text = lines(_said(sheet, sheet.kind), parts.who_when(sheet, case_of(sheet)))
    return Drawing(text, rows([sheet.button("cancel", press)]))


def heard(sheet: Sheet) -> Drawing:
    """Let handler and dispatchers read what the resident thinks."""
    case = case_of(sheet)
    show = sheet.button("look", parts.press({**case, "version": 0}, "show"))
    return Drawing(_said(sheet, sheet.kind, said=sheet.facts["said"]), rows([show]))


def objected(sheet: Sheet) -> Drawing:
    """Tell the resident who reads it, and how the case stands meanwhile."""
    return Drawing(lines(_said(sheet, sheet.kind), parts.who_when(sheet, case_of(sheet))))


def said(sheet: Sheet) -> Drawing:
    """Say one thing about the time of a case."""
    return Drawing(_said(sheet, sheet.kind))


def _answers(sheet: Sheet) -> Rows:
    if sheet.facts.get("known"):
        return ()
    case = case_of(sheet)
    choice = sheet.kind.partition("_")[2] or sheet.kind.partition(".")[2]
    known = parts.press(case, "known", choice, noun="promise")
    object_ = parts.press(case, "object", choice, noun="promise")
    return rows([sheet.button("known", known), sheet.button("object", object_)])


def _said(sheet: Sheet, key: str, **facts: str) -> str:
    case = case_of(sheet)
    at = case.get("promise") or case.get("deadline")
    return sheet.say(
        key,
        number=case["number"],
        what=parts.what(sheet, case),
        handler=parts.handler(sheet, case),
        at=sheet.when(at, case["zone"]) if at else "",
        reason=sheet.word("reason", case["reason"] or ""),
        **facts,
    )
