"""The only file that calls methods of the bot: a drawing in, the id of its message out."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat, ChatMemberRestricted
from telegram.constants import (
    ChatMemberStatus,
    MediaGroupLimit,
    MessageLimit,
    ParseMode,
    ReactionType,
)
from telegram.error import BadRequest, TelegramError

from bot.delivery import poll
from bot.delivery.calls import Calls
from bot.delivery.clean_picture import CleanPictures
from bot.delivery.made import MadeFiles, photos_of, send_made
from bot.delivery.over import edit
from bot.delivery.transport import NotSentError
from bot.domain.letter import Drawing, Immediate, Letter, Over, Toast
from bot.domain.menu import RESIDENT
from bot.domain.picture import Key
from bot.texts import LANGUAGES, plain

# As Telegram wants to have it; PTB's own objects would be taken apart again for every letter.
_NO_PREVIEW: Any = {"is_disabled": True}
_ALBUM = int(MediaGroupLimit.MAX_MEDIA_LENGTH)
_CAPTION = int(MessageLimit.CAPTION_LENGTH)
_TOAST = 200
_FILES = {  # kind -> method and parameter
    "voice": ("sendVoice", "voice"),
    "video": ("sendVideo", "video"),
    "paper": ("sendDocument", "document"),
}
_CODES = {"zh_CN": None, "en": "en"}  # Chinese for everybody whose language has no menu

Piece = Callable[[], Awaitable[int]]  # sends one message, returns its id


class HalfSentError(TelegramError):
    """The first of several messages of a letter went out, a later one did not."""


class Sender:
    """Speaks to Telegram."""

    def __init__(
        self,
        bot: Bot,
        calls: Calls,
        pictures: CleanPictures,
        made: MadeFiles,
        *,
        paid: bool = False,
    ) -> None:
        """`paid`: what is said to many goes at the pace that costs Stars."""
        self._bot, self._calls, self._paid = bot, calls, paid
        self._pictures, self._made = pictures, made

    async def send(self, letter: Letter, drawing: Drawing, over: int | None) -> int:
        """Send the drawing, or edit the message `over`; return the id of the message.

        Of a letter with media and buttons it is the message with the buttons. Raises PTB's
        TelegramError.
        """
        if drawing.commands:
            return await self._set_menu(letter, drawing)
        if drawing.makes is not None:
            photos = await photos_of(self._bot, drawing.makes)
            made = await self._made.make(letter, drawing.makes, photos)
            if made is not None:
                return await send_made(self._bot, letter, drawing, made, _buttons(drawing))
            drawing = replace(drawing, text=drawing.instead or drawing.text)
        has_media = bool(drawing.photos or drawing.file)
        if over is not None and not (has_media and drawing.over is Over.ANEW):
            return await edit(self._calls, letter, drawing, over, _buttons(drawing))
        if has_media:
            return await self._send_media(letter, drawing)
        return await self._say(letter, drawing, letter.reply_to)

    async def send_poll(self, letter: Letter, drawing: Drawing, over: int | None) -> poll.Shown:
        """Send a poll, or change the one in the message `over`; raises PTB's TelegramError."""
        return await poll.show(self._calls, letter, drawing, over)

    async def answer(self, one: Immediate) -> None:
        """Answer a press, or put a reaction on a message; raises PTB's TelegramError."""
        if isinstance(one, Toast):
            await self._calls.call(
                "answerCallbackQuery",
                callback_query_id=one.callback_id,
                text=one.text[:_TOAST] or None,
                show_alert=one.alert or None,
            )
        else:
            await self._calls.call(
                "setMessageReaction",
                chat_id=one.chat_id,
                message_id=one.message_id,
                reaction=[{"type": ReactionType.EMOJI, "emoji": one.emoji}],
            )

    async def ask_place(self, chat_id: int, user_id: int) -> dict[str, Any]:
        """Return the place of a person and of the bot in a group; raises PTB's TelegramError.

        `person` and `bot` are a status of Telegram's, `may_write` says whether the bot may.
        """
        person = await self._bot.get_chat_member(chat_id, user_id)
        own = await self._bot.get_chat_member(chat_id, self._bot.id)
        if isinstance(own, ChatMemberRestricted):
            may_write = own.can_send_messages
        elif own.status == ChatMemberStatus.MEMBER:
            permissions = (await self._bot.get_chat(chat_id)).permissions
            may_write = permissions is None or bool(permissions.can_send_messages)
        else:
            may_write = own.status == ChatMemberStatus.ADMINISTRATOR
        return {"person": str(person.status), "bot": str(own.status), "may_write": may_write}

    async def introduce(self, community: str) -> None:
        """Set what everybody reads before they start, and the common menu, in every language.

        Raises PTB's TelegramError. The name is the operator's: Telegram lets it be set rarely.
        """
        for language in LANGUAGES:
            code = _CODES[language]
            commands = [BotCommand(one, plain(f"command.{one}", language)) for one in RESIDENT]
            await self._bot.set_my_commands(commands, language_code=code)
            await self._bot.set_my_description(plain("bot.description", language), code)
            short = plain("bot.short", language, community=community)
            await self._bot.set_my_short_description(short, code)

    async def _set_menu(self, letter: Letter, drawing: Drawing) -> int:
        """Set the menu of one chat; there is no message."""
        commands = [BotCommand(name, what) for name, what in drawing.commands]
        scope = BotCommandScopeChat(letter.chat_id)
        await self._bot.set_my_commands(commands, scope=scope)
        return 0

    async def _say(self, letter: Letter, drawing: Drawing, reply_to: int | None) -> int:
        return await self._send(
            "sendMessage",
            letter,
            text=drawing.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            disable_notification=letter.silent or None,
            reply_markup=_buttons(drawing) or _keyboard(drawing),
            reply_parameters=_reply(reply_to),
            message_thread_id=letter.topic,
        )

    async def _send_media(self, letter: Letter, drawing: Drawing) -> int:
        """Send media with the text below; an album cannot carry buttons, so they follow it."""
        if drawing.together and len(drawing.text) <= _CAPTION:
            return await self._send_together(letter, drawing)
        below = bool(drawing.buttons or drawing.keyboard) or len(drawing.text) > _CAPTION
        caption = None if below or not drawing.text else drawing.text
        first: int | None = None
        for piece in self._pieces(letter, drawing, caption):
            shown = await _after(first, piece)
            first = first or shown
        if first is None:
            raise ValueError("a letter with media has none")
        if not below:
            return first
        over = first
        return await _after(first, lambda: self._say(letter, drawing, over))

    async def _send_together(self, letter: Letter, drawing: Drawing) -> int:
        """Send one picture or file with its words and buttons as one message."""
        kind, file_id = drawing.file or ("photo", drawing.photos[0])
        method, name = ("sendPhoto", "photo") if kind == "photo" else _FILES[kind]
        words: dict[str, Any] = {
            "caption": drawing.text,
            "parse_mode": ParseMode.HTML,
            "reply_markup": _buttons(drawing),
            "disable_notification": letter.silent or None,
        }
        return await self._send(method, letter, **{name: file_id}, **words)

    def _pieces(self, letter: Letter, drawing: Drawing, caption: str | None) -> list[Piece]:
        common: dict[str, Any] = {
            "disable_notification": letter.silent or None,
            "reply_parameters": _reply(letter.reply_to),
            "message_thread_id": letter.topic,
        }
        if drawing.file is not None:
            return [lambda: self._send_file(letter, drawing, caption, common)]
        albums = [drawing.photos[at : at + _ALBUM] for at in range(0, len(drawing.photos), _ALBUM)]
        return [
            lambda album=album, words=None if at else caption: self._send_album(  # type: ignore[misc]
                letter, album, words, common
            )
            for at, album in enumerate(albums)
        ]

    async def _send_album(
        self, letter: Letter, photos: tuple[str, ...], caption: str | None, common: dict[str, Any]
    ) -> int:
        words = {"caption": caption, "parse_mode": ParseMode.HTML} if caption else {}
        first, *others = photos
        if not others:
            return await self._send("sendPhoto", letter, photo=first, **words, **common)
        album = [{"type": "photo", "media": first, **words}]
        album += [{"type": "photo", "media": one} for one in others]
        return await self._send("sendMediaGroup", letter, media=album, **common)

    async def _send_file(
        self, letter: Letter, drawing: Drawing, caption: str | None, common: dict[str, Any]
    ) -> int:
        assert drawing.file is not None
        kind, file_id = drawing.file
        if kind == "location":
            latitude, longitude = map(float, file_id.split(","))
            place = {"latitude": latitude, "longitude": longitude}
            return await self._send("sendLocation", letter, **place, **common)
        words: dict[str, Any] = {"caption": caption, "parse_mode": ParseMode.HTML, **common}
        if kind == "picture":
            return await self._send_checked(letter, drawing, file_id, words)
        if kind not in _FILES:
            # A letter of before files were looked into first: what it names may be anything.
            return await self._say_why(letter, drawing, "unchecked")
        method, name = _FILES[kind]
        return await self._send(method, letter, **{name: file_id}, **words)

    async def _send_checked(
        self, letter: Letter, drawing: Drawing, text: str, words: dict[str, Any]
    ) -> int:
        """Send a clean picture; say why not when there is none after all."""
        key = Key.read(letter.community_id, text)
        photo = await self._pictures.find(key)
        if photo is None:  # it was taken out of the case meanwhile
            return await self._say_why(letter, drawing, "not_there")
        if isinstance(photo, bytes):
            message = await self._bot.send_photo(letter.chat_id, photo, **words)
            await self._pictures.sent(key, message)
            return message.message_id
        try:
            return await self._send("sendPhoto", letter, photo=photo, **words)
        except BadRequest:
            await self._pictures.forget(key)  # an id of another bot, say
            raise NotSentError("Telegram no longer has the picture") from None

    async def _send(self, method: str, letter: Letter, **parameters: Any) -> int:
        """Send something; return the id of its message, or of the first of several."""
        if self._paid and letter.bulk:
            parameters["allow_paid_broadcast"] = True
        sent = await self._calls.call(method, chat_id=letter.chat_id, **parameters)
        try:
            return int((sent[0] if isinstance(sent, list) else sent)["message_id"])
        except (TypeError, LookupError, ValueError):
            raise TelegramError("Invalid server response") from None

    async def _say_why(self, letter: Letter, drawing: Drawing, why: str) -> int:
        said = f"{drawing.text}\n{plain(f'picture.{why}', letter.language)}"
        return await self._say(letter, replace(drawing, text=said), letter.reply_to)


async def _after(first: int | None, piece: Piece) -> int:
    """Send a piece; raises HalfSentError when another one is out already."""
    try:
        return await piece()
    except TelegramError as error:
        if first is None:
            raise
        raise HalfSentError(f"Only a part was sent ({type(error).__name__})") from error


def _buttons(drawing: Drawing) -> Any:
    if not drawing.buttons:
        return None
    return {
        "inline_keyboard": [
            [{"text": one.label, "callback_data": one.data} for one in row]
            for row in drawing.buttons
        ]
    }


def _keyboard(drawing: Drawing) -> Any:
    if not drawing.keyboard:
        return None
    shown = {
        "keyboard": [[{"text": key} for key in row] for row in drawing.keyboard],
        "resize_keyboard": True,
        "is_persistent": True,
    }
    placeholder = {"input_field_placeholder": drawing.placeholder} if drawing.placeholder else {}
    return shown | placeholder


def _reply(message_id: int | None) -> Any:
    if message_id is None:
        return None
    return {"message_id": message_id, "allow_sending_without_reply": True}
