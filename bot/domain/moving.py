"""Moving house from one community to another: how often, and what can be done from afar."""

from collections.abc import Iterable
from datetime import datetime, timedelta

PAUSE = timedelta(days=1)  # between two communities that are both new to somebody
# What one press does to a case in the community that somebody has left; what goes on in several
# steps needs them to be there.
FROM_AFAR = {
    "case": {"confirm", "contest", "show", "photos", "withdraw_ask", "withdraw", "restore"},
    "answer": {"say"},
    "joined": {"mute", "unmute"},
    "promise": {"known"},
    "callback": {"q1", "q2", "q3", "wish", "later"},
    "privacy": {"stay"},
    "off": {"back", "not_yet"},
}


def may_move_on(left: Iterable[datetime | None], now: datetime) -> bool:
    """Say whether somebody may move to a community that is new to them; going back is free."""
    return all(at is None or now - at >= PAUSE for at in left)


def works_from_afar(noun: str, verb: str) -> bool:
    """Say whether a button of a community that somebody has left does what it says."""
    return verb in FROM_AFAR.get(noun, ())
