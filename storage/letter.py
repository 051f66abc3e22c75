"""Writes letters into the outbox, in the transaction that caused them."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from bot.domain.letter import Notification, Recipient, class_of
from storage.card import Card
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

_QUEUE = insert(outbox)
_SUPERSEDE = (
    update(outbox)
    .where(
        outbox.c.card_id == bindparam("card"),
        outbox.c.community_id == bindparam("community"),
        outbox.c.status == "queued",
        outbox.c.message_id.is_(None),
    )
    .values(status="superseded")
)


def queue(
    uow: UnitOfWork,
    to: Recipient,
    what: Notification,
    *,
    card: Card | None = None,
    fresh_card: bool = False,
    message_id: int | None = None,
    reply_to: int | None = None,
    silent: bool = False,
    due_at: datetime | None = None,
) -> None:
    """Queue one letter.

    A `card` letter replaces what is still queued for the same card (`fresh_card`: nothing can
    be); `message_id` redraws that very message. `due_at` (UTC) plans it for later.
    """
    if card is not None and not fresh_card:
        uow.write(_SUPERSEDE, {"card": card.id, "community": card.community_id})
    edits = message_id is not None or (card is not None and card.message_id is not None)
    values: dict[str, Any] = {
        "community_id": to.community_id,
        "chat_id": to.chat_id,
        "language": to.language,
        "kind": what.kind,
        "facts": dict(what.facts),
        "letter_class": class_of(what.kind, edits=edits).value,
        "silent": silent,
        "card_id": card.id if card else None,
        "message_id": message_id,
        "reply_to": reply_to,
        "status": "queued",
        "due_at": due_at or uow.now,
        "attempts": 0,
        "created_at": uow.now,
    }
    uow.write(_QUEUE, values)
    uow.letters_queued = True
