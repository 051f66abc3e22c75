"""What people are writing and have not filed yet; one open draft per person and noun."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Integer, Row, bindparam, insert, select, update

from bot.domain.draft import Draft
from storage.tables import drafts
from storage.unit_of_work import UnitOfWork

_OPEN = (
    select(drafts)
    .where(
        drafts.c.community_id == bindparam("community"),
        drafts.c.person_id.in_(bindparam("people", expanding=True)),
        drafts.c.status == "open",
    )
    .order_by(drafts.c.id)
)
_ONE = select(drafts).where(
    drafts.c.community_id == bindparam("community"), drafts.c.id == bindparam("draft")
)
_RECENT = (
    select(drafts)
    .where(
        drafts.c.community_id == bindparam("community"),
        drafts.c.person_id == bindparam("person"),
        drafts.c.noun == bindparam("of"),
    )
    .order_by(drafts.c.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_ADD = insert(drafts)
_CHANGE = (
    update(drafts)
    .where(drafts.c.community_id == bindparam("community"), drafts.c.id == bindparam("draft"))
    .values(facts=bindparam("new_facts"), status=bindparam("to"), changed_at=bindparam("at"))
)


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        community_id=row.community_id,
        person_id=row.person_id,
        noun=row.noun,
        facts=row.facts,
        status=row.status,
        started_at=row.started_at,
        changed_at=row.changed_at,
    )


async def load_open(uow: UnitOfWork, community_id: int, people: Collection[int]) -> list[Draft]:
    """Read the open drafts of `people` into the unit of work, in one query; return those read."""
    wanted = [one for one in people if ("drafts of", community_id, one) not in uow.cache]
    if not wanted:
        return []
    values = {"community": community_id, "people": wanted}
    found = [_draft(row) for row in await uow.read(_OPEN, values)]
    uow.cache.update({("drafts of", community_id, one): True for one in wanted})
    uow.cache.update({("draft", community_id, one.person_id, one.noun): one for one in found})
    return found


def begin(uow: UnitOfWork, community_id: int, person_id: int) -> None:
    """Note that the person is new and has no drafts, which saves asking."""
    uow.cache["drafts of", community_id, person_id] = True


async def find_open(uow: UnitOfWork, community_id: int, person_id: int, noun: str) -> Draft | None:
    """Return the open draft of the person, None when there is none."""
    await load_open(uow, community_id, [person_id])
    found: Draft | None = uow.cache.get(("draft", community_id, person_id, noun))
    return found


async def find(uow: UnitOfWork, community_id: int, draft_id: int) -> Draft | None:
    """Return the draft with this id, open or not."""
    row = await uow.first(_ONE, {"community": community_id, "draft": draft_id})
    return None if row is None else _draft(row)


async def recent(
    uow: UnitOfWork, community_id: int, person_id: int, noun: str, most: int
) -> list[Draft]:
    """Return the newest drafts of the person, open or not."""
    values = {"community": community_id, "person": person_id, "of": noun, "most": most}
    return [_draft(row) for row in await uow.read(_RECENT, values)]


def add(uow: UnitOfWork, draft: Draft) -> None:
    """Add an open draft."""
    uow.write(
        _ADD,
        {
            "community_id": draft.community_id,
            "id": draft.id,
            "person_id": draft.person_id,
            "noun": draft.noun,
            "facts": dict(draft.facts),
            "status": draft.status,
            "started_at": draft.started_at,
            "changed_at": draft.changed_at,
        },
    )
    uow.cache["draft", draft.community_id, draft.person_id, draft.noun] = draft


def change(uow: UnitOfWork, draft: Draft) -> Draft:
    """Write the draft's facts and status; return it with the time of the change."""
    changed = replace(draft, changed_at=uow.now)
    uow.write(
        _CHANGE,
        {
            "community": draft.community_id,
            "draft": draft.id,
            "new_facts": dict(draft.facts),
            "to": draft.status,
            "at": uow.now,
        },
    )
    key = ("draft", draft.community_id, draft.person_id, draft.noun)
    held: Draft | None = uow.cache.get(key)
    if draft.status == "open":
        uow.cache[key] = changed
    elif held is not None and held.id == draft.id:  # another one may be open meanwhile
        uow.cache[key] = None
    return changed
