"""The dispatcher's and the supervisor's questions: whom to give it to, why not, what to say."""

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards import case_parts as parts
from handlers.cards.case import dispatcher
from handlers.cards.case_buttons import DISPATCHER
from handlers.cards.case_parts import case_of
from handlers.cards.common import MOST_BUTTONS, Sheet, lines, rows, turning
from handlers.cards.remark import template_tiles

_MOST_TEAMS = 3
REASONS = ("municipal", "power", "indoors", "other")


def assign(sheet: Sheet) -> Drawing:
    """Ask whom to give it to; behind each name stands what they have already."""
    case = case_of(sheet)
    people = sheet.facts["people"]
    if sheet.facts.get("asking"):
        return _ask_first(sheet)
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
    ask = [sheet.button("ask_whom", parts.press(case, "ask_whom"))]
    may = "offer" in case["moves"] and len(tiles) + len(pages) + len(ask) < MOST_BUTTONS
    text = _said(sheet, "desk.assign" if people else "desk.assign_empty")
    text = lines(text, parts.advice(sheet, sheet.facts.get("advice")))
    return Drawing(text, rows([*tiles, *(ask if may else []), *pages, back]))


def _ask_first(sheet: Sheet) -> Drawing:
    """Ask whom to ask: a team, or one person, who may say no."""
    case = case_of(sheet)
    teams = [
        sheet.button("team", parts.press(case, "offer", f"team:{one['code']}"), name=one["name"])
        for one in sheet.facts["teams"][:_MOST_TEAMS]
    ]
    room = MOST_BUTTONS - 1 - len(teams)
    people = [
        sheet.button(
            "person",
            parts.press(case, "offer", f"people:{one['id']}"),
            name=one["name"],
            open=one["open"],
        )
        for one in sheet.facts["people"][:room]
    ]
    back = sheet.button("back", parts.press(case, "assign_ask"))
    text = _said(sheet, "desk.ask_whom")
    text = lines(text, parts.advice(sheet, sheet.facts.get("advice")))
    return Drawing(text, rows([*teams, *people, back]))


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


def onbehalf(sheet: Sheet) -> Drawing:
    """Ask how the resident came."""
    tiles = [
        sheet.button("channel_" + one, Press("behalf", "channel", 0, 0, one))
        for one in sheet.facts["channels"]
    ]
    return Drawing(sheet.say(sheet.kind), rows(tiles))
