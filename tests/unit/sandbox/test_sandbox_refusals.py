"""Every refusal of the Bot API in Telegram's very words."""

import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from telegram.constants import FileSizeLimit

from bot.sandbox.media import keep
from bot.sandbox.methods_text import NOT_MODIFIED, TOO_OLD
from tests.unit.sandbox.conftest import DISPATCHER, GROUP, RESIDENT, TOKEN, Hands

BAD = "400 Bad Request: "


def _inline(**button: Any) -> str:
    return json.dumps({"inline_keyboard": [[{"text": "x", **button}]]})


@pytest.mark.parametrize(
    ("method", "given", "description"),
    [
        ("sendMessage", {"chat_id": "5", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "1001"}, "message text is empty"),
        ("sendMessage", {"chat_id": "1001", "text": " \n"}, "message text is empty"),
        ("sendMessage", {"chat_id": "1001", "text": "灯" * 4097}, "message is too long"),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_parameters": '{"message_id": 99}'},
            "message to be replied not found",
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_markup": _inline(callback_data="灯" * 22)},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_markup": _inline(callback_data="")},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_markup": _inline(url="nowhere")},
            "BUTTON_URL_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_markup": _inline(colour="red")},
            'can\'t parse keyboard button: there is no field "colour"',
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "colour": "red"},
            'there is no parameter "colour" in send_message',
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "disable_notification": "perhaps"},
            'parameter "disable_notification" has a wrong value',
        ),
        (
            "sendPhoto",
            {"chat_id": "1001", "photo": "none"},
            "wrong file_id or the file is temporarily unavailable",
        ),
        ("sendPhoto", {"chat_id": "1001"}, "there is no photo in the request"),
        ("getFile", {"file_id": "none"}, "wrong file_id or the file is temporarily unavailable"),
        (
            "editMessageText",
            {"chat_id": "1001", "message_id": "99", "text": "x"},
            "message to edit not found",
        ),
        (
            "editMessageText",
            {"chat_id": "1001", "text": "x"},
            "message identifier is not specified",
        ),
        (
            "deleteMessage",
            {"chat_id": "1001", "message_id": "99"},
            "message to delete not found",
        ),
        ("answerCallbackQuery", {"callback_query_id": "none"}, TOO_OLD),
        ("answerCallbackQuery", {}, TOO_OLD),
        (
            "sendChatAction",
            {"chat_id": "1001", "action": "dance"},
            "wrong parameter action in request",
        ),
        ("setMyCommands", {"commands": '[{"command": "A B"}]'}, "BOT_COMMAND_INVALID"),
        (
            "getUpdates",
            {"allowed_updates": '["pigeon"]'},
            "unknown update type 'pigeon' in allowed_updates",
        ),
    ],
)
async def test_wrong_calls_are_refused(
    hands: Hands, method: str, given: dict[str, str], description: str
) -> None:
    assert await hands.refused(method, **given) == BAD + description


async def test_tokens_and_methods(hands: Hands) -> None:
    for token, status, words in (
        ("nonsense", 404, "Not Found"),
        (TOKEN, 404, "Not Found: method not found"),
    ):
        async with hands.session.get(f"{hands.url}/bot{token}/sendPigeon") as answer:
            assert (answer.status, (await answer.json())["description"]) == (status, words)
    hands.sandbox.state.token = "7000000009:another-token-altogether"
    assert await hands.refused("getMe") == "401 Unauthorized"


async def test_blocked_deactivated_and_kicked(hands: Hands) -> None:
    await hands.sim("POST", "block", {"from": RESIDENT})
    await hands.sim("POST", "deactivate", {"from": DISPATCHER})
    await hands.sim("POST", "kick", {"from": RESIDENT, "chat": GROUP})
    for chat, words in (
        (RESIDENT, "403 Forbidden: bot was blocked by the user"),
        (DISPATCHER, "403 Forbidden: user is deactivated"),
        (GROUP, "403 Forbidden: bot was kicked from the group chat"),
    ):
        assert await hands.refused("sendMessage", chat_id=chat, text="x") == words
    await hands.sim("POST", "unblock", {"from": RESIDENT})
    await hands.sim("POST", "invite", {"from": RESIDENT, "chat": GROUP})
    assert (await hands.api("sendMessage", chat_id=RESIDENT, text="x"))["text"] == "x"
    assert (await hands.api("sendMessage", chat_id=GROUP, text="x"))["text"] == "x"


async def test_a_new_person_must_write_first(hands: Hands) -> None:
    new = await hands.sim("POST", "people", {"name": "小刘"})
    assert await hands.refused("sendMessage", chat_id=new["id"], text="x") == BAD + "chat not found"
    await hands.say(new["id"], "/start")
    assert (await hands.api("sendMessage", chat_id=new["id"], text="x"))["chat"]["id"] == new["id"]


