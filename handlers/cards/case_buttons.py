"""The buttons of a case, for each way in which a person can be related to it.

Somebody may be several things to it (a supervisor who is asked to lend a hand): then the buttons
of all stand together, and what finds no room on the card is one press away.
"""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.letter import Button
from handlers.cards import case_parts as parts
from handlers.cards import dispatching, outage, signal
from handlers.cards.case_parts import Case, Offers
from handlers.cards.common import MOST_BUTTONS, Sheet

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


def reporter(sheet: Sheet, case: Case) -> list[Button]:
    """Return what the resident can do: answer, judge, add to it, take it back."""
    table = AFTERWARDS if case["phase"] == "closed" else REPORTER
    if case.get("asked_below"):  # nobody has two messages that ask the same
        table = _without(table, *JUDGING)
    return parts.answers(sheet, case) + parts.offers(sheet, case, table)


def dispatcher(sheet: Sheet, case: Case) -> list[Button]:
    """Return what the desk can do."""
    table: Offers = DISPATCHER if "offer" in case["moves"] else REASSIGN
    first = parts.decisions(sheet, case) + dispatching.to_whom(sheet, case)
    last = outage.openings(sheet, case) + signal.openings(sheet, case) + parts.more(sheet, case)
    offers = parts.offers(sheet, case, table)
    for less in LEFT_OUT:
        if len(first) + len(offers) + len(last) > MOST_BUTTONS:
            table = _without(table, less)
            offers = parts.offers(sheet, case, table)
    offers = dispatching.naming_the_one_alike(sheet, case, offers)
    return first + offers + last


def _without(table: Offers, *moves: str) -> Offers:
    return tuple(one for one in table if one[0] not in moves)


def supervisor(sheet: Sheet, case: Case) -> list[Button]:
    """Return what the party organisation can do: decide about doing it again, close it."""
    return parts.offers(sheet, case, SUPERVISOR) + parts.more(sheet, case)


def offer(sheet: Sheet, case: Case) -> list[Button]:
    """Return what somebody can do who is asked to take it."""
    return parts.offers(sheet, case, OFFERED)


def handler(sheet: Sheet, case: Case) -> list[Button]:
    """Return what whoever has the case can do, as far as it went."""
    table: Offers = (
        *(() if case.get("arrived") else (ARRIVE,)),
        RESOLVE,
        LATER if case.get("promise") else PROMISE,
        *(() if case.get("contacted") else (CONTACT,)),
        *PAUSE,
        GIVE_BACK if case.get("staff") else CANNOT_COME,
        *_ask_or_call(case),
    )
    return parts.offers(sheet, case, table) + parts.guarded(sheet, case) + parts.photos(sheet, case)


def _ask_or_call(case: Case) -> Offers:
    """Return how to reach the resident; the number of a guarded case has a button of its own."""
    if not case.get("calls"):
        return (ASK,)
    return () if case.get("guarded") else (LOOK_AT_PHONE,)


def co_signer(sheet: Sheet, case: Case) -> list[Button]:
    """Return what somebody can do who joined it."""
    hears = "unmute" if case["muted"] else "mute"
    table: Offers = (
        ("contest", ("case", "contest"), "contest"),
        ("supplement", ("supplement", "start"), "supplement"),
        ("supplement", ("joined", hears), hears),  # as long as there is something to hear
    )
    return parts.offers(sheet, case, table[1:] if case.get("asked_below") else table)


def nothing(_sheet: Sheet, _case: Case) -> list[Button]:
    """Return what somebody can do who only looks on."""
    return []


BUTTONS: Mapping[str, Callable[[Sheet, Case], list[Button]]] = {
    "reporter": reporter,
    "dispatcher": dispatcher,
    "group": nothing,  # it has those of the roles that it stands for
    "supervisor": supervisor,
    "offer": offer,
    "handler": handler,
    "lead": nothing,
    "co_signer": co_signer,
    "onlooker": nothing,
}


def of_all(sheet: Sheet, case: Case, views: Iterable[str]) -> list[Button]:
    """Return the buttons of several relations at once, each once; those to look at come last."""
    asked_first = sorted(views, key=lambda view: view != "offer")  # it waits for an answer
    found = {one.data: one for view in asked_first for one in BUTTONS[view](sheet, case)}
    last = {one.data for one in parts.more(sheet, case)}
    ordered = sorted(found.values(), key=lambda one: one.data in last)
    return _on_page(sheet, case, ordered)


def _on_page(sheet: Sheet, case: Case, buttons: list[Button]) -> list[Button]:
    """Return the buttons of the page that was turned to; behind the last comes the first."""
    if len(buttons) <= MOST_BUTTONS:
        return buttons
    room = MOST_BUTTONS - 1
    pages = -(-len(buttons) // room)
    page = sheet.facts.get("page", 0) % pages
    turn = parts.press(case, "more", str((page + 1) % pages))
    return [*buttons[page * room : (page + 1) * room], sheet.button("more", turn)]
