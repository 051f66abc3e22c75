"""A resident binds their home: the unit, the door, the word; and says that they moved out."""

from typing import Any

from telegram.ext import BaseHandler

from bot.domain.residence import Bound, home_code, home_of
from bot.domain.settings import Settings
from bot.services import newcomer, residence
from bot.services import people as service
from bot.services import settings as chosen
from bot.services.community import WHOLE_BUILDING, community_of
from handlers import guarded, home_word, waiting
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses
from handlers.waiting import DOOR, MAKE, WORD


async def home(turn: Turn) -> None:
    """Show the homes of the person."""
    several = await newcomer.has_choice(turn.uow)
    turn.redraw("residence.home", several=several, **await residence.facts(turn.uow, turn.who))


async def doors(turn: Turn) -> None:
    """Tell over the chat the doors of one's homes, where messages show none."""
    guarded.check_tapped(turn)
    found = await residence.doors(turn.uow, turn.who)
    turn.toast("toast.guarded_homes", alert=True, **found)


async def begin(turn: Turn) -> None:
    """Ask for the door in the unit that was scanned, or where they live; else for the building."""
    await residence.check_may_bind(turn.uow, turn.who)
    unit = turn.pressed.choice or Settings.of(turn.who).standing or turn.who.home
    community = await community_of(turn.uow, turn.who.community_id)
    if not unit or community.place_of_home(unit) is None:
        await buildings(turn)
        return
    await _ask_door(turn, unit)


async def _ask_door(turn: Turn, unit: str) -> None:
    place = await residence.unit_text(turn.uow, turn.who, unit)
    waiting.begin(turn, DOOR, unit)
    turn.redraw("residence.door", place=place)


async def buildings(turn: Turn) -> None:
    """Show a page of buildings."""
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    turn.redraw("residence.buildings", **await chosen.buildings(turn.uow, turn.who, page))


async def building(turn: Turn) -> None:
    """Ask for the unit; for the door where there are none."""
    facts = await chosen.units(turn.uow, turn.who, turn.pressed.choice)
    if facts["units"]:
        turn.redraw("residence.unit", **facts)
    else:
        await _ask_door(turn, f"{turn.pressed.choice}-{WHOLE_BUILDING}")


async def unit(turn: Turn) -> None:
    """Ask for the door."""
    await residence.check_may_bind(turn.uow, turn.who)
    await _ask_door(turn, turn.pressed.choice)


async def cancel(turn: Turn) -> None:
    """Bind nothing after all."""
    waiting.end(turn)
    turn.redraw("residence.left")


async def say(turn: Turn) -> None:
    """Take the door or the word that was typed."""
    asked = waiting.awaited(turn)
    if asked is None or not waiting.looks_like_number(turn.words):
        await cancel(turn)
    elif asked.what == DOOR:
        await _say_door(turn, asked.where)
    elif asked.what == WORD:
        await _say_word(turn, asked.where)
    elif asked.what == MAKE:
        await home_word.say_door(turn, asked.where)


async def _say_door(turn: Turn, where: str) -> None:
    key = await residence.home_in(turn.uow, turn.who, where, turn.words)
    facts = await residence.whom_to_ask(turn.uow, turn.who, key)
    waiting.begin(turn, WORD, home_code(key))
    turn.tell("residence.word", **facts)


async def _say_word(turn: Turn, where: str) -> None:
    key = home_of(where)
    if key is None:
        await cancel(turn)
        return
    facts = await residence.whom_to_ask(turn.uow, turn.who, key)
    came = await residence.bind(turn.uow, turn.who, key, turn.words)
    if came is Bound.WRONG:
        turn.tell("residence.wrong", **facts)
        return
    waiting.end(turn)
    turn.tell("residence.bound" if came is Bound.YES else "residence.wait", **facts)


async def leave(turn: Turn) -> None:
    """Ask once more whether they moved out."""
    turn.redraw("residence.leave", **await residence.own(turn.uow, turn.who, turn.pressed.id))


async def moved_out(turn: Turn) -> None:
    """End it."""
    await residence.move_out(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.moved_out")
    await home(turn)


async def end(turn: Turn) -> None:
    """Let an organizer end where somebody lives: first ask why."""
    uow, who, asked = turn.uow, turn.who, turn.pressed
    if not asked.choice:
        of, shown = await residence.of_somebody(uow, who, asked.id)
        turn.redraw("residence.end", **shown, name=of.name, person=of.id)
        return
    of = await residence.end(uow, who, asked.id, asked.choice)
    turn.toast("toast.home_ended")
    turn.redraw("people.card", **await service.one(uow, who, of))


def handlers() -> list[BaseHandler[Any, Context, Any]]:
    """Return the handlers of the buttons, and of what is typed while it is waited for."""
    steps: dict[str, Step] = {
        "home": home,
        "doors": doors,
        "begin": begin,
        "buildings": buildings,
        "building": building,
        "unit": unit,
        "cancel": cancel,
        "leave": leave,
        "moved": moved_out,
        "end": end,
    }
    return [on_presses("residence", steps), home_word.presses(), waiting.Waiting(say)]
