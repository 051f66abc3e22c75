"""Cases, their history and what was sent along with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.domain.case_record import Case
from bot.domain.picture import CHECKED, WAITING
from storage import key as keys
from storage.case_row import SEALED, case_of, sealed
from storage.roll_up import touch
from storage.tables import attachments, case_history, cases
from storage.unit_of_work import UnitOfWork

_HERE = cases.c.community_id == bindparam("community")
_ONE = SEALED.where(_HERE, cases.c.number == bindparam("wanted"))
_ADD = insert(cases)
_FIXED = {"community_id", "number", "reporter_id", "reported_at"}
_CHANGING = [*(one.name for one in fields(Case) if one.name not in _FIXED), "due_at"]
_SAVE = (
    update(cases)
    .where(_HERE, cases.c.number == bindparam("wanted"), cases.c.version == bindparam("seen"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_OF_REPORTER = (
    SEALED.where(_HERE, cases.c.reporter_id == bindparam("person"))
    .order_by(cases.c.number.desc())
    .limit(bindparam("most"))
)
_UNFINISHED = (
    SEALED.where(
        _HERE,
        cases.c.status.in_(bindparam("statuses", expanding=True)),
        cases.c.closed_at.is_(None),
    )
    .order_by(cases.c.number)
    .limit(bindparam("most"))
)
_OPEN_OF = (
    select(cases.c.handler_id, func.count().label("work"))
    .where(
        _HERE,
        cases.c.handler_id.is_not(None),  # as the partial index says it
        cases.c.handler_id.in_(bindparam("people", expanding=True)),
        cases.c.status.in_(bindparam("statuses", expanding=True)),
        cases.c.closed_at.is_(None),
    )
    .group_by(cases.c.handler_id)
)
_REPORTED = select(func.count()).where(_HERE, cases.c.reported_at >= bindparam("since"))
_CLOSED = select(func.count()).where(
    _HERE, cases.c.status == bindparam("as_status"), cases.c.closed_at >= bindparam("since")
)
_COUNT_IN = select(func.count()).where(
    _HERE,
    cases.c.status.in_(bindparam("statuses", expanding=True)),
    cases.c.closed_at.is_(None),
)
_SOME = SEALED.where(_HERE, cases.c.number.in_(bindparam("numbers", expanding=True)))
_NOTE = insert(case_history)
_ATTACH = insert(attachments)
_ATTACHED = (
    select(attachments)
    .where(
        attachments.c.community_id == bindparam("community"),
        attachments.c.case_number == bindparam("wanted"),
    )
    .order_by(attachments.c.at, attachments.c.file_unique_id)
)
_MERGED_INTO = (
    select(cases.c.number)
    .where(_HERE, cases.c.master == bindparam("master"))
    .order_by(cases.c.number)
)
_DETACH = delete(attachments).where(
    attachments.c.community_id == bindparam("community"),
    attachments.c.case_number == bindparam("wanted"),
    attachments.c.remark_id == bindparam("remark"),
)
_OF_IT = (
    case_history.c.community_id == bindparam("community"),
    case_history.c.case_number == bindparam("wanted"),
)
_HISTORY = select(case_history).where(*_OF_IT).order_by(case_history.c.version)
_LAST = (
    select(case_history)
    .where(*_OF_IT, case_history.c.move.in_(bindparam("moves", expanding=True)))
    .order_by(case_history.c.version.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a case's history; never edited."""

    version: int
    move: str
    from_status: str | None
    to_status: str
    person_id: int | None
    role: str
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture (later: voice, film, paper) of a case, before or after the work."""

    stage: str
    kind: str
    file_id: str
    file_unique_id: str
    person_id: int
    remark_id: int | None = None  # the supplement that it came with
    message_id: int | None = None  # in the private chat of who sent it
    state: str | None = None  # waiting, clean, paper, refused; None when it needs no check
    wanted: Sequence[int] | None = None  # whom it is shown to as soon as it is clean
    seconds: int | None = None  # how long a voice message is


# dataclasses.asdict copies deeply, which took a tenth of a report's time.
_ENTRY = tuple(field.name for field in fields(Entry))
_ATTACHMENT = tuple(field.name for field in fields(Attachment))


def _entry(row: Row[Any]) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _ENTRY})


async def find(uow: UnitOfWork, community_id: int, number: int) -> Case | None:
    """Return the case with this number."""
    key = ("case", community_id, number)
    if key not in uow.cache:
        row = await uow.first(_ONE, {"community": community_id, "wanted": number})
        uow.cache[key] = None if row is None else case_of(uow, row)
    found: Case | None = uow.cache[key]
    return found


async def load(uow: UnitOfWork, community_id: int, numbers: Collection[int]) -> None:
    """Read the cases with these numbers into the unit of work, in one query."""
    wanted = [one for one in numbers if ("case", community_id, one) not in uow.cache]
    if wanted:
        rows = await uow.read(_SOME, {"community": community_id, "numbers": wanted})
        uow.cache |= {("case", community_id, row.number): case_of(uow, row) for row in rows}


def add(uow: UnitOfWork, case: Case) -> None:
    """Add a case."""
    uow.write(_ADD, sealed(uow, case))
    touch(uow, case.community_id, case.number, new=True)
    uow.cache["case", case.community_id, case.number] = case
    uow.cache["attached", case.community_id, case.number] = ()


async def save(uow: UnitOfWork, case: Case, seen: int) -> bool:
    """Write the case unless its version is no longer `seen`; say whether it was written."""
    if case.door is not None:
        await keys.of(uow, case.community_id, [case.reporter_id])
    values = {
        f"new_{name}": value for name, value in sealed(uow, case).items() if name in _CHANGING
    }
    values |= {"community": case.community_id, "wanted": case.number, "seen": seen}
    written = await uow.write_now(_SAVE, values) == 1
    touch(uow, case.community_id, case.number)
    uow.cache["case", case.community_id, case.number] = case if written else None
    return written


def note(uow: UnitOfWork, case: Case, entry: Entry) -> None:
    """Append to the history of the case."""
    uow.write(
        _NOTE,
        {
            **{name: getattr(entry, name) for name in _ENTRY},
            "community_id": case.community_id,
            "case_number": case.number,
            "update_id": uow.cause,
        },
    )


def attach(uow: UnitOfWork, case: Case, one: Attachment) -> None:
    """Keep a picture with the case; a file that may be one is to be looked into first."""
    one = replace(one, state=WAITING if one.kind in CHECKED else None, wanted=None)
    uow.pictures_planned = uow.pictures_planned or one.state is not None
    uow.write(
        _ATTACH,
        {
            **{name: getattr(one, name) for name in _ATTACHMENT},
            "community_id": case.community_id,
            "case_number": case.number,
            "at": uow.now,
            "check_at": uow.now if one.state else None,
        },
    )
    key = ("attached", case.community_id, case.number)
    if key in uow.cache:
        uow.cache[key] += (one,)


async def attached(uow: UnitOfWork, community_id: int, number: int) -> tuple[Attachment, ...]:
    """Return the pictures of the case in the order in which they came."""
    key = ("attached", community_id, number)
    if key not in uow.cache:
        rows = await uow.read(_ATTACHED, {"community": community_id, "wanted": number})
        uow.cache[key] = tuple(
            Attachment(**{name: getattr(row, name) for name in _ATTACHMENT}) for row in rows
        )
    found: tuple[Attachment, ...] = uow.cache[key]
    return found


async def merged_into(uow: UnitOfWork, community_id: int, number: int) -> list[int]:
    """Return the numbers of the cases that were merged into this one."""
    values = {"community": community_id, "master": number}
    return [row.number for row in await uow.read(_MERGED_INTO, values)]


async def detach(uow: UnitOfWork, case: Case, remark_id: int) -> None:
    """Take what came with a supplement out of the case."""
    key = (case.community_id, case.number)
    left = [one for one in await attached(uow, *key) if one.remark_id != remark_id]
    uow.write(_DETACH, {"community": key[0], "wanted": key[1], "remark": remark_id})
    uow.cache["attached", *key] = tuple(left)


async def history(uow: UnitOfWork, community_id: int, number: int) -> list[Entry]:
    """Return the history of the case, oldest first."""
    rows = await uow.read(_HISTORY, {"community": community_id, "wanted": number})
    return [_entry(row) for row in rows]


async def last_of(
    uow: UnitOfWork, community_id: int, number: int, moves: Collection[str]
) -> Entry | None:
    """Return the newest entry of the case's history that is one of `moves`, or None."""
    values = {"community": community_id, "wanted": number, "moves": list(moves)}
    row = await uow.first(_LAST, values)
    return None if row is None else _entry(row)


