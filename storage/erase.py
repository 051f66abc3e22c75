"""Takes everything out of the tables that says who somebody was, or what they said.

What others need to go on stays under a number: that there was a case, where and when, how it
ended, who served on which shift. `storage/erased.py` names every column that points at a person.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, delete, or_, select, update

from bot.domain.agenda import ItemStatus
from bot.domain.callback import OPEN, VOID
from bot.domain.person import Person
from storage import tables as all_of
from storage.erased import CHANGED, DELETED
from storage.inbox import ASIDE, DONE
from storage.inbox import KEPT as KEPT_BACK
from storage.outbox import QUEUED, SENDING
from storage.picture import name_of
from storage.tables import (
    agenda_items,
    attachments,
    callbacks,
    cards,
    case_history,
    case_pieces,
    cases,
    cases_to_index,
    conversations,
    due,
    inbox,
    meetings,
    outbox,
    people,
    remarks,
)
from storage.unit_of_work import UnitOfWork

_SHORTEST = 2  # signs: what is shorter stands everywhere


async def pictures(uow: UnitOfWork, who: Person) -> list[str]:
    """Return the names of the clean pictures that the person has sent, or of their cases."""
    own = select(cases.c.number).where(
        cases.c.community_id == who.community_id, cases.c.reporter_id == who.id
    )
    query = (
        select(attachments)
        .where(
            attachments.c.community_id == who.community_id,
            (attachments.c.person_id == who.id) | attachments.c.case_number.in_(own),
            attachments.c.sha256.is_not(None),
        )
        .order_by(attachments.c.case_number, attachments.c.file_unique_id)
    )
    rows = await uow.read(query)
    return [name_of(row) for row in rows]


async def person(uow: UnitOfWork, who: Person, alias: str, account: int) -> None:
    """Erase the person in one community: they are called `alias` and have the number `account`.

    Their open cases keep words and pictures; see `empty_cases` for the closed ones.
    """
    await _rows(uow, who, account)
    await _topics(uow, who)
    await _words_to_others(uow, who)
    await uow.write_now(
        update(people)
        .where(people.c.community_id == who.community_id, people.c.id == who.id)
        .values(
            name=alias,
            telegram_id=account,
            home=None,
            settings=None,
            away_on=None,
            left_at=uow.now,
            blocked_at=uow.now,
        )
    )
    uow.forgets_now = True
    _forget(uow)


def _forget(uow: UnitOfWork) -> None:
    """Let everything be read anew; letters that are being written stay."""
    for one in [one for one in uow.cache if isinstance(one, tuple)]:
        del uow.cache[one]


async def _rows(uow: UnitOfWork, who: Person, account: int) -> None:
    for name, columns in DELETED.items():
        table: Table = getattr(all_of, name)
        theirs = or_(*(table.c[one] == who.id for one in columns))
        await uow.write_now(delete(table).where(table.c.community_id == who.community_id, theirs))
    for place, values in CHANGED.items():
        name, _, column = place.partition(".")
        table = getattr(all_of, name)
        given = {"chat_id": account} if "chat_id" in values else dict(values)
        theirs = table.c[column] == who.id
        await uow.write_now(
            update(table).where(table.c.community_id == who.community_id, theirs).values(**given)
        )
    await uow.write_now(
        update(meetings)
        .where(meetings.c.community_id == who.community_id, meetings.c.secretary == who.telegram_id)
        .values(secretary=None)
    )
    ends = f"%/{who.id}"  # of a callback
    await uow.write_now(
        update(due)
        .where(
            due.c.community_id == who.community_id,
            due.c.done_at.is_(None),
            due.c.subject.like(ends),
        )
        .values(done_at=uow.now)
    )


async def _topics(uow: UnitOfWork, who: Person) -> None:
    """Empty what the person has proposed; what no meeting has taken up yet is dropped."""
    items, open_ = agenda_items, (ItemStatus.PROPOSED, ItemStatus.WAITING, ItemStatus.TOGETHER)
    theirs = (items.c.community_id == who.community_id) & (items.c.person_id == who.id)
    dropped = items.c.status.in_([one.value for one in open_])
    await uow.write_now(
        update(items).where(theirs, dropped).values(status=ItemStatus.DROPPED.value)
    )
    nothing = {"words": "…", "voice": None, "answer": None, "person_id": None}
    await uow.write_now(update(items).where(theirs).values(**nothing))


async def _words_to_others(uow: UnitOfWork, who: Person) -> None:
    """Delete what the person said, and sent, about the cases of others."""
    own = select(cases.c.number).where(
        cases.c.community_id == who.community_id, cases.c.reporter_id == who.id
    )
    for table in (remarks, attachments):
        theirs = (table.c.community_id == who.community_id) & (table.c.person_id == who.id)
        here = table.c.case_number.not_in(own)
        await uow.write_now(delete(table).where(theirs, here))
    theirs = (callbacks.c.community_id == who.community_id) & (callbacks.c.person_id == who.id)
    await uow.write_now(update(callbacks).where(theirs).values(words=None))
    here = callbacks.c.case_number.not_in(own)
    waits = callbacks.c.status.in_(sorted(OPEN))
    await uow.write_now(update(callbacks).where(theirs, here, waits).values(status=VOID))


async def closed_cases(uow: UnitOfWork, who: Person) -> dict[int, str | None]:
    """Return the numbers of the person's cases that are closed, and the code of each building."""
    query = (
        select(cases.c.number, cases.c.building)
        .where(
            cases.c.community_id == who.community_id,
            cases.c.reporter_id == who.id,
            cases.c.closed_at.is_not(None),
        )
        .order_by(cases.c.number)
    )
    return {row.number: row.building for row in await uow.read(query)}


