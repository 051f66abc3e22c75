"""Calls by hand: staff telephone, and tap what they hear."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.domain.callback import Callback
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import callback_call as calls
from handlers import guarded
from handlers.context import Context
from handlers.turn import State, Step, Turn, on_presses

PAGE = 4


def listing(which: str) -> Step:
    """Return the step that lists whom to telephone."""

    async def step(turn: Turn) -> State | None:
        choice = turn.pressed.choice
        page = int(choice) if choice.isdecimal() else 0
        facts = await calls.listing(turn.uow, turn.who, which, page=page, per_page=PAGE)
        turn.redraw(f"{which}.list", **facts)
        return None

    return step


def show(which: str) -> Step:
    """Return the step that shows one of them, with the question to put."""

    async def step(turn: Turn) -> State | None:
        one, _ = await _find(turn, which, turn.pressed.choice)
        await _show(turn, which, one)
        return None

    return step


def write_down(which: str) -> Step:
    """Return the step that keeps one answer, and shows the next question."""

    async def step(turn: Turn) -> State | None:
        person, _, rest = turn.pressed.choice.partition(".")
        question, _, choice = rest.partition(".")
        one, resident = await _find(turn, which, person)
        write = calls.write_down if which == calls.CALL else calls.write_check
        try:
            one = await write(turn.uow, turn.who, one, resident, question, choice)
            turn.toast("toast.written_down")
        except Refusal as refusal:  # somebody else was quicker: show how it stands
            turn.refuse(refusal)
        await _show(turn, which, one)
        return None

    return step


def phone(which: str) -> Step:
    """Return the step that tells the number over the chat, where the card does not show it."""

    async def step(turn: Turn) -> State | None:
        guarded.check_tapped(turn)
        asked = turn.pressed
        of = int(asked.choice) if asked.choice.isdecimal() else 0
        facts = await calls.phone(turn.uow, turn.who, which, asked.id, asked.version, of)
        turn.toast("toast.guarded", alert=True, **facts)
        return None

    return step


async def _find(turn: Turn, which: str, choice: str) -> tuple[Callback, Person]:
    asked = turn.pressed
    person_id = int(choice) if choice.isdecimal() else 0
    return await calls.find(turn.uow, turn.who, which, asked.id, asked.version, person_id)


async def _show(turn: Turn, which: str, one: Callback) -> None:
    turn.redraw(f"{which}.card", **await calls.card(turn.uow, turn.who, which, one))


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons."""
    steps: dict[str, Step] = {}
    for which in (calls.CALL, calls.CHECK):
        steps[which + "s"] = listing(which)
        steps[which] = show(which)
        steps[which + "_said"] = write_down(which)
        steps[which + "_phone"] = phone(which)
    return on_presses("callback", steps)