async def reported_by(
    uow: UnitOfWork, community_id: int, person_id: int, most: int = 200
) -> list[Case]:
    """Return the cases that the person has reported, newest first."""
    values = {"community": community_id, "person": person_id, "most": most}
    return [case_of(uow, row) for row in await uow.read(_OF_REPORTER, values)]


async def in_status(
    uow: UnitOfWork, community_id: int, statuses: Collection[str], most: int = 200
) -> list[Case]:
    """Return the cases in `statuses`, none of them closed, oldest first."""
    values = {"community": community_id, "statuses": list(statuses), "most": most}
    return [case_of(uow, row) for row in await uow.read(_UNFINISHED, values)]


async def open_work(
    uow: UnitOfWork, community_id: int, people: Sequence[int], statuses: Collection[str]
) -> dict[int, int]:
    """Return how many cases in `statuses`, none of them closed, each of `people` has."""
    values = {"community": community_id, "people": list(people), "statuses": list(statuses)}
    return {row.handler_id: row.work for row in await uow.read(_OPEN_OF, values)}


async def count_reported(uow: UnitOfWork, community_id: int, since: datetime) -> int:
    """Return how many cases were reported since the instant (UTC)."""
    return await _count(uow, _REPORTED, community=community_id, since=since)


async def count_closed(uow: UnitOfWork, community_id: int, status: str, since: datetime) -> int:
    """Return how many cases were closed as `status` since the instant (UTC)."""
    return await _count(uow, _CLOSED, community=community_id, as_status=status, since=since)


async def count_in(uow: UnitOfWork, community_id: int, statuses: Collection[str]) -> int:
    """Return how many cases are in one of `statuses`, none of them closed."""
    return await _count(uow, _COUNT_IN, community=community_id, statuses=list(statuses))


async def _count(uow: UnitOfWork, query: Any, **values: Any) -> int:
    row = await uow.first(query, values)
    return 0 if row is None else int(row[0])