async def empty_cases(
    uow: UnitOfWork, community_id: int, numbers: Sequence[int], place: str
) -> list[tuple[int, int]]:
    """Take words, door and pictures out of cases, which lie in `place` from now on.

    Return the messages in which others were shown them, as chat and message.
    """
    held = cases.c.community_id == community_id, cases.c.number.in_(numbers)
    nothing: dict[str, Any] = {"words": "", "door": None, "place": place, "place_key": None}
    nothing |= {"reason": None, "outcome": None, "asked": None, "no_photo": None}
    await uow.write_now(update(cases).where(*held).values(**nothing))
    for table in (remarks, attachments, case_pieces, cases_to_index):
        theirs = table.c.community_id == community_id, table.c.case_number.in_(numbers)
        await uow.write_now(delete(table).where(*theirs))
    of_case = [one.c.community_id == community_id for one in (case_history, callbacks)]
    history = of_case[0] & case_history.c.case_number.in_(numbers)
    await uow.write_now(update(case_history).where(history).values(reason=None))
    said = of_case[1] & callbacks.c.case_number.in_(numbers)
    await uow.write_now(update(callbacks).where(said).values(words=None))
    await _letters_about(uow, community_id, numbers)
    uow.forgets_now = True
    _forget(uow)
    return await _cards_of(uow, community_id, numbers)


async def _letters_about(uow: UnitOfWork, community_id: int, numbers: Sequence[int]) -> None:
    about = outbox.c.community_id == community_id, outbox.c.subject.in_(numbers)
    await uow.write_now(delete(outbox).where(*about, outbox.c.status != SENDING))


async def _cards_of(
    uow: UnitOfWork, community_id: int, numbers: Sequence[int]
) -> list[tuple[int, int]]:
    here = (
        cards.c.community_id == community_id,
        cards.c.noun == "case",
        cards.c.subject_id.in_(numbers),
    )
    query = select(cards.c.chat_id, cards.c.message_id).where(*here).order_by(cards.c.id)
    found = [(row.chat_id, row.message_id) for row in await uow.read(query) if row.message_id]
    await uow.write_now(delete(cards).where(*here))
    return found


async def account(uow: UnitOfWork, telegram_id: int, needles: Iterable[str]) -> None:
    """Erase what is kept by Telegram account: updates, letters, cards, conversations.

    Of letters to others nothing is left that has one of the `needles`: names, numbers, words.
    Updates that were handled are kept for a glance at them; nobody's words are left there now.
    """
    wanted = {str(telegram_id), *(one for one in needles if len(one) >= _SHORTEST)}
    await _updates(uow, telegram_id, wanted)
    await uow.write_now(delete(cards).where(cards.c.chat_id == telegram_id))
    of_chat = outbox.c.chat_id == telegram_id
    await uow.write_now(delete(outbox).where(of_chat, outbox.c.status != SENDING))
    mine = (conversations.c.user_id == telegram_id) | (conversations.c.chat_id == telegram_id)
    await uow.write_now(delete(conversations).where(mine))
    facts = cast(outbox.c.facts, Text)
    ended = outbox.c.status.not_in((QUEUED, SENDING))
    await uow.write_now(update(outbox).where(ended, _has(facts, wanted)).values(facts={}))
    uow.forgets_now = True


async def _updates(uow: UnitOfWork, telegram_id: int, wanted: Collection[str]) -> None:
    """Empty every update that was handled: other people's quote the cards that they pressed."""
    theirs = inbox.c.lane == f"person:{telegram_id}"
    over = theirs & inbox.c.status.in_((DONE, ASIDE, KEPT_BACK))
    aside = (inbox.c.status == ASIDE) & _has(inbox.c.raw, wanted)
    await uow.write_now(
        update(inbox).where((inbox.c.status == DONE) | over | aside).values(raw="{}")
    )
    await uow.write_now(update(inbox).where(over).values(lane="erased", status=DONE))


def _has(column: ColumnElement[str], wanted: Collection[str]) -> ColumnElement[bool]:
    """Say whether the JSON has one of the pieces, in either way of writing them."""
    written = {_escaped(one) for one in wanted} | {*wanted}
    return or_(*(column.contains(one, autoescape=True) for one in sorted(written)))


def _escaped(words: str) -> str:
    """Return how the words stand in JSON that is written in ASCII."""
    return json.dumps(words)[1:-1]
