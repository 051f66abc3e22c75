"""Which messages show somebody a survey: known from the letters, or, nameless, while we live.

Of the letters of a nameless paper no row is left, so where the last of them stands is kept in
memory alone; after a restart what shows it is known by its invitation.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.letter import Letter
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

PAPER = "survey.paper"
_KINDS = frozenset({"survey.invite", "survey.declined", PAPER})
_SECRET, _HELD, _MOST = "survey.secret", "nameless cards", 5000
Key = tuple[int, int, int]  # community, survey, chat

_SHOWN = (
    select(outbox.c.chat_id, outbox.c.message_id, outbox.c.kind, outbox.c.facts)
    .where(
        outbox.c.community_id == bindparam("community"),
        outbox.c.chat_id.in_(bindparam("chats", expanding=True)),
        outbox.c.created_at >= bindparam("since"),
        outbox.c.message_id.is_not(None),
    )
    .order_by(outbox.c.id)
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that shows a survey; `facts` are those of a paper with a name, else nothing."""

    chat_id: int
    message_id: int
    facts: dict[str, Any]
    last: bool = True  # of a nameless one: what the person saw last


def note(uow: UnitOfWork, letter: Letter, message_id: int | None) -> None:
    """Keep in memory which message shows a nameless paper, the latest last."""
    if letter.kind != _SECRET or message_id is None:
        return
    held: dict[Key, list[int]] = uow.kept.setdefault(_HELD, {})
    key = letter.community_id, letter.facts["id"], letter.chat_id
    others = [one for one in held.pop(key, []) if one != message_id]
    if len(held) >= _MOST:
        del held[next(iter(held))]
    held[key] = [*others, message_id]


async def shown(
    uow: UnitOfWork, community_id: int, survey_id: int, chats: Collection[int], since: datetime
) -> list[Shown]:
    """Return the messages in private chats that show the survey, with letters since then (UTC)."""
    values = {"community": community_id, "chats": tuple(chats), "since": since}
    newest = {(row.chat_id, row.message_id): row for row in await uow.read(_SHOWN, values)}
    found = {
        at: Shown(*at, row.facts if row.kind == PAPER else {})
        for at, row in newest.items()
        if row.kind in _KINDS and row.facts.get("id") == survey_id
    }
    held: dict[Key, list[int]] = uow.kept.get(_HELD, {})
    for chat in chats:
        ids = held.pop((community_id, survey_id, chat), [])
        if ids:
            found = {at: _older(one) if at[0] == chat else one for at, one in found.items()}
        found |= {(chat, one): Shown(chat, one, {}, last=one == ids[-1]) for one in ids}
    return list(found.values())


def _older(one: Shown) -> Shown:
    return Shown(one.chat_id, one.message_id, one.facts, last=False)
