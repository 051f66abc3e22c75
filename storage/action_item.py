"""What meetings have decided that somebody does by a day, and who wants to hear of it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.action_item import ActionItem, ActionStatus
from storage.tables import action_items, followers
from storage.unit_of_work import UnitOfWork

_HERE = action_items.c.community_id == bindparam("community")
_ADD = insert(action_items)
_ONE = select(action_items).where(_HERE, action_items.c.id == bindparam("wanted"))
_OF_MEETING = (
    select(action_items)
    .where(_HERE, action_items.c.meeting_id == bindparam("meeting"))
    .order_by(action_items.c.id)
)
_OPEN = (
    select(action_items)
    .where(_HERE, action_items.c.status == ActionStatus.OPEN.value)
    .order_by(action_items.c.until, action_items.c.id)
)
_SINCE = (
    select(action_items)
    .where(
        _HERE,
        action_items.c.until >= bindparam("first"),
        action_items.c.until <= bindparam("last"),
    )
    .order_by(action_items.c.until, action_items.c.id)
)
_CHANGED = ("until", "owner_id", "status", "version", "half", "extensions", "reason",
            "done_at", "done_words", "done_photo")  # fmt: skip
_CHANGE = (
    update(action_items)
    .where(_HERE, action_items.c.id == bindparam("wanted"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
)
_FOLLOW = insert(followers)
_FOLLOWING = (
    select(followers)
    .where(
        followers.c.community_id == bindparam("community"),
        followers.c.action_id == bindparam("action"),
    )
    .order_by(followers.c.person_id)
)
_SAY = (
    update(followers)
    .where(
        followers.c.community_id == bindparam("community"),
        followers.c.action_id == bindparam("action"),
        followers.c.person_id == bindparam("person"),
    )
    .values(said=bindparam("verdict"))
)


def _action(row: Row[Any]) -> ActionItem:
    return ActionItem(**{**row._asdict(), "status": ActionStatus(row.status)})


def add(uow: UnitOfWork, one: ActionItem) -> ActionItem:
    """Add one; return it."""
    uow.write(_ADD, asdict(one))
    return one


def change(uow: UnitOfWork, one: ActionItem) -> ActionItem:
    """Write how it stands now; return it."""
    held = asdict(one)
    values = {f"new_{name}": held[name] for name in _CHANGED}
    uow.write(_CHANGE, {"community": one.community_id, "wanted": one.id, **values})
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> ActionItem | None:
    """Return the one with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _action(row)


async def of_meeting(uow: UnitOfWork, community_id: int, meeting_id: int) -> list[ActionItem]:
    """Return what a meeting has decided, in its order."""
    values = {"community": community_id, "meeting": meeting_id}
    return [_action(row) for row in await uow.read(_OF_MEETING, values)]


async def open_in(uow: UnitOfWork, community_id: int) -> list[ActionItem]:
    """Return what is to be done, what is due first first."""
    return [_action(row) for row in await uow.read(_OPEN, {"community": community_id})]


async def due_between(
    uow: UnitOfWork, community_id: int, first: str, last: str
) -> list[ActionItem]:
    """Return what is to be done by a local date (ISO) of that time."""
    values = {"community": community_id, "first": first, "last": last}
    return [_action(row) for row in await uow.read(_SINCE, values)]


async def followers_of(uow: UnitOfWork, community_id: int, id_: int) -> list[int]:
    """Return who follows it."""
    rows = await uow.read(_FOLLOWING, {"community": community_id, "action": id_})
    return [int(row.person_id) for row in rows]


def follow(uow: UnitOfWork, one: ActionItem, person_id: int) -> None:
    """Let somebody follow it who does not yet."""
    values = {"community_id": one.community_id, "action_id": one.id, "person_id": person_id}
    uow.write(_FOLLOW, {**values, "said": None})


def say(uow: UnitOfWork, one: ActionItem, person_id: int, verdict: str) -> None:
    """Write what a follower says of what was done: good, bad."""
    keys = {"community": one.community_id, "action": one.id, "person": person_id}
    uow.write(_SAY, {**keys, "verdict": verdict})
