"""From how many on something is a signal, as an organisation file says it."""

from datetime import timedelta

from pydantic import Field

from bot.domain.signal import Thresholds
from bot.services.organisation_part import Part

_USUAL = Thresholds()


class Signals(Part):
    """The thresholds of the signals; each may be left out."""

    alike: int = Field(default=_USUAL.alike, ge=2, le=99)  # of one category in one building ...
    alike_days: int = Field(default=_USUAL.alike_within.days, ge=1, le=90)  # ... within these days
    reopened: int = Field(default=_USUAL.reopened, ge=1, le=99)
    neighbours: int = Field(default=_USUAL.neighbours, ge=2, le=99)
    promises: int = Field(default=_USUAL.promises, ge=1, le=99)

    def meant(self) -> Thresholds:
        """Return the thresholds."""
        return Thresholds(
            alike=self.alike,
            alike_within=timedelta(days=self.alike_days),
            reopened=self.reopened,
            neighbours=self.neighbours,
            promises=self.promises,
        )
