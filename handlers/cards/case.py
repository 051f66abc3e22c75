"""The live card of a case: one drawing for each way in which a person can be related to it."""

from collections.abc import Callable

from bot.domain.letter import Drawing
from bot.texts import Markup
from handlers.cards import case_parts as parts
from handlers.cards import dispatching, neighbour, outage, signal
from handlers.cards.case_parts import Case, Offers, case_of
from handlers.cards.common import MOST_BUTTONS, Sheet, lines, rows

REPORTER: Offers = (
    ("confirm", ("case", "confirm"), "confirm"),
    ("contest", ("case", "contest"), "contest"),
    ("supplement", ("supplement", "start"), "supplement"),
    ("correct", ("fix", "start"), "correct"),
    ("withdraw", ("case", "withdraw_ask"), "withdraw"),
    ("correct", ("case", "share"), "share"),
    ("restore", ("case", "restore"), "restore"),
    ("appeal_decline", ("case", "appeal"), "appeal"),
)
JUDGING = ("confirm", "contest")
AFTERWARDS: Offers = (  # the same when the case is closed: what was good may break again
    ("contest", ("case", "contest"), "reopen"),
    ("restore", ("case", "restore"), "restore"),
    ("appeal_decline", ("case", "appeal"), "appeal"),
)
DISPATCHER: Offers = (
    ("offer", ("case", "offer"), "offer"),
    ("assign", ("case", "assign_ask"), "assign"),
    ("ask_resident", ("ask", "start"), "ask_resident"),
    ("answer_now", ("now", "start"), "answer_now"),
    ("overrule_return", ("overrule", "start"), "overrule"),
    ("merge", ("merge", "start"), "merge"),
    ("unmerge", ("merge", "undo"), "unmerge"),
    ("decline", ("decline", "start"), "decline"),
)
# What gives way where there are too many: it stands in the full view, or waits for the signal.
LEFT_OUT = ("answer_now", "decline", "ask_resident")
REASSIGN: Offers = (("assign", ("case", "assign_ask"), "reassign"), *DISPATCHER[2:])
OFFERED: Offers = (
    ("claim", ("case", "claim"), "claim"),
    ("claim", ("case", "not_today"), "not_today"),
)
ARRIVE = ("arrive", ("case", "arrive"), "arrive")
RESOLVE = ("resolve", ("finish", "start"), "resolve")
PROMISE = ("promise", ("promise", "start"), "promise")
LATER = ("promise", ("promise", "start"), "later")
CONTACT = ("contact", ("case", "contact"), "contact")
PAUSE = (("ask_hold", ("hold", "start"), "hold"), ("resume", ("request", "resume"), "resume"))
CANNOT_COME = ("return_", ("case", "return_"), "return_")  # a volunteer: one tap
GIVE_BACK = ("return_", ("return", "start"), "give_back")  # staff: with a reason
ASK = ("ask_resident", ("ask", "start"), "ask_resident")
LOOK_AT_PHONE = ("ask_resident", ("behalf", "phone"), "resident_phone")  # nobody reads a question
SUPERVISOR: Offers = (
    ("reopen", ("case", "reopen_ask"), "reopen"),
    ("refuse_reopen", ("refuse", "start"), "refuse_reopen"),
    ("confirm", ("case", "confirm"), "close_solved"),
    ("close_unsolved", ("close", "start"), "close_unsolved"),
)


def card(sheet: Sheet) -> Drawing:
    """Draw the case as the viewer `facts["view"]` may see it."""
    return VIEWS[sheet.facts["view"]](sheet, case_of(sheet))


