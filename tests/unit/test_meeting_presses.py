"""Presses on meetings: whose they are, twice pressed, stale, forged, of another community."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.agenda import AGAIN, MOST, TOPIC, Conclusion, Item, ItemStatus
from bot.domain.meeting import Invitation, after
from bot.services import meeting, meeting_agenda, meeting_clock, series
from bot.services.community import community_of
from storage import agenda
from storage import meeting as meetings
from storage.due import Due
from storage.unit_of_work import Database
from tests.support.chat_room import DESK, LI, ZHAO, ChatRoom, chat_room
from tests.support.database import HandClock, rows

QIAN = 7000012  # the organizer
WU = 7000014


@pytest.fixture
async def room(database: Database, clock: HandClock) -> AsyncIterator[ChatRoom]:
    """A weekly talk (1) with one topic (1), to whose minutes the desk's person came."""
    async with chat_room(database, clock) as made:
        await made.hand_in(*(made.text("/my", one) for one in (LI, DESK, QIAN, WU, ZHAO)))
        async with database.begin() as uow:
            (community_id,) = {row[0] for row in await rows(database, "SELECT id FROM communities")}
            await series.plan_ahead(uow, community_id)
            await uow.flush()
            one = await meetings.find(uow, community_id, 1)
            assert one is not None
            for move in ("invite", "begin", "draft"):
                one = after(one, move)
            meetings.change(uow, one)
            meeting_clock.stop(uow, one)
            item = Item(community_id, 0, one.series, "topic", None, None, uow.now,
                        status=ItemStatus.PLACED, meeting_id=1, words="长椅",
                        person_id=1)  # fmt: skip
            await agenda.keep(uow, item)
            meetings.add_part(uow, Invitation(community_id, 1, 1, came_at=uow.now))
        yield made


async def _status(room: ChatRoom, id_: int = 1) -> Any:
    return (await rows(room.database, f"SELECT status FROM meetings WHERE id = {id_}"))[0][0]


FORBIDDEN = (
    *(f"minutes:{verb}:1:0" for verb in ("home", "next", "submit", "nothing", "people", "heard")),
    *(f"minutes:{verb}:1:0" for verb in ("word", "page", "items")),
    "minutes:item:1:1",
    *("minutes:tick:1:0:1:on", "minutes:set:1:1:agreed", "minutes:who:1:1:1"),
    *("minutes:until:1:1:20261205", "minutes:done:1:1", "minutes:who_else:1:1"),
    *("meeting:pick:2:1", "meeting:off:2:1", "meeting:off_for:2:1:holiday", "meeting:pack:2:1"),
    *(f"series:{verb}:1:0" for verb in ("list", "show", "rule", "pause", "new", "place")),
    "series:rule_keep:1:0:w2TH.1900.60.keep",
)


@pytest.mark.parametrize("press", FORBIDDEN)
@pytest.mark.parametrize("person", [LI, DESK])
async def test_who_keeps_no_minutes_changes_nothing(
    room: ChatRoom, press: str, person: int
) -> None:
    assert await room.kinds(room.press(f"v1:{press}", person)) == []
    assert await room.count("audit WHERE what = 'denied'") == 1
    assert await _status(room) == "draft"
    assert await _status(room, 2) == "planned"


ODD = (
    *("minutes:set:1:1:nonsense", "minutes:who:1:1:x", "minutes:who:1:1:999999", "minutes:who:1:1"),
    *("minutes:until:1:1:20261399", "minutes:until:1:1:x", "minutes:set:99:1:agreed"),
    *("minutes:home:99:0", "minutes:tick:1:0:x:on", "minutes:tick:1:0:99999:on"),
    *("meeting:show:99:0", "meeting:answer:99:0:yes", "meeting:answer:2:1:perhaps"),
    *("meeting:pick:2:99", "meeting:off_for:2:1:nonsense", "meeting:off:1:4", "agenda:accept:1:1"),
    *("agenda:why_not:1:1:nonsense", "agenda:show:99:0", "action:show:99:0", "action:done:99:0"),
    *("action:hand:99:0", "minutes:items:99:0", "minutes:item:99:1"),
    *("series:show:5:0", "series:rule_keep:5:0:nonsense", "minutes:page:99:0"),
)


@pytest.mark.parametrize("press", ODD)
async def test_what_no_button_says_changes_nothing(room: ChatRoom, press: str) -> None:
    assert await room.kinds(room.press(f"v1:{press}", QIAN)) == []
    assert await _status(room) == "draft"
    assert await _status(room, 2) == "planned"
    assert await room.count("invitations WHERE answer IS NOT NULL") == 0


