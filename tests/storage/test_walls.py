"""The wall between communities: the same numbers in both, a canary in every row of the other."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError

import storage
from bot.domain.action_item import ActionItem, ActionStatus
from bot.domain.addressees import Addressees
from bot.domain.agenda import ItemStatus
from bot.domain.area import Area
from bot.domain.block import Block, BlockStatus
from bot.domain.body import Seat
from bot.domain.broadcast import MISSED, Broadcast, Way
from bot.domain.broadcast import Status as Sent
from bot.domain.broadcast_body import Body
from bot.domain.broadcast_series import BroadcastSeries
from bot.domain.budget import Reason
from bot.domain.callback import Callback
from bot.domain.case import Status
from bot.domain.code import PlaceCode
from bot.domain.figures import EVERY, Counts
from bot.domain.grant import Grant, GrantStatus
from bot.domain.kin import Kin, KinStatus
from bot.domain.letter import Notification, Recipient
from bot.domain.meeting import FIRST, Invitation, Meeting
from bot.domain.outage import Outage, Said
from bot.domain.person import Person
from bot.domain.poll import Votes
from bot.domain.recurrence import Rule
from bot.domain.remark import RemarkKind
from bot.domain.residence import HomeWord, Residence
from bot.domain.role import Role
from bot.domain.roster import Absence, Member, Roster
from bot.domain.shift import Answer as Cover
from bot.domain.shift import Duty, Shift, Swap, SwapStatus
from bot.domain.signal import Answer, Signal, SignalKind
from bot.domain.survey import Status as Asked
from bot.domain.survey import Survey, Whom
from bot.domain.survey_guest import Guest
from bot.domain.survey_paper import Paper
from bot.domain.volunteer import Wish, WishStatus
from storage import (
    action_item,
    addressees,
    agenda,
    area,
    audit,
    block,
    board,
    broadcast,
    broadcast_letters,
    broadcast_poll,
    broadcast_series,
    callback,
    card,
    case,
    co_signer,
    code,
    community,
    counter,
    digest,
    draft,
    due,
    duplicate,
    erase,
    export,
    figures,
    flood,
    grant,
    home,
    home_word,
    key,
    kin,
    ledger,
    letter,
    meeting,
    outage,
    person,
    privacy,
    proposal,
    remark,
    residence,
    retention,
    role,
    roll_up,
    roster,
    seat,
    series,
    shift,
    signal,
    survey,
    survey_cards,
    survey_guest,
    survey_letters,
    survey_paper,
    swap,
    task,
    todo,
    told,
    volunteer,
)
from storage.broadcast_letters import Share
from storage.broadcast_poll import Stands
from storage.case import Attachment, Entry
from storage.co_signer import CoSigner
from storage.due import Due
from storage.proposal import Proposal
from storage.swap import Ask
from storage.tables import (
    case_pieces,
    cases,
    cases_to_index,
    communities,
    counters,
    deletions,
    figure_hours,
    groups,
    metadata,
    outbox,
    people,
)
from storage.task import Taker
from storage.todo import DISPATCH, Desk
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, a_case, a_draft, a_person

EAST, WEST = 1, 2
DAY, MONTH = "2026-11-18", ["2026-11"]
TODAY = date.fromisoformat(DAY)
CANARY = {EAST: "EASTcanary", WEST: "WESTcanary"}
OF_THE_WHOLE_BOT = {
    "communities",
    *("inbox", "polling", "conversations"),  # by Telegram account, before anybody is known
    "meta",
}
ONE_QUEUE = {"outbox"}  # its own number is the order in which letters go, of all communities
TENANT = [table for table in metadata.sorted_tables if "community_id" in table.c]
Step = Callable[[UnitOfWork], Awaitable[Any]]


async def fill(uow: UnitOfWork, of: int) -> None:
    """Put one row with a canary into every table of a community; all numbers are the same."""
    mark = CANARY[of]
    somebody = a_person(1, Role.DISPATCHER, community=of, telegram_id=7000 + of, name=mark)
    person.add(uow, somebody)
    filed = a_case(
        1,
        community=of,
        words=mark,
        place=mark,
        place_key=mark,
        handler_id=1,
        lead_id=1,
        building="3",
        estate=mark,
        due_on=DAY,
    )
    case.add(uow, filed)
    case.note(uow, filed, Entry(1, "report", None, "submitted", 1, "resident", mark, START))
    await remark.add(uow, filed, RemarkKind.NOTE, 1, mark)
    callback.add(uow, an_answer(of, words=mark))
    await co_signer.add(uow, CoSigner(of, 1, 1, START))
    home.add(uow, of, [home.Home("3", 2, mark, 8950)])
    residence.add(uow, Residence(of, 1, 1, "3", 2, mark, START, 1))
    home_word.add(uow, HomeWord(of, 1, "3", 2, mark, mark, 1, START))
    await home_word.note_wrong(uow, of, 1)
    code.add(uow, PlaceCode(of, mark, "3-2", START))
    grant.add(uow, a_grant(of, mark))
    block.add(uow, a_block(of, mark))
    volunteer.add(uow, a_wish(of, mark))
    fill_a_survey(uow, of, mark)
    seat.add(uow, [a_seat(of)])
    kin.add(uow, Kin(of, 1, 1, 1, mark, KinStatus.AGREED, START, START))
    await audit.add(uow, of, 1, "denied", "case:1", why=mark)
    await agenda.add(uow, filed, "overdue", "weekly", mark, {"due": mark})
    await ledger.add(uow, filed, "overdue", "anju", {"due": mark})
    meeting.add(uow, a_meeting(of, mark))
    meeting.add_part(uow, a_part(of, mark))
    action_item.add(uow, an_action(of, mark))
    action_item.follow(uow, an_action(of, mark), 1)
    proposal.add(uow, Proposal(of, 1, 1, 1, mark, START))
    series.add(uow, of, mark, {"name": mark}, 1)
    case.attach(uow, filed, Attachment("before", "photo", mark, mark, 1, 7))
    draft.add(uow, a_draft(1, 1, community=of, facts={"words": mark}))
    due.plan_new(uow, Due(of, "kind", "1", "0", START + timedelta(hours=of)))
    counter.set_number(uow, of, "case", 100 * of)
    shown = await card.add(uow, of, 7000 + of, "case", 1)
    to = Recipient(of, 7000 + of, "en")
    letter.queue(uow, to, Notification("case.card", {"words": mark}), card=shown)
    waiting = Notification("case.taken", {"words": mark, "number": 1})
    letter.queue(uow, to, waiting, reason=Reason.QUIET)
    paper = Notification("survey.paper", {"id": 1, "words": mark})
    letter.queue(uow, to, paper, message_id=77)
    for table, values in rows_without_statements(of, mark).items():
        await uow.write_now(insert(table), {"community_id": of, **values})
    await signal.add(uow, a_signal(of, 1, mark))
    off = an_outage(of, mark)
    outage.add(uow, off)
    outage.ask(uow, off, [1])
    fill_a_roster(uow, of, mark)
    fill_a_broadcast(uow, of, mark)
    document = {"name": mark}
    await uow.write_now(
        communities.update().where(communities.c.id == of).values(organisation=document)
    )


def fill_a_survey(uow: UnitOfWork, of: int, mark: str) -> None:
    """Put one that was answered into the tables."""
    survey.add(uow, a_survey(of, mark))
    survey_guest.add(uow, a_guest(of, mark))
    survey_paper.add(uow, a_paper(of, mark))
    survey_paper.add_line(uow, of, 1, mark, 0, mark)
    survey_letters.add(uow, of, 1, 1, 0, Way.LETTER, START)
    survey_letters.add(uow, of, 1, 1, 1, Way.DIGEST, START)


def fill_a_broadcast(uow: UnitOfWork, of: int, mark: str) -> None:
    """Put one that is being sent into the tables, and one that waits for the digest."""
    said = a_broadcast(of, mark)
    broadcast.add(uow, said, {"text": mark})
    told_to = (1, 7000 + of, "en", False)
    broadcast_letters.hand_on(uow, said, [Share(*told_to, Way.LETTER, START, "news")])
    broadcast_series.add(uow, a_broadcast_series(of, mark))
    broadcast_poll.add(uow, a_poll(of, mark))
    later = replace(said, id=2)
    broadcast.add(uow, later, {"text": mark})
    broadcast_letters.hand_on(uow, later, [Share(*told_to, Way.DIGEST, START, "news")])


def fill_a_roster(uow: UnitOfWork, of: int, mark: str) -> None:
    """Put a roster with one shift into the tables, for which cover is being looked for."""
    roster.add(uow, a_roster(of, mark))
    roster.join(uow, of, 1, Member(1))
    roster.be_away(uow, of, Absence(1, TODAY, TODAY))
    shift.add(uow, Shift(of, 1, 1, TODAY, START, START + timedelta(hours=of), 1))
    shift.put(uow, Duty(of, 1, 1, 1, hazards=(mark,)))
    swap.add(uow, Swap(of, 1, 1, mark, START))
    swap.ask(uow, Ask(of, 1, 1, START + timedelta(hours=of)))


def a_roster(of: int, mark: str) -> Roster:
    """Return a roster that goes on."""
    rule = Rule("FREQ=DAILY", time(19), timedelta(hours=1))
    return Roster(of, 1, mark, mark, rule, 1, 1)


def a_broadcast(of: int, mark: str) -> Broadcast:
    """Return a broadcast of person 1 that is being sent."""
    said = (Sent.SENDING, Body(mark), Addressees())
    return Broadcast(of, 1, 1, 1, *said, False, False, True, START, START)


def a_poll(of: int, mark: str) -> Stands:
    """Return where the poll of the broadcast stands."""
    return Stands(of, 1, 1, 7000 + of, 40, mark, Votes((of, 0), of))


def a_broadcast_series(of: int, mark: str) -> BroadcastSeries:
    """Return a notice that comes every week."""
    rule = Rule("FREQ=WEEKLY;BYDAY=TH", time(19), timedelta(minutes=1))
    said = (Body(mark), Addressees(), rule)
    return BroadcastSeries(of, 1, 1, 1, *said, False, False, START)


def an_answer(of: int, **more: Any) -> Callback:
    """Return an answer of person 1 that a personal call is to follow."""
    asked = {"asked_at": START, "solved": "no", "check_status": "wanted"}
    return Callback(of, 1, 0, 1, "asked", START, **{**asked, **more})


def a_signal(of: int, id_: int, mark: str) -> Signal:
    """Return an open signal about case 1."""
    return Signal(of, id_, SignalKind.ALIKE, mark, "1", 1, 3, START)


def an_outage(of: int, mark: str) -> Outage:
    """Return an outage that is on, of case 1."""
    return Outage(of, 1, 1, 1, "lift", mark, ("estate:east",), START, START, 1)


def a_meeting(of: int, mark: str) -> Meeting:
    """Return a meeting of the weekly series that is planned."""
    return Meeting(of, 1, "weekly", DAY, FIRST, 1, mark, mark, START, 60, 7000 + of)


def a_part(of: int, mark: str) -> Invitation:
    """Return the part of person 1 in it, who came."""
    return Invitation(of, 1, 1, invited=True, words=mark, came_at=START, came_by="code")


def an_action(of: int, mark: str) -> ActionItem:
    """Return what person 1 has to do."""
    return ActionItem(of, 1, 1, 1, 1, mark, 1, DAY, ActionStatus.OPEN)


def a_grant(of: int, mark: str) -> Grant:
    """Return a role that person 1 is to get when somebody else agrees."""
    asked = (Role.ADMIN, mark, None, 1, START, GrantStatus.ASKED)
    return Grant(of, 1, 1, *asked, code_hash=mark)


def a_block(of: int, mark: str) -> Block:
    """Return a block of person 1 that is over, so that their roles hold."""
    return Block(of, 1, 1, "other", mark, BlockStatus.OVER, "day", START, 1, START)


def a_wish(of: int, mark: str) -> Wish:
    """Return the wish of person 1 that waits."""
    return Wish(of, 1, 1, 1, (mark,), mark, WishStatus.WAITING, START)


def a_survey(of: int, mark: str) -> Survey:
    """Return a survey that person 1 asks."""
    asked = (Whom(Addressees()), False, Asked.RUNNING, 1, START, START)
    return Survey(of, 1, 1, mark, (), *asked)


def a_guest(of: int, mark: str) -> Guest:
    """Return how person 1 stands to it."""
    return Guest(of, 1, 1, mark, asked_at=START)


def a_paper(of: int, mark: str) -> Paper:
    """Return what person 1 has answered."""
    return Paper(of, 1, "x", {"0": mark}, done=True, person_id=1)


def a_seat(of: int) -> Seat:
    """Return a seat of person 1 in a group."""
    return Seat(of, 1, "group", "green", START, title=CANARY[of])


def rows_without_statements(of: int, mark: str) -> dict[Table, dict[str, Any]]:
    """Return a row for each table whose statements have no module of their own here."""
    return {
        case_pieces: {"piece": mark, "case_number": 1},
        cases_to_index: {"case_number": 1},
        deletions: {"month": MONTH[0], "kind": "drafts", "n": 1},
        figure_hours: {
            "period": MONTH[0],
            "estate": mark,
            "company": mark,
            "category": mark,
            "hours": of,
            "cases": 1,
        },
        groups: {
            "chat_id": -of,
            "topic": 0,
            "purpose": mark,
            "bound_by": 1,
            "bound_at": START,
        },
    }


@pytest.fixture
async def both(database: Database) -> Database:
    for of in (EAST, WEST):
        async with database.begin() as uow:
            await fill(uow, of)
    return database


async def dump(database: Database, of: int) -> str:
    """Return everything of a community as text."""
    async with database.reading() as connection:
        found = {}
        for table in [*TENANT, communities]:
            column = table.c.id if table is communities else table.c.community_id
            rows = await connection.execute(select(table).where(column == of))
            found[table.name] = [tuple(row) for row in rows]
    return json.dumps(found, default=str)


def _li() -> Person:
    """Return person 1 of the east."""
    return a_person(1, community=EAST, telegram_id=7000 + EAST, name=CANARY[EAST])


async def _closed(uow: UnitOfWork) -> None:
    for table in (cases, people):
        named = {"closed_at": START} if table is cases else {"left_at": START}
        await uow.write_now(table.update().values(**named))


async def _erased_with_words(uow: UnitOfWork) -> Any:
    await _closed(uow)
    return f"community_id={EAST}", await privacy.erased_with_words(uow, EAST, 0, 9)


async def _counts_of_homes(uow: UnitOfWork) -> Any:
    return (await privacy.counts(uow, _li()))["homes"]


async def _to_hand_over(uow: UnitOfWork) -> Any:
    return sorted(set((await privacy.in_hand(uow, _li())).values()))


async def _looks(uow: UnitOfWork) -> Any:
    for of in (EAST, WEST):
        await audit.add(uow, of, 1, "phone_seen", "case:1", person=1)
    return len(await privacy.looks(uow, _li(), ["phone_seen"], 9))


async def _old_letters(uow: UnitOfWork) -> None:
    here = outbox.c.community_id == EAST
    await uow.write_now(outbox.update().where(here).values(status="sent"))
    assert await retention.letters(uow, EAST, _LATE, 9) > 0


async def _doors(uow: UnitOfWork) -> None:
    here = cases.c.community_id == EAST
    await uow.write_now(cases.update().where(here).values(closed_at=START, door="9"))
    assert await retention.doors(uow, EAST, _LATE, 9) == 1


async def _pictures(uow: UnitOfWork) -> None:
    here = cases.c.community_id == EAST
    await uow.write_now(cases.update().where(here).values(closed_at=START))
    assert await retention.pictures(uow, EAST, _LATE, 9) == 1


async def _closed_cases(uow: UnitOfWork) -> Any:
    await _closed(uow)
    return await erase.closed_cases(uow, _li())


async def _loaded_cards(uow: UnitOfWork) -> Any:
    await card.load(uow, EAST, "case", [1])
    return await card.of(uow, EAST, "case", 1)


async def _who_joined(uow: UnitOfWork) -> Any:
    return [one.community_id for one in await co_signer.of_case(uow, EAST, 1)]


async def _change_answer(uow: UnitOfWork) -> None:
    callback.save(uow, an_answer(EAST, words="new"))


async def _details(uow: UnitOfWork) -> Any:
    return list(await figures.details(uow, EAST, DAY, DAY))


async def _hours(uow: UnitOfWork) -> Any:
    return dict(await figures.hours(uow, EAST, MONTH))


def _of_broadcast(step: Callable[..., Awaitable[Any]], *given: Any) -> Step:
    """Return a step about the broadcast of the east."""
    return lambda uow: step(uow, a_broadcast(EAST, CANARY[EAST]), *given)


async def _settled(uow: UnitOfWork) -> Any:
    await broadcast_letters.settle(uow, a_broadcast(EAST, CANARY[EAST]))
    return await broadcast_letters.fates(uow, a_broadcast(EAST, CANARY[EAST]))


async def _redraw(uow: UnitOfWork) -> None:
    one = a_broadcast(EAST, CANARY[EAST])
    broadcast_letters.redraw(uow, one, "broadcast.corrected", [])
    broadcast.change(uow, replace(one, version=2), {"text": "new"})


async def _pause_resume_stop(uow: UnitOfWork) -> None:
    """What was paused and goes on again would look like nothing happened."""
    one = a_broadcast(EAST, CANARY[EAST])
    for step in (broadcast_letters.pause, broadcast_letters.resume, broadcast_letters.stop):
        await step(uow, one)


async def _postpone(uow: UnitOfWork) -> None:
    digest.postpone(uow, EAST, 1, START + timedelta(days=1))


async def _count_votes(uow: UnitOfWork) -> None:
    broadcast_poll.count(uow, a_poll(EAST, CANARY[EAST]), [5, 5], 10, START)


async def _end_broadcast_series(uow: UnitOfWork) -> None:
    one = a_broadcast_series(EAST, CANARY[EAST])
    broadcast_series.change(uow, replace(one, version=2, ended_at=START))


async def _digested(uow: UnitOfWork) -> None:
    digest.digested(uow, EAST, 1)


READS: dict[str, Step] = {
    "broadcast_poll.find": lambda uow: broadcast_poll.find(uow, a_broadcast(EAST, CANARY[EAST])),
    "broadcast_series.find": lambda uow: broadcast_series.find(uow, EAST, 1),
    "broadcast_series.going": lambda uow: broadcast_series.going(uow, EAST),
    "broadcast.find": lambda uow: broadcast.find(uow, EAST, 1),
    "broadcast.latest": lambda uow: broadcast.latest(
        uow, EAST, [Sent.SENDING], START - timedelta(days=1)
    ),
    "agenda.of_series": lambda uow: agenda.of_series(uow, EAST, "weekly"),
    "agenda.find": lambda uow: agenda.find(uow, EAST, 1),
    "agenda.of_case": lambda uow: agenda.of_case(uow, EAST, 1),
    "meeting.find": lambda uow: meeting.find(uow, EAST, 1),
    "meeting.planned": lambda uow: meeting.planned(uow, EAST, "weekly", DAY),
    "meeting.in_status": lambda uow: meeting.in_status(uow, EAST, [FIRST]),
    "meeting.latest": lambda uow: meeting.latest(uow, EAST, [FIRST], 9),
    "meeting.invited": lambda uow: meeting.invited(uow, EAST, 1),
    "meeting.part": lambda uow: meeting.part(uow, EAST, 1, 1),
    "action_item.find": lambda uow: action_item.find(uow, EAST, 1),
    "action_item.of_meeting": lambda uow: action_item.of_meeting(uow, EAST, 1),
    "action_item.open_in": lambda uow: action_item.open_in(uow, EAST),
    "action_item.due_between": lambda uow: action_item.due_between(uow, EAST, DAY, DAY),
    "proposal.all_of": lambda uow: proposal.all_of(uow, EAST),
    "series.all_of": lambda uow: series.all_of(uow, EAST),
    "ledger.of_company": lambda uow: ledger.of_company(uow, EAST, "anju"),
    "callback.find": lambda uow: callback.find(uow, EAST, 1, 0, 1),
    "callback.of_person": lambda uow: callback.of_person(uow, EAST, 1, START),
    "callback.of_round": lambda uow: callback.of_round(uow, EAST, 1, 0),
    "audit.of": lambda uow: audit.of(uow, EAST),
    "audit.page": lambda uow: audit.page(uow, EAST, 9, 0),
    "card.of": lambda uow: card.of(uow, EAST, "case", 1),
    "card.load": _loaded_cards,
    "case.find": lambda uow: case.find(uow, EAST, 1),
    "case.attached": lambda uow: case.attached(uow, EAST, 1),
    "case.history": lambda uow: case.history(uow, EAST, 1),
    "case.last_of": lambda uow: case.last_of(uow, EAST, 1, ["report"]),
    "case.reported_by": lambda uow: case.reported_by(uow, EAST, 1),
    "case.in_status": lambda uow: case.in_status(uow, EAST, ["submitted"]),
    "community.organisation": lambda uow: community.organisation(uow, EAST),
    "draft.find_open": lambda uow: draft.find_open(uow, EAST, 1, "report"),
    "draft.find": lambda uow: draft.find(uow, EAST, 1),
    "due.open_of": lambda uow: due.open_of(uow, EAST, "kind", "1"),
    "privacy.erased_with_words": _erased_with_words,
    "export.of_person": lambda uow: export.of_person(uow, _li()),
    "export.of_account": lambda uow: export.of_account(uow, 7001),
    "export.files": lambda uow: export.files(uow, _li()),
    "draft.recent": lambda uow: draft.recent(uow, EAST, 1, "report", 9),
    "told.latest": lambda uow: told.latest(uow, EAST, 7001, START, 9),
    "told.held": lambda uow: told.held(uow, EAST, 1),
    "remark.of": lambda uow: remark.of(uow, EAST, 1),
    "code.live": lambda uow: code.live(uow, EAST),
    "code.find": lambda uow: code.find(uow, CANARY[EAST]),
    "community.find": lambda uow: community.find(uow, "east"),
    "grant.find": lambda uow: grant.find(uow, EAST, 1),
    "grant.by_code": lambda uow: grant.by_code(uow, CANARY[EAST]),
    "signal.open_in": lambda uow: signal.open_in(uow, EAST),
    "signal.find": lambda uow: signal.find(uow, EAST, 1),
    "signal.last": lambda uow: signal.last(uow, EAST, SignalKind.ALIKE, CANARY[EAST]),
    "outage.find": lambda uow: outage.find(uow, EAST, 1),
    "outage.standing": lambda uow: outage.standing(uow, EAST),
    "grant.asked": lambda uow: grant.asked(uow, EAST),
    "board.newest": lambda uow: board.newest(uow, EAST, ["submitted"], ["none"], 9),
    "home.all_of": lambda uow: home.all_of(uow, EAST),
    "block.find": lambda uow: block.find(uow, EAST, 1),
    "block.of": lambda uow: block.of(uow, EAST, 1),
    "home.find": lambda uow: home.find(uow, EAST, ("3", 2, CANARY[EAST])),
    "home_word.latest": lambda uow: home_word.latest(uow, EAST, ("3", 2, CANARY[EAST])),
    "residence.find": lambda uow: residence.find(uow, EAST, 1),
    "seat.all_of": lambda uow: seat.all_of(uow, EAST),
    "seat.of": lambda uow: seat.of(uow, EAST, 1),
    "seat.in_body": lambda uow: seat.in_body(uow, EAST, "group", "green"),
    "residence.of": lambda uow: residence.of(uow, EAST, 1),
    "figures.details": _details,
    "survey.find": lambda uow: survey.find(uow, EAST, 1),
    "survey.latest": lambda uow: survey.latest(uow, EAST),
    "survey_guest.find": lambda uow: survey_guest.find(uow, EAST, 1, 1),
    "survey_guest.in_status": lambda uow: survey_guest.in_status(uow, EAST, 1, "waits", 0, 9),
    "survey_guest.behind": lambda uow: survey_guest.behind(uow, EAST, 1, 0, 9),
    "survey_cards.shown": lambda uow: survey_cards.shown(uow, EAST, 1, [7001, 7002], START),
    "survey_guest.counts": lambda uow: survey_guest.counts(uow, EAST, 1),
    "survey_paper.find": lambda uow: survey_paper.find(uow, EAST, 1, "x"),
    "survey_paper.of": lambda uow: survey_paper.of(uow, EAST, 1, 1),
    "survey_paper.handed_in": lambda uow: survey_paper.handed_in(uow, EAST, 1),
    "survey_paper.lines": lambda uow: survey_paper.lines(uow, EAST, 1),
    "person.in_community": lambda uow: person.in_community(uow, EAST, 7001),
    "volunteer.find": lambda uow: volunteer.find(uow, EAST, 1),
    "volunteer.of": lambda uow: volunteer.of(uow, EAST, 1),
    "volunteer.waiting": lambda uow: volunteer.waiting(uow, EAST),
    "roster.find": lambda uow: roster.find(uow, EAST, 1),
    "roster.live": lambda uow: roster.live(uow, EAST),
    "shift.find": lambda uow: shift.find(uow, EAST, 1),
    "shift.between": lambda uow: shift.between(uow, EAST, 1, TODAY, TODAY),
    "shift.find_duty": lambda uow: shift.find_duty(uow, EAST, 1),
    "shift.on": lambda uow: shift.on(uow, EAST, 1),
    "shift.on_all": lambda uow: shift.on_all(uow, EAST, [1]),
    "shift.of_people": lambda uow: shift.of_people(uow, EAST, [1], START),
    "swap.find": lambda uow: swap.find(uow, EAST, 1),
    "swap.open_for": lambda uow: swap.open_for(uow, EAST, [1]),
    "swap.asks": lambda uow: swap.asks(uow, EAST, 1),
    "kin.find": lambda uow: kin.find(uow, EAST, 1),
    "kin.by_code": lambda uow: kin.by_code(uow, EAST, CANARY[EAST]),
    "kin.agreed": lambda uow: kin.agreed(uow, EAST, 1),
    "person.named": lambda uow: person.named(uow, EAST, "canary"),
    "person.find": lambda uow: person.find(uow, EAST, [1]),
    "person.acting": lambda uow: person.acting(uow, EAST, Role.DISPATCHER),
    "person.holders": lambda uow: person.holders(uow, EAST, [Role.DISPATCHER]),
}


def _alike(uow: UnitOfWork) -> Awaitable[Any]:
    here: dict[str, Any] = {"statuses": ["submitted"], "since": START, "most": 9}
    return duplicate.alike(uow, EAST, 2, place=CANARY[EAST], kind="lighting", **here)


def _with_picture(uow: UnitOfWork) -> Awaitable[Any]:
    here: dict[str, Any] = {"statuses": ["submitted"], "since": START, "most": 9}
    both = [CANARY[EAST], CANARY[WEST]]
    return duplicate.with_picture(uow, EAST, 2, pictures=both, **here)


async def _held_progress(uow: UnitOfWork) -> list[str]:
    found = await told.held_progress(uow, EAST, 7001, START + timedelta(days=1))
    return [facts["words"] for _, facts in found]


async def _keys(uow: UnitOfWork) -> list[int]:
    return sorted(await key.of(uow, EAST, [1, 2]))


async def _neighbours(uow: UnitOfWork) -> list[int]:
    return [await residence.count_in(uow, EAST, ("3", 2, CANARY[of])) for of in (EAST, WEST)]


def _everybody(step: Callable[..., Awaitable[Any]], *given: Any) -> Step:
    """Return a step of addressees about everybody."""
    return lambda uow: step(uow, EAST, addressees.Pick(addressees.EVERYBODY), *given)


async def _hours_of_all(uow: UnitOfWork) -> Any:
    for of in (EAST, WEST):
        values = {**rows_without_statements(of, "")[figure_hours], "category": EVERY}
        await uow.write_now(insert(figure_hours), {"community_id": of, **values})
    return await figures.hours_of_all(uow, EAST, MONTH)


def _desk(of: int) -> Desk:
    return Desk(of, 2, {DISPATCH: {""}}, (), START, START, START + timedelta(days=1))


async def _in_hand(uow: UnitOfWork) -> list[int]:
    for of in (EAST, WEST):
        held = a_case(1, community=of, version=2, status=Status.IN_PROGRESS, handler_id=1)
        assert await case.save(uow, held, seen=1)
    return await task.numbers(uow, Taker(EAST, 1, {}, (), (), (), ()), 9)


_LATE, _EARLY = START + timedelta(days=999), START - timedelta(days=1)
_CALLER = callback.Caller(EAST, 2, {""})
NUMBERS: dict[str, tuple[Step, Any]] = {
    "privacy.counts": (_counts_of_homes, 1),
    "privacy.in_hand": (_to_hand_over, [1]),
    "privacy.looks": (_looks, 1),
    "privacy.last": (lambda uow: privacy.last(uow, _li(), "denied", _EARLY), START),
    "retention.deleted_in": (lambda uow: retention.deleted_in(uow, EAST, MONTH[0]), {"drafts": 1}),
    "erase.closed_cases": (_closed_cases, {1: "3"}),
    "erase.pictures": (lambda uow: erase.pictures(uow, _li()), []),
    "agenda.of_meeting": (lambda uow: agenda.of_meeting(uow, EAST, 1), []),
    "agenda.together_with": (lambda uow: agenda.together_with(uow, EAST, 1), []),
    "agenda.with_many": (lambda uow: agenda.with_many(uow, EAST, ["submitted"], 1), []),
    "meeting.came_lately": (lambda uow: meeting.came_lately(uow, EAST, "weekly", START), [1]),
    "action_item.followers_of": (lambda uow: action_item.followers_of(uow, EAST, 1), [1]),
    "broadcast.lost": (_of_broadcast(broadcast.lost, MISSED, 9), []),
    "broadcast.has_got": (_of_broadcast(broadcast.has_got, 1), True),
    "broadcast.received": (_of_broadcast(broadcast.received), 0),
    "broadcast.got": (_of_broadcast(broadcast.got, [1, 2]), set()),
    "broadcast.count_unreached": (_of_broadcast(broadcast.count_unreached, MISSED), 0),
    "broadcast_letters.copies": (_of_broadcast(broadcast_letters.copies), []),
    "broadcast_letters.waiting": (
        _of_broadcast(broadcast_letters.waiting),
        broadcast_letters.Waiting(1, 0, START),
    ),
    "broadcast_letters.fates": (_of_broadcast(broadcast_letters.fates), {"waiting": 1}),
    "broadcast_letters.settle": (_settled, {"waiting": 1}),
    "broadcast_letters.sent": (_of_broadcast(broadcast_letters.sent, 0, 9), []),
    "digest.told": (
        lambda uow: digest.told(uow, EAST, [1], START - timedelta(days=1)),
        {1: [(Way.LETTER, START), (Way.LETTER, START)]},
    ),
    "digest.page": (lambda uow: digest.page(uow, EAST, 0, 9), {1: digest.Waiting([2], [(1, 1)])}),
    "addressees.count": (_everybody(addressees.count), addressees.Found(1, 0, 0)),
    "addressees.page": (_everybody(addressees.page, 0, 9), [1]),
    "addressees.missed": (_everybody(addressees.missed, 9), []),
    "addressees.homes_without": (
        lambda uow: addressees.homes_without(uow, EAST, ["3"], ["3-2"]),
        0,
    ),
    "audit.count": (lambda uow: audit.count(uow, EAST), 1),
    "audit.first_broken": (lambda uow: audit.first_broken(uow, EAST, []), None),
    "todo.numbers": (lambda uow: todo.numbers(uow, _desk(EAST), "all", 9), [1]),
    "todo.counts": (
        lambda uow: todo.counts(uow, _desk(EAST), 9),
        {**dict.fromkeys(todo.FILTERS, 0), "all": 1, "dispatch": 1},
    ),
    "task.numbers": (_in_hand, [1]),
    "callback.to_phone": (lambda uow: callback.to_phone(uow, _CALLER, "asked", 9), [(1, 0, 1)]),
    "callback.to_check": (lambda uow: callback.to_check(uow, _CALLER, "wanted", 9), [(1, 0, 1)]),
    "callback.to_call": (
        lambda uow: callback.to_call(uow, EAST, "phone", "wanted"),
        [callback.ToCall(False, True, frozenset({1, None}), Area(CANARY[EAST], None, "3"))],
    ),
    "signal.alike": (
        lambda uow: signal.alike(uow, EAST, [("3", "lighting")], START, ["merged"]),
        {("3", "lighting"): [(1, START)]},
    ),
    "signal.is_known": (lambda uow: signal.is_known(uow, a_signal(EAST, 1, CANARY[WEST])), False),
    "outage.said_by": (
        lambda uow: outage.said_by(uow, an_outage(EAST, CANARY[EAST]), 1),
        (True, None),
    ),
    "roster.members": (lambda uow: roster.members(uow, EAST, 1), [Member(1)]),
    "roster.memberships": (lambda uow: roster.memberships(uow, EAST, 1), {1: Member(1)}),
    "roster.away": (
        lambda uow: roster.away(uow, EAST, [1], TODAY),
        [Absence(1, TODAY, TODAY)],
    ),
    "swap.last_asked": (
        lambda uow: swap.last_asked(uow, EAST, [1]),
        {1: START + timedelta(hours=EAST)},
    ),
    "letter.about": (lambda uow: letter.about(uow, EAST, 7001, 1), None),
    "letter.shown_in": (lambda uow: letter.shown_in(uow, EAST, 7001, 1), None),
    "survey.with_closed_cases": (
        lambda uow: survey.with_closed_cases(uow, EAST, ["submitted"], START, START, None),
        {},
    ),
    "survey_guest.last_asked": (lambda uow: survey_guest.last_asked(uow, EAST, 1), START),
    "volunteer.count_waiting": (lambda uow: volunteer.count_waiting(uow, EAST), 1),
    "case.merged_into": (lambda uow: case.merged_into(uow, EAST, 1), []),
    "co_signer.part": (lambda uow: co_signer.part(uow, EAST, 1, 9), None),
    "co_signer.concerning": (lambda uow: co_signer.concerning(uow, EAST, 1, 9), [1]),
    "duplicate.alike": (_alike, [1]),
    "duplicate.with_picture": (_with_picture, [1]),
    "callback.last_survey": (lambda uow: callback.last_survey(uow, EAST, 1), START),
    "co_signer.of_case": (_who_joined, [EAST]),
    "case.open_work": (lambda uow: case.open_work(uow, EAST, [1], ["submitted"]), {1: 1}),
    "case.count_reported": (lambda uow: case.count_reported(uow, EAST, START), 1),
    "flood.reported": (lambda uow: flood.reported(uow, EAST, 1, START), (START,)),
    "case.count_in": (lambda uow: case.count_in(uow, EAST, ["submitted"]), 1),
    "case.count_closed": (lambda uow: case.count_closed(uow, EAST, "submitted", START), 0),
    "card.subjects_in": (lambda uow: card.subjects_in(uow, EAST, 7001, "case", 9), [1]),
    "counter.next_number": (lambda uow: counter.next_number(uow, EAST, "case"), 101),
    "figures.hours": (_hours, {CANARY[EAST]: [(EAST, 1)]}),
    "figures.hours_of_all": (_hours_of_all, [(EAST, 1)]),
    "figures.largest": (lambda uow: figures.largest(uow, EAST, MONTH, 9), [("lighting", 1)]),
    "figures.open_now": (lambda uow: figures.open_now(uow, EAST, ["submitted"]), (1, 0)),
    "figures.open_since": (lambda uow: figures.open_since(uow, EAST), [START]),
    "figures.sums": (
        lambda uow: figures.sums(uow, EAST, MONTH, "building"),
        {("3",): Counts(cohort=1)},
    ),
    "role.of": (lambda uow: _roles_of(uow, EAST), [Role.DISPATCHER]),
    "due.is_known": (lambda uow: due.is_known(uow, Due(EAST, "kind", "2", "0", START)), False),
    "residence.count_in": (_neighbours, [1, 0]),
    "key.of": (_keys, [1]),
    "home_word.count_wrong": (
        lambda uow: home_word.count_wrong(uow, EAST, 1, START - timedelta(days=1)),
        1,
    ),
    "told.held_progress": (_held_progress, [CANARY[EAST]]),
    "told.last_asked": (lambda uow: told.last_asked(uow, EAST, 7002, 1), None),
    "told.count_rung": (lambda uow: told.count_rung(uow, EAST, 7001, 1), 1),
}


async def _roles_of(uow: UnitOfWork, of: int) -> list[Role]:
    return [one.role for one in await role.of(uow, of, 1)]


async def _east(uow: UnitOfWork) -> Any:
    (found,) = await card.of(uow, EAST, "case", 1)
    return found


async def _change_card(uow: UnitOfWork) -> None:
    await card.become(uow, await _east(uow), "other", 9)


async def _detach_card(uow: UnitOfWork) -> None:
    await card.show_in(uow, await _east(uow), None)


async def _replace_letter(uow: UnitOfWork) -> None:
    to = Recipient(EAST, 7001, "en")
    letter.queue(uow, to, Notification("case.card", {"words": "new"}), card=await _east(uow))


async def _change_case(uow: UnitOfWork) -> None:
    assert await case.save(uow, a_case(1, version=2, words="new"), seen=1)


async def _change_draft(uow: UnitOfWork) -> None:
    draft.change(uow, a_draft(1, 1, facts={"words": "new"}))


async def _change_person(uow: UnitOfWork) -> None:
    await person.find(uow, EAST, [1])
    person.change(uow, a_person(1, name="new"))
    person.grant(uow, a_person(1), Role.ADMIN, START)


async def _mark_blocked(uow: UnitOfWork) -> None:
    await person.mark_blocked(uow, 7001, START)


async def _change_organisation(uow: UnitOfWork) -> None:
    assert await community.keep(uow, "east", {"name": "new"}) == (EAST, False)


async def _cancel(uow: UnitOfWork) -> None:
    due.cancel(uow, EAST, "kind", "1")


async def _let_pass(uow: UnitOfWork) -> None:
    due.plan_new(uow, Due(EAST, "kind", "2", "0", START))
    due.let_pass(uow, EAST, "kind")


async def _mark_done(uow: UnitOfWork) -> None:
    assert await due.mark_done(uow, Due(EAST, "kind", "1", "0", START + timedelta(hours=1)))


async def _plan(uow: UnitOfWork) -> None:
    await due.plan(uow, Due(EAST, "kind", "1", "0", START + timedelta(days=9)))


async def _move(uow: UnitOfWork) -> None:
    due.move(uow, Due(EAST, "kind", "1", "0", START + timedelta(days=9)))


async def _count(uow: UnitOfWork) -> None:
    await counter.next_number(uow, EAST, "case")


async def _hold(uow: UnitOfWork) -> None:
    for one in await told.late_news(uow):
        told.hold(uow, EAST, one.id, START + timedelta(hours=9))


async def _merge_held(uow: UnitOfWork) -> None:
    told.merge(uow, EAST, [id_ for id_, _, _ in await told.held(uow, EAST, 1)])


async def _let_lapse(uow: UnitOfWork) -> None:
    told.let_lapse(uow, EAST, 1)


async def _redraw_held(uow: UnitOfWork) -> None:
    for id_, _, _ in await told.held(uow, EAST, 1):
        told.redraw_held(uow, EAST, id_, {"words": "new"})


async def _discard(uow: UnitOfWork) -> None:
    await letter.discard(uow, EAST)


async def _detach(uow: UnitOfWork) -> None:
    found = await case.find(uow, EAST, 1)
    assert found is not None
    await case.detach(uow, found, 7)


async def _mute(uow: UnitOfWork) -> None:
    await co_signer.mute(uow, EAST, 1, 1, muted=True)


async def _take_back_a_remark(uow: UnitOfWork) -> None:
    (said,) = await remark.of(uow, EAST, 1)
    await remark.take_back(uow, said)


async def _renew_a_code(uow: UnitOfWork) -> None:
    code.end(uow, EAST, "3-2")


async def _scan_a_code(uow: UnitOfWork) -> None:
    found = await code.find(uow, CANARY[EAST])
    assert found is not None
    code.count_scan(uow, found)


async def _change_a_grant(uow: UnitOfWork) -> None:
    found = await grant.find(uow, EAST, 1)
    assert found is not None
    grant.change(uow, replace(found, status=GrantStatus.REFUSED))


async def _end_a_role(uow: UnitOfWork) -> None:
    role.end(uow, EAST, 1, Role.DISPATCHER, "")


async def _lie(uow: UnitOfWork) -> None:
    area.lie(uow, EAST, [Area("new", "g9", "3")])


async def _change_home(uow: UnitOfWork) -> None:
    home.change(uow, EAST, [home.Home("3", 2, CANARY[EAST], 1), home.Home("3", 2, CANARY[WEST])])


async def _change_a_wish(uow: UnitOfWork) -> None:
    volunteer.change(uow, replace(a_wish(EAST, CANARY[EAST]), reason="new"))


async def _change_a_survey(uow: UnitOfWork) -> None:
    survey.change(uow, replace(a_survey(EAST, CANARY[EAST]), version=2))


async def _change_a_guest(uow: UnitOfWork) -> None:
    survey_guest.change(uow, replace(a_guest(EAST, CANARY[EAST]), status="answered"))


async def _change_a_paper(uow: UnitOfWork) -> None:
    survey_paper.change(uow, replace(a_paper(EAST, CANARY[EAST]), answers={}))


async def _throw_papers_away(uow: UnitOfWork) -> None:
    survey_paper.change(uow, replace(a_paper(EAST, CANARY[EAST]), done=False))
    await survey_paper.write_anew(uow, EAST, 1, unfinished=False)


async def _write_guests_anew(uow: UnitOfWork) -> None:
    await survey_guest.write_anew(uow, EAST, 1)
    survey_guest.change(uow, replace(a_guest(EAST, CANARY[EAST]), status="silent"))


async def _change_a_seat(uow: UnitOfWork) -> None:
    seat.change(uow, [replace(a_seat(EAST), title="new", ends_at=START)])


async def _change_a_block(uow: UnitOfWork) -> None:
    block.change(uow, replace(a_block(EAST, CANARY[EAST]), appeal="new"))


async def _destroy_a_key(uow: UnitOfWork) -> None:
    key.destroy(uow, EAST, 1)


async def _move_out(uow: UnitOfWork) -> None:
    (found,) = await residence.of(uow, EAST, 1)
    residence.end(uow, found.ended(1, "moved", START))


async def _use_a_word(uow: UnitOfWork) -> None:
    found = await home_word.latest(uow, EAST, ("3", 2, CANARY[EAST]))
    assert found is not None
    home_word.change(uow, replace(found, used=1))


async def _change_kin(uow: UnitOfWork) -> None:
    found = await kin.find(uow, EAST, 1)
    assert found is not None
    kin.change(uow, replace(found, status=KinStatus.ENDED))


async def _change_an_outage(uow: UnitOfWork) -> None:
    outage.change(uow, an_outage(EAST, CANARY[EAST]).changed(ended_at=START))


async def _answer_about_an_outage(uow: UnitOfWork) -> None:
    outage.say(uow, an_outage(EAST, CANARY[EAST]), 1, Said.BACK)


async def _change_a_roster(uow: UnitOfWork) -> None:
    assert await roster.change(uow, replace(a_roster(EAST, CANARY[EAST]), name="new"))


async def _wish(uow: UnitOfWork) -> None:
    roster.wish(uow, EAST, 1, Member(1, most=2))


async def _leave_a_roster(uow: UnitOfWork) -> None:
    roster.leave(uow, EAST, 1, 1)


async def _come_back(uow: UnitOfWork) -> None:
    roster.come_back(uow, EAST, 1, TODAY)


async def _change_a_shift(uow: UnitOfWork) -> None:
    (found,) = await shift.between(uow, EAST, 1, TODAY, TODAY)
    shift.change(uow, found.changed(needed=2))


async def _change_a_duty(uow: UnitOfWork) -> None:
    (found,) = await shift.on(uow, EAST, 1)
    shift.change_duty(uow, found.changed(minutes=60))


async def _close_a_swap(uow: UnitOfWork) -> None:
    swap.close(uow, Swap(EAST, 1, 1, "", START), SwapStatus.OVER)


async def _answer_a_swap(uow: UnitOfWork) -> None:
    swap.say(uow, Ask(EAST, 1, 1, START), Cover.NO)


async def _change_an_item(uow: UnitOfWork) -> None:
    found = await agenda.find(uow, EAST, 1)
    assert found is not None
    agenda.change(uow, replace(found, status=ItemStatus.DROPPED))


async def _change_a_meeting(uow: UnitOfWork) -> None:
    meeting.change(uow, replace(a_meeting(EAST, CANARY[EAST]), note="new"))


async def _change_a_part(uow: UnitOfWork) -> None:
    meeting.change_part(uow, replace(a_part(EAST, CANARY[EAST]), words="new"))


async def _change_an_action(uow: UnitOfWork) -> None:
    action_item.change(uow, replace(an_action(EAST, CANARY[EAST]), reason="new"))


async def _judge_an_action(uow: UnitOfWork) -> None:
    action_item.say(uow, an_action(EAST, CANARY[EAST]), 1, "good")


async def _change_a_series(uow: UnitOfWork) -> None:
    series.change(uow, EAST, CANARY[EAST], 2, {"name": "new"}, 1)


async def _keep_an_item(uow: UnitOfWork) -> None:
    found = await agenda.find(uow, EAST, 1)
    assert found is not None
    await agenda.keep(uow, found)


WRITES: dict[str, Step] = {
    "erase.person": lambda uow: erase.person(uow, _li(), "x", 1 << 61),
    "erase.empty_cases": lambda uow: erase.empty_cases(uow, EAST, [1], ""),
    "retention.count": lambda uow: retention.count(uow, EAST, MONTH[0], "drafts", 2),
    "retention.letters": _old_letters,
    "retention.old_drafts": lambda uow: retention.old_drafts(uow, EAST, _LATE, 9),
    "retention.doors": _doors,
    "retention.pictures": _pictures,
    "retention.cut_audit": lambda uow: retention.cut_audit(uow, EAST, _LATE, 9),
    "roster.change": _change_a_roster,
    "roster.wish": _wish,
    "roster.leave": _leave_a_roster,
    "roster.come_back": _come_back,
    "shift.change": _change_a_shift,
    "shift.change_duty": _change_a_duty,
    "swap.close": _close_a_swap,
    "swap.say": _answer_a_swap,
    "agenda.change": _change_an_item,
    "agenda.keep": _keep_an_item,
    "meeting.change": _change_a_meeting,
    "meeting.change_part": _change_a_part,
    "action_item.change": _change_an_action,
    "action_item.say": _judge_an_action,
    "series.change": _change_a_series,
    "broadcast.change": _redraw,
    "broadcast_poll.count": _count_votes,
    "broadcast_series.change": _end_broadcast_series,
    "broadcast_letters.redraw": _redraw,
    "broadcast.receive": _of_broadcast(broadcast.receive, 1),
    "broadcast_letters.pause": _of_broadcast(broadcast_letters.pause),
    "broadcast_letters.resume": _pause_resume_stop,
    "broadcast_letters.stop": _of_broadcast(broadcast_letters.stop),
    "digest.digested": _digested,
    "digest.postpone": _postpone,
    "outage.change": _change_an_outage,
    "outage.say": _answer_about_an_outage,
    "co_signer.remove": lambda uow: co_signer.remove(uow, EAST, 1, 1),
    "signal.close": lambda uow: signal.close(uow, a_signal(EAST, 1, ""), 1, Answer.KNOWN),
    "co_signer.mute": _mute,
    "roll_up.rebuild": lambda uow: roll_up.rebuild(uow, EAST),
    "case.detach": _detach,
    "remark.take_back": _take_back_a_remark,
    "callback.save": _change_answer,
    "card.become": _change_card,
    "card.show_in": _detach_card,
    "case.save": _change_case,
    "community.keep": _change_organisation,
    "counter.next_number": _count,
    "draft.change": _change_draft,
    "due.cancel": _cancel,
    "due.mark_done": _mark_done,
    "due.let_pass": _let_pass,
    "due.move": _move,
    "due.plan": _plan,
    "letter.discard": _discard,
    "told.hold": _hold,
    "told.merge": _merge_held,
    "told.let_lapse": _let_lapse,
    "letter.queue": _replace_letter,
    "told.redraw_held": _redraw_held,
    "code.end": _renew_a_code,
    "code.count_scan": _scan_a_code,
    "grant.change": _change_a_grant,
    "home.change": _change_home,
    "home_word.change": _use_a_word,
    "residence.end": _move_out,
    "key.destroy": _destroy_a_key,
    "seat.change": _change_a_seat,
    "area.lie": _lie,
    "role.give": lambda uow: role.give(uow, EAST, 1, Role.ADMIN, CANARY[EAST], None),
    "role.end": _end_a_role,
    "block.change": _change_a_block,
    "survey.change": _change_a_survey,
    "survey_guest.change": _change_a_guest,
    "survey_guest.write_anew": _write_guests_anew,
    "survey_paper.change": _change_a_paper,
    "survey_paper.write_anew": _throw_papers_away,
    "volunteer.change": _change_a_wish,
    "kin.change": _change_kin,
    "person.change": _change_person,
    "person.mark_blocked": _mark_blocked,
}
ADDS = {  # used to fill the tables of both above
    "roster.add",
    "roster.join",
    "roster.be_away",
    "shift.add",
    "shift.put",
    "swap.add",
    "swap.ask",
    "broadcast.add",
    "broadcast_series.add",
    "broadcast_poll.add",
    "broadcast_letters.hand_on",
    "agenda.add",
    "ledger.add",
    "meeting.add",
    "meeting.add_part",
    "action_item.add",
    "action_item.follow",
    "proposal.add",
    "series.add",
    "callback.add",
    "co_signer.add",
    "audit.add",
    "card.add",
    "case.add",
    "case.attach",
    "case.note",
    "counter.set_number",
    "draft.add",
    "code.add",
    "grant.add",
    "signal.add",
    "outage.add",
    "outage.ask",
    "home.add",
    "block.add",
    "home_word.add",
    "home_word.note_wrong",
    "residence.add",
    "key.add",
    "survey.add",
    "survey_guest.add",
    "survey_letters.add",
    "survey_paper.add",
    "survey_paper.add_line",
    "seat.add",
    "volunteer.add",
    "kin.add",
    "due.plan_new",
    "person.add",
    "person.grant",
    "remark.add",
}
OTHERS = {  # the spine, and nouns that are tested for the wall elsewhere
    "advice",
    "backup",
    "conversation",
    "copying",
    "driver",
    "engine",
    "erased",
    "fault",
    "group",
    "guests",
    "health",
    "inbox",
    "keys_apart",
    "lock",
    "meta",
    "migrate",
    "case_row",
    "name_piece",  # used by person
    "outbox",
    "part",
    "person_row",
    "picture",
    "postgres",
    "prepared",
    "restore",
    "sealed_copy",
    "search",
    "shape",
    "snapshot",
    "unit_of_work",
    "vault",
    "writer",
}
OF_EVERYBODY = {  # by Telegram account, or what belongs to the whole bot
    "key.check",
    "key.is_any",
    "key.at_hand",  # of what was read in this transaction
    "key.remember",  # for this transaction
    "key.unwrapped",  # of what was read with the person
    "residence.mark_of",  # reads nothing
    "letter.move_chat",  # the chat has another number, for everybody who writes into it
    "remark.begin",  # only remembers that there is nothing
    "roll_up.touch",  # remembers what is to be counted in this transaction
    "duplicate.forget",  # of what was read in this transaction
    "survey_cards.note",  # kept in memory by community
    "case.load",  # used by find
    "duplicate.load",  # used by alike
    "duplicate.remember",  # of what was read in this transaction
    "flood.load",  # used by reported
    "flood.remember",  # of what was read in this transaction
    "co_signer.begin",  # only remembers that there is nothing
    "card.begin",  # only remembers that there is nothing
    "audit.communities",
    "broadcast_poll.numbered",  # by Telegram's number, which is one community's
    "audit.head",  # a number and a seal; used by first_broken
    "community.first_id",
    "community.is_empty",
    "community.codes",
    "draft.begin",  # only remembers that there is nothing
    "draft.load_open",  # used by find_open
    "letter.gathered",  # of the open transaction
    "told.late_news",  # of every community
    "told.held_since",
    "due.fallen_due",
    "due.next_due",
    "person.find_by_telegram",
    "person.left_by",
    "person.forget",  # of what was read in this transaction
    "person.load_by_telegram",
    "erase.account",  # by Telegram account, everywhere
}


async def test_every_table_of_a_tenant_has_a_row_on_both_sides(both: Database) -> None:
    for of in (EAST, WEST):
        filled = json.loads(await dump(both, of))
        assert [name for name, rows in filled.items() if not rows] == []


class Enough(Exception):
    """What was looked at is put back."""


async def looked_at(database: Database, step: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
    """Return what `step` finds, in a transaction that is rolled back."""
    found: list[Any] = []
    with suppress(Enough):
        async with database.begin() as uow:
            found.append(await step(uow))
            raise Enough
    return found[0]


async def test_no_read_of_one_returns_anything_of_the_other(both: Database) -> None:
    for name, step in READS.items():
        found = repr(await looked_at(both, step))
        assert CANARY[WEST] not in found, name
        assert CANARY[EAST] in found or f"community_id={EAST}" in found, name


async def test_no_count_of_one_counts_anything_of_the_other(both: Database) -> None:
    for name, (step, expected) in NUMBERS.items():
        assert await looked_at(both, step) == expected, name


@pytest.mark.parametrize("name", WRITES)
async def test_a_write_to_one_changes_nothing_of_the_other(both: Database, name: str) -> None:
    here, there = await dump(both, EAST), await dump(both, WEST)
    async with both.begin() as uow:
        await WRITES[name](uow)
    assert await dump(both, WEST) == there
    if name != "card.show_in":  # it had no message to be detached from
        assert await dump(both, EAST) != here


def public(module: ModuleType) -> set[str]:
    short = module.__name__.rpartition(".")[2]
    return {
        f"{short}.{name}"
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__ and not name.startswith("_")
    }


def test_no_function_of_the_nouns_is_forgotten_here() -> None:
    names = {one.name for one in pkgutil.iter_modules(storage.__path__) if not one.ispkg}
    assert names >= OTHERS
    nouns = [importlib.import_module(f"storage.{name}") for name in sorted(names - OTHERS)]
    known = {*READS, *NUMBERS, *WRITES, *ADDS, *OF_EVERYBODY}
    assert {name for noun in nouns for name in public(noun)} == known


async def test_a_row_cannot_point_through_the_wall(both: Database) -> None:
    async def give_east_a_reporter_of_west() -> None:
        async with both.begin() as uow:
            person.add(uow, a_person(2, community=WEST))
            case.add(uow, a_case(2, reporter_id=2))  # there is no person 2 in the east

    with pytest.raises(IntegrityError):
        await give_east_a_reporter_of_west()


def test_a_table_of_a_tenant_has_its_community_in_its_key() -> None:
    for table in metadata.sorted_tables:
        if table.name in OF_THE_WHOLE_BOT:
            assert "community_id" not in table.c, table.name
            continue
        assert "community_id" in table.c, f"{table.name}: whose is it?"
        assert table.c.community_id.primary_key or table.name in ONE_QUEUE, table.name
    known = {table.name for table in metadata.sorted_tables}
    assert known >= OF_THE_WHOLE_BOT | ONE_QUEUE


async def test_no_row_of_a_tenant_is_without_its_community(both: Database) -> None:
    async with both.begin() as uow:
        for table in TENANT:
            assert not table.c.community_id.nullable, table.name
        assert [row.id for row in await uow.read(select(communities.c.id))] == [EAST, WEST]
        uow.write(insert(counters), {"community_id": EAST, "name": "own", "value": 1})
    async with both.begin() as uow:
        assert await counter.next_number(uow, WEST, "own") == 1
