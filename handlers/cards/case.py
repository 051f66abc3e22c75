"""The live card of a case: one drawing for each way in which a person can be related to it."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.letter import Drawing
from bot.texts import Markup
from handlers.cards import case_buttons, dispatching, neighbour, outage, signal
from handlers.cards import case_parts as parts
from handlers.cards.case_buttons import REPORTER
from handlers.cards.case_parts import Case, case_of
from handlers.cards.common import Sheet, lines, rows


def card(sheet: Sheet) -> Drawing:
    """Draw the case as the viewer `facts["view"]` may see it.

    `facts["also"]` names what else they are to it: those buttons stand below as well.
    """
    case, view, also = case_of(sheet), sheet.facts["view"], sheet.facts.get("also", ())
    drawing = VIEWS[view](sheet, case)
    if not also:
        return drawing
    return replace(drawing, buttons=rows(case_buttons.of_all(sheet, case, (view, *also))))


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
    return Drawing(text, rows(case_buttons.reporter(sheet, case)))


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
    return Drawing(text, rows(case_buttons.dispatcher(sheet, case)))


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
        parts.others_said(sheet, said) if said else "",
        sheet.say("check.differs") if said and said["differs"] else "",
    )
    return Drawing(text, rows(case_buttons.supervisor(sheet, case)))


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
    return Drawing(text, rows(case_buttons.offer(sheet, case)))


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
    return Drawing(text, rows(case_buttons.handler(sheet, case)))


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
