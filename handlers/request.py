"""Whoever has a case asks for a pause or for more time; the dispatcher answers with one tap."""

from datetime import datetime

from telegram.ext import CallbackQueryHandler

from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.services import request as requests
from handlers.case import deed
from handlers.context import Context
from handlers.conversation import Dialogue
from handlers.dates import Asking
from handlers.turn import Turn, on_presses


async def ask_hold(turn: Turn, draft: Draft, at: datetime) -> Case:
    """Pause it, or ask whether it may be paused."""
    held = draft.facts
    return await requests.ask_hold(
        turn.uow, turn.who, held["number"], held["version"], held["reason"], at
    )


async def ask_extension(turn: Turn, draft: Draft, at: datetime) -> Case:
    """Ask for more time."""
    held = draft.facts
    return await requests.ask_extension(
        turn.uow, turn.who, held["number"], held["version"], held["reason"], at
    )


async def agree(turn: Turn) -> Case:
    """Let the handler have it."""
    return await requests.agree(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)


async def disagree(turn: Turn) -> Case:
    """Let things be as they are."""
    return await requests.disagree(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)


async def resume(turn: Turn) -> Case:
    """Go on before the pause is over."""
    return await requests.resume(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)


def presses() -> CallbackQueryHandler[Context, object]:
    """Return the handler of the buttons that stand for themselves."""
    return on_presses(
        "request",
        {
            "agree": deed(agree, "toast.agreed"),
            "disagree": deed(disagree, "toast.not_agreed"),
            "resume": deed(resume, "toast.resumed"),
        },
    )


def dialogues() -> list[Dialogue]:
    """Return the conversations."""
    hold = Asking("hold", "ask_hold", ask_hold, wants_reason=lambda _: True, whole_days=True)
    extension = Asking(
        "extension",
        "ask_extension",
        ask_extension,
        wants_reason=lambda _: True,
        from_deadline=True,
    )
    return [hold.dialogue(), extension.dialogue()]
