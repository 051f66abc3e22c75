"""The supervisor lets a case be done again: by the pool, by somebody named, even by the same."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.domain.case_record import Case
from bot.services import supervision
from handlers.case import deed, guarded
from handlers.context import Context
from handlers.turn import State, Step, Turn, on_presses

MOVE = "reopen"


async def ask_whom(turn: Turn) -> State | None:
    """Ask who is to do it this time."""
    asked = turn.pressed
    page = int(asked.choice) if asked.choice.isdecimal() else 0
    facts = await supervision.choices(turn.uow, turn.who, asked.id, asked.version, page)
    turn.redraw("desk.reopen", **facts)
    return None


async def reopen(turn: Turn) -> Case:
    """Let it be done again."""
    asked = turn.pressed
    person_id = int(asked.choice) if asked.choice.isdecimal() else None
    return await supervision.reopen(turn.uow, turn.who, asked.id, asked.version, person_id)


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons."""
    steps: dict[str, Step] = {
        "reopen_ask": guarded(ask_whom),
        "reopen_page": guarded(ask_whom),
        "reopen": deed(reopen, "toast.reopened"),
    }
    return on_presses("case", steps)
