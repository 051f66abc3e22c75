"""What rings at a resident: somebody has it, it is done, it is not ours, it is done again."""

from bot.domain.letter import Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case import reporter
from handlers.cards.case_parts import Offers, case_of
from handlers.cards.common import Sheet, lines, rows

TAKEN: Offers = (
    ("supplement", ("supplement", "start"), "supplement"),
    ("supplement", ("supplement", "call"), "call_first"),
)


def withdraw_ask(sheet: Sheet) -> Drawing:
    """Ask whether the report is really to be taken back; whoever has it hears of it."""
    case = case_of(sheet)
    facts = {
        "number": case["number"],
        "what": parts.what(sheet, case),
        "status": parts.progress(sheet, case),
    }
    if case["handler"]:
        keep, yes = "keep_handler", "withdraw_tell"
        text = sheet.say("case.withdraw_ask_handler", handler=case["handler"], **facts)
    else:
        keep, yes = "keep", "withdraw_yes"
        text = sheet.say("case.withdraw_ask", reported=parts.reported(sheet, case), **facts)
    buttons = [
        sheet.button(keep, parts.press(case, "show")),
        sheet.button(yes, parts.press(case, "withdraw")),
    ]
    return Drawing(text, rows(buttons))


def autofiled(sheet: Sheet) -> Drawing:
    """Say that it was filed although nobody pressed the button, with the way back."""
    case = case_of(sheet)
    withdraw = sheet.button("withdraw", parts.press(case, "withdraw_ask"))
    return Drawing(_said(sheet, "case.autofiled"), ((withdraw,),))


def taken(sheet: Sheet) -> Drawing:
    """Say who has it, and by when."""
    case = case_of(sheet)
    key = "case.taken" if case["due"] else "case.taken_no_due"
    said = {"handler": parts.handler(sheet, case), "due": parts.due(sheet, case)}
    return Drawing(_said(sheet, key, **said), rows(parts.offers(sheet, case, TAKEN)))


def not_ours(sheet: Sheet) -> Drawing:
    """Say why it is not ours, and whom to ask instead."""
    why = sheet.word("reason", case_of(sheet)["reason"] or "other")
    text = _said(sheet, "case.not_ours", reason=why, whom=sheet.facts["whom"])
    case = case_of(sheet)
    refer = sheet.button("refer", parts.press(case, "refer"))
    again = (("appeal_decline", ("case", "appeal"), "appeal"),)
    return Drawing(text, rows([refer, *parts.offers(sheet, case, again)]))


def reopen_requested(sheet: Sheet) -> Drawing:
    """Say by when the supervisor answers."""
    case = case_of(sheet)
    until = sheet.facts["due"]
    if not until:
        return Drawing(_said(sheet, "case.reopen_requested_no_due"))
    due = sheet.when(until, case["zone"])
    return Drawing(_said(sheet, "case.reopen_requested", due=due))


def reopened(sheet: Sheet) -> Drawing:
    """Say that it is done again."""
    return Drawing(_said(sheet, "case.reopened", who_when=_who_when(sheet)))


def reopen_refused(sheet: Sheet) -> Drawing:
    """Say why it cannot be done again."""
    meeting = sheet.say("case.on_agenda") if sheet.facts.get("agenda") else ""
    reason = case_of(sheet)["reason"] or ""
    return Drawing(lines(_said(sheet, "case.reopen_refused", reason=reason), meeting))


def need_info(sheet: Sheet) -> Drawing:
    """Ask the resident for something that is missing; it rings, the card itself does not."""
    return reporter(sheet, case_of(sheet))


def photos(sheet: Sheet) -> Drawing:
    """Show the pictures themselves."""
    text = sheet.say("case.photos_" + sheet.facts["stage"], number=sheet.facts["number"])
    return Drawing(text, photos=tuple(sheet.facts["photos"]))


def file(sheet: Sheet) -> Drawing:
    """Show one voice message, film or paper as it was sent, or a picture that was made anew."""
    facts = sheet.facts
    what = sheet.say("file_kind." + facts["file_kind"])
    text = sheet.say("case.file_" + facts["stage"], number=facts["number"], what=what)
    return Drawing(text, file=(sheet.facts["file_kind"], sheet.facts["file"]))


def _said(sheet: Sheet, key: str, **facts: str) -> str:
    """Return the text `key` with the number and what it is about."""
    case = case_of(sheet)
    return sheet.say(key, number=case["number"], what=parts.what(sheet, case), **facts)


def _who_when(sheet: Sheet) -> str:
    return parts.who_when(sheet, case_of(sheet))
