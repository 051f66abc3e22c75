"""How a drawing becomes calls of the Bot API."""

from datetime import UTC, datetime
from typing import Any, cast
from unittest.mock import AsyncMock, Mock

import pytest
from telegram import (
    Bot,
    BotCommandScopeChat,
    ChatMemberRestricted,
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)
from telegram.constants import BotDescriptionLimit
from telegram.error import BadRequest

from bot.delivery.clean_picture import CleanPictures
from bot.delivery.telegram import HalfSentError, Sender
from bot.delivery.transport import NotSentError
from bot.domain.letter import Button, Drawing, Letter, LetterClass, Reaction, Toast
from bot.domain.picture import Key

BUTTONS = ((Button("one", "v1:case:show:1:1"), Button("two", "v1:case:show:2:1")),)


def letter(**given: Any) -> Letter:
    facts: dict[str, Any] = {
        "id": 1,
        "community_id": 1,
        "chat_id": 7,
        "language": "en",
        "kind": "case.card",
        "facts": {},
        "letter_class": LetterClass.MUST_ARRIVE,
        "silent": False,
        "due_at": datetime(2026, 11, 17, tzinfo=UTC),
        "attempts": 0,
    }
    return Letter(**facts | given)


@pytest.fixture
def bot() -> AsyncMock:
    made = AsyncMock(spec=Bot)
    made.send_message.return_value = Mock(message_id=50)
    made.send_photo.return_value = Mock(message_id=60)
    made.send_voice.return_value = Mock(message_id=61)
    made.send_video.return_value = Mock(message_id=62)
    made.send_document.return_value = Mock(message_id=63)
    made.send_media_group.return_value = (Mock(message_id=70), Mock(message_id=71))
    return made


class Pictures:
    """Stands in for what was looked into before."""

    def __init__(self, shown: str | bytes | None = None) -> None:
        self.shown = shown
        self.noted: list[str] = []

    async def find(self, key: Key) -> str | bytes | None:
        self.noted.append(f"find {key}")
        return self.shown

    async def sent(self, key: Key, message: Any) -> None:
        self.noted.append(f"sent {key} as {message.photo[-1].file_id}")

    async def forget(self, key: Key) -> None:
        self.noted.append(f"forget {key}")


def sender_of(bot: AsyncMock, pictures: Pictures | None = None) -> Sender:
    return Sender(bot, cast("CleanPictures", pictures or Pictures()))


def called(bot: AsyncMock) -> list[str]:
    return [name for name, _, _ in bot.method_calls]


async def test_a_text_with_buttons(bot: AsyncMock) -> None:
    drawing = Drawing("<b>hello</b>", BUTTONS)
    assert await sender_of(bot).send(letter(silent=True, reply_to=9), drawing, None) == 50
    (chat, text), given = bot.send_message.call_args
    assert (chat, text, given["parse_mode"]) == (7, "<b>hello</b>", "HTML")
    assert given["disable_notification"] is True
    assert given["link_preview_options"] == {"is_disabled": True}
    assert given["reply_parameters"].message_id == 9
    assert given["reply_parameters"].allow_sending_without_reply is True
    assert InlineKeyboardMarkup.de_json(given["reply_markup"]) == InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("one", callback_data="v1:case:show:1:1"),
                InlineKeyboardButton("two", callback_data="v1:case:show:2:1"),
            ]
        ]
    )


@pytest.mark.parametrize(
    ("own", "permissions", "may_write"),
    [
        ("administrator", None, True),
        ("member", ChatPermissions.all_permissions(), True),
        ("member", ChatPermissions.no_permissions(), False),
        ("member", None, True),
        ("left", None, False),
    ],
)
async def test_the_places_in_a_group_are_asked_for(
    bot: AsyncMock, own: str, permissions: ChatPermissions | None, may_write: object
) -> None:
    bot.id = 77
    places = {5: Mock(status="creator"), 77: Mock(status=own)}
    bot.get_chat_member.side_effect = lambda _chat, user: places[user]
    bot.get_chat.return_value = Mock(permissions=permissions)
    found = await Sender(bot, Mock()).ask_place(-7, 5)
    assert found == {"person": "creator", "bot": own, "may_write": may_write}


