"""A relative who helps an elder: asked by one, allowed by the other, ended by either at any time.

Source: the dialogues of the neighbourhood, 6.8.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LIVES = timedelta(hours=24)  # an invitation that nobody opened
PREFIX = "k_"  # of what comes behind /start


class KinStatus(StrEnum):
    """How it stands between two relatives."""

    INVITED = "invited"  # the link is made; whose it will be is open
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    ENDED = "ended"


OVER = frozenset({KinStatus.REFUSED, KinStatus.ENDED})


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody who helps, or would like to help, an elder of the family."""

    community_id: int
    id: int
    helper_id: int
    elder_id: int | None
    code_hash: str
    status: KinStatus
    asked_at: datetime  # UTC
    changed_at: datetime

    def can_be_opened(self, by: int, now: datetime) -> bool:
        """Say whether person `by` may open the invitation now (UTC): once, by somebody else."""
        fresh = self.status is KinStatus.INVITED and now - self.asked_at < LIVES
        return fresh and by != self.helper_id

    def other(self, person_id: int) -> int | None:
        """Return the id of the other one of the two."""
        return self.elder_id if person_id == self.helper_id else self.helper_id
