"""A notice that comes again and again: how often and when, in taps or words; the list of them."""

from bot.domain.refusal import Refusal
from bot.services import broadcast_draft, broadcast_series
from bot.services import recurrence as choosing
from bot.services.community import community_of
from handlers import recurrence
from handlers.broadcast_whom import pressed, seen, when_facts
from handlers.conversation import END
from handlers.turn import Step, Turn

_NOUN = "announce"


async def rule(turn: Turn) -> object:
    """Ask how often, and when."""
    await pressed(turn)
    await recurrence.ask(turn, _NOUN, turn.pressed.choice, lasts=False)
    return "when"


async def rule_own(turn: Turn) -> object:
    """Ask for it in words."""
    draft = await pressed(turn)
    turn.redraw("announce.rule_own", id=draft.id, version=turn.pressed.version)
    return "rule"


async def hear_rule(turn: Turn) -> object:
    """Take it in words, and ask on."""
    draft = await broadcast_draft.current(turn.uow, turn.who)
    heard = recurrence.heard(turn)
    said, again = (heard.said, False) if heard else ("", True)
    facts = await choosing.asked(turn.uow, turn.who, said, again=again, lasts=False)
    edition = broadcast_draft.edition(draft)
    turn.tell("announce.rule", id=draft.id, version=edition, **facts)
    return "when" if heard else "rule"


async def rule_keep(turn: Turn) -> object:
    """Let it come so."""
    draft, found = await pressed(turn), choosing.chosen(turn.pressed.choice)
    if found.step != "check":
        raise Refusal("toast.stale")
    calendar = (await community_of(turn.uow, turn.who.community_id)).calendar
    held = found.rule(calendar.local(turn.now).date())
    await broadcast_series.keep(turn.uow, turn.who, draft, held)
    turn.toast("toast.series_kept")
    await listing(turn)
    return END


async def back(turn: Turn) -> object:
    """Ask again when it goes."""
    draft = await pressed(turn)
    turn.redraw("broadcast.when", **await when_facts(turn, draft))
    return "when"


async def listing(turn: Turn) -> None:
    """List what comes again and again."""
    turn.redraw("broadcast.series", **await broadcast_series.listing(turn.uow, turn.who))


async def end(turn: Turn) -> None:
    """Let one come no more."""
    asked = turn.pressed
    await broadcast_series.end(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.series_ended")
    await listing(turn)


STEPS: dict[str, Step] = {
    "rule": seen(rule),
    "rule_own": seen(rule_own),
    "rule_keep": seen(rule_keep),
    "back": back,
}
STANDING: dict[str, Step] = {"series": listing, "series_end": end}
