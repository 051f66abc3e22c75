"""When a survey begins and ends, by buttons or in words."""

from collections.abc import Awaitable, Callable

from bot.domain import survey as rules
from bot.domain.draft import Draft
from bot.domain.moment import parse
from bot.domain.refusal import Refusal
from bot.services import survey_draft as drafts
from bot.services.community import community_of
from handlers.dates import MOMENT
from handlers.turn import Step, Turn

_MOST_DIGITS = 2
Made = Callable[[Turn, Draft], Awaitable[object]]


def numbers(turn: Turn) -> list[int]:
    """Return the numbers in what was chosen; raises Refusal for what no button of ours says."""
    parts = turn.pressed.choice.split(".")
    if not all(one.isascii() and one.isdecimal() and len(one) <= _MOST_DIGITS for one in parts):
        raise Refusal("toast.stale")
    return [int(one) for one in parts]


async def when(turn: Turn, draft: Draft) -> object:
    """Ask when it begins and how long it runs."""
    turn.redraw("compose.when", **await drafts.card(turn.uow, turn.who, draft))
    return "card"


async def start(turn: Turn, draft: Draft) -> object:
    """Choose when it begins."""
    if turn.pressed.choice not in drafts.STARTS:
        raise Refusal("toast.stale")
    return await when(turn, drafts.note(turn.uow, draft, start=turn.pressed.choice))


async def days(turn: Turn, draft: Draft) -> object:
    """Choose how long it runs."""
    chosen = numbers(turn)[0]
    if chosen not in rules.RUNS:
        raise Refusal("toast.stale")
    return await when(turn, drafts.note(turn.uow, draft, days=chosen, until=None))


async def ask_from(turn: Turn, draft: Draft) -> object:
    """Ask in words when it begins."""
    return _ask(turn, draft, "from_when")


async def ask_until(turn: Turn, draft: Draft) -> object:
    """Ask in words when it ends."""
    return _ask(turn, draft, "until_when")


def _ask(turn: Turn, draft: Draft, what: str) -> object:
    turn.redraw(f"compose.{what}", draft=draft.id)
    return what


async def say_from(turn: Turn) -> object:
    """Take the time at which it begins; raises Refusal for none."""
    return await _said(turn, "start")


async def say_until(turn: Turn) -> object:
    """Take the time at which it ends; raises Refusal for none."""
    return await _said(turn, "until")


async def _said(turn: Turn, name: str) -> object:
    draft = await drafts.current(turn.uow, turn.who)
    calendar = (await community_of(turn.uow, turn.who.community_id)).calendar
    at = parse(turn.words, MOMENT, calendar.local(turn.now))
    if at is None:
        raise Refusal("refusal.no_time")
    if at <= turn.now:
        raise Refusal("refusal.past_time")
    return await when(turn, drafts.note(turn.uow, draft, **{name: at.isoformat()}))


STEPS: dict[str, Made] = {
    "when": when,
    "start": start,
    "days": days,
    "from": ask_from,
    "until": ask_until,
}
SAID: dict[str, Step] = {"from_when": say_from, "until_when": say_until}
