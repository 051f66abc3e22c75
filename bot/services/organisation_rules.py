"""Rules of the house that a community may set: when nothing rings, how much is too much."""

from datetime import time

from pydantic import Field

from bot.domain.board import HIDDEN
from bot.domain.callback import CHECK_RATE
from bot.domain.flood import Allowance
from bot.services.organisation_part import LocalTime, Part


class Quiet(Part):
    """When nothing rings but emergencies, local: at night, and for residents at noon."""

    night: tuple[LocalTime, LocalTime] = (time(21, 30), time(8))
    noon: tuple[LocalTime, LocalTime] = (time(12, 30), time(14))


class Flood(Part):
    """How much one resident may send; staff may send any amount."""

    updates: int = Field(default=30, ge=1, le=10_000)  # a minute
    reports_hour: int = Field(default=5, ge=1, le=10_000)
    reports_day: int = Field(default=15, ge=1, le=10_000)

    def meant(self) -> Allowance:
        """Return the allowance."""
        return Allowance(self.updates, self.reports_hour, self.reports_day)


class Board(Part):
    """The screen in the lobby."""

    hidden: tuple[str, ...] = HIDDEN  # categories that nobody reads there


class Privacy(Part):
    """What messages may show of homes."""

    minimal: bool = False  # no door and no telephone number stands in any message


class Callback(Part):
    """How the work is looked into afterwards."""

    check_rate: float = Field(default=CHECK_RATE, ge=0, le=1)  # of the answers: a call by hand
