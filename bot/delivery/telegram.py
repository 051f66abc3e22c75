"""The only file that calls methods of the bot: a drawing in, the id of its message out."""

from typing import Any

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.domain.letter import Drawing, Immediate, Letter, Toast
from bot.texts import LANGUAGES, plain

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
COMMANDS = ("start", "my", "help", "todo", "tasks", "cancel")
_CODES = {"zh_CN": None, "en": "en"}  # Chinese for everybody whose language has no menu


class Sender:
    """Speaks to Telegram."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, letter: Letter, drawing: Drawing, over: int | None) -> int | None:
        """Send the drawing, or edit the message `over`; return the id of the message.

        Raises PTB's TelegramError.
        """
        if drawing.photos:
            return await self._send_pictures(letter, drawing)
        if drawing.file is not None:
            return await self._send_file(letter, drawing, *drawing.file)
        if over is not None:
            await self._bot.edit_message_text(
                drawing.text,
                chat_id=letter.chat_id,
                message_id=over,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_buttons(drawing),
            )
            return over
        message = await self._bot.send_message(
            letter.chat_id,
            drawing.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            disable_notification=letter.silent,
            reply_markup=_buttons(drawing) or _keyboard(drawing),
            reply_parameters=_reply(letter),
        )
        return message.message_id

    async def _send_pictures(self, letter: Letter, drawing: Drawing) -> int:
        common: dict[str, Any] = {"disable_notification": letter.silent}
        first, *others = drawing.photos
        if not others:
            message = await self._bot.send_photo(
                letter.chat_id, first, caption=drawing.text, parse_mode=ParseMode.HTML, **common
            )
            return message.message_id
        album = [InputMediaPhoto(first, caption=drawing.text, parse_mode=ParseMode.HTML)]
        album += [InputMediaPhoto(one) for one in others[:9]]
        messages = await self._bot.send_media_group(letter.chat_id, album, **common)
        return messages[0].message_id

    async def _send_file(self, letter: Letter, drawing: Drawing, kind: str, file_id: str) -> int:
        send = {
            "voice": self._bot.send_voice,
            "video": self._bot.send_video,
            "document": self._bot.send_document,
        }[kind]
        message = await send(
            letter.chat_id,
            file_id,
            caption=drawing.text,
            parse_mode=ParseMode.HTML,
            disable_notification=letter.silent,
        )
        return message.message_id

    async def answer(self, one: Immediate) -> None:
        """Answer a press, or put a reaction on a message; raises PTB's TelegramError."""
        if isinstance(one, Toast):
            await self._bot.answer_callback_query(
                one.callback_id, text=one.text[:200] or None, show_alert=one.alert or None
            )
        else:
            await self._bot.set_message_reaction(one.chat_id, one.message_id, one.emoji)

    async def say_full(self, chat_id: int, text: str) -> None:
        """Say, past the outbox, that nothing can be kept now; raises PTB's TelegramError."""
        await self._bot.send_message(chat_id, text, parse_mode=ParseMode.HTML)

    async def introduce(self) -> None:
        """Set the menu of commands in every language; raises PTB's TelegramError."""
        for language in LANGUAGES:
            commands = [BotCommand(one, plain(f"command.{one}", language)) for one in COMMANDS]
            await self._bot.set_my_commands(commands, language_code=_CODES[language])


def _buttons(drawing: Drawing) -> InlineKeyboardMarkup | None:
    if not drawing.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(one.label, callback_data=one.data) for one in row]
            for row in drawing.buttons
        ]
    )


def _keyboard(drawing: Drawing) -> ReplyKeyboardMarkup | None:
    if not drawing.keyboard:
        return None
    return ReplyKeyboardMarkup(
        drawing.keyboard,
        resize_keyboard=True,
        is_persistent=True,
        input_field_placeholder=drawing.placeholder or None,
    )


def _reply(letter: Letter) -> ReplyParameters | None:
    if letter.reply_to is None:
        return None
    return ReplyParameters(letter.reply_to, allow_sending_without_reply=True)
