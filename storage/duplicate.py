"""Cases that may be about the same thing: the same place and category, or the same picture."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, select

from bot.domain.case_record import Case
from storage.tables import attachments, cases
from storage.unit_of_work import UnitOfWork

NOBODY = 0  # no person has this id
_KNOWN = ("number", "category", "status", "reporter_id", "reported_at")
_OPEN_SINCE = (
    (cases.c.community_id == bindparam("community"))
    & cases.c.status.in_(bindparam("statuses", expanding=True))
    & (cases.c.reported_at >= bindparam("since"))
    & (cases.c.reporter_id != bindparam("person"))
)
_AT = (
    select(*(cases.c[name] for name in (*_KNOWN, "place_key")))
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.place_key.in_(bindparam("places", expanding=True)),
        cases.c.reported_at >= bindparam("since"),
    )
    .order_by(cases.c.number.desc())
)
_SAME_PICTURE = (
    select(cases.c.number)
    .where(
        _OPEN_SINCE,
        cases.c.number.in_(  # first the pictures: few are the same
            select(attachments.c.case_number).where(
                attachments.c.community_id == bindparam("community"),
                attachments.c.file_unique_id.in_(bindparam("pictures", expanding=True)),
            )
        ),
    )
    .order_by(cases.c.number.desc())
    .limit(bindparam("most", type_=Integer))
)


@dataclass(frozen=True, slots=True)
class Known:
    """As much of a case as is needed to say whether another one is like it."""

    number: int
    category: str
    status: str
    reporter_id: int
    reported_at: datetime


async def load(
    uow: UnitOfWork, community_id: int, places: Collection[str], since: datetime
) -> None:
    """Read what was reported at `places` since then (UTC) into the unit of work, at once.

    For a whole batch, before its first report is written: a read afterwards would have to write
    first what was gathered.
    """
    wanted = [one for one in places if ("alike", community_id, one) not in uow.cache]
    if not wanted:
        return
    uow.cache.update({("alike", community_id, one): () for one in wanted})
    values = {"community": community_id, "places": wanted, "since": since}
    for row in await uow.read(_AT, values):
        known = Known(**{name: getattr(row, name) for name in _KNOWN})
        uow.cache["alike", community_id, row.place_key] += (known,)


def remember(uow: UnitOfWork, case: Case) -> None:
    """Add a case that was just reported to what was read."""
    key = ("alike", case.community_id, case.place_key)
    if key in uow.cache:
        known = Known(
            case.number, case.category, case.status.value, case.reporter_id, case.reported_at
        )
        uow.cache[key] = (known, *uow.cache[key])


def forget(uow: UnitOfWork, case: Case) -> None:
    """Read anew, when it is needed, what a case that has moved is like."""
    uow.cache.pop(("alike", case.community_id, case.place_key), None)


async def alike(
    uow: UnitOfWork,
    community_id: int,
    person_id: int,
    *,
    place: str,
    kind: str,
    statuses: Collection[str],
    since: datetime,
    most: int,
) -> list[int]:
    """Return the numbers of cases in `statuses` with this place and category, newest first.

    Those that the person has reported are left out; NOBODY has reported none. `since` (UTC) is
    when they were reported at the earliest.
    """
    await load(uow, community_id, [place], since)
    found: tuple[Known, ...] = uow.cache["alike", community_id, place]
    return [
        one.number
        for one in found
        if one.category == kind
        and one.status in statuses
        and one.reporter_id != person_id
        and one.reported_at >= since
    ][:most]


async def with_picture(
    uow: UnitOfWork,
    community_id: int,
    person_id: int,
    *,
    pictures: Collection[str],
    statuses: Collection[str],
    since: datetime,
    most: int,
) -> list[int]:
    """Return the numbers of others' cases with one of `pictures` (unique ids), newest first."""
    values = {
        "community": community_id,
        "person": person_id,
        "pictures": list(pictures),
        "statuses": list(statuses),
        "since": since,
        "most": most,
    }
    return [row.number for row in await uow.read(_SAME_PICTURE, values)]
