"""What waits for somebody's digest, and what they were told lately; see bot/services/digest.py.

Two tables hold it, that of broadcasts and that of surveys: each is read and written alike.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Table, and_, bindparam, literal_column, select, update

from bot.domain.broadcast import Fate, Way
from storage.tables import broadcast_people, broadcasts, survey_letters
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Waiting:
    """What waits for one person: the ids of broadcasts, surveys with the occasion of each."""

    broadcasts: list[int] = field(default_factory=list)
    surveys: list[tuple[int, int]] = field(default_factory=list)


def _told(table: Table) -> Any:
    return select(table.c.person_id, table.c.way, table.c.due_at).where(
        table.c.community_id == bindparam("community"),
        table.c.person_id.in_(bindparam("people", expanding=True)),
        table.c.due_at > bindparam("since"),
        (table.c.way == Way.LETTER.value) | table.c.fate.is_not(None),
    )


_TOLD_OF_BROADCASTS = (
    _told(broadcast_people)
    .join(
        broadcasts,
        and_(
            broadcasts.c.community_id == broadcast_people.c.community_id,
            broadcasts.c.id == broadcast_people.c.broadcast_id,
        ),
    )
    .where(broadcasts.c.urgent.is_(False))
    .order_by(broadcast_people.c.person_id, broadcast_people.c.due_at)
)
_TOLD_OF_SURVEYS = _told(survey_letters).order_by(
    survey_letters.c.person_id, survey_letters.c.due_at
)


def _waits(table: Table) -> Any:
    return (
        (table.c.community_id == bindparam("community"))
        & (table.c.way == literal_column("'digest'"))
        & table.c.fate.is_(None)
    )


def _page(table: Table) -> Any:
    return (
        select(table.c.person_id)
        .where(
            _waits(table),
            table.c.due_at <= bindparam("now"),
            table.c.person_id > bindparam("after"),
        )
        .distinct()
        .order_by(table.c.person_id)
        .limit(bindparam("most", type_=Integer))
    )


def _of_people(table: Table) -> Any:
    return (
        _waits(table)
        & (table.c.due_at <= bindparam("now"))
        & table.c.person_id.in_(bindparam("people", expanding=True))
    )


def _of_person(table: Table) -> Any:
    of_them = table.c.person_id == bindparam("person")
    return _waits(table) & of_them & (table.c.due_at <= bindparam("before"))


_PAGE_OF_BROADCASTS, _PAGE_OF_SURVEYS = _page(broadcast_people), _page(survey_letters)
_BROADCASTS_OF = (
    select(broadcast_people.c.person_id, broadcast_people.c.broadcast_id)
    .where(_of_people(broadcast_people))
    .order_by(broadcast_people.c.person_id, broadcast_people.c.broadcast_id)
)
_SURVEYS_OF = (
    select(survey_letters.c.person_id, survey_letters.c.survey_id, survey_letters.c.occasion)
    .where(_of_people(survey_letters))
    .order_by(survey_letters.c.person_id, survey_letters.c.survey_id, survey_letters.c.occasion)
)
_DIGESTED = tuple(
    update(table).where(_of_person(table)).values(fate=Fate.DELIVERED.value, due_at=bindparam("at"))
    for table in (broadcast_people, survey_letters)
)
_POSTPONE = tuple(
    update(table).where(_of_person(table)).values(due_at=bindparam("at"))
    for table in (broadcast_people, survey_letters)
)


async def told(
    uow: UnitOfWork, community_id: int, people: Collection[int], since: datetime
) -> dict[int, list[tuple[Way, datetime]]]:
    """Return what each of the people was told since then that was no emergency, and when (UTC)."""
    found: dict[int, list[tuple[Way, datetime]]] = {}
    values = {"community": community_id, "people": list(people), "since": since}
    for statement in (_TOLD_OF_BROADCASTS, _TOLD_OF_SURVEYS):
        for row in await uow.read(statement, values):
            found.setdefault(row.person_id, []).append((Way(row.way), row.due_at))
    return found


async def page(uow: UnitOfWork, community_id: int, after: int, most: int) -> dict[int, Waiting]:
    """Return up to `most` people behind the id `after` whose digest is due, with what is in it."""
    values: dict[str, Any] = {"community": community_id, "now": uow.now}
    ids: set[int] = set()
    for statement in (_PAGE_OF_BROADCASTS, _PAGE_OF_SURVEYS):
        rows = await uow.read(statement, {**values, "after": after, "most": most})
        ids.update(row.person_id for row in rows)
    found = {one: Waiting() for one in sorted(ids)[:most]}
    if found:
        of_them = {**values, "people": list(found)}
        for row in await uow.read(_BROADCASTS_OF, of_them):
            found[row.person_id].broadcasts.append(row.broadcast_id)
        for row in await uow.read(_SURVEYS_OF, of_them):
            found[row.person_id].surveys.append((row.survey_id, row.occasion))
    return found


def digested(uow: UnitOfWork, community_id: int, person_id: int) -> None:
    """Note that the person gets now what was due in their digest."""
    values = {"community": community_id, "person": person_id}
    for statement in _DIGESTED:
        uow.write(statement, {**values, "before": uow.now, "at": uow.now})


def postpone(uow: UnitOfWork, community_id: int, person_id: int, until: datetime) -> None:
    """Let what was due in the person's digest wait for a later one."""
    values = {"community": community_id, "person": person_id}
    for statement in _POSTPONE:
        uow.write(statement, {**values, "before": uow.now, "at": until})
