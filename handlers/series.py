"""Series of meetings: organizers look at them, make one, and change when and where they are."""

from typing import Any

from telegram.ext import BaseHandler

from bot.domain.refusal import Refusal
from bot.services import recurrence as choosing
from bot.services import series_change
from bot.services.community import community_of
from bot.texts import words
from handlers import recurrence
from handlers.awaited import AGAIN, hearing, wait
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses

NAME, PLACE, SECRETARY, RULE = "series_name", "series_place", "series_secretary", "series_rule"
LEFT = "series.left"  # said to who would rather leave it
_NOUN = "series"
_NOBODY = words()["nobody"]


async def listing(turn: Turn) -> None:
    """List every series."""
    turn.redraw("series.list", **await series_change.listing(turn.uow, turn.who))


async def show(turn: Turn) -> None:
    """Show one."""
    turn.redraw("series.card", **await series_change.show(turn.uow, turn.who, turn.pressed.id))


async def rule(turn: Turn) -> None:
    """Ask how often, and when."""
    await series_change.show(turn.uow, turn.who, turn.pressed.id)
    await recurrence.ask(turn, _NOUN, turn.pressed.choice)


async def rule_own(turn: Turn) -> None:
    """Ask for it in words."""
    await series_change.show(turn.uow, turn.who, turn.pressed.id)
    wait(turn, RULE, f"{turn.pressed.id} {turn.pressed.version}")
    turn.redraw("series.rule_own", id=turn.pressed.id, version=turn.pressed.version)


async def hear_rule(turn: Turn, about: str) -> str | None:
    """Take it in words, and ask on."""
    number, version = _two(about)
    heard = recurrence.heard(turn)
    said, again = (heard.said, False) if heard else ("", True)
    facts = await choosing.asked(turn.uow, turn.who, said, again=again)
    turn.tell("series.rule", id=number, version=version, **facts)
    return None if heard else AGAIN


async def rule_keep(turn: Turn) -> None:
    """Let the meetings be so."""
    asked = turn.pressed
    found = choosing.chosen(asked.choice)
    if found.step != "check":
        raise Refusal("toast.stale")
    calendar = (await community_of(turn.uow, turn.who.community_id)).calendar
    held = found.rule(calendar.local(turn.now).date())
    kept = await series_change.keep_rule(turn.uow, turn.who, asked.id, asked.version, held)
    turn.toast("toast.kept")
    turn.redraw("series.card", **kept)


async def pause(turn: Turn) -> None:
    """Plan no further meetings of it."""
    await _change(turn, paused=True)


async def resume(turn: Turn) -> None:
    """Plan meetings again."""
    await _change(turn, paused=False)


async def _change(turn: Turn, **changes: Any) -> None:
    asked = turn.pressed
    kept = await series_change.change(turn.uow, turn.who, asked.id, asked.version, **changes)
    turn.toast("toast.kept")
    turn.redraw("series.card", **kept)


async def place(turn: Turn) -> None:
    """Ask where."""
    await _ask(turn, PLACE, "series.write_place")


async def secretary(turn: Turn) -> None:
    """Ask who keeps the minutes."""
    await _ask(turn, SECRETARY, "series.write_secretary")


async def _ask(turn: Turn, name: str, kind: str) -> None:
    await series_change.show(turn.uow, turn.who, turn.pressed.id)
    wait(turn, name, f"{turn.pressed.id} {turn.pressed.version}")
    turn.tell(kind)


async def hear_place(turn: Turn, about: str) -> None:
    """Take the place."""
    number, version = _two(about)
    kept = await series_change.set_place(turn.uow, turn.who, number, version, turn.words)
    turn.tell("series.card", **kept)


async def hear_secretary(turn: Turn, about: str) -> None:
    """Take the name of the secretary."""
    number, version = _two(about)
    said = "" if turn.words.casefold() in _NOBODY else turn.words
    kept = await series_change.set_secretary(turn.uow, turn.who, number, version, said)
    turn.tell("series.card", **kept)


async def new(turn: Turn) -> None:
    """Ask what a new series is called."""
    await series_change.listing(turn.uow, turn.who)
    wait(turn, NAME, "new")
    turn.tell("series.name")


async def hear_name(turn: Turn, _about: str) -> None:
    """Make it, and go on to its time."""
    made = await series_change.make(turn.uow, turn.who, turn.words)
    facts = await choosing.asked(turn.uow, turn.who, "")
    turn.tell("series.rule", id=made["id"], version=made["version"], **facts)


def _two(about: str) -> tuple[int, int]:
    number, _, version = about.partition(" ")
    return int(number), int(version)


def handlers() -> list[BaseHandler[None, Context, object]]:
    """Return the handlers of these buttons and of the words that they ask for."""
    steps: dict[str, Step] = {
        "list": listing,
        "show": show,
        "back": show,
        "rule": rule,
        "rule_own": rule_own,
        "rule_keep": rule_keep,
        "pause": pause,
        "resume": resume,
        "place": place,
        "secretary": secretary,
        "new": new,
    }
    return [
        on_presses(_NOUN, steps),
        hearing(NAME, LEFT, hear_name),
        hearing(PLACE, LEFT, hear_place),
        hearing(SECRETARY, LEFT, hear_secretary),
        hearing(RULE, LEFT, hear_rule),
    ]
