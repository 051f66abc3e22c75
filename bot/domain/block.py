"""Somebody is shut out for a time: who may do that, for how long, and how it stands. Pure rules.

Source: "Security" of the promises: a reason, an appeal and an end date. It holds in the whole
community, so only who gives roles in all of it may do it, and only to somebody below them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.area import EVERYWHERE
from bot.domain.grant import GIVERS, RANK, Held
from bot.domain.role import Role

OTHER = "other"  # the reason that is typed
REASONS = ("insult", "harassment", "spam", "false_report", OTHER)
TERMS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
UNTIL_LIFTED = "lifted"  # has no end, so that a second person has to agree
ANSWERED_EVERY = timedelta(hours=1)  # how often the person is told so again
WORDS = 200  # characters of a typed reason or sentence
APPEAL = 400  # characters


class BlockStatus(StrEnum):
    """How it stands."""

    ASKED = "asked"  # a second person has to agree
    STANDS = "stands"  # holds until its end
    REFUSED = "refused"  # the second person did not agree
    LIFTED = "lifted"
    OVER = "over"  # ended at its date


@dataclass(frozen=True, slots=True)
class Block:
    """One time that somebody is shut out; instants are UTC."""

    community_id: int
    id: int
    person_id: int
    reason: str
    words: str | None
    status: BlockStatus
    term: str
    ends_at: datetime | None
    asked_by: int
    asked_at: datetime
    decided_by: int | None = None
    appeal: str | None = None
    judged_by: int | None = None
    judged_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Say whether the person is shut out at `now` (UTC)."""
        in_time = self.ends_at is None or self.ends_at > now
        return self.status is BlockStatus.STANDS and in_time

    def is_open(self, now: datetime) -> bool:
        """Say whether it holds at `now` (UTC), or may yet come to hold."""
        return self.status is BlockStatus.ASKED or self.holds(now)

    def waits_for_judgement(self, now: datetime) -> bool:
        """Say whether an appeal against it is to be judged at `now` (UTC)."""
        return self.holds(now) and self.appeal is not None and self.judged_by is None

    def may_answer(self, now: datetime) -> bool:
        """Say whether the person is told again at `now` (UTC) that they are shut out."""
        return self.answered_at is None or now - self.answered_at >= ANSWERED_EVERY


def may_block(held: Collection[Held], theirs: Collection[Held]) -> bool:
    """Say whether who holds `held` may shut out who holds `theirs`: only somebody below.

    Admins are never below anybody, so that the last one stays.
    """
    mine = [one.role for one in held if one.scope == EVERYWHERE and one.role in GIVERS]
    if not mine:
        return False
    highest = max((RANK.index(one.role) for one in theirs), default=RANK.index(Role.RESIDENT))
    return max(RANK.index(role) for role in mine) > highest
