"""Which group shows a case, and as whom it looks at one."""

from collections.abc import Sequence

from bot.domain.person import Person
from bot.domain.role import Role
from bot.services.unit_of_work import UnitOfWork
from storage import group as groups
from storage.group import Group

DISPATCH, SUPERVISE, PATROL = "dispatch", "supervise", "patrol"
PURPOSES = {DISPATCH: Role.DISPATCHER, SUPERVISE: Role.SUPERVISOR, PATROL: Role.RESIDENT}
LANGUAGE = "zh_CN"


async def for_purpose(uow: UnitOfWork, community_id: int, purpose: str) -> Group | None:
    """Return the group that serves the purpose."""
    found = (one for one in await groups.bound(uow, community_id) if one.purpose == purpose)
    return next(found, None)


async def in_chat(
    uow: UnitOfWork, community_id: int, chat_id: int, topic: int
) -> tuple[Group, ...]:
    """Return what the chat, or the topic of it, serves: nothing, one purpose or several."""
    known = await groups.bound(uow, community_id)
    return tuple(one for one in known if (one.chat_id, one.topic) == (chat_id, topic))


def viewer(uow: UnitOfWork, serving: Sequence[Group]) -> Person:
    """Return the group as if it were a person: with the roles that its purposes mean."""
    group = serving[0]
    return Person(
        id=0,
        community_id=group.community_id,
        telegram_id=group.chat_id,
        name="",
        language=LANGUAGE,
        home=None,
        joined_at=uow.now,
        blocked_at=None,
        roles=frozenset(PURPOSES[one.purpose] for one in serving),
    )
