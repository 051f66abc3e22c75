"""When people are asked about the work: planned with the move that ends it, asked by the clock.

Nobody is asked twice within a day: whoever has several cases is asked about them one after
another in one message.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import callback as rules
from bot.domain.callback import Callback
from bot.domain.case import SOLVED, TO_CONFIRM
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.settings import Settings
from bot.services.case_facts import case_facts
from bot.services.community import Community, community_of
from bot.services.last_survey import last_survey
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import case as cases
from storage import co_signer as co_signers
from storage import conversation as conversations
from storage import due
from storage import person as people
from storage.due import Due

ASK, DISSENT, WRITING = "callback", "callback_dissent", "callback_writing"
LATER = "callback_later"
DIALOGUE = "callback"  # in which somebody writes a line of their own
_SINCE_ASKED = rules.REMIND_AFTER / 2  # a row that fires earlier was overtaken by a batch


async def after_move(uow: UnitOfWork, community: Community, before: Case, after: Case) -> None:
    """Plan the callback when the work is said to be done; drop it when the case moves on."""
    waited, waits = (case.status in TO_CONFIRM for case in (before, after))
    if waits and not waited:
        await _plan(uow, community, after)
    elif waited and not waits:
        await _drop(uow, before)
    if after.status is SOLVED and community.asks_later(after.category):
        await _plan_later(uow, community, after)
    elif before.status is SOLVED and after.status is not SOLVED:
        for one in await callbacks.of_round(uow, before.community_id, before.number, before.round):
            due.cancel(uow, one.community_id, LATER, subject(one))


async def concerned(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return who is asked about the case: its reporter, then co-signers, and never its handler."""
    joined = await co_signers.of_case(uow, case.community_id, case.number)
    ids = dict.fromkeys([case.reporter_id, *(one.person_id for one in joined)])
    found = await people.find(uow, case.community_id, list(ids))
    return [found[one] for one in ids if one != case.handler_id]


async def _plan(uow: UnitOfWork, community: Community, case: Case) -> None:
    at = rules.first_asked(community.calendar, uow.now)
    for person in await concerned(uow, case):
        planned = Callback(
            case.community_id,
            case.number,
            case.round,
            person.id,
            status=rules.PHONE if person.blocked_at else rules.PLANNED,
            shown_at=uow.now,
        )
        callbacks.add(uow, planned)
        if planned.status == rules.PLANNED:
            due.plan_new(uow, row_for(community, planned, at))


async def _plan_later(uow: UnitOfWork, community: Community, case: Case) -> None:
    at = rules.later_asked(community.calendar, uow.now)
    for one in await callbacks.of_round(uow, case.community_id, case.number, case.round):
        await due.plan(uow, row_for(community, one, at, LATER))


async def _drop(uow: UnitOfWork, case: Case) -> None:
    for one in await callbacks.of_round(uow, case.community_id, case.number, case.round):
        if one.status in rules.OPEN:
            answered = one.solved is not None
            status = rules.ANSWERED if answered else rules.VOID
            callbacks.save(uow, replace(one, status=status))
        cancel(uow, one)


def subject(one: Callback) -> str:
    """Return what a due row about this callback concerns."""
    return f"{one.case_number}/{one.person_id}"


def row_for(community: Community, one: Callback, at: datetime, kind: str = ASK) -> Due:
    """Return the due row; its occurrence is the round and the local minute it is planned for."""
    minute = community.calendar.local(at).strftime("%Y-%m-%dT%H:%M")
    return Due(one.community_id, kind, subject(one), f"{one.round}/{minute}", at)


def cancel(uow: UnitOfWork, one: Callback) -> None:
    """Let nothing more fall due about this callback."""
    for kind in (ASK, DISSENT):
        due.cancel(uow, one.community_id, kind, subject(one))


async def find_for(uow: UnitOfWork, row: Due) -> Callback | None:
    """Return the callback that a due row is about."""
    number, _, person_id = row.subject.partition("/")
    round_ = int(row.occurrence.partition("/")[0])
    return await callbacks.find(uow, row.community_id, int(number), round_, int(person_id))


