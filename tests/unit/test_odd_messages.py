"""Every kind of message at every step: answered in private, passed over in groups, never lost."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from storage.unit_of_work import Database
from tests.support.chat_room import DESK, GROUP, LI, ZHAO, ChatRoom, Raw, chat_room
from tests.support.database import HandClock

USER = {"id": 5, "is_bot": False, "first_name": "x"}
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
PHOTO = {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}
FILE = {"file_id": "f", "file_unique_id": "f"}
POLL = {
    "id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
    "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
}  # fmt: skip
ODD: dict[str, Raw] = {  # no report can be made of it: a friendly answer
    "sticker": {
        "sticker": FILE
        | {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    },
    "contact": {"contact": {"phone_number": "+861", "first_name": "x"}},
    "poll": {"poll": POLL},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "game": {"game": {"title": "t", "description": "d", "photo": [PHOTO]}},
    "video_note": {"video_note": FILE | {"length": 9, "duration": 3}},
    "audio": {"audio": FILE | {"duration": 3}},
    "unknown command": {
        "text": "/nosuchthing",
        "entities": [{"type": "bot_command", "offset": 0, "length": 12}],
    },
    "story": {"story": {"chat": CHANNEL, "id": 1}},
}
JOINS: dict[str, Raw] = {  # becomes part of the report
    "words": {"text": "还有水漏"},
    "forwarded words": {
        "text": "邻居说的",
        "forward_origin": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 3},
    },
    "forwarded by a hidden person": {
        "text": "邻居说的",
        "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "x"},
    },
    "a link": {"text": "https://example.org/?q=<b>"},
    "picture": {"photo": [PHOTO]},
    "voice": {"voice": FILE | {"duration": 3}},
    "film": {"video": FILE | {"width": 9, "height": 9, "duration": 3}},
    "paper": {"document": FILE},
    "gif": {
        "document": FILE,
        "animation": FILE | {"width": 9, "height": 9, "duration": 3},
    },
    "location": {"location": {"latitude": 1.0, "longitude": 2.0}},
    "only spaces": {"text": "\u200b\u2060 x"},
    "five thousand": {"text": "字" * 4096},
    "turned round": {"text": "\u202eabc\u2067"},
}
SERVICE: dict[str, Raw] = {  # Telegram's own remarks: nobody said anything
    "pinned": {
        "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    },
    "write access": {"write_access_allowed": {"from_request": True}},
}
STEPS = ("nothing", "place", "unit", "kind", "check", "dropped")


@pytest.fixture
async def room(database: Database, clock: HandClock) -> AsyncIterator[ChatRoom]:
    async with chat_room(database, clock) as made:
        yield made


def answer_to(name: str) -> str:
    """Return the kind of letter that answers what no report can be made of."""
    return "broadcast.poll_of_resident" if name == "poll" else "common.unknown"


async def reach(room: ChatRoom, step: str) -> int:
    """Bring a report to the step; return who writes it."""
    person = ZHAO if step in {"place", "unit"} else LI
    words = {"kind": "有东西坏了", "nothing": ""}.get(step, "灯不亮了")
    if words:
        await room.hand_in(room.text(words, person))
    if step == "unit":
        await room.hand_in(room.text("3号楼", person))
    if step == "dropped":
        await room.hand_in(room.text("取消", person))
    return person


@pytest.mark.parametrize("step", STEPS)
async def test_what_no_report_can_be_made_of_is_answered_and_breaks_nothing(
    room: ChatRoom, step: str
) -> None:
    person = await reach(room, step)
    held, state = await room.draft(person), await room.state(person)
    for name, content in ODD.items():
        assert await room.kinds(room.message(person, **content)) == [answer_to(name)], name
        assert await room.draft(person) == held, name
        assert await room.state(person) == state, name


@pytest.mark.parametrize("name", JOINS)
@pytest.mark.parametrize("step", STEPS)
async def test_what_can_join_a_report_joins_it(room: ChatRoom, step: str, name: str) -> None:
    person = await reach(room, step)
    before = await room.draft(person)

    answered = await room.kinds(room.message(person, **JOINS[name]))

    assert answered, "somebody who writes hears something"
    after = await room.draft(person)
    assert after is not None
    assert after != before


async def test_what_is_odd_leaves_a_question_of_the_desk_open(room: ChatRoom) -> None:
    await room.hand_in(room.text("灯不亮了"), room.text("1"))
    await room.hand_in(room.press("v1:decline:start:1001:1", DESK))
    await room.hand_in(room.press("v1:decline:reason:1001:1:municipal", DESK))
    for name, content in ODD.items():
        assert await room.kinds(room.message(DESK, **content)) == [answer_to(name)], name
        assert await room.state(DESK, "decline") == "whom", name

    assert await room.kinds(room.text("打 122 找交警", DESK)) == ["desk.decline_preview"]


@pytest.mark.parametrize("step", ["nothing", "check"])
async def test_what_telegram_says_by_itself_is_passed_over(room: ChatRoom, step: str) -> None:
    person = await reach(room, step)
    held = await room.draft(person)
    for name, content in SERVICE.items():
        assert await room.kinds(room.message(person, **content)) == [], name
        assert await room.draft(person) == held


@pytest.mark.parametrize(
    "sender",
    [
        {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
        {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        {"id": LI, "is_bot": False, "first_name": "n"},
    ],
    ids=["anonymous admin", "channel", "service", "neighbour"],
)
async def test_what_is_written_in_a_group_makes_nobody_and_nothing(
    room: ChatRoom, sender: Raw
) -> None:
    people, drafts = await room.count("people"), await room.count("drafts")
    group = {"id": GROUP, "type": "supergroup", "title": "g"}
    for content in (*ODD.values(), *JOINS.values(), *SERVICE.values(), {"text": "1"}):
        raw = room.message(LI, group, **content)
        raw["message"]["from"] = sender
        if "entities" not in content:
            assert await room.hand_in(raw) == []
    assert (await room.count("people"), await room.count("drafts")) == (people, drafts)


async def test_service_accounts_gain_nothing_in_private_either(room: ChatRoom) -> None:
    for telegram_id in (1087968824, 136817688, 777000):
        await room.hand_in(room.text("/todo", telegram_id))
        assert "list.todo" not in await room.kinds(room.text("/todo", telegram_id))


async def test_updates_of_other_kinds_are_passed_over(room: ChatRoom) -> None:
    channel = {"message_id": 1, "date": 0, "chat": CHANNEL, "text": "x"}
    others: list[Raw] = [
        {"channel_post": channel},
        {"edited_channel_post": channel | {"edit_date": 1}},
        {"inline_query": {"id": "1", "from": USER, "query": "x", "offset": ""}},
        {"chosen_inline_result": {"result_id": "1", "from": USER, "query": "x"}},
        {"poll": POLL},
        {"poll_answer": {"poll_id": "1", "user": USER, "option_ids": [0],
                         "option_persistent_ids": ["1"]}},
        {"pre_checkout_query": {"id": "1", "from": USER, "currency": "CNY", "total_amount": 1,
                                "invoice_payload": "x"}},
        {"something_new": {"x": 1}},
    ]  # fmt: skip
    people = await room.count("people")
    for one in others:
        assert await room.hand_in(one) == [], one
    assert await room.count("people") == people


FORGED = (
    *(None, "", "x", "v1:", "v1:case", "v1:case:withdraw:x:1", "v1:case:nothing:1001:1"),
    *("v2:home:my:0:0", "v1:case:withdraw:999999:1", "v1:case:assign:1:-1", "v1:draft:file:99:0"),
    *("v1:settings:speak:0:0:tlh", "v1:settings:hours:0:0:9999-9999", "v1:settings:unit:0:0:99-9"),
    *("v1:settings:building:0:0:x", "v1:list:my:0:0:99999999999999999"),
    *("v1:settings:buildings:0:0:99", "v1:home:my:0:0:" + "x" * 40),
)


@pytest.mark.parametrize("data", FORGED)
async def test_any_press_is_answered_once(room: ChatRoom, data: str | None) -> None:
    before = await room.count("cases"), await room.count("drafts")
    await room.hand_in(room.press(data))
    assert len(room.toasts) == 1
    assert (await room.count("cases"), await room.count("drafts")) == before


async def test_a_press_without_its_message_is_answered(room: ChatRoom) -> None:
    raw = room.press("v1:home:my:0:0")
    del raw["callback_query"]["message"]
    await room.hand_in(raw | {})
    gone: Any = {"chat": {"id": LI, "type": "private"}, "message_id": 1, "date": 0}
    await room.hand_in(room.press("v1:home:my:0:0", message=gone))
    assert len(room.toasts) == 2


async def test_an_edited_message_that_belongs_to_nothing_is_passed_over(room: ChatRoom) -> None:
    for content in (
        {"text": "new"},
        {"photo": [PHOTO], "caption": "x"},
        {"dice": ODD["dice"]["dice"]},
    ):
        bare = room.bare(LI, **content) | {"edit_date": 1}
        assert await room.hand_in({"edited_message": bare}) == []
    assert await room.draft() is None


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ({"document": FILE | {"file_size": 20 * 1024 * 1024 + 1}}, "common.file_too_big"),
        ({"video": FILE | {"width": 9, "height": 9, "duration": 3, "file_size": 30_000_000}},
         "common.file_too_big"),
        ({"photo": [PHOTO | {"width": 12000, "height": 12000}]}, "common.too_many_pixels"),
    ],
)  # fmt: skip
async def test_a_file_beyond_the_limits_is_left_out_and_the_words_stay(
    room: ChatRoom, content: Raw, answer: str
) -> None:
    kinds = await room.kinds(room.message(LI, caption="灯不亮了", **content))
    assert answer in kinds
    draft = await room.draft(LI)
    assert draft is not None
    assert draft["words"] == "灯不亮了"
    assert draft["photos"] == []


async def test_a_file_beyond_the_limits_alone_is_answered(room: ChatRoom) -> None:
    big = {"document": FILE | {"file_size": 20 * 1024 * 1024 + 1}}
    assert "common.file_too_big" in await room.kinds(room.message(LI, **big))
