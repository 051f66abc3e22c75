"""A case as it stands in its row, and back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, and_, select

from bot.domain.case import Status
from bot.domain.case_record import Case
from storage import key
from storage.tables import cases, keys
from storage.unit_of_work import UnitOfWork

# dataclasses.asdict copies deeply, which took a tenth of a report's time.
_FIELDS = tuple(field.name for field in fields(Case))
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # behind every date, on every database


KEY_OF_REPORTER = and_(
    keys.c.community_id == cases.c.community_id, keys.c.person_id == cases.c.reporter_id
)
SEALED = select(cases, keys.c.wrapped).outerjoin_from(cases, keys, KEY_OF_REPORTER)


def case_of(uow: UnitOfWork, row: Row[Any]) -> Case:
    """Return the case that stands in the row, one of those that `SEALED` gives."""
    return case_from(uow, row._asdict())


def case_from(uow: UnitOfWork, held: Mapping[str, Any]) -> Case:
    """Return the case that has these values in its row, and the key of who reported it."""
    known = {name: held[name] for name in _FIELDS}
    whose = held["community_id"], held["reporter_id"]
    known["door"] = door_of(uow, whose, held["number"], held["door"], held["wrapped"])
    known["status"] = Status(known["status"])
    known["came_from"] = tuple(Status(one) for one in (known["came_from"] or "").split())
    return Case(**known)


def door_of(
    uow: UnitOfWork, whose: tuple[int, int], number: int, door: str | None, wrapped: str | None
) -> str | None:
    """Return the door of a case as it is read; `whose` key it is sealed with, of which community.

    None when there is none, and when whoever reported it was erased.
    """
    key.remember(uow, *whose, wrapped)
    if door is None:
        return None
    mine = key.at_hand(uow, *whose)
    return None if mine is None else mine.open(_row(whose[0], number), door)


def sealed(uow: UnitOfWork, case: Case) -> dict[str, Any]:
    """Return the values of the case's row as they are kept.

    Raises LookupError for a door when whoever reported it was not read in this unit of work.
    """
    values = values_of(case)
    if case.door is not None:
        mine = key.at_hand(uow, case.community_id, case.reporter_id)
        row = _row(case.community_id, case.number)
        values["door"] = None if mine is None else mine.seal(row, case.door)
    return values


def _row(community_id: int, number: int) -> str:
    return f"cases.door/{community_id}/{number}"


def values_of(case: Case) -> dict[str, Any]:
    """Return the values of the case's row; beside its own when it is due, by which lists go.

    The door is not sealed yet.
    """
    held = {name: getattr(case, name) for name in _FIELDS}
    return {
        **held,
        "status": case.status.value,
        "came_from": " ".join(case.came_from) or None,
        "due_at": (case.due or NEVER) if case.closed_at is None else None,
    }
