"""Series of meetings that organizers have made or changed; those of the file stand elsewhere."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.tables import series
from storage.unit_of_work import UnitOfWork

_HERE = series.c.community_id == bindparam("community")
_ALL = select(series).where(_HERE).order_by(series.c.code)
_ADD = insert(series)
_CHANGE = (
    update(series)
    .where(_HERE, series.c.code == bindparam("wanted"))
    .values(
        version=bindparam("next"),
        document=bindparam("held", type_=series.c.document.type),
        changed_by=bindparam("by"),
        changed_at=bindparam("at"),
    )
)


async def all_of(uow: UnitOfWork, community_id: int) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Return version and document of each, by its code."""
    rows = await uow.read(_ALL, {"community": community_id})
    return {row.code: (row.version, row.document) for row in rows}


def add(
    uow: UnitOfWork, community_id: int, code: str, document: Mapping[str, Any], by: int
) -> None:
    """Add one, known to be new here; `document` is JSON."""
    values = {"code": code, "version": 1, "document": dict(document), "changed_by": by}
    uow.write(_ADD, {"community_id": community_id, **values, "changed_at": uow.now})


def change(
    uow: UnitOfWork,
    community_id: int,
    code: str,
    version: int,
    document: Mapping[str, Any],
    by: int,
) -> None:
    """Write how it is from now on."""
    given = {"next": version, "held": dict(document), "by": by, "at": uow.now}
    uow.write(_CHANGE, {"community": community_id, "wanted": code, **given})