async def test_a_restricted_bot_may_write_when_it_says_so(bot: AsyncMock) -> None:
    bot.id = 77
    for may_write in (True, False):
        place = Mock(spec=ChatMemberRestricted, status="restricted", can_send_messages=may_write)
        bot.get_chat_member.side_effect = [Mock(status="member"), place]
        found = await Sender(bot, Mock()).ask_place(-7, 5)
        assert found == {"person": "member", "bot": "restricted", "may_write": may_write}


async def test_the_keyboard_of_words_stays(bot: AsyncMock) -> None:
    drawing = Drawing("hello", keyboard=(("a", "b"), ("c",)), placeholder="say it")
    await sender_of(bot).send(letter(), drawing, None)
    assert (
        bot.send_message.call_args.kwargs["reply_markup"]
        == ReplyKeyboardMarkup(
            [["a", "b"], ["c"]],
            is_persistent=True,
            resize_keyboard=True,
            input_field_placeholder="say it",
        ).to_dict()
    )


async def test_a_known_message_is_edited(bot: AsyncMock) -> None:
    assert await sender_of(bot).send(letter(), Drawing("new", BUTTONS), 33) == 33
    assert called(bot) == ["edit_message_text"]
    given = bot.edit_message_text.call_args.kwargs
    assert (given["chat_id"], given["message_id"]) == (7, 33)
    assert given["link_preview_options"] == {"is_disabled": True}
    await sender_of(bot).send(letter(), Drawing("new"), 33)
    assert bot.edit_message_text.call_args.kwargs["reply_markup"] is None  # takes buttons away


async def test_a_photo_carries_its_words(bot: AsyncMock) -> None:
    assert await sender_of(bot).send(letter(), Drawing("words", photos=("p",)), None) == 60
    assert called(bot) == ["send_photo"]
    assert bot.send_photo.call_args.kwargs["caption"] == "words"


async def test_an_album_comes_first_and_its_card_replies_to_it(bot: AsyncMock) -> None:
    drawing = Drawing("words", BUTTONS, photos=("p", "q"))
    assert await sender_of(bot).send(letter(reply_to=9), drawing, None) == 50
    assert called(bot) == ["send_media_group", "send_message"]
    _, album = bot.send_media_group.call_args.args
    assert [(one.media, one.caption) for one in album] == [("p", None), ("q", None)]
    assert bot.send_media_group.call_args.kwargs["reply_parameters"].message_id == 9
    assert bot.send_message.call_args.kwargs["reply_parameters"].message_id == 70


async def test_an_album_without_buttons_carries_its_words(bot: AsyncMock) -> None:
    assert await sender_of(bot).send(letter(), Drawing("words", photos=("p", "q")), None) == 70
    assert called(bot) == ["send_media_group"]
    _, album = bot.send_media_group.call_args.args
    assert [one.caption for one in album] == ["words", None]


async def test_more_than_ten_photos_are_several_albums(bot: AsyncMock) -> None:
    photos = tuple(f"p{n}" for n in range(21))
    assert await sender_of(bot).send(letter(), Drawing("words", photos=photos), None) == 70
    assert called(bot) == ["send_media_group", "send_media_group", "send_photo"]
    albums = [call.args[1] for call in bot.send_media_group.call_args_list]
    sent = [one.media for album in albums for one in album] + [bot.send_photo.call_args.args[1]]
    assert tuple(sent) == photos
    captions = [one.caption for album in albums for one in album]
    assert [words for words in captions if words] == ["words"]
    assert bot.send_photo.call_args.kwargs["caption"] is None


async def test_words_too_long_for_a_caption_follow_the_photo(bot: AsyncMock) -> None:
    assert await sender_of(bot).send(letter(), Drawing("x" * 1025, photos=("p",)), None) == 50
    assert called(bot) == ["send_photo", "send_message"]


@pytest.mark.parametrize(
    ("kind", "method", "message_id"),
    [("voice", "send_voice", 61), ("video", "send_video", 62), ("paper", "send_document", 63)],
)
async def test_other_media_carry_their_words(
    bot: AsyncMock, kind: str, method: str, message_id: int
) -> None:
    drawing = Drawing("words", file=(kind, "id"))
    assert await sender_of(bot).send(letter(), drawing, None) == message_id
    assert called(bot)[-1] == method
    sent = getattr(bot, method).call_args
    assert (sent.args, sent.kwargs["caption"]) == ((7, "id"), "words")