async def test_an_edit_must_change_something_and_be_ours(hands: Hands) -> None:
    theirs = await hands.say(RESIDENT, "hello")
    sent = await hands.api("sendMessage", chat_id=RESIDENT, text="<b>x</b>", parse_mode="HTML")
    same = {"chat_id": RESIDENT, "message_id": sent["message_id"]}
    assert (
        await hands.refused("editMessageText", **same, text="<b>x</b>", parse_mode="HTML")
        == BAD + NOT_MODIFIED
    )
    assert await hands.refused("editMessageReplyMarkup", **same) == BAD + NOT_MODIFIED
    assert (
        await hands.refused("editMessageText", chat_id=RESIDENT, message_id=theirs, text="x")
        == BAD + "message can't be edited"
    )
    changed = await hands.api("editMessageText", **same, text="x")
    assert "entities" not in changed
    assert changed["edit_date"] >= changed["date"]
    await hands.api("deleteMessage", **same)
    assert await hands.refused("editMessageText", **same, text="y") == (
        BAD + "message to edit not found"
    )
    assert await hands.refused("deleteMessage", **same) == BAD + "message to delete not found"


async def test_captions_are_limited_after_parsing(hands: Hands) -> None:
    sent = await hands.sim("POST", "message", {"from": RESIDENT, "photo": "light"})
    photo = (await hands.updates())[0]["message"]["photo"][-1]["file_id"]
    given = {"chat_id": RESIDENT, "photo": photo, "parse_mode": "HTML"}
    assert await hands.refused("sendPhoto", **given, caption="x" * 1025) == (
        BAD + "message caption is too long"
    )
    fits = await hands.api("sendPhoto", **given, caption=f"<b>{'x' * 1024}</b>")
    assert (len(fits["caption"]), sent["message_ids"]) == (1024, [1])


@pytest.mark.parametrize(
    ("method", "size", "status"),
    [
        ("sendPhoto", FileSizeLimit.PHOTOSIZE_UPLOAD, 200),
        ("sendPhoto", FileSizeLimit.PHOTOSIZE_UPLOAD + 1, 400),
        ("sendDocument", FileSizeLimit.PHOTOSIZE_UPLOAD + 1, 200),
        ("sendDocument", FileSizeLimit.FILESIZE_UPLOAD + 1, 400),
    ],
)
async def test_what_is_sent_has_a_largest_size(
    hands: Hands, method: str, size: int, status: int
) -> None:
    form = aiohttp.FormData({"chat_id": str(RESIDENT)})
    form.add_field(method.removeprefix("send").lower(), BytesIO(b"x" * size), filename="large")
    async with hands.session.post(f"{hands.url}/bot{TOKEN}/{method}", data=form) as answer:
        told = await answer.json()
    words = None if status == 200 else "Bad Request: file is too big"
    assert (answer.status, told.get("description")) == (status, words)


async def test_what_is_fetched_has_a_largest_size(hands: Hands) -> None:
    limit, files = FileSizeLimit.FILESIZE_DOWNLOAD, hands.sandbox.state.world.files
    fits, large = (
        keep(files, "document", b"x" * size, name="large").file_id for size in (limit, limit + 1)
    )
    assert (await hands.api("getFile", file_id=fits))["file_size"] == limit
    assert await hands.refused("getFile", file_id=large) == BAD + "file is too big"


async def test_a_press_is_answered_once_and_in_time(hands: Hands) -> None:
    sent = await hands.api(
        "sendMessage", chat_id=RESIDENT, text="?", reply_markup=_inline(callback_data="a")
    )
    press = {"from": RESIDENT, "message_id": sent["message_id"], "label": " x "}
    first = (await hands.sim("POST", "press", press))["callback_id"]
    assert await hands.refused("answerCallbackQuery", callback_query_id=first, text="x" * 201) == (
        BAD + "MESSAGE_TOO_LONG"
    )
    assert await hands.api("answerCallbackQuery", callback_query_id=first, text="好") is True
    assert await hands.refused("answerCallbackQuery", callback_query_id=first) == BAD + TOO_OLD
    second = (await hands.sim("POST", "press", press))["callback_id"]
    clock = hands.sandbox.state.clock
    clock.jump_to(clock.now().replace(hour=(clock.now().hour + 1) % 24))
    assert await hands.refused("answerCallbackQuery", callback_query_id=second) == BAD + TOO_OLD
    toasts = (await hands.chat(RESIDENT))["toasts"]
    assert [(t["to"], t["text"], t["alert"]) for t in toasts] == [(RESIDENT, "好", False)]


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(hands: Hands) -> None:
    keyboard = {"keyboard": [[{"text": "报问题"}], ["我的事"]], "is_persistent": True}
    sent = await hands.api("sendMessage", chat_id=RESIDENT, text="x", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert await hands.refused(
        "editMessageText", chat_id=RESIDENT, message_id=sent["message_id"], text="y"
    ) == (BAD + "message can't be edited")
    assert (await hands.chat(RESIDENT))["messages"][0]["keyboard"] == [["报问题"], ["我的事"]]
    await hands.api(
        "sendMessage", chat_id=RESIDENT, text="x", reply_markup={"remove_keyboard": True}
    )
    assert (await hands.sim("GET", "menu", person=RESIDENT))["keyboard"] == []
