"""What all drawings of a case share: its heading, its lines, its buttons.

A status is never named here: texts are found by it, and buttons follow from the moves that the
viewer may make.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain import overdue
from bot.domain.letter import Button
from bot.domain.level import USUAL
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import CHECKS, Sheet, lines, seen

GUARDED = "guarded"
Case = Mapping[str, Any]
# (move, noun and verb of the press, label); drawn only when the move may be made
Offers = tuple[tuple[str, tuple[str, str], str], ...]


def case_of(sheet: Sheet) -> Case:
    """Return the case that the letter is about."""
    case: Case = sheet.facts["case"]
    return case


def press(case: Case, verb: str, choice: str = "", noun: str = "case") -> Press:
    """Return a press on the case as it was when the card was drawn."""
    return Press(noun, verb, case["number"], case["version"], choice)


def what(sheet: Sheet, case: Case) -> Markup:
    """Return the line that says what and where."""
    return sheet.say(
        "card.what", icon=case["icon"], name=sheet.named(case["name"]), place=place(sheet, case)
    )


def place(sheet: Sheet, case: Case) -> str:
    """Return where it is; of an emergency that may not be known yet."""
    return case["place"] or sheet.say("piece.no_place")


def master(sheet: Sheet, case: Case) -> str:
    """Return how the case stands that this one was merged into."""
    one = case.get("master")
    if not one:
        return ""
    shown = sheet.say("progress." + one["status"])
    return sheet.say("card.master", number=one["number"], status=shown)


def status(sheet: Sheet, case: Case) -> Markup:
    """Return the status as staff calls it."""
    return sheet.say("status." + case["status"])


def progress(sheet: Sheet, case: Case) -> Markup:
    """Return the status as residents call it."""
    return sheet.say("progress." + case["status"])


def due(sheet: Sheet, case: Case) -> Markup:
    """Return until when, as people say it; empty when nothing is promised."""
    return sheet.when(case["due"], case["zone"]) if case["due"] else Markup()


def channel(sheet: Sheet, case: Case) -> Markup:
    """Return how it came, for staff, where that was not through the chat."""
    came = case.get("channel")
    return sheet.say("channel." + came) if came else Markup()


def reported(sheet: Sheet, case: Case) -> Markup:
    """Return when it was reported, as people say it."""
    return sheet.when(case["reported_at"], case["zone"])


def handler(sheet: Sheet, case: Case) -> str:
    """Return who has the case; somebody of the staff when that is not known."""
    return case["handler"] or sheet.say("piece.somebody")


def outcome(sheet: Sheet, case: Case, key: str) -> str:
    """Return the line `key` with what was done (or whom to ask), where there is such a text."""
    said = case.get("outcome")
    return sheet.say(key, outcome=sheet.word("did", said)) if said and sheet.has(key) else ""


def reason(sheet: Sheet, case: Case, key: str) -> str:
    """Return the line `key` with the reason that was given, where there is such a text."""
    why = case["reason"]
    return sheet.say(key, reason=sheet.word("reason", why)) if why and sheet.has(key) else ""


def answer(sheet: Sheet, key: str, said: Mapping[str, str | None]) -> str:
    """Return the line `key` with what somebody answered about the work, if they did."""
    if not said["solved"]:
        return ""
    solved = sheet.word("solved", said["solved"])
    satisfied = sheet.word("satisfied", said["satisfied"] or "unknown")
    return sheet.say(key, solved=solved, satisfied=satisfied)


def others_said(sheet: Sheet, said: Mapping[str, Any]) -> Markup:
    """Return how many who joined said that it is good, and that it is not, if any did."""
    good, bad = said.get("others") or (0, 0)
    return sheet.say("call.others", good=good, bad=bad) if good or bad else Markup()


def asked(sheet: Sheet, case: Case) -> str:
    """Return the line that says what the handler asks the dispatchers for."""
    wish = case.get("asked")
    if not wish:
        return ""
    at = sheet.when(wish["until"], case["zone"])
    why = sheet.word("reason", wish["reason"])
    return sheet.say("card.staff.asked_" + wish["what"], at=at, reason=why)


def decisions(sheet: Sheet, case: Case) -> list[Button]:
    """Return the two answers to what the handler asks for, for those who may give them."""
    wish = case.get("asked")
    move = {"hold": "hold", "extension": "extend"}[wish["what"]] if wish else ""
    if move not in case["moves"]:
        return []
    return [sheet.button(name, press(case, name, noun="request")) for name in ("agree", "disagree")]


def advice(sheet: Sheet, team: Mapping[str, Any] | None) -> str:
    """Return which team has done most of this kind, where one has."""
    if not team:
        return ""
    return sheet.say("desk.advice", name=team["name"], n=team["n"], hours=team["hours"])


def street(sheet: Sheet, case: Case) -> str:
    """Return whom to telephone, while the case lies with the street."""
    one = case.get("street")
    return sheet.say("card.staff.street", whom=one["contact"], phone=one["phone"]) if one else ""


def doorstep(sheet: Sheet, case: Case) -> str:
    """Return whose door it is and whom to call before it, for who works on the case."""
    known = case.get("doorstep")
    if not known:
        return ""
    whose = sheet.say("card.handler.whose", name=known["name"]) if known["name"] else ""
    whom = known["whom"] or sheet.say("piece.community")
    call = sheet.say("card.handler.call", whom=whom, phone=known["phone"])
    return Markup(" · ".join(part for part in (whose, call) if part))


def is_late(sheet: Sheet, case: Case) -> bool:
    """Say whether somebody should have acted by now."""
    if not case["due"] or case["phase"] != "open":
        return False
    return datetime.fromisoformat(case["due"]) < sheet.now


def late_for(sheet: Sheet, due: str | None) -> str:
    """Return in a plain word for how long something is late; empty when it is not."""
    if not due or datetime.fromisoformat(due) > sheet.now:
        return ""
    unit, n = overdue.late_for(datetime.fromisoformat(due), sheet.now)
    return sheet.say(f"piece.late_{unit}", n=n)


def level(sheet: Sheet, case: Case) -> str:
    """Return the line that says who acts now, once the case was passed on."""
    held = case.get("level") or USUAL
    if held == USUAL:
        return ""
    return sheet.say("card.staff.level", level=sheet.say("level." + held))


def words(sheet: Sheet, case: Case, *, long: bool = True) -> Markup:
    """Return in one line what the resident sent; long for those who have to act on it.

    Who is only asked to take it does not read how the files are getting on.
    """
    return seen(sheet, case if long else {**case, **dict.fromkeys(CHECKS, 0)}, long=long)


def who_when(sheet: Sheet, case: Case) -> Markup:
    """Return for a resident who has the case and until when, or when it was reported."""
    if case.get("promise") and case["phase"] == "open":  # what was said counts, not the limit
        case = {**case, "due": case["promise"]}
    if is_late(sheet, case):
        return sheet.say("card.reporter.late", due=due(sheet, case))
    key = f"card.reporter.{case['status']}.due"
    if case["due"] and sheet.has(key):
        return sheet.say(key, handler=handler(sheet, case), due=due(sheet, case))
    if case["handler"]:
        return sheet.say("card.reporter.handler", handler=case["handler"])
    return sheet.say("card.reporter.reported", reported=reported(sheet, case))


def standing(sheet: Sheet) -> Markup:
    """Return in two lines how the case stands; nothing where a letter of before knows no more."""
    case = sheet.facts.get("case")
    return lines(progress(sheet, case), who_when(sheet, case)) if case else Markup()


def offers(sheet: Sheet, case: Case, table: Offers) -> list[Button]:
    """Return the buttons of those moves of `table` that the viewer may make."""
    number, version, may = case["number"], case["version"], case["moves"]
    return [
        sheet.button(name, Press(noun, verb, number, version))
        for move, (noun, verb), name in table
        if move in may
    ]


def answers(sheet: Sheet, case: Case) -> list[Button]:
    """Return the answers that an open question offers to the resident."""
    if "answer" not in case["moves"]:
        return []
    return [
        sheet.button("tile", press(case, "say", str(at), noun="answer"), name=said)
        for at, said in enumerate(case.get("answers", ()))
    ]


def photos(sheet: Sheet, case: Case) -> list[Button]:
    """Return the button that shows what was sent along, called after what it is."""
    shown = case.get("photos", 0) + case.get("photos_after", 0)
    spoken = case.get("voices", 0)
    rest = sum(case.get(name, 0) for name in ("videos", "positions", "files", "checking"))
    rest += case.get("sent_after", 0) - case.get("photos_after", 0)
    if not shown + spoken + rest:
        return []
    alone = "photos" if shown else "voices"
    name = "attached" if rest > 0 or (shown and spoken) else alone
    return [sheet.button(name, press(case, "photos"))]


def more(sheet: Sheet, case: Case) -> list[Button]:
    """Return the buttons to the pictures and to everything that is known, for staff."""
    full = [sheet.button("full", press(case, "full"))] if "note" in case["moves"] else []
    return guarded(sheet, case) + photos(sheet, case) + nudge(sheet, case) + full


def guarded(sheet: Sheet, case: Case) -> list[Button]:
    """Return the button to what the message does not show: the door, telephone numbers."""
    return (
        [sheet.button("guarded", press(case, "see", noun=GUARDED))] if case.get("guarded") else []
    )


def nudge(sheet: Sheet, case: Case) -> list[Button]:
    """Return the button that lets the handler, or those who were asked, hear of it once more."""
    return [sheet.button("nudge", press(case, "nudge"))] if case.get("to_nudge") else []
