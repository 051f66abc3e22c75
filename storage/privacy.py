"""What is kept of somebody, in numbers; who has looked at it; what they still have in hand."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.domain.action_item import ActionStatus
from bot.domain.person import Person
from bot.domain.shift import EXPECTED
from storage.tables import (
    action_items,
    attachments,
    audit,
    callbacks,
    cases,
    duties,
    meetings,
    outbox,
    people,
    remarks,
    residences,
    rosters,
    shifts,
    survey_papers,
)
from storage.unit_of_work import UnitOfWork

_GOES = sorted(one.value for one in EXPECTED)


def _in(who: Person, table: Any, *more: ColumnElement[bool]) -> Select[Any]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.community_id == who.community_id, *more)
    )


async def counts(uow: UnitOfWork, who: Person) -> dict[str, int]:
    """Return how much of what is kept of the person in their community."""
    asked = {
        "homes": _in(who, residences, residences.c.person_id == who.id),
        "cases": _in(who, cases, cases.c.reporter_id == who.id),
        "photos": _in(who, attachments, attachments.c.person_id == who.id),
        "remarks": _in(who, remarks, remarks.c.person_id == who.id),
        "answers": _in(
            who, callbacks, callbacks.c.person_id == who.id, callbacks.c.solved.is_not(None)
        ),
        "papers": _in(who, survey_papers, survey_papers.c.person_id == who.id),
        "letters": _in(who, outbox, outbox.c.chat_id == who.telegram_id),
    }
    return {name: await _number(uow, query) for name, query in asked.items()}


async def in_hand(uow: UnitOfWork, who: Person) -> dict[str, int]:
    """Return what somebody else has to take over before the person can go, where there is any."""
    duty = duties.join(
        shifts,
        (shifts.c.community_id == duties.c.community_id) & (shifts.c.id == duties.c.shift_id),
    )
    asked = {
        "cases": _in(who, cases, cases.c.handler_id == who.id, cases.c.closed_at.is_(None)),
        "shifts": select(func.count())
        .select_from(duty)
        .where(
            duties.c.community_id == who.community_id,
            duties.c.person_id == who.id,
            duties.c.status.in_(_GOES),
            shifts.c.ends > uow.now,
        ),
        "rosters": _in(who, rosters, rosters.c.leader_id == who.id, rosters.c.ended_at.is_(None)),
        "actions": _in(
            who,
            action_items,
            action_items.c.owner_id == who.id,
            action_items.c.status == ActionStatus.OPEN.value,
        ),
        "meetings": _in(
            who, meetings, meetings.c.secretary == who.telegram_id, meetings.c.starts_at > uow.now
        ),
    }
    found = {name: await _number(uow, query) for name, query in asked.items()}
    return {name: n for name, n in found.items() if n}


async def _number(uow: UnitOfWork, query: Select[Any]) -> int:
    return int((await uow.read(query))[0][0])


async def looks(
    uow: UnitOfWork, who: Person, whats: Collection[str], most: int
) -> list[tuple[int | None, str, str, datetime]]:
    """Return who looked at what is guarded of the person, the newest first.

    Each is the looker's id, what they did, about what (`case:1127`) and when (UTC).
    """
    query = (
        select(audit.c.person_id, audit.c.what, audit.c.subject, audit.c.at)
        .where(
            audit.c.community_id == who.community_id,
            audit.c.what.in_(tuple(whats)),
            audit.c.facts["person"].as_integer() == who.id,
        )
        .order_by(audit.c.id.desc())
        .limit(most)
    )
    rows = await uow.read(query)
    return [(row.person_id, row.what, row.subject, row.at) for row in rows]


async def last(uow: UnitOfWork, who: Person, what: str, since: datetime) -> datetime | None:
    """Return when (UTC) the person last did `what`, by the audit; None if not since then."""
    query = select(func.max(audit.c.at).label("at")).where(
        audit.c.community_id == who.community_id,
        audit.c.person_id == who.id,
        audit.c.what == what,
        audit.c.at > since,
    )
    found: datetime | None = (await uow.read(query))[0].at
    return found


async def erased_with_words(
    uow: UnitOfWork, community_id: int, nowhere: int, most: int
) -> dict[int, str | None]:
    """Return closed cases of people who were erased that still have words, and their buildings.

    `nowhere` is where numbers of no account begin; who was registered by telephone has not left.
    """
    left = select(people.c.id).where(
        people.c.community_id == community_id,
        people.c.telegram_id >= nowhere,
        people.c.left_at.is_not(None),
    )
    said = [cases.c[one].is_not(None) for one in ("door", "outcome", "place_key")]
    query = (
        select(cases.c.number, cases.c.building)
        .where(
            cases.c.community_id == community_id,
            cases.c.reporter_id.in_(left),
            cases.c.closed_at.is_not(None),
            or_(cases.c.words != "", *said),
        )
        .order_by(cases.c.number)
        .limit(most)
    )
    return {row.number: row.building for row in await uow.read(query)}