async def test_pressed_twice_is_once(room: ChatRoom) -> None:
    twice = [room.press("v1:minutes:set:1:1:noted", QIAN)] * 2
    await room.hand_in(twice[0])
    await room.hand_in(room.press("v1:minutes:set:1:1:noted", WU))
    await room.hand_in(room.press("v1:minutes:submit:1:0", QIAN))
    assert await _status(room) == "in_review"
    planned = "due WHERE kind = 'meeting' AND subject = '1' AND done_at IS NULL"
    assert await room.count(planned) == 1
    await room.hand_in(room.press("v1:minutes:submit:1:0", WU))
    assert await _status(room) == "in_review"
    assert await room.count(planned) == 1


async def test_minutes_that_are_not_whole_are_not_handed_out(room: ChatRoom) -> None:
    await room.hand_in(room.press("v1:minutes:submit:1:0", QIAN))
    assert await _status(room) == "draft"
    await room.hand_in(room.press("v1:minutes:set:1:1:agreed", QIAN))
    await room.hand_in(room.press("v1:minutes:submit:1:0", QIAN))
    assert await _status(room) == "draft"


async def test_only_who_came_says_whether_the_minutes_are_right(room: ChatRoom) -> None:
    await room.hand_in(room.press("v1:minutes:set:1:1:noted", QIAN))
    await room.hand_in(room.press("v1:minutes:submit:1:0", QIAN))
    assert await room.kinds(room.press("v1:minutes:right:1:0", ZHAO)) == []
    assert await room.kinds(room.press("v1:minutes:wrong:1:0", ZHAO)) == []
    assert await room.count("invitations WHERE reviewed_at IS NOT NULL") == 0


@pytest.mark.parametrize("words", ["长" * 5000, " ", "\u202e<b>"])
async def test_odd_words_as_a_topic(room: ChatRoom, words: str) -> None:
    await room.hand_in(room.press("v1:meeting:topic:2:1", LI))
    kinds = await room.kinds(room.text(words, LI), to=LI)
    assert kinds in (["agenda.received"], ["common.too_long"], ["refusal.needs_words"])


async def test_words_are_waited_for_half_an_hour_and_no_longer(
    room: ChatRoom, clock: HandClock
) -> None:
    await room.hand_in(room.press("v1:meeting:topic:2:1", LI))
    clock.instant += timedelta(minutes=31)
    assert "agenda.received" not in await room.kinds(room.text("缺长椅", LI), to=LI)


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        (Conclusion.PROPOSAL, "proposals WHERE words = '长椅'"),
        (Conclusion.CLIMB, "agenda_items WHERE series = 'coordination' AND kind = 'climbed'"),
        (Conclusion.AGAIN, "agenda_items WHERE series = 'weekly' AND status = 'waiting'"),
        (Conclusion.NOTED, "agenda_items WHERE status = 'done'"),
    ],
)
async def test_what_is_concluded_becomes_what_it_says_once(
    room: ChatRoom, database: Database, said: Conclusion, becomes: str
) -> None:
    community_id = (await rows(database, "SELECT id FROM communities"))[0][0]
    async with database.begin() as uow:
        item = await agenda.find(uow, community_id, 1)
        one = await meetings.find(uow, community_id, 1)
        assert item is not None
        assert one is not None
        agenda.change(uow, replace(item, conclusion=said))
        meetings.change(uow, after(one, "submit"))
    assert await room.count(becomes) == 0
    for _ in range(2):  # a second tick finds the meeting published
        async with database.begin() as uow:
            await meeting.look(uow, Due(community_id, "meeting", "1", "9/publish", uow.now))
    assert await _status(room) == "published"
    assert await room.count(becomes) == 1


async def test_who_was_told_that_their_topic_comes_on_gets_its_place(room: ChatRoom) -> None:
    """However much else waits: of that nobody was told."""
    async with room.database.begin() as uow:
        one = await meetings.find(uow, 1, 2)
        assert one is not None
        for n in range(MOST + 3):
            await agenda.keep(uow, Item(1, 0, one.series, AGAIN, None, None, uow.now, words=f"{n}"))
        await agenda.keep(uow, Item(1, 0, one.series, TOPIC, None, None, uow.now, words="灯太暗"))
        await uow.flush()
        await meeting_agenda.compile_(uow, await community_of(uow, 1), one)
    on = await rows(
        room.database, "SELECT words FROM agenda_items WHERE meeting_id = 2 AND status = 'placed'"
    )
    assert len(on) == MOST
    assert ("灯太暗",) in {tuple(row) for row in on}
