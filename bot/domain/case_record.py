"""One case as it stands: plain facts; what may become of it is settled in case.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.area import Area
from bot.domain.case import CLOCKS, Status


@dataclass(frozen=True, slots=True)
class Case:
    """One reported problem; instants are UTC. `number` is unique in its community."""

    community_id: int
    number: int
    status: Status
    version: int
    category: str
    place: str
    words: str
    channel: str
    urgent: bool
    reporter_id: int
    reported_at: datetime
    handler_id: int | None = None
    former_handler_id: int | None = None  # of the round before; not asked again by itself
    audience: str | None = None  # "pool" or "person:<id>"
    came_from: tuple[Status, ...] = ()  # the way back, out of statuses that are left again
    round: int = 0  # how often it was reopened
    returns: int = 0
    appeals: int = 0
    claimed_at: datetime | None = None
    first_contact_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    dispatch_due: datetime | None = None
    claim_due: datetime | None = None
    contact_due: datetime | None = None
    solution_due: datetime | None = None
    promise_at: datetime | None = None
    reason: str | None = None  # that of the last move that gave one
    outcome: str | None = None  # what was done; when declined, whom to ask instead
    door: str | None = None  # never shown to those who have not claimed it
    no_photo: str | None = None  # why there is no picture of the work: a code
    place_key: str | None = None  # the same for all who mean this place; no floor, no door
    level: str | None = None  # who has it in hand: grid, property, community, street
    lead_id: int | None = None  # the first who had it; stays when it is passed on
    master: int | None = None  # the number of the case that this one was merged into
    hold_until: datetime | None = None
    held_at: datetime | None = None  # since when its clock stands
    arrived_at: datetime | None = None  # when the handler came
    asked: Mapping[str, Any] | None = None  # what the handler asks the dispatchers for; JSON
    tier: int = 0  # who is being asked to take it, 0 is the first
    original_due: datetime | None = None  # the first date for the solution; never moved
    estate: str | None = None  # the parts of the community that the place lies in, as codes
    grid: str | None = None
    building: str | None = None
    clock_from: datetime | None = None  # since when the time for the solution runs; pauses move it
    nudged: int = 0  # how many stages of overdue.py it has come to with these dates
    company: str | None = None  # who maintained the estate when it was reported, as a code
    due_on: str | None = None  # the local date of `original_due`, such as 2026-11-30
    dispatched_at: datetime | None = None  # for the first time, as the next two
    responded_at: datetime | None = None  # the first contact, in whatever round
    done_at: datetime | None = None  # said to be done, or closed as unsolved

    @property
    def area(self) -> Area:
        """Return in which part of the community it lies."""
        return Area(self.estate, self.grid, self.building)

    @property
    def due(self) -> datetime | None:
        """Return by when the next thing should happen, None when nothing is promised."""
        name = CLOCKS.get(self.status)
        found: datetime | None = getattr(self, name) if name else None
        return found
