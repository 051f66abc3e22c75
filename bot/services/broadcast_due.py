"""When the next step of a broadcast is due."""

from datetime import datetime, timedelta

from bot.domain.broadcast import Broadcast
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage.due import Due

KIND, LAPSE = "broadcast", "broadcast.lapse"
PACE = "broadcast_pace"  # letters a second, as the house hands it to everybody; 0: no limit
EVERY, STALLED = timedelta(seconds=2), timedelta(seconds=5)


def plan(uow: UnitOfWork, one: Broadcast, at: datetime) -> None:
    """Let the next step of the broadcast be done at `at` (UTC)."""
    due.plan_new(uow, Due(one.community_id, KIND, str(one.id), str(one.steps), at))
