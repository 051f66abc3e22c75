"""Two clients judge the sandbox: aiogram, which shares nothing with us, and telegram.Bot."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiogram
import pytest
import telegram
from aiogram import types as ag
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from pydantic import BaseModel
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter

from bot.sandbox.media import sample
from bot.sandbox.methods import NAMES, camel
from tests.unit.sandbox.conftest import (
    DISPATCHER,
    GROUP,
    RESIDENT,
    STAFF,
    TOKEN,
    VOLUNTEER,
    Hands,
)

JUDGED = {
    "getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "sendMessage",
    "sendPhoto", "sendMediaGroup", "sendDocument", "sendVoice", "sendVideo", "sendChatAction",
    "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "editMessageMedia",
    "deleteMessage", "answerCallbackQuery", "setMessageReaction", "getFile", "setMyCommands",
    "getMyCommands", "deleteMyCommands", "setMyDescription", "getMyDescription",
    "setMyShortDescription", "getMyShortDescription", "setChatMenuButton", "getChatMenuButton",
    "getChat", "getChatMember", "getChatAdministrators", "getChatMemberCount", "deleteMessages",
    "sendLocation", "createForumTopic", "editForumTopic", "closeForumTopic", "reopenForumTopic",
    "sendPoll", "stopPoll", "forwardMessage",
}  # fmt: skip


def strangers(value: Any) -> list[str]:
    """Name the fields of an answer that aiogram's models do not know, at any depth."""
    if isinstance(value, (list, tuple)):
        return [name for item in value for name in strangers(item)]
    if not isinstance(value, BaseModel):
        return []
    own = [f"{type(value).__name__}.{name}" for name in value.model_extra or ()]
    inner = [getattr(value, name) for name in type(value).model_fields]
    return own + strangers(inner)


@pytest.fixture
async def judge(hands: Hands) -> AsyncIterator[aiogram.Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(hands.url))
    async with aiogram.Bot(TOKEN, session=session) as bot:
        yield bot


