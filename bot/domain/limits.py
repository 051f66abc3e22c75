"""How long each step of a case may take, by kind of case; defaults of the neighbourhood's rules.

Source: the rules of the neighbourhood, "Clocks". The organisation file may say otherwise.

How the limits are read: minutes and hours below a day run within service hours only, so that
what is reported at night is due in the morning; a day or more runs through nights and weekends
and falls due within service hours; working days end with the service of the last one. An
emergency ignores all that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain.calendar import Calendar

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Terms:
    """How long and how often people may come back to a case."""

    contest: timedelta = 14 * _DAY  # to say that it is not solved after all
    restore: timedelta = _DAY  # to take back a withdrawal, or that a report was dropped
    returns: int = 2  # by those who have the case
    appeals: int = 1  # against "not ours"
    answer: timedelta = 5 * _DAY  # to a question; then the case goes on without


TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one kind: to dispatch, to be taken, to be contacted, to be solved."""

    dispatch: timedelta
    claim: timedelta
    contact: timedelta
    solution: timedelta
    working_days: bool = False  # the solution is counted in working days
    update: int = 2  # working days after which the resident hears something again


DEFAULTS: Mapping[str, Limits] = MappingProxyType(
    {
        EMERGENCY: Limits(5 * _MINUTE, 5 * _MINUTE, timedelta(0), 2 * _HOUR, update=1),
        "utility": Limits(2 * _HOUR, 30 * _MINUTE, 4 * _HOUR, _DAY, update=1),
        "order": Limits(2 * _HOUR, _DAY, _DAY, 3 * _DAY, working_days=True),
        "question": Limits(_DAY, _DAY, _DAY, 5 * _DAY, working_days=True, update=3),
        "repair": Limits(2 * _HOUR, _DAY, _DAY, 7 * _DAY, update=3),
        "complaint": Limits(_DAY, _DAY, _DAY, 15 * _DAY, update=5),
    }
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Computes by when a step has to happen, for one kind of case."""

    kind: str
    limits: Limits
    calendar: Calendar

    def dispatch_due(self, now: datetime) -> datetime:
        """Return by when (UTC) somebody has to be asked."""
        return self._due(self.limits.dispatch, now)

    def claim_due(self, now: datetime) -> datetime:
        """Return by when (UTC) somebody has to have taken it."""
        return self._due(self.limits.claim, now)

    def contact_due(self, now: datetime) -> datetime:
        """Return by when (UTC) the resident has to be contacted first."""
        return self._due(self.limits.contact, now)

    def solution_due(self, now: datetime) -> datetime:
        """Return by when (UTC) it has to be solved."""
        limit = self.limits.solution
        if self.limits.working_days:
            return self.calendar.add_working_days(now, limit // _DAY)
        return self._due(limit, now)

    def update_due(self, heard: datetime) -> datetime:
        """Return by when (UTC) the resident has to hear something again."""
        return self.calendar.after_working_days(heard, self.limits.update)

    def resumed(
        self, step: str, due: datetime | None, held: datetime, now: datetime
    ) -> datetime | None:
        """Return by when (UTC) a step has to happen whose clock stood from `held` until now.

        What was left then is left now, counted as the limit is; what was late stays as late.
        """
        if due is None or due <= held:
            return due
        if self.kind == EMERGENCY:
            return now + (due - held)
        if getattr(self.limits, step) < _DAY:
            return self.calendar.add_service_time(now, self.calendar.service_time(held, due))
        return self._served(now + (due - held))

    def late_by(self, due: datetime, days: int) -> datetime:
        """Return when (UTC) a case has been late for so many working days; emergencies: days."""
        if self.kind == EMERGENCY:
            return due + days * _DAY
        return self.calendar.after_working_days(due, days)

    def part(
        self, begun: datetime, due: datetime, share: float, step: str = "solution"
    ) -> datetime:
        """Return when (UTC) a share of the time for a step is over.

        Counted as the limit itself is: in service time, in the service of working days, or, when
        it is whole days or an emergency, through nights and weekends.
        """
        limit, calendar = getattr(self.limits, step), self.calendar
        working = self.limits.working_days and step == "solution"
        if self.kind == EMERGENCY or (limit >= _DAY and not working):
            return begun + (due - begun) * share
        whole = calendar.service_time(begun, due, working=working)
        if not whole:
            return begun + (due - begun) * share
        return calendar.add_service_time(begun, whole * share, working=working)

    def _due(self, limit: timedelta, now: datetime) -> datetime:
        """Count hours below a day in service time; whole days on the calendar.

        Emergencies ignore the calendar. A limit of whole days falls into service hours.
        """
        if self.kind == EMERGENCY:
            return now + limit
        if limit < _DAY:
            return self.calendar.add_service_time(now, limit)
        return self._served(now + limit)

    def _served(self, later: datetime) -> datetime:
        """Return the instant itself within service hours, else when they begin."""
        if self.calendar.is_service_time(later):
            return later
        return self.calendar.add_service_time(later, timedelta(0))
