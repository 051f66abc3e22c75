"""Shifts, for those who make and lead them: who goes, when it is, and that it is not. Stateless."""

from bot.domain.roster import Overlap
from bot.services import roster_shift
from handlers import recurrence
from handlers.turn import Presses, Step, Turn, on_presses, or_as_it_is


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else 0  # noqa: PLR2004


async def shift(turn: Turn) -> None:
    """Show a shift."""
    await _shift(turn, turn.pressed.id)


async def _shift(turn: Turn, id_: int) -> None:
    held, one = await roster_shift.shift_of(turn.uow, turn.who, id_)
    turn.redraw("roster.shift", **await roster_shift.shift_card(turn.uow, held, one))


async def drop(turn: Turn) -> None:
    """Take somebody off a shift."""
    _, one = await roster_shift.drop(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.kept")
    await _shift(turn, one.id)


async def choose(turn: Turn) -> None:
    """Ask whom to put on a shift."""
    held, one = await roster_shift.shift_of(turn.uow, turn.who, turn.pressed.id)
    page = _number(turn.pressed.choice)
    turn.redraw("roster.pick", **await roster_shift.choices(turn.uow, held, one, page))


def _puts(*, sure: bool) -> Step:
    async def put(turn: Turn) -> None:
        asked = turn.pressed
        person = _number(asked.choice)
        met = await roster_shift.put(turn.uow, turn.who, asked.id, person, sure=sure)
        if met is Overlap.SHORT:
            turn.redraw("roster.sure", shift=asked.id, version=asked.version, person=person)
            return
        turn.toast("toast.kept")
        await _shift(turn, asked.id)

    return put


async def cancel(turn: Turn) -> None:
    """Cancel a shift."""
    asked = turn.pressed
    held, one = await roster_shift.shift_of(turn.uow, turn.who, asked.id, asked.version)
    await roster_shift.cancel(turn.uow, held, one)
    turn.toast("toast.shift_cancelled")
    await _shift(turn, one.id)


async def pick(turn: Turn) -> None:
    """Ask for another day and time, and hold the shift then."""
    asked = turn.pressed
    held, one = await roster_shift.shift_of(turn.uow, turn.who, asked.id, asked.version)
    at = await recurrence.pick(turn, "shift")
    if at is not None:
        await roster_shift.move(turn.uow, turn.who, held, one, at)
        turn.toast("toast.shift_moved")
        await _shift(turn, one.id)


def presses() -> Presses:
    """Return the handler of these buttons."""
    steps: dict[str, Step] = {
        "show": shift,
        "back": shift,
        "drop": drop,
        "people": choose,
        "put": _puts(sure=False),
        "sure": _puts(sure=True),
        "pick": or_as_it_is(pick, shift),
        "cancel": or_as_it_is(cancel, shift),
    }
    return on_presses("shift", steps)
