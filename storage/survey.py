"""Surveys as they were composed; and whom the cases that were closed lately belong to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, insert, select, update

from bot.domain.survey import Status, Survey, Whom
from bot.domain.survey_question import Question
from storage.tables import cases, surveys
from storage.unit_of_work import UnitOfWork

_HERE = surveys.c.community_id == bindparam("community")
_ADD = insert(surveys)
_ONE = select(surveys).where(_HERE, surveys.c.id == bindparam("wanted"))
_LATEST = (
    select(surveys)
    .where(_HERE)
    .order_by(surveys.c.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_CHANGE = (
    update(surveys)
    .where(_HERE, surveys.c.id == bindparam("wanted"))
    .values(status=bindparam("to"), version=bindparam("next"), ends_at=bindparam("until"))
)
_CLOSED = (
    select(cases.c.reporter_id, func.max(cases.c.number).label("number"))
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.closed_at >= bindparam("since"),
        cases.c.closed_at < bindparam("until"),
        cases.c.status.in_(bindparam("statuses", expanding=True)),
    )
    .group_by(cases.c.reporter_id)
    .order_by(cases.c.reporter_id)
)
_CLOSED_IN = _CLOSED.where(cases.c.building.in_(bindparam("buildings", expanding=True)))


def _survey(row: Row[Any]) -> Survey:
    return Survey(
        community_id=row.community_id,
        id=row.id,
        version=row.version,
        title=row.title,
        questions=tuple(Question.read(one) for one in row.questions),
        whom=Whom.read(row.whom),
        anonymous=row.anonymous,
        status=Status(row.status),
        asked_by=row.asked_by,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def add(uow: UnitOfWork, one: Survey) -> Survey:
    """Add one; return it."""
    uow.write(
        _ADD,
        {
            "community_id": one.community_id,
            "id": one.id,
            "version": one.version,
            "title": one.title,
            "questions": [question.stored() for question in one.questions],
            "whom": one.whom.stored(),
            "anonymous": one.anonymous,
            "status": one.status.value,
            "asked_by": one.asked_by,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
        },
    )
    return one


def change(uow: UnitOfWork, one: Survey) -> Survey:
    """Write how it stands and until when it runs; return it."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "wanted": one.id,
            "to": one.status.value,
            "next": one.version,
            "until": one.ends_at,
        },
    )
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Survey | None:
    """Return the survey with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _survey(row)


async def latest(uow: UnitOfWork, community_id: int, most: int = 50) -> list[Survey]:
    """Return the newest surveys."""
    values = {"community": community_id, "most": most}
    return [_survey(row) for row in await uow.read(_LATEST, values)]


async def with_closed_cases(
    uow: UnitOfWork,
    community_id: int,
    statuses: Collection[str],
    since: datetime,
    until: datetime,
    buildings: Collection[str] | None,
) -> dict[int, int]:
    """Return who reported a case closed from `since` to before `until` (UTC), and the last such.

    `buildings` are those in which the cases lie; None: anywhere.
    """
    values = {
        "community": community_id,
        "statuses": tuple(statuses),
        "since": since,
        "until": until,
    }
    if buildings is None:
        rows = await uow.read(_CLOSED, values)
    else:
        rows = await uow.read(_CLOSED_IN, {**values, "buildings": tuple(buildings)})
    return {row.reporter_id: row.number for row in rows}
