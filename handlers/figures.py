"""/report: the figures of a period, other periods and scopes, pictures, the workbook."""

from typing import Any

from bot.domain.period import Period
from bot.services import figures
from bot.services.community import Community, community_of
from bot.services.figures import Scope
from handlers.turn import Presses, Turn, on_presses


async def command(turn: Turn) -> None:
    """Show this month, or the time between two days behind the command."""
    community = await community_of(turn.uow, turn.who.community_id)
    scope = figures.scope_for(community, turn.who, 0)
    _, _, words = turn.words.partition(" ")
    if words.strip():
        period = figures.period_said(community, turn.uow, words)
    else:
        period = figures.period_of(community, turn.uow, "")
    turn.tell("figures.card", **await _card(turn, period, scope))


async def show(turn: Turn) -> None:
    """Show the period, or the scope, that was pressed."""
    period, scope = await _asked(turn)
    turn.redraw("figures.card", **await _card(turn, period, scope))


async def _card(turn: Turn, period: Period, scope: Scope) -> dict[str, Any]:
    """Return the facts of the figures, and whether the person can choose others."""
    community = await community_of(turn.uow, turn.who.community_id)
    facts = await figures.card(turn.uow, turn.who.community_id, period, scope)
    return {**facts, "scopes": len(figures.readable(community, turn.who)) > 1}


async def dates(turn: Turn) -> None:
    """Offer other periods."""
    community, (period, scope) = await _community(turn), await _asked(turn)
    today = community.calendar.local(turn.now).date().isoformat()
    turn.redraw("figures.dates", today=today, **figures.named(community, period, scope))


async def scopes(turn: Turn) -> None:
    """Offer whose figures to show."""
    community, (period, scope) = await _community(turn), await _asked(turn)
    readable = figures.readable(community, turn.who)
    choices = [{"number": one.number, "name": one.name or community.name} for one in readable]
    turn.redraw("figures.scopes", choices=choices, **figures.named(community, period, scope))


async def pictures(turn: Turn) -> None:
    """Send the pictures."""
    period, scope = await _asked(turn)
    facts = await figures.trend(turn.uow, turn.who.community_id, period, scope)
    turn.tell("figures.charts", **facts)


async def workbook(turn: Turn) -> None:
    """Send the workbook."""
    period, scope = await _asked(turn)
    facts = await figures.card(turn.uow, turn.who.community_id, period, scope)
    asked = {name: facts[name] for name in ("first", "last", "scope", "scope_name", "total")}
    turn.tell("figures.sheet", **asked)


async def _asked(turn: Turn) -> tuple[Period, Scope]:
    community = await _community(turn)
    period = figures.period_of(community, turn.uow, turn.pressed.choice)
    return period, figures.scope_for(community, turn.who, turn.pressed.id)


async def _community(turn: Turn) -> Community:
    return await community_of(turn.uow, turn.who.community_id)


def presses() -> Presses:
    """Return the handler of the buttons."""
    return on_presses(
        "figures",
        {
            "show": show,
            "dates": dates,
            "scopes": scopes,
            "charts": pictures,
            "sheet": workbook,
        },
    )
