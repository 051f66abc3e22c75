"""Settings: one card of switches; where somebody lives; when nothing rings. Stateless."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.services import settings
from bot.services.community import WHOLE_BUILDING
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses

ON = "on"


async def home(turn: Turn) -> None:
    """Show the card of settings: over the card that was pressed, else anew."""
    turn.redraw("settings.home", **await settings.facts(turn.uow, turn.who))


async def switch(turn: Turn) -> None:
    """Turn a choice on or off; the press says which way, so that twice is once."""
    asked = turn.pressed
    turn.who = settings.switch(turn.uow, turn.who, asked.verb, on=asked.choice == ON)
    turn.toast("toast.kept")
    await (often(turn) if asked.verb == "alerts" else home(turn))


async def often(turn: Turn) -> None:
    """Show of what the person wants to hear, and how often."""
    turn.redraw("settings.often", **settings.often(turn.who))


async def wish(turn: Turn) -> None:
    """Keep how often a kind of what is said to many rings; the press says which way."""
    sort, _, how = turn.pressed.choice.partition(".")
    turn.who = settings.wish(turn.uow, turn.who, sort, how)
    turn.toast("toast.kept")
    await often(turn)


async def enlarge(turn: Turn) -> None:
    """Choose large text; the cards that are there change as well."""
    await switch(turn)
    await settings.redraw_cards(turn.uow, turn.who)


async def speak(turn: Turn) -> None:
    """Change the language: at once, everywhere."""
    turn.who = await settings.speak(turn.uow, turn.who, turn.pressed.choice)
    turn.toast("toast.kept")
    await home(turn)


async def hours(turn: Turn) -> None:
    """Ask when the quiet hours begin, then when they end, and keep both."""
    begins, _, ends = turn.pressed.choice.partition("-")
    if not begins:
        turn.redraw("settings.begins", times=list(settings.BEGINS))
    elif not ends:
        turn.redraw("settings.ends", begins=_clock(begins), times=list(settings.ENDS))
    else:
        turn.who = settings.move_quiet_hours(turn.uow, turn.who, _clock(begins), _clock(ends))
        turn.toast("toast.kept")
        await home(turn)


def _clock(digits: str) -> str:
    return f"{digits[:2]}:{digits[2:]}"


async def ask_home(turn: Turn) -> None:
    """Ask for the building, once; it can be left open."""
    facts = await settings.home_to_ask(turn.uow, turn.who)
    if facts is not None:
        turn.tell("menu.bind", **facts)


async def show_buildings(turn: Turn) -> None:
    """Show a page of buildings."""
    choice = turn.pressed.choice
    page = int(choice) if choice.isdecimal() else 0
    turn.redraw("menu.bind", **await settings.buildings(turn.uow, turn.who, page))


async def choose_building(turn: Turn) -> None:
    """Ask for the unit."""
    building = turn.pressed.choice
    facts = await settings.units(turn.uow, turn.who, building)
    if facts["units"]:
        turn.redraw("settings.unit", **facts)
        return
    turn.who = await settings.live_at(turn.uow, turn.who, building, WHOLE_BUILDING)
    turn.toast("toast.home_kept")
    await home(turn)


async def choose_unit(turn: Turn) -> None:
    """Keep where the person lives."""
    building, _, unit = turn.pressed.choice.partition("-")
    turn.who = await settings.live_at(turn.uow, turn.who, building, unit)
    turn.toast("toast.home_kept")
    await home(turn)


async def leave_open(turn: Turn) -> None:
    """Ask no more."""
    turn.redraw("settings.home_open")


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of all buttons of the settings."""
    steps: dict[str, Step] = {
        **dict.fromkeys(("alerts", "quiet"), switch),
        "large": enlarge,
        "home": home,
        "often": often,
        "wish": wish,
        "speak": speak,
        "hours": hours,
        "buildings": show_buildings,
        "building": choose_building,
        "unit": choose_unit,
        "later": leave_open,
    }
    return on_presses("settings", steps)
