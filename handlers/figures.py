"""/report: the figures of a period, other periods and scopes, pictures, the workbook."""

from bot.domain.period import Period
from bot.paper import charts
from bot.services import figures
from bot.services.community import Community, community_of
from bot.services.figures import Scope
from handlers.turn import Presses, Turn, on_presses


async def command(turn: Turn) -> None:
    """Show this month, or the time between two days behind the command."""
    community = await _community(turn)
    _, _, words = turn.words.partition(" ")
    if words.strip():
        period = figures.period_said(community, turn.uow, words)
    else:
        period = figures.period_of(community, turn.uow, "")
    turn.tell("figures.card", **await figures.card(turn.uow, turn.who.community_id, period))


async def show(turn: Turn) -> None:
    """Show the period, or the scope, that was pressed."""
    period, scope = await _asked(turn)
    facts = await figures.card(turn.uow, turn.who.community_id, period, scope)
    turn.redraw("figures.card", **facts)


async def dates(turn: Turn) -> None:
    """Offer other periods."""
    community, (period, scope) = await _community(turn), await _asked(turn)
    today = community.calendar.local(turn.now).date().isoformat()
    turn.redraw("figures.dates", today=today, **figures.named(community, period, scope))


async def scopes(turn: Turn) -> None:
    """Offer whose figures to show."""
    community, (period, scope) = await _community(turn), await _asked(turn)
    names = [one.name or community.name for one in figures.scopes(community)]
    turn.redraw("figures.scopes", names=names, **figures.named(community, period, scope))


async def pictures(turn: Turn) -> None:
    """Send the pictures; where none can be made, say in words what they would show."""
    community, (period, scope) = await _community(turn), await _asked(turn)
    if charts.can_draw():
        turn.tell("figures.charts", **figures.named(community, period, scope))
    else:
        facts = await figures.trend(turn.uow, turn.who.community_id, period, scope)
        turn.tell("figures.trend", **facts)


async def workbook(turn: Turn) -> None:
    """Send the workbook."""
    period, scope = await _asked(turn)
    facts = await figures.card(turn.uow, turn.who.community_id, period, scope)
    asked = {name: facts[name] for name in ("first", "last", "scope", "scope_name", "total")}
    turn.tell("figures.sheet", **asked)


async def _asked(turn: Turn) -> tuple[Period, Scope]:
    community = await _community(turn)
    period = figures.period_of(community, turn.uow, turn.pressed.choice)
    return period, figures.scope_of(community, turn.pressed.id)


async def _community(turn: Turn) -> Community:
    """Return the community, of which the person may read the figures; raises Refusal."""
    figures.check_reads(turn.who)
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
