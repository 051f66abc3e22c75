"""How much one resident may send. Source: reliability, "Security": a polite notice, once."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Passage(Enum):
    """What becomes of an update."""

    GOES_ON = auto()
    NOTICE = auto()  # the first that is too much: the person hears of it
    DROPPED = auto()


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many updates a minute, and reports an hour and a day."""

    updates: int = 30
    reports_hour: int = 5
    reports_day: int = 15

    def of_update(self, nth: int, waited: timedelta) -> Passage:
        """Return what becomes of the `nth` update of a minute.

        What `waited` at the messenger while the bot was away came slowly, however fast it comes.
        """
        if nth <= self.updates or waited > MINUTE:
            return Passage.GOES_ON
        return Passage.NOTICE if nth == self.updates + 1 else Passage.DROPPED

    def may_report(self, in_hour: int, in_day: int) -> bool:
        """Say whether another report may be filed after so many."""
        return in_hour < self.reports_hour and in_day < self.reports_day
