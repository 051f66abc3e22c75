"""What may be kept with a case or shown: its limits, and what becomes of a file that is checked.

A file may be a picture, whatever its name says. Nobody is shown one before it was looked into.
Source: reliability, "Security".
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

SIZE_LIMIT = 20 * 1024 * 1024  # bytes: what Telegram hands a bot (getFile)
PIXELS_LIMIT = 40_000_000  # width times height

CHECKED = frozenset({"document"})  # kinds of files; photos come from Telegram without metadata
WAITING, CLEAN, PAPER, REFUSED = "waiting", "clean", "paper", "refused"
PATIENCE = timedelta(days=1)  # from when it came until it is given up
FRESH = timedelta(days=3)  # how long its sender still knows what it was
GONE = "gone"  # the reason when it could not be had all that time

_PAUSES = tuple(timedelta(seconds=n) for n in (5, 30, 120, 600, 1800))


@dataclass(frozen=True, slots=True)
class Key:
    """Which file of which case, before or after the work."""

    community_id: int
    case_number: int
    stage: str
    unique: str

    def __str__(self) -> str:
        return f"{self.case_number}:{self.stage}:{self.unique}"

    @classmethod
    def read(cls, community_id: int, text: str) -> Self:
        """Return what `str` of a key of the community says."""
        number, stage, unique = text.split(":", 2)
        return cls(community_id, int(number), stage, unique)

    @property
    def file_name(self) -> str:
        """Return the name of the clean file: the same each time, nothing of it from outside."""
        return hashlib.sha256(f"{self.community_id}:{self}".encode()).hexdigest()[:40] + ".jpg"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: clean (`sha256` of the new file), paper, or refused with a reason."""

    state: str
    reason: str | None = None
    sha256: str | None = None


def again_at(tries: int, since: datetime, now: datetime) -> datetime | None:
    """Return when to try again (UTC) after `tries` failures; None when it is given up.

    `since` is when the file came; an old one that is looked into anew is tried as often.
    """
    if now - since >= PATIENCE and tries > len(_PAUSES):
        return None
    return now + _PAUSES[min(tries, len(_PAUSES)) - 1]
