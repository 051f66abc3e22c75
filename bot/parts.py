"""What the house is built of: PTB's bot and application, what everybody is handed."""

import gc
from typing import Any

from telegram.ext import Application, ContextTypes, ExtBot

import handlers
from bot.clock import chance
from bot.delivery.transport import AiohttpRequest
from bot.logging import log
from bot.services.broadcast_due import PACE as BROADCAST_PACE
from bot.services.person import FIRST_ADMINS
from bot.settings import Settings
from bot.texts import words
from handlers.context import ChatApplication, Context
from storage.vault import Vault, open_vault

_log = log("parts")


def rest_the_collector() -> None:
    """Keep the garbage collector from looking at what stays for good, again and again.

    What was loaded by now is never garbage; going through it took two fifths of a backlog's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def given(settings: Settings) -> dict[str, Any]:
    """Return what every unit of work is handed."""
    admins = frozenset(settings.admin_ids)
    return {
        "place_words": words()["place"],
        "outage_words": words()["outage"],
        "hazard_words": words()["hazard"],
        "chance": chance,
        BROADCAST_PACE: settings.broadcast_pace,
        FIRST_ADMINS: admins,
    }


def vault_of(settings: Settings) -> Vault:
    """Return what seals and opens, with the key file, which is made when there is none yet.

    Raises DatabaseFault.
    """
    vault, made = open_vault(settings.key)
    if made:
        _log.warning(
            "a key file was made: keep a copy of it apart from the database and its backups, "
            "without it no name, door or telephone number can be read",
            file=settings.key.name,
        )
    return vault


def bot_of(settings: Settings, calls: AiohttpRequest, polls: AiohttpRequest) -> ExtBot[None]:
    """Return PTB's bot, with one pool for calls and another for long polls."""
    return ExtBot(
        settings.token,
        base_url=settings.bot_api_url,
        base_file_url=settings.bot_file_url,
        request=calls,
        get_updates_request=polls,
    )


def application_of(bot: ExtBot[None]) -> Application[Any, Context, Any, Any, Any, Any]:
    """Return PTB's application with every handler, and nothing that runs by itself."""
    application = (
        Application.builder()
        .application_class(ChatApplication)
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .job_queue(None)
        .build()
    )
    handlers.register(application)
    return application
