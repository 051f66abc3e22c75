"""Helping a relative: the link, the elder's yes or no, the end of it; and a report for them."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.domain.kin import PREFIX
from bot.services import kin
from bot.services.link import deep_link
from handlers.context import Context
from handlers.draft import go_on, pressed_draft
from handlers.turn import Step, Turn, on_presses


async def home(turn: Turn) -> None:
    """Show whom the person helps and who helps them."""
    turn.redraw("kin.home", **await kin.listing(turn.uow, turn.who))


async def invite(turn: Turn) -> None:
    """Give the link that is to be passed on, as a message that can be forwarded as it is."""
    link = deep_link(turn.uow, await kin.invite(turn.uow, turn.who))
    turn.redraw("kin.how")
    turn.tell("kin.invite", name=turn.who.name, link=link)


def links_first(step: Step) -> Step:
    """Return `step` for a plain start; one with a relative's code asks whether they may help."""

    async def start(turn: Turn) -> object:
        _, _, code = turn.words.partition(" ")
        if not code.startswith(PREFIX):
            return await step(turn)
        await kin.open_invitation(turn.uow, turn.who, code)
        return None

    return start


async def allow(turn: Turn) -> None:
    """Let the relative help."""
    name = await kin.decide(turn.uow, turn.who, turn.pressed.id, yes=True)
    turn.redraw("kin.allowed", name=name)


async def refuse(turn: Turn) -> None:
    """Let them not."""
    name = await kin.decide(turn.uow, turn.who, turn.pressed.id, yes=False)
    turn.redraw("kin.not_allowed", name=name)


async def stop(turn: Turn) -> None:
    """End it, whichever of the two one is."""
    name = await kin.stop(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.kin_ended", name=name)
    await home(turn)


async def report_for(turn: Turn) -> object:
    """Let the report be the elder's."""
    draft, choice = await pressed_draft(turn), turn.pressed.choice
    elder = int(choice) if choice.isascii() and choice.isdecimal() else 0
    return await go_on(turn, await kin.report_for(turn.uow, turn.who, draft, elder))


async def report_for_me(turn: Turn) -> object:
    """Let the report be one's own again."""
    return await go_on(turn, kin.report_for_oneself(turn.uow, await pressed_draft(turn)))


DRAFT_PRESSES: dict[str, Step] = {"kin": report_for, "own": report_for_me}


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons between relatives."""
    steps: dict[str, Step] = {
        "home": home,
        "invite": invite,
        "yes": allow,
        "no": refuse,
        "stop": stop,
    }
    return on_presses("kin", steps)
