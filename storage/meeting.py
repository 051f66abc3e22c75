"""Meetings, and each person's part in one: invited, answered, came."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, insert, select, update

from bot.domain.meeting import Answer, Invitation, Meeting, MeetingStatus
from storage.tables import invitations, meetings
from storage.unit_of_work import UnitOfWork

_HERE = meetings.c.community_id == bindparam("community")
_IN_STATUS = meetings.c.status.in_(bindparam("statuses", expanding=True))
_ADD = insert(meetings)
_ONE = select(meetings).where(_HERE, meetings.c.id == bindparam("wanted"))
_PLANNED = select(meetings).where(
    _HERE,
    meetings.c.series == bindparam("of_series"),
    meetings.c.occurrence == bindparam("on"),
)
_NEXT = (
    select(meetings)
    .where(_HERE, _IN_STATUS)
    .order_by(meetings.c.starts_at, meetings.c.id)
    .limit(bindparam("most", type_=Integer))
)
_LATEST = (
    select(meetings)
    .where(_HERE, _IN_STATUS)
    .order_by(meetings.c.starts_at.desc(), meetings.c.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_CHANGED = ("status", "version", "name", "place", "starts_at", "minutes", "secretary",
            "note", "held_on", "drafted_at", "published_at")  # fmt: skip
_CHANGE = (
    update(meetings)
    .where(_HERE, meetings.c.id == bindparam("wanted"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
)

_THERE = invitations.c.community_id == bindparam("community")
_OF_MEETING = (
    select(invitations)
    .where(_THERE, invitations.c.meeting_id == bindparam("meeting"))
    .order_by(invitations.c.person_id)
)
_OF_PERSON = select(invitations).where(
    _THERE,
    invitations.c.meeting_id == bindparam("meeting"),
    invitations.c.person_id == bindparam("person"),
)
_CAME_LATELY = (
    select(invitations.c.person_id)
    .join_from(
        invitations,
        meetings,
        (meetings.c.community_id == invitations.c.community_id)
        & (meetings.c.id == invitations.c.meeting_id),
    )
    .where(
        _THERE,
        meetings.c.series == bindparam("of_series"),
        meetings.c.starts_at >= bindparam("since"),
        invitations.c.came_at.is_not(None),
    )
    .distinct()
    .order_by(invitations.c.person_id)
)
_INVITE = insert(invitations)
_PART = ("invited", "answer", "words", "came_at", "came_by", "reviewed_at", "objection")
_CHANGE_PART = (
    update(invitations)
    .where(
        _THERE,
        invitations.c.meeting_id == bindparam("meeting"),
        invitations.c.person_id == bindparam("person"),
    )
    .values({name: bindparam(f"new_{name}") for name in _PART})
)


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(**{**row._asdict(), "status": MeetingStatus(row.status)})


def _invitation(row: Row[Any]) -> Invitation:
    answer = Answer(row.answer) if row.answer else None
    return Invitation(**{**row._asdict(), "answer": answer})


def add(uow: UnitOfWork, one: Meeting) -> Meeting:
    """Add one; return it."""
    uow.write(_ADD, asdict(one))
    return one


def change(uow: UnitOfWork, one: Meeting) -> Meeting:
    """Write how it stands now; return it."""
    held = asdict(one)
    values = {f"new_{name}": held[name] for name in _CHANGED}
    uow.write(_CHANGE, {"community": one.community_id, "wanted": one.id, **values})
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Meeting | None:
    """Return the meeting with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _meeting(row)


async def planned(
    uow: UnitOfWork, community_id: int, series: str, occurrence: str
) -> Meeting | None:
    """Return the meeting of a series that is planned for a local date (ISO)."""
    values = {"community": community_id, "of_series": series, "on": occurrence}
    row = await uow.first(_PLANNED, values)
    return None if row is None else _meeting(row)


async def in_status(
    uow: UnitOfWork, community_id: int, statuses: Collection[MeetingStatus], most: int = 99
) -> list[Meeting]:
    """Return meetings as they stand, the earliest first."""
    return [_meeting(row) for row in await uow.read(_NEXT, _asked(community_id, statuses, most))]


async def latest(
    uow: UnitOfWork, community_id: int, statuses: Collection[MeetingStatus], most: int
) -> list[Meeting]:
    """Return meetings as they stand, the latest first."""
    return [_meeting(row) for row in await uow.read(_LATEST, _asked(community_id, statuses, most))]


def _asked(community_id: int, statuses: Collection[MeetingStatus], most: int) -> dict[str, Any]:
    return {"community": community_id, "statuses": [one.value for one in statuses], "most": most}


# --- each person's part -----------------------------------------------------------------


async def invited(uow: UnitOfWork, community_id: int, meeting_id: int) -> list[Invitation]:
    """Return everybody's part in a meeting, in the order in which they joined."""
    values = {"community": community_id, "meeting": meeting_id}
    return [_invitation(row) for row in await uow.read(_OF_MEETING, values)]


async def part(
    uow: UnitOfWork, community_id: int, meeting_id: int, person_id: int
) -> Invitation | None:
    """Return one person's part in a meeting, None when there is none."""
    values = {"community": community_id, "meeting": meeting_id, "person": person_id}
    row = await uow.first(_OF_PERSON, values)
    return None if row is None else _invitation(row)


async def came_lately(
    uow: UnitOfWork, community_id: int, series: str, since: datetime
) -> list[int]:
    """Return who came to a meeting of the series since then (UTC)."""
    values = {"community": community_id, "of_series": series, "since": since}
    return [int(row.person_id) for row in await uow.read(_CAME_LATELY, values)]


def add_part(uow: UnitOfWork, one: Invitation) -> Invitation:
    """Add somebody's part in a meeting, known to be new; return it."""
    uow.write(_INVITE, asdict(one))
    return one


def change_part(uow: UnitOfWork, one: Invitation) -> Invitation:
    """Write somebody's part in a meeting; return it."""
    held = asdict(one)
    values = {f"new_{name}": held[name] for name in _PART}
    keys = {"community": one.community_id, "meeting": one.meeting_id, "person": one.person_id}
    uow.write(_CHANGE_PART, {**keys, **values})
    return one
