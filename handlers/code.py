"""The code of a place was scanned: what is sent next is about that place."""

from telegram.ext import CallbackQueryHandler

from bot.domain.code import PREFIX, ROOM, Standing
from bot.services import code, invitation, meeting_list, patrol, residence
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses

_OF_ITS_KIND = ("patrol", "room")  # are greeted for what they are for


def codes_first(step: Step) -> Step:
    """Return `step` for a plain start; one with the code of a place remembers the place.

    Who scans is greeted in one message: the picture they are about to send is what counts.
    """

    async def start(turn: Turn) -> object:
        _, _, payload = turn.words.partition(" ")
        if not payload.startswith(PREFIX):
            return await step(turn)
        place = await code.stand(turn.uow, turn.who, payload)
        if place is None:
            turn.tell("qr.dead")
            return None
        duty = await patrol.arrive_by_code(turn.uow, turn.who, place.code)
        if duty is not None:
            turn.tell("patrol.duty", **await patrol.show(turn.uow, turn.who, duty))
        elif await _came_to_a_meeting(turn, place):
            return None
        else:
            unit = None if turn.new else await residence.unit_to_bind(turn.uow, turn.who, place)
            turn.tell(_greeting(place.kind, new=turn.new), place=place.name, bind=unit)
        return None

    return start


async def _came_to_a_meeting(turn: Turn, place: Standing) -> bool:
    """Check in whoever scans the code of a room in which a meeting is on; say whether one is."""
    if place.kind != ROOM:
        return False
    one = await invitation.check_in(turn.uow, turn.who, place.code)
    if one is None:
        return False
    turn.tell("meeting.here", **await meeting_list.about(turn.uow, turn.who, one.id))
    return True


def _greeting(kind: str, *, new: bool) -> str:
    if kind in _OF_ITS_KIND:
        return f"qr.{kind}"
    return "case.from_qr" if new else "qr.known"


async def elsewhere(turn: Turn) -> None:
    """Forget the place: it is asked for as usual."""
    code.stand_elsewhere(turn.uow, turn.who)
    turn.redraw("qr.elsewhere")


def presses() -> CallbackQueryHandler[Context, object]:
    """Return the handler of the button below a scanned place."""
    return on_presses("code", {"elsewhere": elsewhere})
