"""Writes letters into the outbox, in the transaction that caused them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Row,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from bot.domain.budget import PICTURES, PROGRESS, Reason
from bot.domain.letter import Letter, LetterClass, Notification, Recipient, class_of
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
_IS_HELD = (  # written out, as the partial index names it
    (outbox.c.status == literal_column("'queued'"))
    & (outbox.c.reason == literal_column("'quiet'"))
    & (outbox.c.community_id == bindparam("community"))
    & (outbox.c.subject == bindparam("case"))
    & outbox.c.card_id.is_(None)
)
_HELD = select(outbox.c.id, outbox.c.chat_id, outbox.c.facts).where(
    _IS_HELD, outbox.c.kind.not_in(PICTURES)
)
_LAPSE = update(outbox).where(_IS_HELD).values(status="superseded")
_LAPSE_IN = _LAPSE.where(outbox.c.chat_id == bindparam("chat"))
_REDRAW = (
    update(outbox)
    .where(
        outbox.c.community_id == bindparam("community"),
        outbox.c.id == bindparam("letter"),
        outbox.c.status == literal_column("'queued'"),
    )
    .values(facts=bindparam("new_facts", type_=JSON))
)
_LATE = select(outbox).where(
    outbox.c.status == literal_column("'queued'"),
    outbox.c.due_at <= bindparam("now"),
    outbox.c.reason == "news",
    outbox.c.letter_class != "idempotent",
)
_HOLD = (
    update(outbox)
    .where(
        outbox.c.community_id == bindparam("community"),
        outbox.c.id == bindparam("letter"),
        outbox.c.status == literal_column("'queued'"),
    )
    .values(due_at=bindparam("until"), reason="quiet")
)
_LATEST = (  # what rang, or answered what the person did; silent changes are not noticed
    select(outbox)
    .where(
        outbox.c.chat_id == bindparam("chat"),
        outbox.c.community_id == bindparam("community"),
        outbox.c.created_at >= bindparam("since"),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.status.not_in(["superseded", "dead"]),
        or_(outbox.c.reason == "own", outbox.c.letter_class != "idempotent"),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
_OF_THE_CASE = (
    (outbox.c.chat_id == bindparam("chat"))
    & (outbox.c.community_id == bindparam("community"))
    & (outbox.c.subject == bindparam("case"))
)
_ASKED = (  # the last time that the resident was asked whether it is solved
    select(func.coalesce(func.max(outbox.c.id), 0))
    .where(_OF_THE_CASE, outbox.c.kind == "survey.result")
    .scalar_subquery()
)
_RUNG = (
    select(func.count())
    .select_from(outbox)
    .where(
        _OF_THE_CASE,
        outbox.c.kind.in_(PROGRESS),
        outbox.c.status != "superseded",
        outbox.c.id > _ASKED,
    )
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
    reason: Reason = Reason.NEWS,
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
        "subject": _case_of(what.facts),
        "reason": Reason.EDIT if edits and reason is Reason.NEWS else reason,
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
    _gather(uow, Gathered(values, replaces=card is not None and not fresh_card))


def _gather(uow: UnitOfWork, one: "Gathered") -> None:
    held: list[Gathered] = uow.cache.setdefault("letters", [])
    held.append(one)
    uow.before_commit.pop("letters", None)
    uow.before_commit["letters"] = _write_out  # behind whoever decides about the letters
    uow.letters_queued = True


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


async def latest(
    uow: UnitOfWork, community_id: int, chat_id: int, since: datetime, most: int
) -> list[tuple[Letter, bool]]:
    """Return the letters that the person in the chat has noticed since then, latest first.

    With each goes whether it answered what the person had just done.
    """
    values = {"community": community_id, "chat": chat_id, "since": since, "now": uow.now}
    rows = await uow.read(_LATEST, {**values, "most": most})
    fresh = [(_unwritten(one), True) for one in reversed(gathered(uow)) if _is_own(one, chat_id)]
    return [*fresh, *((_read(row), row.reason == Reason.OWN) for row in rows)][:most]


def _is_own(one: Gathered, chat_id: int) -> bool:
    return one.values["chat_id"] == chat_id and one.values["reason"] is Reason.OWN


def _unwritten(one: Gathered) -> Letter:
    """Return a letter of this very transaction: several updates may share one."""
    held = one.values
    return Letter(
        *(0, held["community_id"], held["chat_id"], held["language"], held["kind"], held["facts"]),
        letter_class=LetterClass(held["letter_class"]),
        silent=held["silent"],
        due_at=held["due_at"],
        attempts=0,
    )


def _read(row: Row[Any]) -> Letter:
    return Letter(
        *(row.id, row.community_id, row.chat_id, row.language, row.kind, row.facts),
        letter_class=LetterClass(row.letter_class),
        silent=row.silent,
        due_at=row.due_at,
        attempts=row.attempts,
    )


async def count_rung(uow: UnitOfWork, community_id: int, chat_id: int, case: int) -> int:
    """Return how many alerts of progress the chat got since it was last asked for the result."""
    values = {"community": community_id, "chat": chat_id, "case": case}
    row = await uow.first(_RUNG, values)
    return int(row[0]) if row is not None else 0


async def held(
    uow: UnitOfWork, community_id: int, case: int
) -> list[tuple[int, int, dict[str, Any]]]:
    """Return the alerts about a case that wait for the morning: id, chat, facts."""
    rows = await uow.read(_HELD, {"community": community_id, "case": case})
    return [(row.id, row.chat_id, row.facts) for row in rows]


def redraw_held(
    uow: UnitOfWork, community_id: int, letter_id: int, facts: Mapping[str, Any]
) -> None:
    """Let an alert that still waits say what is so now."""
    values = {"community": community_id, "letter": letter_id, "new_facts": dict(facts)}
    uow.write(_REDRAW, values)


async def late_news(uow: UnitOfWork) -> list[Letter]:
    """Return what is due and would ring, and still waits to be sent."""
    return [_read(row) for row in await uow.read(_LATE, {"now": uow.now})]


def hold(uow: UnitOfWork, community_id: int, letter_id: int, until: datetime) -> None:
    """Hold a letter that waits to be sent until the end of the quiet hours (UTC)."""
    uow.write(_HOLD, {"community": community_id, "letter": letter_id, "until": until})


def let_lapse(uow: UnitOfWork, community_id: int, case: int, chat_id: int | None = None) -> None:
    """Drop what waits for the morning about a case and is no longer so; in one chat or in all."""
    values = {"community": community_id, "case": case}
    if chat_id is None:
        uow.write(_LAPSE, values)
    else:
        uow.write(_LAPSE_IN, {**values, "chat": chat_id})


async def discard(uow: UnitOfWork, community_id: int) -> None:
    """Drop every letter and card of the community that was written so far: the demo's past."""
    uow.cache.pop("letters", None)
    uow.before_commit.pop("letters", None)
    await uow.write_now(_DISCARD_LETTERS, {"community": community_id})
    await uow.write_now(_DISCARD_CARDS, {"community": community_id})
    for key in [key for key in uow.cache if isinstance(key, tuple) and key[0] == "cards"]:
        del uow.cache[key]
