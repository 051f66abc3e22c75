"""Organizers and leaders: rosters made and changed, weeks looked at, shifts corrected by hand.

Stateless but for words that a button has asked for: a name, or a rhythm of one's own.
"""

from typing import Any

from telegram.ext import BaseHandler

from bot.domain.roster import Roster
from bot.services import recurrence as rhythms
from bot.services import roster, roster_shift
from handlers import recurrence
from handlers.awaited import AGAIN, hearing, wait
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses, or_as_it_is

NAME, RULE = "roster_name", "roster_rule"  # of what is waited for
LEFT = "roster.left"  # said to who would rather leave it
ON = "on"


async def listing(turn: Turn) -> None:
    """List the rosters."""
    turn.redraw("roster.list", **await roster.listing(turn.uow, turn.who))


async def new(turn: Turn) -> None:
    """Ask for a name."""
    roster.check_may_make(turn.who)
    wait(turn, NAME, "new")
    turn.redraw("roster.name")


async def hear_name(turn: Turn, _about: str) -> None:
    """Make a roster with the name that was written."""
    made = await roster.make(turn.uow, turn.who, turn.words)
    await _card(turn, made)


async def show(turn: Turn) -> None:
    """Show a template."""
    await _card(turn, await roster.find(turn.uow, turn.who, turn.pressed.id))


async def _card(turn: Turn, one: Roster) -> None:
    turn.redraw("roster.card", **await roster.card(turn.uow, one))


async def _pressed(turn: Turn) -> Roster:
    """Return the roster of a button that changes something."""
    return await roster.find(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)


def _changes(change: Any) -> Step:
    """Return the step that changes a template by what was chosen, and shows it."""

    async def step(turn: Turn) -> None:
        held = await _pressed(turn)
        after = await change(turn.uow, turn.who, held, turn.pressed.choice)
        turn.toast("toast.kept")
        await _card(turn, after)

    return step


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else 0  # noqa: PLR2004


async def ask_rule(turn: Turn) -> None:
    """Ask for the next thing about when it is."""
    roster.check_may_make(turn.who)
    await _pressed(turn)
    await recurrence.ask(turn, "roster", turn.pressed.choice)


async def own_rule(turn: Turn) -> None:
    """Ask for words."""
    roster.check_may_make(turn.who)
    held = await _pressed(turn)
    wait(turn, RULE, f"{held.id} {held.version}")
    turn.redraw("roster.rule_own", id=held.id, version=held.version)


async def hear_rule(turn: Turn, about: str) -> str | None:
    """Take the rhythm that was written, and ask for what it leaves open."""
    id_, _, version = about.partition(" ")
    held = await roster.find(turn.uow, turn.who, int(id_), int(version))
    found = recurrence.heard(turn)
    said = found.said if found else ""
    facts = await rhythms.asked(turn.uow, turn.who, said, again=found is None)
    turn.tell("roster.rule", id=held.id, version=held.version, **facts)
    return None if found is not None else AGAIN


async def keep_rule(turn: Turn) -> None:
    """Keep when it is."""
    held = await _pressed(turn)
    chosen = rhythms.chosen(turn.pressed.choice)
    after = await roster.set_rule(turn.uow, turn.who, held, chosen)
    turn.toast("toast.kept")
    await _card(turn, after)


async def places(turn: Turn) -> None:
    """Ask where they meet."""
    held = await _pressed(turn)
    facts = await roster.places(turn.uow, turn.who, _number(turn.pressed.choice))
    turn.redraw("roster.places", id=held.id, version=held.version, **facts)


async def needed(turn: Turn) -> None:
    """Ask how many go."""
    held = await _pressed(turn)
    turn.redraw("roster.needed", id=held.id, version=held.version)


async def people(turn: Turn) -> None:
    """Let it be ticked who belongs to it."""
    await _people(turn, "people")


async def leaders(turn: Turn) -> None:
    """Ask who leads."""
    await _people(turn, "leaders")


async def _people(turn: Turn, kind: str, page: int | None = None) -> None:
    held = await _pressed(turn)
    at = _number(turn.pressed.choice) if page is None else page
    facts = await roster.members(turn.uow, held, at)
    turn.redraw(f"roster.{kind}", id=held.id, version=held.version, **facts)


async def member(turn: Turn) -> None:
    """Let somebody belong to it, or no longer; the press says which way, so that twice is once."""
    person, _, on = turn.pressed.choice.partition(":")
    held = await _pressed(turn)
    await roster.belong(turn.uow, turn.who, held, _number(person), on=on == ON)
    await _people(turn, "people", 0)


async def ends(turn: Turn) -> None:
    """Ask once more."""
    held = await _pressed(turn)
    turn.redraw("roster.ends", **await roster.card(turn.uow, held))


async def ended(turn: Turn) -> None:
    """End a roster, and cancel what lies ahead."""
    held = await _pressed(turn)
    await roster_shift.end(turn.uow, turn.who, held)
    turn.redraw("roster.ended", roster=held.name)


async def week(turn: Turn) -> None:
    """Show a week."""
    held = await roster.find(turn.uow, turn.who, turn.pressed.id)
    ahead = min(_number(turn.pressed.choice), 3)
    turn.redraw("roster.week", **await roster_shift.week(turn.uow, held, ahead))


async def publish(turn: Turn) -> None:
    """Publish a week now."""
    held = await _pressed(turn)
    n = await roster_shift.publish(turn.uow, turn.who, held, min(_number(turn.pressed.choice), 3))
    turn.toast("toast.published", n=n)
    await week(turn)


def handlers() -> list[BaseHandler[Any, Context, object]]:
    """Return the handlers of these buttons and of the words that they ask for."""
    changing: dict[str, Step] = {
        "rule": ask_rule,
        "rule_own": own_rule,
        "rule_keep": keep_rule,
        "places": places,
        "place": _changes(roster.set_place),
        "needed": needed,
        "many": _changes(lambda uow, who, held, n: roster.set_needed(uow, who, held, _number(n))),
        "people": people,
        "member": member,
        "leaders": leaders,
        "leader": _changes(lambda uow, who, held, n: roster.set_leader(uow, who, held, _number(n))),
        "end": ends,
        "ended": ended,
        "publish": publish,
    }
    steps: dict[str, Step] = {
        "list": listing,
        "new": new,
        "show": show,
        "back": show,
        "week": week,
        **{verb: or_as_it_is(step, show) for verb, step in changing.items()},
    }
    return [
        on_presses("roster", steps),
        hearing(NAME, LEFT, hear_name),
        hearing(RULE, LEFT, hear_rule),
    ]
