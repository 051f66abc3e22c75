"""What becomes of letters that cannot be sent as they are, and of live cards."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.delivery.worker import IN_FLIGHT
from tests.unit.delivery_room import Room, open_room

GONE = "Message to edit not found"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as made:
        yield made


async def test_must_arrive_is_sent_twice_at_most_and_then_an_alarm_is_raised(room: Room) -> None:
    room.sender.fail["a"] = [TimedOut(), NetworkError("broke off"), TimedOut()]
    await room.queue((1, "a"))
    room.start()
    await room.until_idle()
    room.later(2)
    await room.until_idle()
    room.later(3600)
    await room.until_idle()
    assert room.sender.begun == ["a", "a"]
    row = await room.row("a")
    assert (row.status, row.copies) == ("unknown", 2)
    assert room.alarms == [("letter_unknown", {"kind": "a", "letter": row.id})]


async def test_a_cut_off_answer_leaves_it_open_too(room: Room) -> None:
    room.sender.fail["a"] = [TelegramError("Invalid server response")]
    await room.queue((1, "a"))
    room.start()
    await room.until_idle()
    room.later(2)
    await room.until_idle()
    row = await room.row("a")
    assert (row.status, row.copies) == ("sent", 2)


async def test_at_most_once_is_never_sent_again(room: Room) -> None:
    room.sender.fail["case.thanks"] = [TimedOut()]
    await room.queue((1, "case.thanks"))
    room.start()
    await room.until_idle()
    room.later(3600)
    await room.until_idle()
    assert room.sender.begun == ["case.thanks"]
    assert await room.statuses() == {"case.thanks": "unknown"}
    assert room.alarms == []  # it is listed as unknown, nobody has to act


async def test_who_blocked_the_bot_is_noted_and_the_chat_goes_on(room: Room) -> None:
    room.sender.fail["a"] = [Forbidden("Forbidden: bot was blocked by the user")]
    await room.queue((1, "a"), (1, "b"))
    room.start()
    await room.until_idle()
    assert room.blocked == [1]
    assert await room.statuses() == {"a": "dead", "b": "sent"}
    assert room.alarms == []


async def test_a_refused_letter_is_dead_with_an_alarm(room: Room) -> None:
    room.sender.fail["a"] = [BadRequest("Chat not found")]
    await room.queue((1, "a"))
    room.start()
    await room.until_idle()
    row = await room.row("a")
    assert row.status == "dead"
    assert room.alarms == [("letter_dead", {"kind": "a", "letter": row.id})]


async def test_what_cannot_be_drawn_is_dead_and_blocks_nobody(room: Room) -> None:
    await room.queue((1, "undrawable"), (1, "b"))
    room.start()
    await room.until_idle()
    assert await room.statuses() == {"undrawable": "dead", "b": "sent"}
    assert [what for what, _ in room.alarms] == ["letter_dead"]


async def test_an_alarm_that_fails_raises_no_alarm(room: Room) -> None:
    room.sender.fail["admin.alarm"] = [BadRequest("Chat not found")]
    await room.queue((1, "admin.alarm"))
    room.start()
    await room.until_idle()
    assert await room.statuses() == {"admin.alarm": "dead"}
    assert room.alarms == []


async def test_a_card_is_sent_once_and_then_edited(room: Room) -> None:
    room.start()
    for kind in ("first", "second", "third"):
        await room.show(1, kind)
        await room.until_idle()
    message = await room.shown_by(1)
    assert message is not None
    assert room.sender.sent == [(1, "first", None), (1, "second", message), (1, "third", message)]


async def test_of_two_drawings_of_a_card_the_last_is_sent(room: Room) -> None:
    await room.show(1, "old")
    await room.show(1, "new")
    room.start()
    await room.until_idle()
    assert room.sender.sent == [(1, "new", None)]
    assert await room.statuses() == {"old": "superseded", "new": "sent"}


@pytest.mark.parametrize("in_flight", [True, False])
async def test_all_drawings_of_a_card_together_are_sent_twice_at_most(
    room: Room, in_flight: bool
) -> None:
    for kind in ("first", "second", "third"):
        room.sender.fail[kind] = [TimedOut()] * 3
    if in_flight:  # replaced while nobody knows yet what becomes of it
        room.sender.gates["first"] = asyncio.Event()
    await room.show(1, "first")
    room.start()
    await room.until(lambda: room.sender.begun == ["first"])
    if in_flight:
        await room.show(1, "second")
        room.sender.gates["first"].set()
    await room.until_idle()
    for kind in ("second", "third"):
        await room.show(1, kind)
        for _ in range(3):
            room.later(600)
            await room.until_idle()
    assert len(room.sender.begun) == 2
    assert (await room.row("third")).status == "unknown"
    assert room.alarms[-1] == ("letter_unknown", {"kind": "third", "letter": 3 + in_flight})


async def test_a_card_that_arrived_after_all_is_edited_and_may_be_lost_anew(room: Room) -> None:
    room.sender.fail["first"] = [TimedOut()]
    await room.show(1, "first")
    room.start()
    await room.until_idle()
    await room.show(1, "second")
    room.later(600)
    await room.until_idle()
    message = await room.shown_by(1)
    room.sender.fail["third"] = [BadRequest(GONE), TimedOut()]
    await room.show(1, "third")
    for _ in range(3):
        await room.until_idle()
        room.later(600)
    assert message is not None
    assert await room.shown_by(1) not in {None, message}
    assert room.alarms == []


async def test_drawings_that_were_replaced_make_room_for_others_in_the_same_turn(
    room: Room,
) -> None:
    room.sender.gates["old"] = asyncio.Event()
    for chat in range(1, 21):
        await room.show(chat, "old")
    await room.worker._take_turn()
    await room.until(lambda: len(room.sender.begun) == IN_FLIGHT)
    for chat in range(IN_FLIGHT + 1, 21):
        await room.show(chat, "new")
    room.sender.gates["old"].set()
    await room.until(lambda: len(room.sender.sent) == IN_FLIGHT)
    await room.worker._take_turn()
    await room.until(lambda: len(room.sender.sent) == 2 * IN_FLIGHT)
    assert room.sender.kinds == ["old"] * IN_FLIGHT + ["new"] * IN_FLIGHT


async def test_a_drawing_that_was_looked_up_and_then_replaced_is_not_sent(room: Room) -> None:
    room.sender.gates["before"] = asyncio.Event()
    await room.queue((1, "before"))
    await room.show(1, "old")
    room.start()
    await room.until(lambda: room.sender.begun == ["before"])
    await room.queue((2, "passing"))
    await room.until(lambda: "passing" in room.sender.kinds)
    await room.show(1, "new")
    room.sender.gates["before"].set()
    await room.until_idle()
    assert room.sender.kinds == ["passing", "before", "new"]


@pytest.mark.parametrize("text", [GONE, "Message can't be edited"])
async def test_a_card_that_cannot_be_edited_is_sent_anew(room: Room, text: str) -> None:
    room.start()
    await room.show(1, "first")
    await room.until_idle()
    first = await room.shown_by(1)
    room.sender.fail["second"] = [BadRequest(text)]
    await room.show(1, "second")
    await room.until_idle()
    second = await room.shown_by(1)
    assert second not in {None, first}
    await room.show(1, "third")
    await room.until_idle()
    assert room.sender.sent[1:] == [(1, "second", None), (1, "third", second)]


async def test_a_message_that_is_gone_is_redrawn_as_a_new_one(room: Room) -> None:
    room.sender.fail["a"] = [BadRequest(GONE)]
    await room.queue((1, "a"), message_id=77)
    room.start()
    await room.until_idle()
    assert room.sender.sent == [(1, "a", None)]


async def test_not_modified_is_success(room: Room) -> None:
    room.sender.fail["a"] = [BadRequest("Message is not modified: specified new message ...")]
    await room.queue((1, "a"), message_id=77)
    room.start()
    await room.until_idle()
    assert await room.statuses() == {"a": "sent"}


async def test_the_answer_to_a_question_is_handed_on_once(room: Room) -> None:
    room.sender.fail["group.place"] = [TimedOut(), NetworkError("broke off"), TimedOut()]
    await room.queue((-7, "group.place"))
    room.start()
    for _ in range(4):
        await room.until_idle()
        room.later(3600)
    await room.until_idle()
    assert room.sender.begun == ["place of 55 in -7"] * 4
    assert room.sender.sent == [], "nothing is said"
    assert room.replies == [("group.place", {"person": "creator", "may_write": True})]
    assert await room.statuses() == {"group.place": "sent"}


async def test_a_question_that_is_refused_is_answered_with_nothing(room: Room) -> None:
    room.sender.fail["group.place"] = [
        BadRequest("user not found"),
        Forbidden("Forbidden: bot was kicked from the supergroup chat"),
    ]
    await room.queue((-7, "group.place"))
    await room.queue((-8, "group.place"))
    room.start()
    await room.until_idle()
    assert room.replies == [("group.place", {})] * 2
    assert room.blocked == [-8]
    assert room.alarms == []


async def test_edits_are_repeated_freely(room: Room) -> None:
    room.sender.fail["a"] = [TimedOut(), TimedOut(), TimedOut()]
    await room.queue((1, "a"), message_id=77)
    room.start()
    for _ in range(4):
        await room.until_idle()
        room.later(301)
    await room.until_idle()
    assert room.sender.sent == [(1, "a", 77)]
    assert room.alarms == []
