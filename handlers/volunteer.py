"""Volunteers: who would like to be one chooses and sends; organizers agree, change, or say no.

Stateless: what is chosen is kept with the wish, so a press works after any pause.
"""

from telegram.ext import BaseHandler

from bot.domain.volunteer import ANYWHERE, OTHER
from bot.services import people, settings, volunteer, volunteer_tiles
from bot.services import volunteer_decision as decision
from handlers.awaited import Awaited, awaited, stops, wait, wait_no_more
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses, or_as_it_is

NAME = "volunteer"  # of what is waited for: the reason why not, in words
ON, ALL = "on", "all"


async def home(turn: Turn) -> None:
    """Show where the person stands: choosing, waiting, or a volunteer."""
    kind, facts = await volunteer.home(turn.uow, turn.who)
    turn.redraw(kind, **facts)


async def edit(turn: Turn) -> None:
    """Let the person choose anew."""
    turn.redraw("volunteer.edit", **await volunteer.change(turn.uow, turn.who))


async def tick(turn: Turn) -> None:
    """Choose a skill or leave it out; the press says which way, so that twice is once."""
    code, _, on = turn.pressed.choice.partition(":")
    facts = await volunteer_tiles.tick(turn.uow, turn.who, turn.pressed.id, code, on=on == ON)
    turn.redraw("volunteer.edit", **facts)


async def page(turn: Turn) -> None:
    """Show a page of the skills."""
    one = await volunteer_tiles.editable(turn.uow, turn.who, turn.pressed.id)
    choice = turn.pressed.choice
    at = int(choice) if choice.isdecimal() else 0
    turn.redraw("volunteer.edit", **await volunteer_tiles.to_choose(turn.uow, turn.who, one, at))


async def where(turn: Turn) -> None:
    """Ask where."""
    turn.redraw(
        "volunteer.where", **await volunteer_tiles.areas(turn.uow, turn.who, turn.pressed.id)
    )


async def go(turn: Turn) -> None:
    """Choose where."""
    chosen = turn.pressed.choice
    area = ANYWHERE if chosen == ALL else chosen or "none"
    facts = await volunteer_tiles.go(turn.uow, turn.who, turn.pressed.id, area)
    turn.redraw("volunteer.edit", **facts)


async def send(turn: Turn) -> None:
    """Hand in what was chosen."""
    waits = await volunteer.send(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)
    turn.toast("toast.wished" if waits else "toast.kept")
    await home(turn)


async def drop(turn: Turn) -> None:
    """Take it back."""
    dropped = await volunteer.drop(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.wish_dropped")
    if not dropped.is_own:
        of = await people.find(turn.uow, turn.who, dropped.person_id)
        turn.redraw("people.card", **await people.one(turn.uow, turn.who, of))
    else:
        turn.redraw("settings.home", **await settings.facts(turn.uow, turn.who))


async def stop(turn: Turn) -> None:
    """Ask once more before it ends."""
    await volunteer.check_may_stop(turn.uow, turn.who)
    turn.redraw("volunteer.stop")


async def end(turn: Turn) -> None:
    """Be no volunteer any more."""
    await volunteer.stop(turn.uow, turn.who)
    turn.redraw("volunteer.you_stopped")


# --- organizers -------------------------------------------------------------------------


async def listing(turn: Turn) -> None:
    """List who waits."""
    choice = turn.pressed.choice
    await _list(turn, int(choice) if choice.isdecimal() else 0)


async def _list(turn: Turn, at: int = 0) -> None:
    turn.redraw("volunteer.list", **await decision.listing(turn.uow, turn.who, at))


async def show(turn: Turn) -> None:
    """Show one who waits."""
    turn.redraw("volunteer.card", **await decision.show(turn.uow, turn.who, turn.pressed.id))


async def agree(turn: Turn) -> None:
    """Make them a volunteer."""
    asked = turn.pressed
    name = await decision.agree(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.volunteer_agreed", name=name)
    await _list(turn)


async def refuse(turn: Turn) -> None:
    """Ask why not."""
    asked = turn.pressed
    facts = await decision.reasons(turn.uow, turn.who, asked.id, asked.version)
    turn.redraw("volunteer.reason", **facts)


async def why(turn: Turn) -> None:
    """Say no for the reason; one that is typed is waited for."""
    asked = turn.pressed
    if asked.choice == OTHER:
        facts = await decision.reasons(turn.uow, turn.who, asked.id, asked.version)
        wait(turn, NAME, f"{asked.id} {asked.version}")
        turn.redraw("volunteer.write", name=facts["name"])
        return
    name = await decision.refuse(turn.uow, turn.who, asked.id, asked.version, asked.choice)
    turn.toast("toast.volunteer_refused", name=name)
    await _list(turn)


async def hear(turn: Turn) -> None:
    """Take the reason in words; what is too long is waited for again."""
    id_, _, version = (awaited(turn.who.telegram_id, NAME) or "").partition(" ")
    if stops(turn):
        wait_no_more(turn, NAME)
        turn.tell("volunteer.left")
        return
    uow, who = turn.uow, turn.who
    name = await decision.refuse(uow, who, int(id_), int(version), OTHER, turn.words)
    turn.tell("volunteer.you_refused", name=name)
    wait_no_more(turn, NAME)


async def change(turn: Turn) -> None:
    """Let an organizer choose for a volunteer."""
    turn.redraw("volunteer.edit", **await decision.change(turn.uow, turn.who, turn.pressed.id))


async def keep(turn: Turn) -> None:
    """Keep what an organizer has chosen."""
    asked = turn.pressed
    of = await decision.keep(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.kept")
    turn.redraw("people.card", **await people.one(turn.uow, turn.who, of))


def handlers() -> list[BaseHandler[None, Context, object]]:
    """Return the handlers of these buttons and of the words that they ask for."""
    choosing: dict[str, Step] = {
        "tick": tick,
        "skills": page,
        "where": where,
        "area": go,
        "drop": drop,
        "stop": stop,
        "end": end,
        "change": change,
        "keep": keep,
    }
    deciding: dict[str, Step] = {"show": show, "agree": agree, "refuse": refuse, "why": why}
    steps = {
        "home": home,
        "list": listing,
        **choosing,
        "edit": or_as_it_is(edit, home),
        "send": or_as_it_is(send, home),
        **{verb: or_as_it_is(step, listing) for verb, step in deciding.items()},
    }
    return [on_presses("volunteer", steps), Awaited(NAME, hear)]
