"""How often, and when: what any noun does with the taps and words of the two pickers."""

from datetime import datetime

from bot.domain.rhythm import Chosen, RhythmWords, parse
from bot.services import recurrence
from bot.texts import words
from handlers.dates import MOMENT
from handlers.turn import Turn

_SAID = words()["rhythm"]
_LISTS = {name: tuple(held) for name, held in _SAID.items() if isinstance(held, list)}
WORDS = RhythmWords(
    every=_SAID["every"],
    weekdays=_SAID["weekdays"],
    nth=_SAID["nth"],
    moment=MOMENT,
    **_LISTS,
)


async def ask(turn: Turn, noun: str, said: str = "", *, lasts: bool = True) -> None:
    """Ask for the next thing behind what was chosen so far; raises Refusal."""
    facts = await recurrence.asked(turn.uow, turn.who, said, lasts=lasts)
    id_, version = (turn.press.id, turn.press.version) if turn.press else (0, 0)
    turn.redraw(f"{noun}.rule", id=id_, version=version, **facts)


def heard(turn: Turn) -> Chosen | None:
    """Return what the person has written: a rhythm, and a time if there is one."""
    return parse(turn.words, WORDS)


async def pick(turn: Turn, noun: str) -> datetime | None:
    """Return the instant (UTC) that was tapped; until there is one, ask on. Raises Refusal."""
    said = turn.pressed.choice
    found = await recurrence.picked(turn.uow, turn.who, said)
    if isinstance(found, datetime):
        return found
    kind = f"{noun}.hour" if said else f"{noun}.day"
    turn.redraw(kind, id=turn.pressed.id, version=turn.pressed.version, **found)
    return None
