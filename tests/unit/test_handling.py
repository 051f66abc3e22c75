"""What of a press is read: who pressed what and where, in a group also in which topic."""

import json
from typing import Any, cast

import pytest
from telegram import Bot, Message, Update

from bot.intake.handling import read_update

PRIVATE = {"id": 7, "type": "private", "first_name": "王"}
FORUM = {"id": -100, "type": "supergroup", "title": "网格群", "is_forum": True}
BOT = cast("Bot", None)


def press(chat: dict[str, Any], **more: Any) -> dict[str, Any]:
    message = {"message_id": 5, "date": 1_700_000_000, "chat": chat, "text": "报修", **more}
    who = {"id": 7, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
    query = {"id": "9", "from": who, "chat_instance": "1", "message": message, "data": "v1:a:b:1:0"}
    return {"update_id": 3, "callback_query": query}


def facts(update: Update) -> dict[str, Any]:
    """Return all of a press that handlers look at."""
    query, user, chat = update.callback_query, update.effective_user, update.effective_chat
    assert query is not None
    assert query.message is not None
    assert user is not None
    assert chat is not None
    under = query.message
    return {
        "numbers": (update.update_id, query.id, query.data, under.message_id),
        "who": (user.id, user.full_name, user.language_code),
        "where": (chat.id, chat.type, under.chat.id, under.chat.type),
    }


def test_of_a_press_in_private_all_that_counts_is_read() -> None:
    raw = press(PRIVATE)

    assert facts(read_update(json.dumps(raw), BOT)) == facts(Update.de_json(raw, BOT))


def test_a_press_in_a_group_still_tells_its_topic() -> None:
    raw = press(FORUM, message_thread_id=42, is_topic_message=True)

    found = read_update(json.dumps(raw), BOT)

    assert found.callback_query is not None
    assert isinstance(found.callback_query.message, Message)
    assert found.callback_query.message.message_thread_id == 42


@pytest.mark.parametrize("missing", ["message", "data"])
def test_a_press_without_a_card_or_without_words_is_still_a_press(missing: str) -> None:
    raw = press(PRIVATE)
    del raw["callback_query"][missing]

    found = read_update(json.dumps(raw), BOT)

    assert found.effective_user is not None
    assert found.callback_query is not None
    assert found.callback_query.id == "9"
