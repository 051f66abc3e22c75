"""/duty, and what people press about patrols: coming, swapping, arriving, wishes. Stateless."""

from collections.abc import Awaitable, Callable

from bot.domain.roster import Overlap
from bot.domain.shift import Answer, Duty
from bot.services import patrol, swap
from handlers.turn import Presses, Step, Turn, on_presses

ON = "on"
PAGE = 5  # people on one page of tiles


async def command(turn: Turn) -> None:
    """Show the person's next duties."""
    turn.redraw("patrol.mine", **await patrol.mine(turn.uow, turn.who))


async def show(turn: Turn) -> None:
    """Show one duty."""
    await _show(turn, turn.pressed.id)


async def _show(turn: Turn, duty_id: int) -> None:
    turn.redraw("patrol.duty", **await patrol.show(turn.uow, turn.who, duty_id))


async def come(turn: Turn) -> None:
    """Say that one comes."""
    await patrol.come(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.coming")
    await show(turn)


async def cannot(turn: Turn) -> None:
    """Ask why somebody cannot come."""
    turn.redraw("patrol.why", **await patrol.show(turn.uow, turn.who, turn.pressed.id))


async def why(turn: Turn) -> None:
    """Look for somebody else."""
    await swap.begin(turn.uow, turn.who, turn.pressed.id, turn.pressed.choice)
    turn.toast("toast.looking_for_cover")
    await show(turn)


async def take(turn: Turn) -> None:
    """Stand in for somebody; a short overlap is asked about first."""
    sure = turn.pressed.choice == "sure"
    found = await swap.say(turn.uow, turn.who, turn.pressed.id, Answer.YES, sure=sure)
    if isinstance(found, Duty):
        turn.toast("toast.you_stand_in")
        await _show(turn, found.id)
    elif found is Overlap.SHORT:
        turn.redraw("patrol.swap_sure", swap=turn.pressed.id)


def _declines(answer: Answer) -> Step:
    async def decline(turn: Turn) -> None:
        await swap.say(turn.uow, turn.who, turn.pressed.id, answer)
        turn.redraw("patrol.answered")

    return decline


async def arrive(turn: Turn) -> None:
    """Say that one is there."""
    await patrol.arrive(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.arrived")
    await show(turn)


async def hazards(turn: Turn) -> None:
    """Show the list of what may be wrong."""
    turn.redraw("patrol.hazards", **await patrol.show(turn.uow, turn.who, turn.pressed.id))


async def tick(turn: Turn) -> None:
    """Tick something; the press says which way, so that twice is once."""
    hazard, _, on = turn.pressed.choice.partition(":")
    await patrol.tick(turn.uow, turn.who, turn.pressed.id, hazard, on=on == ON)
    await hazards(turn)


async def hand_in(turn: Turn) -> None:
    """Hand in what was ticked, if anything was."""
    n = await patrol.hand_in(turn.uow, turn.who, turn.pressed.id)
    if n:
        turn.toast("toast.hazards_in", n=n)
    await show(turn)


async def file(turn: Turn) -> None:
    """Send the calendar file of a duty."""
    turn.tell("patrol.file", **await patrol.entry(turn.uow, turn.who, turn.pressed.id))


# --- wishes -----------------------------------------------------------------------------


async def wishes(turn: Turn) -> None:
    """Show what the person has wished for."""
    turn.redraw("patrol.wishes", **await patrol.wishes(turn.uow, turn.who))


async def days(turn: Turn) -> None:
    """Let weekdays be ruled out."""
    turn.redraw("patrol.days", **await patrol.wishes(turn.uow, turn.who))


async def day(turn: Turn) -> None:
    """Rule a weekday out, or allow it again."""
    weekday, _, on = turn.pressed.choice.partition(":")
    await patrol.not_on(turn.uow, turn.who, _number(weekday), on=on == ON)
    await days(turn)


async def most(turn: Turn) -> None:
    """Ask how often at most."""
    turn.redraw("patrol.ask_most", **await patrol.wishes(turn.uow, turn.who))


async def away(turn: Turn) -> None:
    """Ask how long somebody is away."""
    turn.redraw("patrol.ask_away", spans=list(patrol.SPANS))


async def partner(turn: Turn) -> None:
    """Ask with whom somebody would like to go."""
    found = await patrol.partners(turn.uow, turn.who)
    pages = max(1, -(-len(found) // PAGE))
    at = max(0, _number(turn.pressed.choice)) % pages
    tiles = found[at * PAGE : (at + 1) * PAGE]
    turn.redraw("patrol.ask_partner", tiles=tiles, page=at, pages=pages)


def _wishes(change: Callable[[Turn], Awaitable[None]]) -> Step:
    """Return the step that changes a wish and shows all of them."""

    async def changed(turn: Turn) -> None:
        await change(turn)
        turn.toast("toast.kept")
        await wishes(turn)

    return changed


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else -1  # noqa: PLR2004


def presses() -> Presses:
    """Return the handler of these buttons."""
    steps: dict[str, Step] = {
        "mine": command,
        "show": show,
        "ok": come,
        "swap": cannot,
        "why": why,
        "take": take,
        "no": _declines(Answer.NO),
        "month": _declines(Answer.NOT_THIS_MONTH),
        "here": arrive,
        "hazards": hazards,
        "tick": tick,
        "hand_in": hand_in,
        "file": file,
        "wishes": wishes,
        "days": days,
        "day": day,
        "most": most,
        "limit": _wishes(
            lambda turn: patrol.at_most(turn.uow, turn.who, _number(turn.pressed.choice))
        ),
        "partner": partner,
        "with": _wishes(
            lambda turn: patrol.together(turn.uow, turn.who, _number(turn.pressed.choice))
        ),
        "away": away,
        "gone": _wishes(lambda turn: patrol.be_away(turn.uow, turn.who, turn.pressed.choice)),
        "back": _wishes(lambda turn: patrol.come_back(turn.uow, turn.who)),
    }
    return on_presses("patrol", steps)
