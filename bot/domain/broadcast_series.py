"""A notice that comes again and again: what is said, to whom, and the rule of its days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.addressees import Addressees
from bot.domain.broadcast_body import Body, title_of
from bot.domain.recurrence import OnHoliday, Rule

MOST = 4  # that one community has at the same time
AHEAD = timedelta(days=1)  # before it goes, when whoever wrote it sees it and may leave it off


@dataclass(frozen=True, slots=True)
class BroadcastSeries:
    """One of them. Instants are UTC; until `ended_at` it goes on."""

    community_id: int
    id: int
    version: int
    author_id: int
    body: Body
    whom: Addressees
    rule: Rule
    silent: bool
    receipts: bool
    created_at: datetime
    ended_at: datetime | None = None

    @property
    def title(self) -> str:
        """Return its first words; empty for pictures alone."""
        return title_of(self.body.text)


def stored(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON."""
    return {
        "text": rule.text,
        "at": f"{rule.at:%H:%M}",
        "minutes": int(rule.lasts.total_seconds() // 60),
        "on_holiday": rule.on_holiday.value,
        "begins": rule.begins.isoformat(),
    }


def read(held: Mapping[str, Any]) -> Rule:
    """Return the rule that was stored."""
    return Rule(
        held["text"],
        time.fromisoformat(held["at"]),
        timedelta(minutes=held["minutes"]),
        OnHoliday(held["on_holiday"]),
        date.fromisoformat(held["begins"]),
    )
