"""The words for homes, as hashes, and who tried a wrong one when."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.domain.residence import HomeWord, Key
from storage.counter import next_number
from storage.tables import home_words, wrong_words
from storage.unit_of_work import UnitOfWork

_HERE = home_words.c.community_id == bindparam("community")
_HOME = (
    home_words.c.building == bindparam("in_building"),
    home_words.c.unit == bindparam("in_unit"),
    home_words.c.number == bindparam("door"),
)
_ADD = insert(home_words)
_LATEST = (
    select(home_words)
    .where(_HERE, *_HOME, home_words.c.ended_at.is_(None))
    .order_by(home_words.c.id.desc())
)
_CHANGE = (
    update(home_words)
    .where(_HERE, home_words.c.id == bindparam("wanted"))
    .values(used=bindparam("uses"), wrong=bindparam("wrongs"), ended_at=bindparam("at"))
)
_WRONG = insert(wrong_words)
_COUNT_WRONG = select(func.count().label("n")).where(
    wrong_words.c.community_id == bindparam("community"),
    wrong_words.c.person_id == bindparam("person"),
    wrong_words.c.at > bindparam("since"),
)


def _word(row: Row[Any]) -> HomeWord:
    return HomeWord(**row._asdict())


def add(uow: UnitOfWork, one: HomeWord) -> None:
    """Add a word."""
    uow.write(_ADD, asdict(one))


async def latest(uow: UnitOfWork, community_id: int, home: Key) -> HomeWord | None:
    """Return the word for the home that no newer one has ended; it may be spent or too old."""
    building, unit, number = home
    values = {"in_building": building, "in_unit": unit, "door": number}
    row = await uow.first(_LATEST, {"community": community_id, **values})
    return None if row is None else _word(row)


def change(uow: UnitOfWork, one: HomeWord) -> None:
    """Write how often it was used and missed, and whether it has ended."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "wanted": one.id,
            "uses": one.used,
            "wrongs": one.wrong,
            "at": one.ended_at,
        },
    )


async def note_wrong(uow: UnitOfWork, community_id: int, person_id: int) -> None:
    """Note that the person has tried a wrong one now."""
    id_ = await next_number(uow, community_id, "wrong_word")
    row = {"community_id": community_id, "id": id_, "person_id": person_id, "at": uow.now}
    uow.write(_WRONG, row)


async def count_wrong(uow: UnitOfWork, community_id: int, person_id: int, since: datetime) -> int:
    """Return how many wrong ones the person has tried after that instant (UTC)."""
    values = {"community": community_id, "person": person_id, "since": since}
    row = await uow.first(_COUNT_WRONG, values)
    return 0 if row is None else int(row.n)
