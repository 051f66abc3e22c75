"""Presses on a case's card: each is one move, checked on the server; a stale one is redrawn."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.domain.audience import POOL
from bot.domain.case_record import Case
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import desk, dispatching, share, tell_case, withdraw
from bot.services import nudge as nudges
from bot.services import offer as offers
from bot.services.case import Stale
from bot.services.community import community_of
from handlers.context import Context
from handlers.turn import State, Step, Turn, on_presses

Deed = Callable[[Turn], Awaitable[Case]]
Show = Callable[[Turn, Case], Awaitable[None]]


def deed(do: Deed, toast: str, show: Show | None = None) -> Step:
    """Return a step that does one move, says so, and draws `show` over what was pressed.

    Without it that is the case.
    """

    async def step(turn: Turn) -> State | None:
        try:
            case = await do(turn)
        except Stale as stale:
            turn.toast(stale.key, alert=stale.key != "toast.stale")
            await redraw(turn, stale.case)
            return None
        except Refusal as refusal:
            turn.refuse(refusal)
            await redraw(turn, await cases.find(turn.uow, turn.who, turn.pressed.id))
            return None
        turn.toast(toast, number=case.number)
        await (show or redraw)(turn, case)
        return None

    return step


def guarded(step: Step) -> Step:
    """Return `step` with a stale button answered by the case as it is now."""

    async def careful(turn: Turn) -> State | None:
        try:
            return await step(turn)
        except Stale as stale:
            turn.refuse(stale)
            await redraw(turn, stale.case)
            return None

    return careful


async def redraw(turn: Turn, case: Case) -> None:
    """Draw the case as it is now over the message under which was pressed."""
    community = await community_of(turn.uow, turn.who.community_id)
    if turn.in_group:
        await tell_case.redraw_all(turn.uow, community, case)
        return
    over = turn.message_id if turn.press is not None else None
    await tell_case.redraw_message(turn.uow, community, case, turn.who, over)


async def show_latest(turn: Turn, case: Case) -> None:
    """Show the case as it is now: where was pressed, or below what was written."""
    if turn.press is not None:
        await redraw(turn, case)
        return
    community = await community_of(turn.uow, turn.who.community_id)
    await tell_case.show_anew(turn.uow, community, case, turn.who)


def simple(name: str) -> Deed:
    """Return the deed that makes the move `name` and needs nothing else."""

    async def do(turn: Turn) -> Case:
        asked = turn.pressed
        return await cases.move(turn.uow, turn.who, asked.id, name, seen=asked.version)

    return do


async def offer(turn: Turn) -> Case:
    """Offer it to the pool, or to whom was chosen: a team, one person."""
    asked = turn.pressed
    to = asked.choice or POOL
    return await offers.offer(turn.uow, turn.who, asked.id, asked.version, to)


async def send_on(turn: Turn) -> State | None:
    """Offer it, and say to whom."""
    to_all = turn.pressed.choice in {"", POOL}
    return await deed(offer, "toast.offered" if to_all else "toast.sent_on")(turn)


async def claim(turn: Turn) -> Case:
    """Take it."""
    return await offers.claim(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)


async def assign(turn: Turn) -> Case:
    """Give it to the person chosen."""
    asked = turn.pressed
    person_id = int(asked.choice) if asked.choice.isdecimal() else 0
    return await cases.assign(turn.uow, turn.who, asked.id, asked.version, person_id)


async def take_back(turn: Turn) -> Case:
    """Take the report back."""
    asked = turn.pressed
    return await withdraw.withdraw(turn.uow, turn.who, asked.id, asked.version)


async def nudge(turn: Turn) -> Case:
    """Let whoever has it, or was asked, hear of it once more."""
    return await nudges.nudge(turn.uow, turn.who, turn.pressed.id)


async def show(turn: Turn) -> State | None:
    """Show the case: anew from a list, in place after a look at something else."""
    case = await cases.find(turn.uow, turn.who, turn.pressed.id)
    community = await community_of(turn.uow, turn.who.community_id)
    await desk.check_may_see(turn.uow, turn.who, case)
    if turn.pressed.version == 0:
        turn.spoke = True
        await tell_case.show_anew(turn.uow, community, case, turn.who)
    else:
        await redraw(turn, case)
    return None


async def show_more(turn: Turn) -> State | None:
    """Turn to the buttons for which the card had no room."""
    asked = turn.pressed
    case = await cases.find(turn.uow, turn.who, asked.id)
    await desk.check_may_see(turn.uow, turn.who, case)
    if asked.version != case.version:
        raise Stale(case)
    page = int(asked.choice) if asked.choice.isdecimal() else 0
    turn.redraw("case.card", page=page, **await desk.card_of(turn.uow, turn.who, case))
    return None


async def show_pictures(turn: Turn) -> State | None:
    """Send the pictures."""
    case = await cases.find(turn.uow, turn.who, turn.pressed.id)
    await desk.check_may_see(turn.uow, turn.who, case)
    checking = await tell_case.show_pictures(turn.uow, case, turn.who, ("before", "after"))
    turn.spoke = True
    if checking:
        turn.toast("toast.picture_checking")
    return None


async def ask_whom(turn: Turn) -> State | None:
    """Show who could be given the case."""
    asked = turn.pressed
    page = int(asked.choice) if asked.choice.isdecimal() else 0
    case = await cases.find(turn.uow, turn.who, asked.id)
    desk.check_is_dispatcher(turn.who, case)
    facts = await desk.candidates(turn.uow, turn.who, case, page)
    community = await community_of(turn.uow, turn.who.community_id)
    advised = await dispatching.advised(turn.uow, community, case)
    turn.redraw(
        "desk.assign",
        **facts,
        advice=advised,
        asking=asked.verb == "ask_whom",
        teams=community.teams,
    )
    return None


async def ask_withdraw(turn: Turn) -> State | None:
    """Ask once before a report is taken back."""
    case = await cases.find(turn.uow, turn.who, turn.pressed.id)
    if turn.pressed.version != case.version:
        turn.toast("toast.stale")
        await redraw(turn, case)
        return None
    desk.check_is_reporter(turn.who, case)
    await withdraw.check(turn.uow, case)
    turn.redraw("case.withdraw_ask", case=await desk.facts_of(turn.uow, turn.who, case))
    return None


async def pass_on(turn: Turn) -> State | None:
    """Give the reporter a message that can be forwarded to neighbours as it is."""
    turn.toast("toast.share")
    turn.tell("case.share", **await share.facts(turn.uow, turn.who, turn.pressed.id))
    return None


async def not_today(turn: Turn) -> Case:
    """Take the offer off this person's screen; the case stays with the others."""
    return await offers.not_today(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)


async def _say_not_today(turn: Turn, case: Case) -> None:
    turn.redraw("task.not_today", case=await desk.facts_of(turn.uow, turn.who, case))


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of all buttons of a case that stand for themselves."""
    steps: dict[str, Step] = {
        "show": show,
        "more": guarded(show_more),
        "share": pass_on,
        "photos": show_pictures,
        "offer": send_on,
        "assign_ask": ask_whom,
        "assign_page": ask_whom,
        "ask_whom": ask_whom,
        "assign": deed(assign, "toast.assigned"),
        "claim": deed(claim, "toast.claimed"),
        "nudge": deed(nudge, "toast.nudged"),
        "not_today": deed(not_today, "toast.not_today", _say_not_today),
        "contact": deed(simple("contact"), "toast.contacted"),
        "withdraw_ask": ask_withdraw,
        "withdraw": deed(take_back, "toast.withdrawn"),
        "restore": deed(simple("restore"), "toast.restored"),
    }
    return on_presses("case", steps)
