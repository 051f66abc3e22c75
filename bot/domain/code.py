"""The code of a place: what hangs in a stairwell and says where whoever scans it stands.

It gives context and permits nothing; it can be renewed, and its scans are counted.
"""

from dataclasses import dataclass
from datetime import datetime

PREFIX = "p_"  # of what stands behind /start when a code of a place was scanned
PATROL, ROOM = "patrol", "room"
SPOT_KINDS = ("spot", PATROL, ROOM)  # what a shared place is for; a stairwell is like a spot
LENGTH = 8  # of 32 letters and digits: 40 bits, so that nobody meets another one by chance


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """One code; instants are UTC."""

    community_id: int
    code: str
    place: str  # "3-2" (building and unit) or the code of a spot
    made_at: datetime
    ended_at: datetime | None = None  # renewed: what hangs there is out of date
    scans: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A place where a code hangs."""

    code: str  # "3-2" or that of a spot
    name: str  # as people say it
    kind: str = SPOT_KINDS[0]


def code_in(payload: str) -> str | None:
    """Return the code of a place that stands behind /start, None when none does."""
    if not payload.startswith(PREFIX):
        return None
    return payload.removeprefix(PREFIX).strip().upper()[:LENGTH]
