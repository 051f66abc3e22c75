"""What people were told and what still waits to be told: read, held, renewed, let lapse."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Row, bindparam, func, literal_column, or_, select, update

from bot.domain.budget import PICTURES, PROGRESS, Reason
from bot.domain.letter import SECRET_KINDS, Letter, LetterClass
from storage.letter import Gathered, gathered
from storage.outbox import SAID, TOGETHER, facts_of
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

_IS_HELD = (  # written out, as the partial index names it
    (outbox.c.status == literal_column("'queued'"))
    & (outbox.c.reason == literal_column("'quiet'"))
    & (outbox.c.community_id == bindparam("community"))
    & (outbox.c.subject == bindparam("case"))
    & outbox.c.card_id.is_(None)
)
_HELD = (
    select(outbox.c.id, outbox.c.chat_id, outbox.c.facts)
    .where(_IS_HELD, outbox.c.kind.not_in(PICTURES))
    .order_by(outbox.c.id)
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
_PROGRESS_HELD = (
    (outbox.c.status == literal_column("'queued'"))
    & (outbox.c.reason == literal_column("'quiet'"))
    & outbox.c.kind.in_(PROGRESS)
    & (outbox.c.due_at <= bindparam("until"))
)
_TO_MERGE = (
    select(outbox.c.id, outbox.c.facts)
    .where(
        _PROGRESS_HELD,
        outbox.c.community_id == bindparam("community"),
        outbox.c.chat_id == bindparam("chat"),
    )
    .order_by(outbox.c.id)
)
_HELD_SINCE = (
    select(outbox.c.community_id, outbox.c.chat_id)
    .where(_PROGRESS_HELD)
    .distinct()
    .order_by(outbox.c.community_id, outbox.c.chat_id)
)
_MERGE = (
    update(outbox)
    .where(
        outbox.c.community_id == bindparam("community"),
        outbox.c.id == bindparam("letter"),
        outbox.c.status == literal_column("'queued'"),
    )
    .values(status=TOGETHER)
)
_LATE = (
    select(outbox, SAID)
    .where(
        outbox.c.status == literal_column("'queued'"),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.reason.in_(["news", "quiet"]),
        outbox.c.letter_class != "idempotent",
    )
    .order_by(outbox.c.due_at, outbox.c.id)
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
    select(outbox, SAID)
    .where(
        outbox.c.chat_id == bindparam("chat"),
        outbox.c.community_id == bindparam("community"),
        outbox.c.created_at >= bindparam("since"),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.status.not_in(["superseded", TOGETHER, "dead"]),
        outbox.c.kind.not_in(SECRET_KINDS),
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
_LAST_ASKED = (
    select(outbox.c.message_id)
    .where(
        _OF_THE_CASE,
        outbox.c.kind.in_(["survey.result", "survey.q1"]),
        outbox.c.status.not_in(["superseded", "dead"]),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
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


@dataclass(frozen=True, slots=True)
class Asked:
    """The last message that asks whether a case is solved; without an id it is still to be sent."""

    message_id: int | None


async def last_asked(uow: UnitOfWork, community_id: int, chat_id: int, case: int) -> Asked | None:
    """Return where the chat was last asked whether the case is solved."""
    row = await uow.first(_LAST_ASKED, {"community": community_id, "chat": chat_id, "case": case})
    return None if row is None else Asked(row.message_id)


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
        *(row.id, row.community_id, row.chat_id, row.language, row.kind, facts_of(row)),
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


async def held_progress(
    uow: UnitOfWork, community_id: int, chat_id: int, until: datetime
) -> list[tuple[int, dict[str, Any]]]:
    """Return the progress that waits in the chat and goes by `until` (UTC): id and facts."""
    values = {"community": community_id, "chat": chat_id, "until": until}
    return [(row.id, row.facts) for row in await uow.read(_TO_MERGE, values)]


async def held_since(uow: UnitOfWork) -> list[tuple[int, int]]:
    """Return the communities and chats in which progress has waited for long enough."""
    rows = await uow.read(_HELD_SINCE, {"until": uow.now})
    return [(row.community_id, row.chat_id) for row in rows]


def merge(uow: UnitOfWork, community_id: int, letters: Collection[int]) -> None:
    """Let one message take the place of these letters; each still counts as an alert."""
    for one in letters:
        uow.write(_MERGE, {"community": community_id, "letter": one})


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
