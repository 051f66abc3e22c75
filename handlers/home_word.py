"""/word: a grid worker or an organizer makes the word for a home."""

from telegram.ext import CallbackQueryHandler

from bot.domain.residence import Key
from bot.services import home_word, residence
from bot.services import settings as chosen
from bot.services.community import WHOLE_BUILDING
from handlers import waiting
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses


async def command(turn: Turn) -> None:
    """Make the word for the home behind the command; alone it shows the buildings."""
    home_word.check_may_make(turn.who)
    _, _, said = turn.words.partition(" ")
    if said.strip():
        await _make(turn, await home_word.named_in(turn.uow, turn.who, said))
    else:
        turn.tell("home_word.buildings", **await chosen.buildings(turn.uow, turn.who, 0))


async def buildings(turn: Turn) -> None:
    """Show a page of buildings."""
    home_word.check_may_make(turn.who)
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    turn.redraw("home_word.buildings", **await chosen.buildings(turn.uow, turn.who, page))


async def building(turn: Turn) -> None:
    """Ask for the unit; for the door where there are none."""
    code = turn.pressed.choice
    await home_word.check_serves(turn.uow, turn.who, code)
    facts = await chosen.units(turn.uow, turn.who, code)
    if facts["units"]:
        turn.redraw("home_word.unit", **facts)
    else:
        await _ask_door(turn, f"{code}-{WHOLE_BUILDING}")


async def unit(turn: Turn) -> None:
    """Ask for the door."""
    await home_word.check_serves(turn.uow, turn.who, turn.pressed.choice.partition("-")[0])
    await _ask_door(turn, turn.pressed.choice)


async def _ask_door(turn: Turn, unit: str) -> None:
    place = await residence.unit_text(turn.uow, turn.who, unit)
    waiting.begin(turn, waiting.MAKE, unit)
    turn.redraw("home_word.door", place=place)


async def say_door(turn: Turn, unit: str) -> None:
    """Make the word for the door that was typed."""
    await _make(turn, await home_word.in_unit(turn.uow, turn.who, unit, turn.words))


async def _make(turn: Turn, key: Key) -> None:
    made = await home_word.make(turn.uow, turn.who, key)
    waiting.end(turn)
    turn.tell("home_word.made", home=made.home, word=made.word, n=made.bound)


def presses() -> CallbackQueryHandler[Context, object]:
    """Return the handler of the buttons."""
    steps: dict[str, Step] = {"buildings": buildings, "building": building, "unit": unit}
    return on_presses("home_word", steps)
