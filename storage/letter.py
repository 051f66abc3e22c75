"""Writes letters into the outbox, in the transaction that caused them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, literal_column, update

from bot.domain.letter import Notification, Recipient, class_of
from storage.card import Card
from storage.tables import cards, outbox
from storage.unit_of_work import UnitOfWork

_QUEUE = insert(outbox)
_SUPERSEDE = (
    update(outbox)
    .where(
        outbox.c.card_id == bindparam("card"),
        outbox.c.community_id == bindparam("community"),
        outbox.c.status == literal_column("'queued'"),  # as the partial index names it
        outbox.c.message_id.is_(None),
    )
    .values(status="superseded")
)

_DISCARD_LETTERS = delete(outbox).where(outbox.c.community_id == bindparam("community"))
_DISCARD_CARDS = delete(cards).where(cards.c.community_id == bindparam("community"))


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
    edits = message_id is not None or (card is not None and card.message_id is not None)
    values: dict[str, Any] = {
        "community_id": to.community_id,
        "chat_id": to.chat_id,
        "language": to.language,
        "kind": what.kind,
        "facts": dict(what.facts),
        "letter_class": class_of(what.kind, edits=edits).value,
        "silent": silent and (card is None or card.message_id is not None),
        "card_id": card.id if card else None,
        "message_id": message_id,
        "reply_to": reply_to,
        "status": "queued",
        "due_at": due_at or uow.now,
        "attempts": 0,
        "copies": 0,
        "created_at": uow.now,
    }
    gathered: list[_Gathered] = uow.cache.setdefault("letters", [])
    gathered.append(_Gathered(values, replaces=card is not None and not fresh_card))
    uow.before_commit["letters"] = _write_out
    uow.letters_queued = True


@dataclass(slots=True)
class _Gathered:
    values: dict[str, Any]
    replaces: bool


def _write_out(uow: UnitOfWork) -> None:
    """Write the gathered letters; of several for one card only the last is worth sending."""
    gathered: list[_Gathered] = uow.cache.pop("letters")
    last = {_card(one): one for one in gathered if _shows_card(one)}
    for card, one in last.items():
        if one.replaces:
            uow.write(_SUPERSEDE, {"community": card[0], "card": card[1]})
    for one in gathered:
        if not _shows_card(one) or last[_card(one)] is one:
            uow.write(_QUEUE, one.values)


def _shows_card(one: _Gathered) -> bool:
    return one.values["card_id"] is not None and one.values["message_id"] is None


def _card(one: _Gathered) -> tuple[int, int]:
    return one.values["community_id"], one.values["card_id"]


async def discard(uow: UnitOfWork, community_id: int) -> None:
    """Drop every letter and card of the community that was written so far: the demo's past."""
    uow.cache.pop("letters", None)
    uow.before_commit.pop("letters", None)
    await uow.write_now(_DISCARD_LETTERS, {"community": community_id})
    await uow.write_now(_DISCARD_CARDS, {"community": community_id})
    for key in [key for key in uow.cache if isinstance(key, tuple) and key[0] == "cards"]:
        del uow.cache[key]