async def test_a_letter_of_which_only_a_part_went_out_says_so(bot: AsyncMock) -> None:
    bot.send_message.side_effect = BadRequest("Chat not found")
    with pytest.raises(HalfSentError):
        await sender_of(bot).send(letter(), Drawing("words", BUTTONS, photos=("p", "q")), None)
    bot.send_media_group.side_effect = BadRequest("Wrong file_id")
    with pytest.raises(BadRequest, match="Wrong"):
        await sender_of(bot).send(letter(), Drawing("words", BUTTONS, photos=("p", "q")), None)


async def test_presses_and_messages_are_answered(bot: AsyncMock) -> None:
    await sender_of(bot).answer(Toast("cb", "x" * 300, alert=True))
    bot.answer_callback_query.assert_awaited_once_with("cb", text="x" * 200, show_alert=True)
    await sender_of(bot).answer(Reaction(7, 8, "👀"))
    bot.set_message_reaction.assert_awaited_once_with(7, 8, "👀")


async def test_what_everybody_reads_is_set_in_every_language(bot: AsyncMock) -> None:
    await sender_of(bot).introduce("小区" * 30)
    calls = bot.set_my_commands.call_args_list
    assert [call.kwargs["language_code"] for call in calls] == [None, "en"]
    for call in calls:
        (commands,) = call.args
        assert all(len(one.command) <= 32 and one.description for one in commands)
    for method, limit in (
        (bot.set_my_description, BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
        (bot.set_my_short_description, BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
    ):
        assert [call.args[1] for call in method.call_args_list] == [None, "en"]
        assert all(0 < len(call.args[0]) <= limit for call in method.call_args_list)


async def test_the_menu_of_one_chat_is_set_without_a_message(bot: AsyncMock) -> None:
    drawing = Drawing("", commands=(("todo", "to do"),))
    assert await sender_of(bot).send(letter(), drawing, None) == 0
    (call,) = bot.set_my_commands.call_args_list
    assert call.kwargs["scope"] == BotCommandScopeChat(letter().chat_id)
    bot.send_message.assert_not_awaited()


CHECKED = Drawing("words", file=("picture", "12:before:AgAD:x"))


async def test_a_clean_picture_goes_up_once_and_its_new_id_is_noted(bot: AsyncMock) -> None:
    bot.send_photo.return_value = Mock(message_id=60, photo=[Mock(file_id="new")])
    pictures = Pictures(b"clean bytes")
    assert await sender_of(bot, pictures).send(letter(), CHECKED, None) == 60
    assert bot.send_photo.call_args.args == (7, b"clean bytes")
    assert pictures.noted == ["find 12:before:AgAD:x", "sent 12:before:AgAD:x as new"]


async def test_a_known_clean_picture_goes_by_its_id(bot: AsyncMock) -> None:
    pictures = Pictures("new")
    assert await sender_of(bot, pictures).send(letter(), CHECKED, None) == 60
    assert bot.send_photo.call_args.args == (7, "new")
    assert pictures.noted == ["find 12:before:AgAD:x"]


async def test_an_id_that_telegram_no_longer_takes_is_forgotten(bot: AsyncMock) -> None:
    bot.send_photo.side_effect = BadRequest("Wrong file identifier")
    pictures = Pictures("new")
    with pytest.raises(NotSentError):
        await sender_of(bot, pictures).send(letter(), CHECKED, None)
    assert pictures.noted[-1] == "forget 12:before:AgAD:x"
    pictures.shown = b"clean bytes"
    with pytest.raises(BadRequest):
        await sender_of(bot, pictures).send(letter(), CHECKED, None)


async def test_a_picture_that_is_no_longer_there_is_not_sent_and_that_is_said(
    bot: AsyncMock,
) -> None:
    pictures = Pictures(None)
    assert await sender_of(bot, pictures).send(letter(), CHECKED, None) == 50
    assert "no longer be shown" in bot.send_message.call_args.args[1]
    bot.send_photo.assert_not_awaited()


async def test_what_was_never_looked_into_is_not_sent(bot: AsyncMock) -> None:
    old = Drawing("words", file=("document", "original"))
    assert await sender_of(bot).send(letter(), old, None) == 50
    assert "has not been checked" in bot.send_message.call_args.args[1]
    bot.send_document.assert_not_awaited()
    bot.send_photo.assert_not_awaited()
