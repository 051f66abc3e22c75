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
from telegram.error import BadRequest, TelegramError

from bot.delivery.calls import Calls
from bot.delivery.clean_picture import CleanPictures
from bot.delivery.made import Made
from bot.delivery.telegram import HalfSentError, Sender
from bot.delivery.transport import NotSentError
from bot.domain.letter import (
    Button,
    Drawing,
    FigureFile,
    Letter,
    LetterClass,
    Paper,
    Reaction,
    Toast,
)
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
    made.send_photo.return_value = Mock(message_id=65, photo=[Mock(file_id="new")])
    return made


ANSWERS: dict[str, Any] = {
    "sendMessage": {"message_id": 50},
    "sendPhoto": {"message_id": 60},
    "sendVoice": {"message_id": 61},
    "sendVideo": {"message_id": 62},
    "sendDocument": {"message_id": 63},
    "sendLocation": {"message_id": 64},
    "sendMediaGroup": [{"message_id": 70}, {"message_id": 71}],
}


class FakeCalls:
    """Stands in for calls at Telegram: notes them, answers, refuses."""

    def __init__(self) -> None:
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.refuses: dict[str, Exception] = {}
        self.answers = dict(ANSWERS)

    async def call(self, method: str, **parameters: Any) -> Any:
        given = {name: value for name, value in parameters.items() if value is not None}
        self.made.append((method, given))
        if method in self.refuses:
            raise self.refuses[method]
        return self.answers.get(method, True)

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.made]


@pytest.fixture
def calls() -> FakeCalls:
    return FakeCalls()


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


def sender_of(calls: FakeCalls, pictures: Pictures | None = None, bot: Any = None) -> Sender:
    return Sender(bot, cast("Calls", calls), cast("CleanPictures", pictures or Pictures()), Mock())


