"""Polls: Telegram's limits in its words, and votes that are counted wherever a poll is shown."""

from typing import Any

import pytest

from tests.unit.sandbox.conftest import DISPATCHER, GROUP, RESIDENT, VOLUNTEER, Hands

BAD = "400 Bad Request: "
ASKED = {"chat_id": RESIDENT, "question": "先做哪一样?", "options": ["充电棚", "长椅"]}
QUIZ = {**ASKED, "type": "quiz", "correct_option_ids": [0]}


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "灯" * 301}, "poll question length must not exceed 300"),
        ({"options": ["一个"]}, "poll must have at least 2 option"),
        ({"options": [str(n) for n in range(13)]}, "poll can't have more than 12 options"),
        ({"options": ["a", " "]}, "poll options must be non-empty"),
        ({"options": ["a", "灯" * 101]}, "poll options length must not exceed 100"),
        ({"options": ["a", "a "]}, "POLL_OPTION_DUPLICATE"),
        ({"options": ["a", {"text": "b", "x": 1}]}, "can't parse poll option: unknown field"),
        ({"type": "vote"}, "unsupported poll type specified"),
        ({"explanation": "x"}, "only a quiz has a correct option and an explanation"),
        ({"description": "灯" * 1025}, "poll description length must not exceed 1024"),
        ({"open_period": 4}, "wrong poll open period specified"),
        ({"open_period": 2_628_001}, "wrong poll open period specified"),
        ({"close_date": 5}, "wrong poll open period specified"),
        (
            {"open_period": 60, "close_date": 5},
            "only one of open_period and close_date can be used",
        ),
        ({"members_only": True}, "the sandbox knows no members_only of a poll"),
        ({**QUIZ, "correct_option_ids": None}, "quiz poll must have correct answers"),
        ({**QUIZ, "correct_option_ids": [2]}, "wrong correct option ID specified"),
        ({**QUIZ, "correct_option_ids": [0, 1]}, "quiz poll must have exactly one correct answer"),
        ({**QUIZ, "explanation": "灯" * 201}, "poll explanation length must not exceed 200"),
        ({**QUIZ, "explanation": "a\nb\nc\nd"}, "poll explanation must have at most 2 line feeds"),
        ({"chat_id": 5}, "chat not found"),
    ],
)
async def test_what_telegram_refuses(hands: Hands, given: dict[str, Any], description: str) -> None:
    wish = {name: value for name, value in {**ASKED, **given}.items() if value is not None}
    assert await hands.refused("sendPoll", **wish) == BAD + description


async def test_only_what_is_there_is_forwarded_or_stopped(hands: Hands) -> None:
    sent = await hands.api("sendPoll", **ASKED)
    own = {"chat_id": RESIDENT, "message_id": sent["message_id"]}
    gone = {"chat_id": GROUP, "from_chat_id": RESIDENT, "message_id": 99}
    assert await hands.refused("forwardMessage", **gone) == BAD + "message to forward not found"
    here = {"chat_id": GROUP, "from_chat_id": RESIDENT, "message_id": sent["message_id"]}
    copy = await hands.api("forwardMessage", **here)
    there = {"chat_id": GROUP, "message_id": copy["message_id"]}
    assert await hands.refused("stopPoll", **there) == BAD + "poll can't be stopped"
    words = "message with poll to stop not found"
    assert await hands.refused("stopPoll", chat_id=RESIDENT, message_id=99) == BAD + words
    assert await hands.refused("editMessageText", **own, text="x") == (
        BAD + "there is no text in the message to edit"
    )
    await hands.api("stopPoll", **own)
    assert await hands.refused("stopPoll", **own) == BAD + "poll has already been closed"


async def _vote(hands: Hands, who: int, message: Any, *options: int, status: int = 200) -> Any:
    wish = {"from": who, "chat": message["chat"]["id"], "message_id": message["message_id"]}
    return await hands.sim("POST", "vote", wish | {"options": options}, status=status)


async def test_a_forwarded_poll_is_the_same_poll(hands: Hands) -> None:
    buttons = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    sent = await hands.api("sendPoll", **ASKED, reply_markup=buttons)
    where = {"from_chat_id": RESIDENT, "message_id": sent["message_id"]}
    copies = [await hands.api("forwardMessage", chat_id=who, **where) for who in (1002, 1003)]
    assert "reply_markup" not in copies[0]
    await _vote(hands, RESIDENT, sent, 0)
    await _vote(hands, DISPATCHER, copies[0], 1)
    await _vote(hands, VOLUNTEER, copies[1], 0)
    await _vote(hands, VOLUNTEER, copies[1])  # thinks again
    polls = [one["poll"] for one in await hands.updates() if "poll" in one]
    assert [one["total_voter_count"] for one in polls] == [1, 2, 3, 2]
    assert [one["voter_count"] for one in polls[-1]["options"]] == [1, 1]
    assert not any("poll_answer" in one for one in await hands.updates())  # nobody's name
    for who in (RESIDENT, DISPATCHER, VOLUNTEER):
        shown = (await hands.chat(who))["messages"][-1]["poll"]
        assert [one["votes"] for one in shown["options"]] == [1, 1]
    refused = await _vote(hands, DISPATCHER, copies[0], 0, 1, status=409)
    assert refused["error"] == "Only one option can be chosen."


async def test_the_answer_to_a_quiz_is_told_unless_it_was_forwarded(hands: Hands) -> None:
    quiz = {"question": "几点?", "options": ["早", "晚"], "correct": 1, "explanation": "晚上"}
    for more in ({}, {"forwarded": True}):
        await hands.sim("POST", "message", {"from": RESIDENT, "poll": quiz | more})
    own, forwarded = [one["message"]["poll"] for one in await hands.updates()]
    assert (own["correct_option_ids"], own["explanation"]) == ([1], "晚上")
    assert "correct_option_ids" not in forwarded
    await hands.sim("POST", "vote", {"from": RESIDENT, "message_id": 1, "options": [0]})
    assert not [one for one in await hands.updates() if "poll" in one]  # not the bot's own
    again = {"from": RESIDENT, "message_id": 1, "options": [1]}
    assert "vote again" in (await hands.sim("POST", "vote", again, status=409))["error"]
    wrong = {"from": RESIDENT, "poll": {"question": "x", "options": ["a"]}}
    assert "2 to 12 options" in (await hands.sim("POST", "message", wrong, status=400))["error"]


async def test_a_poll_ends_when_its_time_is_over(hands: Hands) -> None:
    sent = await hands.api("sendPoll", **ASKED, open_period=60)
    state = hands.sandbox.state
    state.clock.jump_to(state.clock.now().replace(minute=30))
    refused = await _vote(hands, RESIDENT, sent, 0, status=409)
    assert refused["error"] == "The poll is closed."
    (told,) = [one["poll"] for one in await hands.updates()]
    assert told["is_closed"]
