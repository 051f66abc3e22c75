"""Bots that do nothing and store nothing: `python -m tests.bench.echo stock|same|aiogram PORT`."""

# ruff: noqa: PLC0415 - each bot loads its own library only, as it would alone

import asyncio
import sys
from typing import Any

TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def stock(port: int, *, same_transport: bool = False) -> None:
    """Run the echo bot of python-telegram-bot, on its own transport or on ours."""
    import uvloop
    from telegram import Update
    from telegram.ext import Application, CallbackContext, MessageHandler, filters

    async def echo(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or "")

    built = Application.builder().token(TOKEN).base_url(f"http://127.0.0.1:{port}/bot")
    if same_transport:
        from bot.delivery.transport import AiohttpRequest

        built = built.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
        asyncio.set_event_loop(uvloop.new_event_loop())
    app = built.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling(timeout=1)


async def aiogram(port: int) -> None:
    """Run the echo bot of aiogram."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    session = AiohttpSession(api=TelegramAPIServer.from_base(f"http://127.0.0.1:{port}"))
    bot, dispatcher = Bot(TOKEN, session=session), Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    await dispatcher.start_polling(bot, polling_timeout=1, handle_signals=False)


if __name__ == "__main__":
    kind, where = sys.argv[1], int(sys.argv[2])
    if kind == "aiogram":
        asyncio.run(aiogram(where))
    else:
        stock(where, same_transport=kind == "same")
