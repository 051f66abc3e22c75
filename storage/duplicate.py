"""Cases that may be about the same thing: the same place and category, or the same picture."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Integer, bindparam, select

from storage.tables import attachments, cases
from storage.unit_of_work import UnitOfWork

NOBODY = 0  # no person has this id
_OPEN_SINCE = (
    (cases.c.community_id == bindparam("community"))
    & cases.c.status.in_(bindparam("statuses", expanding=True))
    & (cases.c.reported_at >= bindparam("since"))
    & (cases.c.reporter_id != bindparam("person"))
)
_ALIKE = (
    select(cases.c.number)
    .where(
        _OPEN_SINCE,
        cases.c.place_key == bindparam("place"),
        cases.c.category == bindparam("kind"),
    )
    .order_by(cases.c.number.desc())
    .limit(bindparam("most", type_=Integer))
)
_SAME_PICTURE = (
    select(cases.c.number)
    .join_from(
        cases,
        attachments,
        (attachments.c.community_id == cases.c.community_id)
        & (attachments.c.case_number == cases.c.number),
    )
    .where(_OPEN_SINCE, attachments.c.file_unique_id.in_(bindparam("pictures", expanding=True)))
    .order_by(cases.c.number.desc())
    .limit(bindparam("most", type_=Integer))
    .distinct()
)


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
    values = {
        "community": community_id,
        "person": person_id,
        "place": place,
        "kind": kind,
        "statuses": list(statuses),
        "since": since,
        "most": most,
    }
    return [row.number for row in await uow.read(_ALIKE, values)]


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