@pytest.fixture
async def ours(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[telegram.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with telegram.Bot(
        TOKEN, base_url=f"{hands.url}/bot", base_file_url=f"{hands.url}/file/bot"
    ) as bot:
        yield bot


def _file(name: str) -> ag.BufferedInputFile:
    file_name, content = sample(name)
    return ag.BufferedInputFile(content, file_name)


def _buttons() -> ag.InlineKeyboardMarkup:
    return ag.InlineKeyboardMarkup(
        inline_keyboard=[
            [ag.InlineKeyboardButton(text="接", callback_data="v1:a", style="success")],
            [ag.InlineKeyboardButton(text="看", url="https://example.org")],
        ]
    )


async def _words(judge: aiogram.Bot, hands: Hands) -> list[Any]:
    sent = await judge.send_message(
        RESIDENT, "<b>您好</b> /my", parse_mode="HTML", reply_markup=_buttons(),
        disable_notification=True, link_preview_options=ag.LinkPreviewOptions(is_disabled=True),
    )  # fmt: skip
    assert [(e.type, e.offset, e.length) for e in sent.entities or []] == [
        ("bold", 0, 2),
        ("bot_command", 3, 3),
    ]
    theirs = await hands.say(RESIDENT, "灯坏了")
    reply = await judge.send_message(
        RESIDENT, "收到", reply_parameters=ag.ReplyParameters(message_id=theirs)
    )
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "灯坏了"
    edited = await judge.edit_message_text(
        text="改了", chat_id=RESIDENT, message_id=sent.message_id
    )
    again = await judge.edit_message_reply_markup(
        chat_id=RESIDENT, message_id=sent.message_id, reply_markup=_buttons()
    )
    await hands.sim(
        "POST", "press", {"from": RESIDENT, "message_id": sent.message_id, "label": "接"}
    )
    reaction: list[Any] = [ag.ReactionTypeEmoji(emoji="👀")]
    return [
        sent, reply, edited, again,
        await judge.set_message_reaction(RESIDENT, theirs, reaction=reaction),
        await judge.send_chat_action(RESIDENT, "typing"),
        await judge.delete_message(RESIDENT, reply.message_id),
    ]  # fmt: skip


async def _files(judge: aiogram.Bot) -> list[Any]:
    photo = await judge.send_photo(RESIDENT, _file("light"), caption="<i>看</i>", parse_mode="HTML")
    assert photo.photo is not None
    again = await judge.send_photo(GROUP, photo.photo[-1].file_id)
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    album = await judge.send_media_group(
        RESIDENT,
        [
            ag.InputMediaPhoto(media=_file("leak"), caption="<b>漏</b>", parse_mode="HTML"),
            ag.InputMediaPhoto(media=photo.photo[-1].file_id),
        ],
    )
    assert len({message.media_group_id for message in album}) == 1
    file = await judge.get_file(photo.photo[-1].file_id)
    assert file.file_path is not None
    content = await judge.download_file(file.file_path)
    assert content is not None
    assert content.read() == sample("light")[1]
    ids: dict[str, Any] = {"chat_id": RESIDENT, "message_id": photo.message_id}
    return [
        photo, again, album, file,
        await judge.send_document(RESIDENT, _file("document")),
        await judge.send_voice(RESIDENT, _file("voice")),
        await judge.send_video(RESIDENT, _file("video"), width=320, height=240, duration=3),
        await judge.edit_message_caption(**ids, caption="新"),
        await judge.edit_message_media(ag.InputMediaPhoto(media=_file("rubbish")), **ids),
        await judge.send_location(RESIDENT, 31.2, 121.5),
        await judge.delete_messages(RESIDENT, [photo.message_id, 999]),
    ]  # fmt: skip


async def _profile(judge: aiogram.Bot) -> list[Any]:
    commands = [ag.BotCommand(command="start", description="首页")]
    scope = ag.BotCommandScopeChat(chat_id=RESIDENT)
    await judge.set_my_commands(commands)
    await judge.set_my_commands(commands, scope=scope, language_code="zh")
    (kept,) = await judge.get_my_commands(scope=scope, language_code="zh")
    assert (kept.command, kept.description) == ("start", "首页")
    await judge.delete_my_commands(scope=scope, language_code="zh")
    assert await judge.get_my_commands(scope=scope, language_code="zh") == []
    await judge.set_my_description("很长")
    await judge.set_my_short_description("短", language_code="zh")
    await judge.set_chat_menu_button(menu_button=ag.MenuButtonCommands())
    description = await judge.get_my_description(language_code="zh")
    short = await judge.get_my_short_description(language_code="zh")
    assert (description.description, short.short_description) == ("很长", "短")
    return [
        description, short,
        await judge.get_me(),
        await judge.get_chat_menu_button(),
        await judge.set_webhook("https://127.0.0.1:1/x", secret_token="s" * 40),
        await judge.get_webhook_info(),
        await judge.delete_webhook(),
        await judge.get_chat(RESIDENT),
        await judge.get_chat(GROUP),
        await judge.get_chat_member(GROUP, VOLUNTEER),
        await judge.get_chat_member(GROUP, judge.id),
    ]  # fmt: skip


async def _forum(judge: aiogram.Bot, hands: Hands) -> list[Any]:
    topic = await judge.create_forum_topic(STAFF, "急事")
    where: dict[str, Any] = {"chat_id": STAFF, "message_thread_id": topic.message_thread_id}
    sent = await judge.send_message(
        **where, text="来了", reply_markup=ag.ForceReply(input_field_placeholder="写")
    )
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    await hands.say(DISPATCHER, "好", chat=STAFF, topic="急事")
    return [
        topic, sent,
        await judge.edit_forum_topic(**where, name="急"),
        await judge.close_forum_topic(**where),
        await judge.reopen_forum_topic(**where),
        await judge.get_chat(STAFF),
        await judge.get_chat_member(STAFF, judge.id),
        await judge.get_chat_administrators(STAFF),
        await judge.get_chat_member_count(STAFF),
    ]  # fmt: skip


async def _polls(judge: aiogram.Bot, hands: Hands) -> list[Any]:
    options: list[Any] = ["充电棚", ag.InputPollOption(text="长椅"), "都行"]
    sent = await judge.send_poll(
        RESIDENT, "先做哪一样?", options, is_anonymous=False, open_period=600,
        description="<b>各位邻居</b>", description_parse_mode="HTML",
    )  # fmt: skip
    assert sent.poll is not None
    assert sent.poll.description == "各位邻居"
    quiz = await judge.send_poll(
        RESIDENT, "厨余是哪个桶?", ["绿", "灰"], type="quiz", correct_option_ids=[0],
        explanation="绿色的", allows_multiple_answers=False, is_closed=True,
    )  # fmt: skip
    forwarded = await judge.forward_message(GROUP, RESIDENT, sent.message_id)
    assert forwarded.poll is not None
    assert forwarded.poll.id == sent.poll.id
    for who, where, chosen in ((RESIDENT, sent, [1]), (VOLUNTEER, forwarded, [1])):
        vote = {"from": who, "chat": where.chat.id, "message_id": where.message_id}
        await hands.sim("POST", "vote", vote | {"options": chosen})
    stopped = await judge.stop_poll(RESIDENT, sent.message_id)
    assert [one.voter_count for one in stopped.options] == [0, 2, 0]
    assert stopped.is_closed
    return [sent, quiz, forwarded, stopped]


async def _people(hands: Hands) -> None:
    for content in (
        {"photo": "light", "caption": "看"},
        {"photos": ["light", "leak"]},
        {"voice": "voice"},
        {"video": "video"},
        {"document": "document"},
        {"location": {"latitude": 31.2, "longitude": 121.5}},
        {"contact": {"phone_number": "+86138"}},
        {"sticker": "👍"},
        {"poll": {"question": "几点?", "options": ["早", "晚"], "correct": 0, "explanation": "早"}},
        {"text": "群里", "chat": GROUP},
    ):
        await hands.sim("POST", "message", {"from": RESIDENT, **content})
    await hands.sim("POST", "edit", {"from": RESIDENT, "message_id": 2, "text": "改"})
    await hands.sim("POST", "block", {"from": RESIDENT})
    await hands.sim("POST", "unblock", {"from": RESIDENT})
    await hands.sim("POST", "kick", {"from": RESIDENT, "chat": GROUP})


async def test_aiogram_reads_every_answer(hands: Hands, judge: aiogram.Bot) -> None:
    answers = [*await _words(judge, hands), *await _files(judge), *await _profile(judge)]
    answers += await _forum(judge, hands) + await _polls(judge, hands)
    await _people(hands)
    updates = await judge.get_updates(timeout=1)
    query = next(u.callback_query for u in updates if u.callback_query)
    answers += [updates, await judge.answer_callback_query(query.id, text="好", show_alert=True)]
    assert strangers(answers) == []
    assert {update.event_type for update in updates} == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "poll",
        "poll_answer",
    }
    called = {c["method"] for c in await hands.sim("GET", "calls") if c["status"] == 200}
    assert called == JUDGED


def test_every_method_is_judged() -> None:
    assert {camel(name) for name in NAMES.values()} == JUDGED


async def test_our_own_library_works_against_it(hands: Hands, ours: telegram.Bot) -> None:
    keyboard = telegram.ReplyKeyboardMarkup([["报问题", "我的事"]], resize_keyboard=True)
    await ours.send_message(RESIDENT, "主页", reply_markup=keyboard)
    assert (await hands.sim("GET", "menu", person=RESIDENT))["keyboard"] == [["报问题", "我的事"]]
    photo = await ours.send_photo(RESIDENT, sample("light")[1], caption="看")
    file = await ours.get_file(photo.photo[-1])
    assert bytes(await file.download_as_bytearray()) == sample("light")[1]
    album = await ours.send_media_group(
        RESIDENT,
        [telegram.InputMediaPhoto(sample(name)[1]) for name in ("leak", "rubbish")],
        caption="两张",
    )
    assert [m.caption for m in album] == ["两张", None]
    await ours.edit_message_media(
        telegram.InputMediaPhoto(photo.photo[-1]), RESIDENT, album[0].message_id
    )
    await ours.set_message_reaction(RESIDENT, photo.message_id, "👍")
    await ours.send_voice(RESIDENT, sample("voice")[1], duration=4)
    await ours.set_my_commands([("start", "首页")], language_code="zh")
    menu = await hands.sim("GET", "menu", person=RESIDENT)
    assert menu["commands"] == [{"command": "start", "description": "首页"}]
    await hands.say(RESIDENT, "/start")
    (update,) = await ours.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.api_kwargs == {}
    assert [e.type for e in update.message.entities] == ["bot_command"]


async def test_refusals_are_the_right_exceptions(hands: Hands, ours: telegram.Bot) -> None:
    sent = await ours.send_message(RESIDENT, "x")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await ours.edit_message_text("x", RESIDENT, sent.message_id)
    await hands.sim("POST", "block", {"from": RESIDENT})
    with pytest.raises(Forbidden, match="blocked"):
        await ours.send_message(RESIDENT, "x")
    await hands.sim("POST", "faults", {"method": "getMe", "retry_after": 3})
    with pytest.raises(RetryAfter, match="Retry in 0:00:03"):
        await ours.get_me()
    await ours.get_updates(offset=-1)
    older = asyncio.create_task(ours.get_updates(offset=10**12, timeout=30))
    await hands.until_polled()
    await hands.updates()
    with pytest.raises(Conflict):
        await older


async def test_our_own_library_reads_a_forum(hands: Hands, ours: telegram.Bot) -> None:
    topic = await ours.create_forum_topic(STAFF, "急事")
    sent = await ours.send_location(STAFF, 31.2, 121.5, message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    assert (await ours.get_chat(STAFF)).is_forum
    leaders = await ours.get_chat_administrators(STAFF)
    assert [type(one) for one in leaders] == [telegram.ChatMemberAdministrator] * 2
    await hands.sim("POST", "place", {"from": DISPATCHER, "chat": STAFF, "status": "member"})
    await hands.say(DISPATCHER, "好", chat=STAFF, topic="急事")
    place, said = await ours.get_updates(timeout=5)
    assert place.my_chat_member is not None
    assert place.my_chat_member.new_chat_member.status == "member"
    assert said.message is not None
    assert said.message.reply_to_message is not None
    assert said.message.reply_to_message.forum_topic_created is not None
    with pytest.raises(BadRequest, match="Message thread not found"):
        await ours.send_message(STAFF, "x", message_thread_id=99)
