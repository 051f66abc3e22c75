"""Who was asked, and who took part: no instants of answers, and no order."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, delete, func, insert, select, update

from bot.domain.survey_guest import Guest
from storage.tables import survey_guests
from storage.unit_of_work import UnitOfWork

_OF = (survey_guests.c.community_id == bindparam("community")) & (
    survey_guests.c.survey_id == bindparam("survey")
)
_ADD = insert(survey_guests)
_ONE = select(survey_guests).where(_OF, survey_guests.c.person_id == bindparam("person"))
_CHANGE = (
    update(survey_guests)
    .where(_OF, survey_guests.c.person_id == bindparam("person"))
    .values(status=bindparam("to"), asked_at=bindparam("at"), asked_times=bindparam("times"))
)
_IN_STATUS = (
    select(survey_guests)
    .where(
        _OF,
        survey_guests.c.status == bindparam("wanted"),
        survey_guests.c.person_id > bindparam("after"),
    )
    .order_by(survey_guests.c.person_id)
    .limit(bindparam("most", type_=Integer))
)
_BEHIND = (
    select(survey_guests)
    .where(_OF, survey_guests.c.person_id > bindparam("after"))
    .order_by(survey_guests.c.person_id)
    .limit(bindparam("most", type_=Integer))
)
_COUNTS = (
    select(survey_guests.c.building, survey_guests.c.status, func.count().label("n"))
    .where(_OF)
    .group_by(survey_guests.c.building, survey_guests.c.status)
    .order_by(survey_guests.c.building, survey_guests.c.status)
)
_LAST_ASKED = select(func.max(survey_guests.c.asked_at).label("at")).where(
    survey_guests.c.community_id == bindparam("community"),
    survey_guests.c.person_id == bindparam("person"),
)
_ALL = select(survey_guests).where(_OF).order_by(survey_guests.c.person_id)
_TAKE_OUT = delete(survey_guests).where(_OF)


def _guest(row: Row[Any]) -> Guest:
    return Guest(**row._asdict())


def add(uow: UnitOfWork, one: Guest) -> None:
    """Add one."""
    uow.write(_ADD, asdict(one))


def change(uow: UnitOfWork, one: Guest) -> Guest:
    """Write how one stands; return it."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "survey": one.survey_id,
            "person": one.person_id,
            "to": one.status,
            "at": one.asked_at,
            "times": one.asked_times,
        },
    )
    return one


async def find(uow: UnitOfWork, community_id: int, survey_id: int, person_id: int) -> Guest | None:
    """Return how the person stands to the survey, None when they are not meant."""
    values = {"community": community_id, "survey": survey_id, "person": person_id}
    row = await uow.first(_ONE, values)
    return None if row is None else _guest(row)


async def in_status(
    uow: UnitOfWork, community_id: int, survey_id: int, status: str, after: int, most: int
) -> list[Guest]:
    """Return up to `most` of them in a status, behind the person `after`."""
    values = {
        "community": community_id,
        "survey": survey_id,
        "wanted": status,
        "after": after,
        "most": most,
    }
    return [_guest(row) for row in await uow.read(_IN_STATUS, values)]


async def behind(
    uow: UnitOfWork, community_id: int, survey_id: int, after: int, most: int
) -> list[Guest]:
    """Return up to `most` of them, however they stand, behind the person `after`."""
    values = {"community": community_id, "survey": survey_id, "after": after, "most": most}
    return [_guest(row) for row in await uow.read(_BEHIND, values)]


async def counts(uow: UnitOfWork, community_id: int, survey_id: int) -> dict[tuple[str, str], int]:
    """Return how many there are, by building and status."""
    values = {"community": community_id, "survey": survey_id}
    return {(row.building, row.status): row.n for row in await uow.read(_COUNTS, values)}


async def last_asked(uow: UnitOfWork, community_id: int, person_id: int) -> datetime | None:
    """Return when (UTC) the person was asked last by any survey."""
    values = {"community": community_id, "person": person_id}
    row = await uow.first(_LAST_ASKED, values)
    found: datetime | None = None if row is None else row.at
    return found


async def write_anew(uow: UnitOfWork, community_id: int, survey_id: int) -> None:
    """Write all of them again, by person: nothing tells any more who was written last."""
    values = {"community": community_id, "survey": survey_id}
    held = [_guest(row) for row in await uow.read(_ALL, values)]
    await uow.write_now(_TAKE_OUT, values)
    for one in held:
        add(uow, one)
