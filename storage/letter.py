"""Writes letters into the outbox, in the transaction that caused them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)

from bot.domain.budget import Reason
from bot.domain.letter import Notification, Recipient, class_of
from bot.domain.onbehalf import has_no_chat
from storage.card import Card
from storage.tables import cards, outbox
from storage.unit_of_work import UnitOfWork

_QUEUE = insert(outbox)
_FRESH = {"status": "queued", "attempts": 0, "copies": 0}
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

_CARD_ABOUT = select(cards.c.subject_id).where(
    cards.c.community_id == bindparam("community"),
    cards.c.chat_id == bindparam("chat"),
    cards.c.message_id == bindparam("message"),
    cards.c.noun == "case",
)
_ABOUT = select(outbox.c.subject).where(
    outbox.c.community_id == bindparam("community"),
    outbox.c.chat_id == bindparam("chat"),
    outbox.c.message_id == bindparam("message"),
    outbox.c.subject.is_not(None),
)
_SHOWN = (
    select(outbox.c.kind, outbox.c.facts)
    .where(
        outbox.c.community_id == bindparam("community"),
        outbox.c.chat_id == bindparam("chat"),
        outbox.c.message_id == bindparam("message"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_WAITS_FOR = (outbox.c.chat_id == bindparam("old")) & (outbox.c.status == "queued")
COPY = "broadcast.read"  # a notice that somebody has opened: it is put right with all others
_DROP_CARDS = (
    update(outbox).where(_WAITS_FOR, outbox.c.card_id.is_not(None)).values(status="superseded")
)
_MOVE_CHAT = update(outbox).where(_WAITS_FOR).values(chat_id=bindparam("new"))
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
    reason: Reason = Reason.NEWS,
    bulk: bool = False,
) -> None:
    """Queue one letter; `due_at` (UTC) plans it for later, `reason` says why it is due then.

    A `card` letter replaces what is still queued for it (`fresh_card`: nothing can be).
    """
    edits = message_id is not None or (card is not None and card.message_id is not None)
    values: dict[str, Any] = {
        "community_id": to.community_id,
        "chat_id": to.chat_id,
        "language": to.language,
        "large": to.large,
        "topic": to.topic,
        **_about(what),
        "reason": Reason.EDIT if edits and reason is Reason.NEWS else reason,
        "kind": what.kind,
        "facts": dict(what.facts),
        "letter_class": class_of(what.kind, edits=edits).value,
        "silent": silent and (card is None or card.message_id is not None),
        "card_id": card.id if card else None,
        "message_id": message_id,
        "reply_to": reply_to,
        "due_at": due_at or uow.now,
        "created_at": uow.now,
        "bulk": bulk,
        **_FRESH,
    }
    _gather(uow, Gathered(values, replaces=card is not None and not fresh_card))


def _gather(uow: UnitOfWork, one: "Gathered") -> None:
    if has_no_chat(one.values["chat_id"]):
        return
    held: list[Gathered] = uow.cache.setdefault("letters", [])
    held.append(one)
    uow.before_commit.pop("letters", None)
    uow.before_commit["letters"] = _write_out  # behind whoever decides about the letters
    uow.letters_queued = True
    uow.bulk_queued = uow.bulk_queued or one.values["bulk"]
    uow.writes += 1


@dataclass(slots=True)
class Gathered:
    """A letter that is written with the commit; until then it may be changed or dropped."""

    values: dict[str, Any]
    replaces: bool
    dropped: bool = False


def gathered(uow: UnitOfWork) -> list[Gathered]:
    """Return what is to be written with the commit."""
    found: list[Gathered] = uow.cache.get("letters", [])
    return found


async def about(uow: UnitOfWork, community_id: int, chat_id: int, message_id: int) -> int | None:
    """Return the number of the case that a message of ours in the chat is about."""
    values = {"community": community_id, "chat": chat_id, "message": message_id}
    row = await uow.first(_CARD_ABOUT, values) or await uow.first(_ABOUT, values)
    return None if row is None else int(row[0])


async def shown_in(
    uow: UnitOfWork, community_id: int, chat_id: int, message_id: int
) -> Notification | None:
    """Return the letter that a message of ours in the chat shows, as long as it is kept."""
    values = {"community": community_id, "chat": chat_id, "message": message_id}
    row = await uow.first(_SHOWN, values)
    return None if row is None else Notification(row.kind, row.facts)


def _about(what: Notification) -> dict[str, int | None]:
    """Return the numbers of the case that a letter is about, and of the notice that it shows."""
    notice = what.facts["broadcast"] if what.kind == COPY else None
    return {"subject": _case_of(what.facts), "broadcast_id": notice}


def _case_of(facts: Mapping[str, Any]) -> int | None:
    """Return the number of the case that a letter is about."""
    case = facts.get("case")
    number = case.get("number") if isinstance(case, Mapping) else facts.get("number")
    return number if isinstance(number, int) else None


def _write_out(uow: UnitOfWork) -> None:
    """Write the gathered letters; of several for one card only the last is worth sending."""
    held: list[Gathered] = uow.cache.pop("letters")
    last = {_card(one): one for one in held if _shows_card(one)}
    for card, one in last.items():
        if one.replaces:
            uow.write(_SUPERSEDE, {"community": card[0], "card": card[1]})
    for one in held:
        if not one.dropped and (not _shows_card(one) or last[_card(one)] is one):
            uow.write(_QUEUE, one.values)


def _shows_card(one: Gathered) -> bool:
    return one.values["card_id"] is not None and one.values["message_id"] is None


def _card(one: Gathered) -> tuple[int, int]:
    return one.values["community_id"], one.values["card_id"]


def move_chat(uow: UnitOfWork, old: int, new: int) -> None:
    """Let what waits for the chat `old` go to `new`; its live cards have to be shown anew."""
    uow.write(_DROP_CARDS, {"old": old})
    uow.write(_MOVE_CHAT, {"old": old, "new": new})


async def discard(uow: UnitOfWork, community_id: int) -> None:
    """Drop every letter and card of the community that was written so far: the demo's past."""
    uow.cache.pop("letters", None)
    uow.before_commit.pop("letters", None)
    await uow.write_now(_DISCARD_LETTERS, {"community": community_id})
    await uow.write_now(_DISCARD_CARDS, {"community": community_id})
    for key in [key for key in uow.cache if isinstance(key, tuple) and key[0] == "cards"]:
        del uow.cache[key]
