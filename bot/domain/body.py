"""Bodies of a community, and who has a seat in which of them from when to when. Pure rules.

Source: "cross-appointment" of the rules of the neighbourhood: one person sits in the property
branch, the residents' committee and the community party committee at once, each for a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

PARTY, RESIDENTS, BRANCH, OWNERS, GROUP = "party", "residents", "branch", "owners", "group"
ONE_EACH = (PARTY, RESIDENTS)  # a community has one of these, which needs no code
WITH_CODE = {BRANCH: "companies", OWNERS: "committees", GROUP: "groups"}  # and where the code is
BODIES = (*ONE_EACH, *WITH_CODE)
Key = tuple[int, str, str, datetime]


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's seat in a body; instants are UTC. `code` is that of the body, "" for none."""

    community_id: int
    person_id: int
    body: str
    code: str
    starts_at: datetime
    ends_at: datetime | None = None
    title: str = ""
    lead: bool = False  # speaks for the body: its secretary or chair

    @property
    def key(self) -> Key:
        """Return what no other seat of the community has: one sits in a body once at a time."""
        return self.person_id, self.body, self.code, self.starts_at

    def is_held(self, now: datetime) -> bool:
        """Say whether the seat is theirs at `now` (UTC)."""
        return self.starts_at <= now and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Say whether it has ended at `now` (UTC)."""
        return self.ends_at is not None and self.ends_at <= now


def leader(seats: Iterable[Seat], now: datetime) -> int | None:
    """Return the person who leads the body of these seats now; the latest where several do."""
    held = [one for one in seats if one.lead and one.is_held(now)]
    return max(held, key=lambda one: one.starts_at).person_id if held else None
