"""Series of meetings, as an organisation file says them; the four of the house have defaults."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.domain.meeting import CONFERENCE, COORDINATION, LONGEST, REVIEW, WEEKLY, Series
from bot.domain.recurrence import OnHoliday, Rule, check
from bot.domain.role import Role
from bot.services.organisation_bodies import one_of
from bot.services.organisation_part import Code, LocalTime, Part, TelegramId

_WORKS = (Role.ORGANIZER, Role.SUPERVISOR, Role.DISPATCHER, Role.GRID_WORKER)


@dataclass(frozen=True, slots=True)
class _Usual:
    rule: str
    begins: time
    minutes: int
    holidays: OnHoliday


_QUARTER = "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY="
_USUAL = {  # source: the rules of the neighbourhood, "Meetings"
    WEEKLY: _Usual("FREQ=WEEKLY;BYDAY=TH", time(19), 60, OnHoliday.AFTER),
    COORDINATION: _Usual("FREQ=MONTHLY;BYDAY=-1FR", time(19), 60, OnHoliday.BEFORE),
    REVIEW: _Usual(_QUARTER + "2SA", time(9, 30), 90, OnHoliday.BEFORE),
    CONFERENCE: _Usual(_QUARTER + "3FR", time(14, 30), 90, OnHoliday.BEFORE),
}
_OTHERWISE = _Usual("FREQ=MONTHLY;BYDAY=1SA", time(19), 60, OnHoliday.AFTER)


class SeriesRow(Part):
    """One series; what is left out is as usual for its code."""

    code: Code
    name: str = Field(default="", max_length=12)  # "": the usual one of the four
    rule: str = Field(default="", max_length=120)  # RFC 5545, in days
    begins: LocalTime | None = None
    minutes: int | None = Field(default=None, ge=10, le=LONGEST)
    place: str = Field(default="", max_length=20)  # the code of a spot, or words
    holidays: Annotated[str, one_of(*OnHoliday)] | None = None
    secretary: TelegramId | None = None  # left out: the organizers
    invites: tuple[Role, ...] = _WORKS  # whose holders are invited, beside who is concerned
    paused: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.name and self.code not in _USUAL:
            raise ValueError("a series of your own needs a name")
        one = self.meant()
        check(rule_of(one))
        return self

    def meant(self, version: int = 0) -> Series:
        """Return the series, the usual where nothing was said."""
        usual = _USUAL.get(self.code, _OTHERWISE)
        return Series(
            code=self.code,
            name=self.name,
            rule=self.rule or usual.rule,
            begins=self.begins or usual.begins,
            minutes=self.minutes or usual.minutes,
            place=self.place,
            policy=self.holidays or usual.holidays.value,
            secretary=self.secretary,
            invites=tuple(one.value for one in self.invites),
            paused=self.paused,
            version=version,
        )


def rule_of(one: Series) -> Rule:
    """Return when the meetings of a series are."""
    lasts = timedelta(minutes=one.minutes)
    return Rule(one.rule, one.begins, lasts, OnHoliday(one.policy))
