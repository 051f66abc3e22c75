"""Single facts about the database itself, such as whether it was seeded as a demo."""

from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from storage.tables import meta
from storage.unit_of_work import UnitOfWork

_GET = select(meta.c.value).where(meta.c.key == bindparam("name"))
_FORGET = delete(meta).where(meta.c.key == bindparam("name"))
_PUT = insert(meta)
DEMO = "demo"
DRILL = "drill"  # when a backup was last restored to see, which one, and what was wrong
NO_BACKUP = "no backup"  # the day on which the admins were told that none could be made


async def get(uow: UnitOfWork, name: str) -> Any:
    """Return the fact, None when there is none."""
    row = await uow.first(_GET, {"name": name})
    return None if row is None else row.value


async def put(uow: UnitOfWork, name: str, value: Any) -> None:
    """Keep the fact."""
    await uow.write_now(_FORGET, {"name": name})
    uow.write(_PUT, {"key": name, "value": value})
