"""The dispatcher's and the supervisor's questions: whom to give it to, why not, what to say."""

from bot.domain.letter import Button, Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case import DISPATCHER, dispatcher
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, rows, turning
from handlers.cards.remark import template_tiles

REASONS = ("municipal", "power", "indoors", "other")


def assign(sheet: Sheet) -> Drawing:
    """Ask whom to give it to; behind each name stands what they have already."""
    case = case_of(sheet)
    people = sheet.facts["people"]
    tiles = [
        sheet.button(
            "person",
            parts.press(case, "assign", str(one["id"])),
            name=one["name"],
            open=one["open"],
        )
        for one in people
    ]
    pages = turning(sheet, parts.press(case, "assign_page"))
    back = sheet.button("back", parts.press(case, "show"))
    text = _said(sheet, "desk.assign" if people else "desk.assign_empty")
    return Drawing(text, rows([*tiles, *pages, back]))


def nobody(sheet: Sheet) -> Drawing:
    """Say that nobody could be asked, with what can be done instead."""
    case = case_of(sheet)
    return Drawing(_said(sheet, "desk.nobody"), rows(parts.offers(sheet, case, DISPATCHER)))


def returned(sheet: Sheet) -> Drawing:
    """Show the case that came back; it rings, the card itself does not."""
    return dispatcher(sheet, case_of(sheet))


def decline_reason(sheet: Sheet) -> Drawing:
    """Ask whose it is, when it is not ours."""
    case = case_of(sheet)
    tiles = [
        sheet.button("reason_" + code, parts.press(case, "reason", code, noun="decline"))
        for code in REASONS
    ]
    back = sheet.button("back", parts.press(case, "show"))
    return Drawing(_said(sheet, "desk.decline_reason"), rows([*tiles, back]))


def decline_whom(sheet: Sheet) -> Drawing:
    """Ask for the sentence that tells the resident whom to ask."""
    tiles = template_tiles(sheet, "decline")
    return Drawing(_said(sheet, "desk.decline_whom"), rows([*tiles, _cancel(sheet, "decline")]))


def decline_preview(sheet: Sheet) -> Drawing:
    """Show what the resident will read before it is sent."""
    case, facts = case_of(sheet), sheet.facts
    text = sheet.say(
        "desk.decline_preview",
        number=case["number"],
        reason=sheet.word("reason", facts["reason"]),
        whom=facts["whom"],
    )
    send = sheet.button("send", parts.press(case, "send", noun="decline"))
    again = sheet.button("again", parts.press(case, "again", noun="decline"))
    return Drawing(text, ((send,), (again, _cancel(sheet, "decline"))))


def refuse_reason(sheet: Sheet) -> Drawing:
    """Ask for the sentence that says why it is not done again, or cannot be solved."""
    return Drawing(_said(sheet, sheet.kind), rows([_cancel(sheet, sheet.facts["noun"])]))


def refuse_preview(sheet: Sheet) -> Drawing:
    """Show what the resident will read; it may be put on a meeting's agenda as well."""
    case, noun = case_of(sheet), sheet.facts["noun"]
    send, meeting, again = (
        sheet.button(name, parts.press(case, verb, noun=noun))
        for name, verb in (("send", "send"), ("send_meeting", "meeting"), ("again", "again"))
    )
    text = sheet.say("desk.refuse_preview", number=case["number"], reason=sheet.facts["reason"])
    return Drawing(text, ((send,), (meeting,), (again, _cancel(sheet, noun))))


def _cancel(sheet: Sheet, noun: str) -> Button:
    return sheet.button("cancel", parts.press(case_of(sheet), "cancel", noun=noun))


def _said(sheet: Sheet, key: str) -> str:
    case = case_of(sheet)
    return sheet.say(key, number=case["number"], what=parts.what(sheet, case))