async def ask(uow: UnitOfWork, row: Due) -> None:
    """Ask what is due, once more after two days, and after the third silence by telephone."""
    one = await find_for(uow, row)
    if one is None or one.status not in {rules.PLANNED, rules.ASKED} or _is_overtaken(one, uow.now):
        return
    person = (await people.find(uow, one.community_id, [one.person_id]))[one.person_id]
    if person.blocked_at is not None or one.asked_times >= rules.MOST_ASKED:
        await to_phone(uow, one)
        return
    community = await community_of(uow, one.community_id)
    if await _may_ask(uow, community, person, one, ASK):
        await _ask_all(uow, community, person, one)


async def _may_ask(
    uow: UnitOfWork, community: Community, person: Person, one: Callback, kind: str
) -> bool:
    """Say whether the person may be asked now; else plan it for the morning when they may."""
    last = await last_survey(uow, one.community_id, one.person_id)
    quiet = Settings.of(person).hours(person, community.quiet)
    may = rules.may_ask_from(community.calendar, uow.now, last, quiet)
    if may > uow.now:
        await due.plan(uow, row_for(community, one, may, kind))
    return may <= uow.now


async def ask_later(uow: UnitOfWork, row: Due) -> None:
    """Ask whether it is still good, weeks after it was solved."""
    one = await find_for(uow, row)
    if one is None:
        return
    person = (await people.find(uow, one.community_id, [one.person_id]))[one.person_id]
    case = await cases.find(uow, one.community_id, one.case_number)
    if case is None or person.blocked_at is not None or not Settings.of(person).asked_later:
        return
    community = await community_of(uow, one.community_id)
    if await _may_ask(uow, community, person, one, LATER):
        callbacks.save(uow, replace(one, later_at=uow.now, shown_at=uow.now))
        facts = await case_facts(uow, community, case, person)
        tell(uow, person, "survey.later", case=facts, round=one.round)


def _is_overtaken(one: Callback, now: datetime) -> bool:
    return one.asked_at is not None and now - one.asked_at < _SINCE_ASKED


async def _ask_all(uow: UnitOfWork, community: Community, person: Person, first: Callback) -> None:
    """Ask about `first`, and let everything else that is due follow in the same message."""
    since = uow.now - rules.LATER_AFTER
    held = await callbacks.of_person(uow, person.community_id, person.id, since)
    also = [one for one in held if one.case_number != first.case_number]
    also = [one for one in also if _is_due(community, one, uow.now)]
    for one in (first, *also):
        asked = replace(
            one,
            status=rules.ASKED,
            asked_at=uow.now,
            shown_at=uow.now,
            asked_times=one.asked_times + 1,
        )
        callbacks.save(uow, asked)
        await due.plan(uow, row_for(community, asked, uow.now + rules.REMIND_AFTER))
    case = await cases.find(uow, first.community_id, first.case_number)
    if case is not None:
        facts = await case_facts(uow, community, case, person)
        again = first.asked_times > 0
        tell(uow, person, "survey.q1", silent=again, **question_facts(facts, first, len(also)))


def question_facts(case: dict[str, Any], one: Callback, others: int) -> dict[str, Any]:
    """Return the facts of a question; `others` is how many cases follow in the same message."""
    return {"case": case, "round": one.round, "others": others, "before": None}


def _is_due(community: Community, one: Callback, now: datetime) -> bool:
    if one.status == rules.PLANNED:
        return rules.first_asked(community.calendar, one.shown_at) <= now
    if one.status != rules.ASKED or one.asked_at is None or one.asked_times >= rules.MOST_ASKED:
        return False
    return one.asked_at + rules.REMIND_AFTER <= now


async def to_phone(uow: UnitOfWork, one: Callback) -> None:
    """Let a person ask by telephone: that is neither satisfied nor unsatisfied."""
    cancel(uow, one)
    callbacks.save(uow, replace(one, status=rules.PHONE))


async def note_blocked(uow: UnitOfWork, person: Person) -> None:
    """Let whoever has blocked the bot be asked by telephone about everything still open."""
    since = uow.now - rules.LATER_AFTER
    for one in await callbacks.of_person(uow, person.community_id, person.id, since):
        if one.status in {rules.PLANNED, rules.ASKED}:
            await to_phone(uow, one)


async def stop_waiting(uow: UnitOfWork, row: Due) -> None:
    """Take what the person sends from now on for a report again: they wrote nothing in time."""
    person_id = int(row.subject.partition("/")[2])
    person = (await people.find(uow, row.community_id, [person_id]))[person_id]
    await conversations.load(uow, [person.telegram_id])
    conversations.move(uow, DIALOGUE, (person.telegram_id, person.telegram_id), None)
