"""By when the next thing has to happen: set when a case is reported and when it moves."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain import hold
from bot.domain.case import CLOCK_STANDS, IN_HAND, TO_DISPATCH, TO_SUPERVISE, TO_TAKE
from bot.domain.case_record import Case
from bot.domain.level import STREET, has_risen
from bot.domain.limits import Clock
from bot.services import contact, overdue, update, waiting
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import due
from storage.due import Due

CLAIM_LIMIT = "claim_limit"
_SETS_A_DATE = frozenset({"extend", "raise_urgency", "reopen"})  # only pauses move it otherwise
_PAUSING = ("dispatch_due", "contact_due", "solution_due", "clock_from")
_SHORTER = 2  # a reopened case has half the time
_LEAST_FOR_AN_ANSWER = timedelta(hours=1)  # else the supervisor answers on the next working day


def at_report(
    community: Community, category: str, now: datetime, *, urgent: bool = False
) -> dict[str, Any]:
    """Return the deadlines (UTC) of a new case."""
    clock = community.clock_of(category, urgent=urgent)
    solution = clock.solution_due(now)
    return {
        "dispatch_due": clock.dispatch_due(now),
        "claim_due": None,
        "contact_due": clock.contact_due(now),
        "solution_due": solution,
        "original_due": solution,
        "clock_from": now,
        "nudged": 0,
        "due_on": community.calendar.local(solution).date().isoformat(),
    }


async def corrected(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any]:
    """Return the deadlines (UTC) of a case whose category was put right.

    They run from the report on, without the pauses; a date for the solution that was set
    meanwhile stays.
    """
    found = at_report(community, case.category, case.reported_at, urgent=case.urgent)
    if case.claim_due is not None:
        clock = community.clock_of(case.category, urgent=case.urgent)
        found["claim_due"] = clock.claim_due(uow.now)
    if case.solution_due is None or case.original_due is None:
        return found
    moved = case.solution_due - case.original_due
    if moved and await cases.last_of(uow, case.community_id, case.number, _SETS_A_DATE):
        kept = ("solution_due", "original_due", "due_on", "clock_from", "nudged")
        return found | {name: getattr(case, name) for name in kept}
    return found | {name: hold.later(found[name], moved) for name in _PAUSING}


def after_move(community: Community, before: Case, after: Case, now: datetime) -> Case:
    """Return the case with the clock of its new status running; one that stood goes on."""
    after = _settled(before, after)
    clock = community.clock_of(after.category, urgent=after.urgent)
    if before.status in CLOCK_STANDS and after.status not in CLOCK_STANDS:
        return _goes_on(clock, after, now)
    if (after.status, after.audience) == (before.status, before.audience):
        return after
    if after.status in TO_TAKE:
        after = replace(after, claim_due=clock.claim_due(now))
    elif after.status in TO_DISPATCH:
        after = replace(after, dispatch_due=clock.dispatch_due(now))
    elif after.status in TO_SUPERVISE:
        until = community.calendar.end_of_working_day(now, _LEAST_FOR_AN_ANSWER)
        after = replace(after, dispatch_due=until)
    if after.round > before.round:
        left = (clock.solution_due(now) - now) / _SHORTER
        after = replace(after, solution_due=now + left, clock_from=now, nudged=0)
    return after


def _goes_on(clock: Clock, case: Case, now: datetime) -> Case:
    """Return the case that others were waited for: what was left of its limits is left now."""
    if case.held_at is None:
        return case
    stood = case.held_at, now
    return replace(
        hold.resumed(case, now),
        dispatch_due=clock.resumed("dispatch", case.dispatch_due, *stood),
        claim_due=clock.resumed("claim", case.claim_due, *stood),
    )


def _settled(before: Case, after: Case) -> Case:
    """Return the case without what was settled with a handler, or a status, that is gone."""
    if after.handler_id != before.handler_id:
        promise = before.promise_at if after.level == STREET and has_risen(before, after) else None
        after = replace(after, promise_at=promise, arrived_at=None, asked=None)
    if before.status in IN_HAND and after.status not in IN_HAND:
        after = replace(after, asked=None)
    return after


def plan(uow: UnitOfWork, community: Community, before: Case | None, after: Case) -> None:
    """Plan all that the clock has to do about a case, and cancel what it no longer has to."""
    for one in (overdue, waiting, contact, update):
        one.plan(uow, community, before, after)
    if before is not None:
        _plan_claim(uow, before, after)


def _plan_claim(uow: UnitOfWork, before: Case, after: Case) -> None:
    """Plan what happens when nobody takes the case.

    The occurrence is the version at which it was offered, so each offer has its own limit.
    """
    if before.status in TO_TAKE:
        due.cancel(uow, before.community_id, CLAIM_LIMIT, str(before.number))
    if after.status in TO_TAKE and after.claim_due is not None:
        row = Due(
            after.community_id,
            CLAIM_LIMIT,
            str(after.number),
            str(after.version),
            after.claim_due,
        )
        due.plan_new(uow, row)