async def test_a_text_with_buttons(calls: FakeCalls) -> None:
    drawing = Drawing("<b>hello</b>", BUTTONS)
    assert await sender_of(calls).send(letter(silent=True, reply_to=9), drawing, None) == 50
    ((method, given),) = calls.made
    assert method == "sendMessage"
    markup = given.pop("reply_markup")
    assert given == {
        "chat_id": 7,
        "text": "<b>hello</b>",
        "parse_mode": "HTML",
        "disable_notification": True,
        "link_preview_options": {"is_disabled": True},
        "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True},
    }
    assert InlineKeyboardMarkup.de_json(markup) == InlineKeyboardMarkup(
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
    found = await Sender(bot, Mock(), Mock(), Mock()).ask_place(-7, 5)
    assert found == {"person": "creator", "bot": own, "may_write": may_write}


async def test_a_restricted_bot_may_write_when_it_says_so(bot: AsyncMock) -> None:
    bot.id = 77
    for may_write in (True, False):
        place = Mock(spec=ChatMemberRestricted, status="restricted", can_send_messages=may_write)
        bot.get_chat_member.side_effect = [Mock(status="member"), place]
        found = await Sender(bot, Mock(), Mock(), Mock()).ask_place(-7, 5)
        assert found == {"person": "member", "bot": "restricted", "may_write": may_write}


async def test_the_keyboard_of_words_stays(calls: FakeCalls) -> None:
    drawing = Drawing("hello", keyboard=(("a", "b"), ("c",)), placeholder="say it")
    await sender_of(calls).send(letter(), drawing, None)
    assert (
        calls.made[0][1]["reply_markup"]
        == ReplyKeyboardMarkup(
            [["a", "b"], ["c"]],
            is_persistent=True,
            resize_keyboard=True,
            input_field_placeholder="say it",
        ).to_dict()
    )


async def test_a_known_message_is_edited(calls: FakeCalls) -> None:
    assert await sender_of(calls).send(letter(), Drawing("new", BUTTONS), 33) == 33
    ((method, given),) = calls.made
    assert method == "editMessageText"
    assert (given["chat_id"], given["message_id"]) == (7, 33)
    assert given["link_preview_options"] == {"is_disabled": True}
    await sender_of(calls).send(letter(), Drawing("new"), 33)
    assert "reply_markup" not in calls.made[1][1]  # takes buttons away


async def test_a_photo_carries_its_words(calls: FakeCalls) -> None:
    assert await sender_of(calls).send(letter(), Drawing("words", photos=("p",)), None) == 60
    assert calls.made == [
        ("sendPhoto", {"chat_id": 7, "photo": "p", "caption": "words", "parse_mode": "HTML"})
    ]


async def test_an_album_comes_first_and_its_card_replies_to_it(calls: FakeCalls) -> None:
    drawing = Drawing("words", BUTTONS, photos=("p", "q"))
    assert await sender_of(calls).send(letter(reply_to=9), drawing, None) == 50
    assert calls.methods == ["sendMediaGroup", "sendMessage"]
    (_, album), (_, card) = calls.made
    assert album["media"] == [{"type": "photo", "media": "p"}, {"type": "photo", "media": "q"}]
    assert album["reply_parameters"]["message_id"] == 9
    assert card["reply_parameters"]["message_id"] == 70


async def test_an_album_without_buttons_carries_its_words(calls: FakeCalls) -> None:
    assert await sender_of(calls).send(letter(), Drawing("words", photos=("p", "q")), None) == 70
    assert calls.methods == ["sendMediaGroup"]
    assert calls.made[0][1]["media"] == [
        {"type": "photo", "media": "p", "caption": "words", "parse_mode": "HTML"},
        {"type": "photo", "media": "q"},
    ]


async def test_more_than_ten_photos_are_several_albums(calls: FakeCalls) -> None:
    photos = tuple(f"p{n}" for n in range(21))
    assert await sender_of(calls).send(letter(), Drawing("words", photos=photos), None) == 70
    assert calls.methods == ["sendMediaGroup", "sendMediaGroup", "sendPhoto"]
    (_, one), (_, two), (_, three) = calls.made
    assert tuple(each["media"] for each in [*one["media"], *two["media"]]) == photos[:20]
    assert three["photo"] == photos[20]
    assert one["media"][0]["caption"] == "words"
    assert not any("caption" in each for each in [*one["media"][1:], *two["media"], three])


async def test_words_too_long_for_a_caption_follow_the_photo(calls: FakeCalls) -> None:
    assert await sender_of(calls).send(letter(), Drawing("x" * 1025, photos=("p",)), None) == 50
    assert calls.methods == ["sendPhoto", "sendMessage"]


@pytest.mark.parametrize(
    ("kind", "method", "name", "message_id"),
    [
        ("voice", "sendVoice", "voice", 61),
        ("video", "sendVideo", "video", 62),
        ("paper", "sendDocument", "document", 63),
    ],
)
async def test_other_media_carry_their_words(
    calls: FakeCalls, kind: str, method: str, name: str, message_id: int
) -> None:
    drawing = Drawing("words", file=(kind, "id"))
    assert await sender_of(calls).send(letter(), drawing, None) == message_id
    given = {"chat_id": 7, name: "id", "caption": "words", "parse_mode": "HTML"}
    assert calls.made == [(method, given)]


async def test_a_place_goes_out_as_one(calls: FakeCalls) -> None:
    drawing = Drawing("", file=("location", "39.9,116.4"))
    assert await sender_of(calls).send(letter(topic=3), drawing, None) == 64
    given = {"chat_id": 7, "latitude": 39.9, "longitude": 116.4, "message_thread_id": 3}
    assert calls.made == [("sendLocation", given)]


async def test_a_letter_of_which_only_a_part_went_out_says_so(calls: FakeCalls) -> None:
    calls.refuses["sendMessage"] = BadRequest("Chat not found")
    with pytest.raises(HalfSentError):
        await sender_of(calls).send(letter(), Drawing("words", BUTTONS, photos=("p", "q")), None)
    calls.refuses["sendMediaGroup"] = BadRequest("Wrong file_id")
    with pytest.raises(BadRequest, match="Wrong"):
        await sender_of(calls).send(letter(), Drawing("words", BUTTONS, photos=("p", "q")), None)


@pytest.mark.parametrize("answer", [True, [], {"message_id": None}, {"id": 3}])
async def test_an_answer_that_names_no_message_leaves_open_what_was_sent(
    calls: FakeCalls, answer: object
) -> None:
    calls.answers["sendMessage"] = answer
    with pytest.raises(TelegramError, match="Invalid server response"):
        await sender_of(calls).send(letter(), Drawing("words"), None)


async def test_presses_and_messages_are_answered(calls: FakeCalls) -> None:
    await sender_of(calls).answer(Toast("cb", "x" * 300, alert=True))
    await sender_of(calls).answer(Toast("cb"))
    await sender_of(calls).answer(Reaction(7, 8, "👀"))
    assert calls.made == [
        ("answerCallbackQuery", {"callback_query_id": "cb", "text": "x" * 200, "show_alert": True}),
        ("answerCallbackQuery", {"callback_query_id": "cb"}),
        (
            "setMessageReaction",
            {"chat_id": 7, "message_id": 8, "reaction": [{"type": "emoji", "emoji": "👀"}]},
        ),
    ]


async def test_what_everybody_reads_is_set_in_every_language(bot: AsyncMock) -> None:
    await sender_of(FakeCalls(), bot=bot).introduce("小区" * 30)
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
    assert await sender_of(FakeCalls(), bot=bot).send(letter(), drawing, None) == 0
    (call,) = bot.set_my_commands.call_args_list
    assert call.kwargs["scope"] == BotCommandScopeChat(letter().chat_id)


def making(bot: AsyncMock, made: Made | None) -> Sender:
    files = Mock(make=AsyncMock(return_value=made))
    return Sender(bot, Mock(), Mock(), files)


PAPER = Drawing("below", BUTTONS, makes=Paper("1127", "title", ("line",)))


async def test_a_made_document_goes_with_text_buttons_and_topic(bot: AsyncMock) -> None:
    made = Made(document=("1127.pdf", b"%PDF"))
    bot.send_document.return_value = Mock(message_id=66)
    assert await making(bot, made).send(letter(topic=4), PAPER, None) == 66
    (call,) = bot.send_document.call_args_list
    assert call.args == (7, b"%PDF")
    assert (call.kwargs["filename"], call.kwargs["caption"]) == ("1127.pdf", "below")
    assert call.kwargs["message_thread_id"] == 4
    assert len(call.kwargs["reply_markup"]["inline_keyboard"][0]) == 2


async def test_made_pictures_are_one_photo_or_an_album(bot: AsyncMock) -> None:
    drawing = Drawing("below", makes=FigureFile.CHARTS)
    bot.send_photo.return_value = Mock(message_id=67)
    bot.send_media_group.return_value = (Mock(message_id=68), Mock(message_id=69))
    assert await making(bot, Made((b"a",))).send(letter(), drawing, None) == 67
    assert await making(bot, Made((b"a", b"b"))).send(letter(), drawing, None) == 68
    assert bot.send_photo.call_args.kwargs["caption"] == "below"
    assert bot.send_media_group.call_args.kwargs["caption"] == "below"


@pytest.mark.parametrize(("instead", "said"), [("in words", "in words"), ("", "below")])
async def test_what_cannot_be_made_is_said(calls: FakeCalls, instead: str, said: str) -> None:
    drawing = Drawing("below", makes=FigureFile.CHARTS, instead=instead)
    files = Mock(make=AsyncMock(return_value=None))
    sender = Sender(Mock(), cast("Calls", calls), Mock(), files)
    assert await sender.send(letter(), drawing, None) == 50
    assert calls.made[0][1]["text"] == said


CHECKED = Drawing("words", file=("picture", "12:before:AgAD:x"))


async def test_a_clean_picture_goes_up_once_and_its_new_id_is_noted(
    bot: AsyncMock, calls: FakeCalls
) -> None:
    pictures = Pictures(b"clean bytes")
    assert await sender_of(calls, pictures, bot).send(letter(), CHECKED, None) == 65
    assert bot.send_photo.call_args.args == (7, b"clean bytes")
    assert pictures.noted == ["find 12:before:AgAD:x", "sent 12:before:AgAD:x as new"]
    assert calls.made == []


async def test_a_known_clean_picture_goes_by_its_id(calls: FakeCalls) -> None:
    pictures = Pictures("new")
    assert await sender_of(calls, pictures).send(letter(), CHECKED, None) == 60
    assert calls.made[0][1]["photo"] == "new"
    assert pictures.noted == ["find 12:before:AgAD:x"]


async def test_an_id_that_telegram_no_longer_takes_is_forgotten(
    bot: AsyncMock, calls: FakeCalls
) -> None:
    calls.refuses["sendPhoto"] = BadRequest("Wrong file identifier")
    pictures = Pictures("new")
    with pytest.raises(NotSentError):
        await sender_of(calls, pictures).send(letter(), CHECKED, None)
    assert pictures.noted[-1] == "forget 12:before:AgAD:x"
    pictures.shown = b"clean bytes"
    bot.send_photo.side_effect = BadRequest("Image_process_failed")
    with pytest.raises(BadRequest):
        await sender_of(calls, pictures, bot).send(letter(), CHECKED, None)


async def test_a_picture_that_is_no_longer_there_is_not_sent_and_that_is_said(
    calls: FakeCalls,
) -> None:
    assert await sender_of(calls, Pictures(None)).send(letter(), CHECKED, None) == 50
    assert calls.methods == ["sendMessage"]
    assert "no longer be shown" in calls.made[0][1]["text"]


async def test_what_was_never_looked_into_is_not_sent(calls: FakeCalls) -> None:
    old = Drawing("words", file=("document", "original"))
    assert await sender_of(calls).send(letter(), old, None) == 50
    assert calls.methods == ["sendMessage"]
    assert "has not been checked" in calls.made[0][1]["text"]
