"""/survey: the surveys of whoever asks, how each goes, what came of it."""

from typing import Any

from bot.domain.survey import Survey
from bot.paper import charts, survey_charts
from bot.services import survey as surveys
from bot.services.survey_result import pictures as sent_pictures
from bot.services.survey_result import results
from handlers.turn import Presses, Step, Turn, on_presses


async def listing(turn: Turn) -> None:
    """List them."""
    choice = turn.press.choice if turn.press is not None else ""
    at = int(choice) if choice.isascii() and choice.isdecimal() else 0
    turn.redraw("compose.list", **await surveys.listing(turn.uow, turn.who, at))


async def _facts(turn: Turn, survey: Survey) -> dict[str, Any]:
    return {**await results(turn.uow, survey), "stage": survey.status.value}


async def show(turn: Turn) -> None:
    """Show how one goes."""
    await _card(turn, await surveys.own(turn.uow, turn.who, turn.pressed.id))


async def _card(turn: Turn, survey: Survey) -> None:
    turn.redraw("compose.card", **await _facts(turn, survey))


async def result(turn: Turn) -> None:
    """Tell in words what came of it."""
    survey = await surveys.own(turn.uow, turn.who, turn.pressed.id)
    turn.redraw("compose.result", **await _facts(turn, survey))


async def pictures(turn: Turn) -> None:
    """Send the pictures; where none can be made, or may be shown, say it in words."""
    survey = await surveys.own(turn.uow, turn.who, turn.pressed.id)
    facts = await _facts(turn, survey)
    albums = 0 if facts["hidden"] or not charts.can_draw() else survey_charts.albums(facts)
    for album in range(albums):
        turn.tell("compose.charts", **_named(facts), album=album)
    if not albums:
        turn.redraw("compose.result", **facts)


async def photos(turn: Turn) -> None:
    """Send the pictures that people have taken as their answers."""
    survey = await surveys.own(turn.uow, turn.who, turn.pressed.id)
    for album in await sent_pictures(turn.uow, survey):
        turn.tell("compose.photos", **album)


async def workbook(turn: Turn) -> None:
    """Send the workbook."""
    survey = await surveys.own(turn.uow, turn.who, turn.pressed.id)
    turn.tell("compose.sheet", **_named(await _facts(turn, survey)))


def _named(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in ("id", "title", "answered", "asked")}


async def end_ask(turn: Turn) -> None:
    """Ask once more before it ends."""
    survey = await surveys.own(turn.uow, turn.who, turn.pressed.id)
    turn.redraw("compose.end", **await _facts(turn, survey))


async def end(turn: Turn) -> None:
    """End it now."""
    asked = turn.pressed
    survey = await surveys.end(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.survey_ended")
    await _card(turn, survey)


async def call_off(turn: Turn) -> None:
    """Call it off."""
    asked = turn.pressed
    survey = await surveys.call_off(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.survey_called_off")
    await _card(turn, survey)


async def publish(turn: Turn) -> None:
    """Tell those who took part what came of it."""
    asked = turn.pressed
    survey = await surveys.publish(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.survey_published")
    await _card(turn, survey)


def presses() -> Presses:
    """Return the handler of the buttons."""
    steps: dict[str, Step] = {
        "list": listing,
        "show": show,
        "result": result,
        "charts": pictures,
        "photos": photos,
        "sheet": workbook,
        "end_ask": end_ask,
        "end": end,
        "call_off": call_off,
        "publish": publish,
    }
    return on_presses("survey", steps)
