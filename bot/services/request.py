"""What whoever has a case asks the dispatchers for: a pause, or more time; and their answer.

A short pause for parts or access needs no answer (bot/domain/hold.py). What is asked stands in
`asked` of the case as JSON: what, why, until when.
"""

from datetime import datetime
from typing import Any

from bot.domain import hold as holds
from bot.domain.case import PAUSED
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import promise
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import due
from storage import person as people
from storage.due import Due

HOLD, EXTENSION, HOLD_ENDS = "hold", "extension", "hold_ends"
_GIVEN = ("reason", "date")


async def ask_hold(
    uow: UnitOfWork, who: Person, number: int, seen: int, reason: str, until: datetime
) -> Case:
    """Pause the case until the instant (UTC), or ask the dispatchers whether it may be paused."""
    await cases.allowed(uow, who, number, "ask_hold", seen)
    if until <= uow.now:
        raise Refusal("refusal.past_time")
    calendar = (await community_of(uow, who.community_id)).calendar
    today, day = calendar.local(uow.now).date(), calendar.local(until).date()
    if holds.needs_approval(reason, today, day):
        return await _ask(uow, who, number, seen, HOLD, reason, until)
    return await _hold(uow, who, number, seen, reason, until, given=(*_GIVEN, "parts_or_access"))


async def ask_extension(
    uow: UnitOfWork, who: Person, number: int, seen: int, reason: str, until: datetime
) -> Case:
    """Ask for a later deadline; raises Refusal for one that is not later."""
    case = await cases.allowed(uow, who, number, "ask_extension", seen)
    if case.solution_due is not None and until <= max(case.solution_due, uow.now):
        raise Refusal("refusal.before_deadline")
    return await _ask(uow, who, number, seen, EXTENSION, reason, until)


async def _ask(
    uow: UnitOfWork,
    who: Person,
    number: int,
    seen: int,
    what: str,
    reason: str,
    until: datetime,
) -> Case:
    asked = {"what": what, "reason": reason, "until": until.isoformat()}
    name = f"ask_{what}"
    return await cases.move(uow, who, number, name, seen=seen, given=_GIVEN, asked=asked)


async def agree(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Let the handler have what was asked for; the resident reads the date and why."""
    asked = await _asked(uow, who, number, seen)
    until, reason = datetime.fromisoformat(asked["until"]), asked["reason"]
    if until <= uow.now:
        raise Refusal("refusal.past_time")
    if asked["what"] == HOLD:
        return await _hold(uow, who, number, seen, reason, until)
    case = await cases.move(
        uow,
        who,
        number,
        "extend",
        seen=seen,
        given=_GIVEN,
        reason=reason,
        solution_due=until,
        clock_from=uow.now,
        nudged=0,
        promise_at=until,
        asked=None,
    )
    promise.plan(uow, case)
    return case


async def disagree(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Let things be as they are; it stands in the history as a note of the dispatcher."""
    asked = await _asked(uow, who, number, seen)
    name = "hold" if asked["what"] == HOLD else "extend"
    await cases.check(uow, who, await cases.find(uow, who, number), name, _GIVEN)
    case = await cases.move(uow, who, number, "note", seen=seen, given=["words"], asked=None)
    found = await people.find(uow, case.community_id, [case.handler_id] if case.handler_id else [])
    community = await community_of(uow, case.community_id)
    for one in found.values():
        facts = await case_facts(uow, community, case, one)
        tell(uow, one, "task.not_agreed", case=facts, what=asked["what"])
    return case


async def resume(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Go on before the pause is over."""
    return await cases.move(uow, who, number, "resume", seen=seen)


async def hold_ends(uow: UnitOfWork, row: Due) -> None:
    """Let the case go on at the date that was said."""
    case = await stored.find(uow, row.community_id, int(row.subject))
    if case is None or case.status not in PAUSED or case.hold_until is None:
        return
    if case.hold_until.isoformat() == row.occurrence.partition("/")[2]:
        await cases.make(uow, case, "resume", cases.CLOCK)


async def _asked(uow: UnitOfWork, who: Person, number: int, seen: int) -> dict[str, Any]:
    """Return what was asked for; whoever may extend answers both, never who asked."""
    case = await cases.allowed(uow, who, number, "extend", seen)
    if case.asked is None:
        raise Refusal("refusal.not_now")
    return dict(case.asked)


async def _hold(
    uow: UnitOfWork,
    who: Person,
    number: int,
    seen: int,
    reason: str,
    until: datetime,
    given: tuple[str, ...] = _GIVEN,
) -> Case:
    case = await cases.move(
        uow,
        who,
        number,
        "hold",
        seen=seen,
        given=given,
        reason=reason,
        hold_until=until,
        promise_at=None,
        asked=None,
    )
    due.cancel(uow, case.community_id, HOLD_ENDS, str(number))
    occurrence = f"{case.version}/{until.isoformat()}"
    due.plan_new(uow, Due(case.community_id, HOLD_ENDS, str(number), occurrence, until))
    return case