def reporter(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for the resident: number, what, who and when, and what to do."""
    base = f"card.reporter.{case['status']}"
    text = lines(
        sheet.say(base + ".head", number=case["number"]),
        parts.what(sheet, case),
        outage.instead(sheet, case),
        parts.reason(sheet, case, base + ".reason"),
        parts.outcome(sheet, case, base + ".outcome"),
        parts.master(sheet, case),
        _hint(sheet, case, base + ".tail"),
    )
    table = AFTERWARDS if case["phase"] == "closed" else REPORTER
    if case.get("asked_below"):  # nobody has two messages that ask the same
        table = _without(table, *JUDGING)
    return Drawing(text, rows(parts.answers(sheet, case) + parts.offers(sheet, case, table)))


def _hint(sheet: Sheet, case: Case, tail: str) -> str:
    """Return the closing line: how to answer, or what will happen."""
    if case.get("asked_below"):
        return sheet.say("card.reporter.hint.below")
    for move, _, _ in REPORTER:
        key = "card.reporter.hint." + move
        if move in case["moves"] and sheet.has(key):
            return sheet.say(key)
    return sheet.say(tail) if sheet.has(tail) else ""


def dispatcher(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for the desk: what was said, how it stands, by when, and what can be done."""
    text = lines(
        _staff_head(sheet, case),
        *_staff_lines(sheet, case),
        parts.street(sheet, case),
        dispatching.whose(sheet, case),
        dispatching.sent(sheet, case),
        *signal.on_desk(sheet, case),
        *outage.on_desk(sheet, case),
    )
    table: Offers = DISPATCHER if "offer" in case["moves"] else REASSIGN
    first = parts.decisions(sheet, case) + dispatching.to_whom(sheet, case)
    last = outage.openings(sheet, case) + signal.openings(sheet, case) + parts.more(sheet, case)
    offers = parts.offers(sheet, case, table)
    for less in LEFT_OUT:
        if len(first) + len(offers) + len(last) > MOST_BUTTONS:
            table = _without(table, less)
            offers = parts.offers(sheet, case, table)
    offers = dispatching.naming_the_one_alike(sheet, case, offers)
    return Drawing(text, rows(first + offers + last))


def _without(table: Offers, *moves: str) -> Offers:
    return tuple(one for one in table if one[0] not in moves)


def group(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for a group, in which whoever holds the role may press."""
    return supervisor(sheet, case) if "reopen" in case["moves"] else dispatcher(sheet, case)


def supervisor(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for the party organisation, which decides about doing it again."""
    said = case.get("said")
    text = lines(
        _staff_head(sheet, case),
        *_staff_lines(sheet, case),
        parts.answer(sheet, "call.said", said) if said else "",
        sheet.say("check.differs") if said and said["differs"] else "",
    )
    buttons = parts.offers(sheet, case, SUPERVISOR) + parts.more(sheet, case)
    return Drawing(text, rows(buttons))


def offer(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for somebody who is asked to take it."""
    what = sheet.say(
        "card.offer.what",
        number=case["number"],
        icon=case["icon"],
        name=sheet.named(case["name"]),
        place=parts.place(sheet, case),
    )
    haste = "urgent_" if case["urgent"] else ""
    until = sheet.say(f"card.offer.{haste}due", due=parts.due(sheet, case)) if case["due"] else ""
    head = f"card.offer.{haste}head"
    text = lines(sheet.say(head), what, parts.words(sheet, case, long=False), until)
    return Drawing(text, rows(parts.offers(sheet, case, OFFERED)))


def handler(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for whoever has the case now."""
    key = "card.handler." + case["status"]
    own = sheet.has(key)
    head = sheet.say(key, number=case["number"]) if own else _staff_head(sheet, case)
    arrived = case.get("arrived", False)
    works = "resolve" in case["moves"]
    text = lines(
        head,
        parts.what(sheet, case) if own else _status_line(sheet, case),
        parts.words(sheet, case),
        parts.doorstep(sheet, case),
        _staff_reason(sheet, case),
        parts.asked(sheet, case),
        _promise_line(sheet, case),
        _due_line(sheet, case),
        sheet.say("card.handler.arrived") if works and arrived else "",
    )
    buttons = parts.offers(sheet, case, _work(case)) + parts.photos(sheet, case)
    return Drawing(text, rows(buttons))


def _work(case: Case) -> Offers:
    """Return what whoever has the case can do, as far as it went."""
    return (
        *(() if case.get("arrived") else (ARRIVE,)),
        RESOLVE,
        LATER if case.get("promise") else PROMISE,
        *(() if case.get("contacted") else (CONTACT,)),
        *PAUSE,
        GIVE_BACK if case.get("staff") else CANNOT_COME,
        LOOK_AT_PHONE if case.get("calls") else ASK,
    )


def lead(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for who had it first while others work on it: to read, nothing to press."""
    text = lines(
        sheet.say("card.onlooker.lead", level=sheet.say("level." + case["level"])),
        _staff_head(sheet, case),
        _status_line(sheet, case),
        _promise_line(sheet, case) or _due_line(sheet, case),
        parts.street(sheet, case),
    )
    return Drawing(text)


def onlooker(sheet: Sheet, case: Case) -> Drawing:
    """Draw it for somebody who was asked and came second, or has no part in it (any more)."""
    if case["phase"] == "open" and case["handler"]:
        return Drawing(sheet.say("card.onlooker.lost", number=case["number"]))
    text = sheet.say(
        "card.onlooker.plain",
        number=case["number"],
        icon=case["icon"],
        name=sheet.named(case["name"]),
        status=parts.progress(sheet, case),
    )
    return Drawing(text)


def _staff_head(sheet: Sheet, case: Case) -> Markup:
    key = "card.staff.urgent_head" if case["urgent"] else "card.staff.head"
    return sheet.say(
        key,
        number=case["number"],
        icon=case["icon"],
        name=sheet.named(case["name"]),
        place=parts.place(sheet, case),
    )


def _staff_lines(sheet: Sheet, case: Case) -> tuple[str, ...]:
    """Return what was said, how it stands, why, what was done, how often again, by when."""
    said = (parts.words(sheet, case), _reported(sheet, case))
    again = sheet.say("card.staff.round", round=case["round"]) if case["round"] else ""
    return (
        Markup(" · ".join(part for part in said if part)),
        _status_line(sheet, case),
        parts.level(sheet, case),
        _staff_reason(sheet, case),
        parts.outcome(sheet, case, "card.staff.outcome_of." + case["status"]),
        again,
        parts.asked(sheet, case),
        _promise_line(sheet, case),
        _due_line(sheet, case),
    )


def _staff_reason(sheet: Sheet, case: Case) -> str:
    return parts.reason(sheet, case, "card.staff.reason_of." + case["status"])


def _reported(sheet: Sheet, case: Case) -> str:
    reported = sheet.say("card.staff.reported", reported=parts.reported(sheet, case))
    came = parts.channel(sheet, case)
    return Markup(" · ".join(part for part in (came, reported) if part))


def _status_line(sheet: Sheet, case: Case) -> Markup:
    shown = parts.status(sheet, case)
    if not case["handler"]:
        return shown
    return sheet.say("card.staff.status_handler", status=shown, handler=case["handler"])


def _promise_line(sheet: Sheet, case: Case) -> str:
    """Return what the handler has said, while it still counts."""
    at = case.get("promise")
    if not at or case["phase"] != "open":
        return ""
    return sheet.say("card.staff.promise", at=sheet.when(at, case["zone"]))


def _due_line(sheet: Sheet, case: Case) -> str:
    """Return by when something must happen; a closed case has no such line."""
    if not case["due"] or case["phase"] == "closed":
        return ""
    shown = parts.due(sheet, case)
    if parts.is_late(sheet, case):
        late = parts.late_for(sheet, case["due"])
        return sheet.say("card.staff.late", due=shown, late=late)
    key = "card.staff.due_of." + case["status"]
    return sheet.say(key if sheet.has(key) else "card.staff.due", due=shown)


VIEWS: dict[str, Callable[[Sheet, Case], Drawing]] = {
    "reporter": reporter,
    "dispatcher": dispatcher,
    "group": group,
    "supervisor": supervisor,
    "offer": offer,
    "handler": handler,
    "lead": lead,
    "co_signer": neighbour.co_signer,
    "onlooker": onlooker,
}
