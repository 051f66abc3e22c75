"""Who lives in which home, and the word that shows it. Pure rules.

A word is said on a doorstep by somebody who serves. It is short, so that an elder can type it; what
keeps it from being guessed is that few tries are allowed and that a home has one word at a time.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

MOST_HOMES = 3  # of one person, who may own several
DIGITS = 6
GOOD_FOR = timedelta(days=7)
FAMILY = 4  # how many people one word is good for, each once
MOST_WRONG = 5  # wrong tries of one person ...
WITHIN = timedelta(hours=24)  # ... in such a span
MOST_WRONG_ABOUT_HOME = 20  # wrong tries of all together; then the word is dead
REASONS = ("moved", "mistake", "disputed")  # why an organizer ends one
MOVED_OUT = "moved_out"  # why a resident does
_COST = {"n": 4096, "r": 8, "p": 1}  # a word is short: looking one up by its hash should be slow

Key = tuple[str, int, str]  # building, unit (0: without units), number


class Bound(Enum):
    """What came of a try."""

    YES = auto()
    WRONG = auto()  # whatever the reason: who guesses learns nothing
    WAIT = auto()  # too many wrong ones


@dataclass(frozen=True, slots=True)
class Residence:
    """Somebody lives in a home; instants are UTC."""

    community_id: int
    id: int
    person_id: int
    building: str
    unit: int
    number: str
    since: datetime
    word_of: int  # the person on whose word it is known
    ended_at: datetime | None = None
    ended_by: int | None = None
    reason: str | None = None

    @property
    def key(self) -> Key:
        """Return the home."""
        return self.building, self.unit, self.number

    def ended(self, by: int, reason: str, now: datetime) -> "Residence":
        """Return it as it is when somebody ends it."""
        return replace(self, ended_at=now, ended_by=by, reason=reason)


@dataclass(frozen=True, slots=True)
class HomeWord:
    """The word for one home; instants are UTC."""

    community_id: int
    id: int
    building: str
    unit: int
    number: str
    code_hash: str
    made_by: int
    made_at: datetime
    used: int = 0
    wrong: int = 0
    ended_at: datetime | None = None  # there is a newer one

    def is_good(self, now: datetime) -> bool:
        """Say whether it can be used now (UTC)."""
        fresh = self.ended_at is None and now - self.made_at < GOOD_FOR
        return fresh and self.used < FAMILY and self.wrong < MOST_WRONG_ABOUT_HOME


def home_code(key: Key) -> str:
    """Return a home as it stands in a button: "3-2-501"."""
    return "-".join(map(str, key))


def home_of(code: str) -> Key | None:
    """Return the home of such a code, None when it is none."""
    building, _, rest = code.partition("-")
    unit, _, number = rest.partition("-")
    if not (building and number and unit.isascii() and unit.isdecimal()):
        return None
    return building, int(unit), number


def hashed(community_id: int, key: Key, word: str) -> str:
    """Return what is kept of the word for a home."""
    salt = f"{community_id}:{home_code(key)}".encode()
    return hashlib.scrypt(word.encode(), salt=salt, dklen=32, **_COST).hex()


def may_try(wrong: int) -> bool:
    """Say whether somebody may try after so many wrong ones within the span."""
    return wrong < MOST_WRONG
