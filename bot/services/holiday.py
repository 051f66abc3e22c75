"""Public holidays and shifted working days of a country, from the library `holidays`.

The shifted days of the next year are announced late in this one. What is missing stops nothing:
weekdays count as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import holidays

_ZONES = "zone.tab"  # of the time zone database: country, coordinates, zone


@dataclass(frozen=True, slots=True)
class Days:
    """The local dates that are not what their weekday says."""

    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


def country_of(zone: str) -> str:
    """Return the country (ISO 3166) in which a time zone lies, "" when that is not known."""
    table = files("tzdata").joinpath("zoneinfo", _ZONES).read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), "")


@cache
def official(country: str, year: int) -> Days:
    """Return what the library knows of a year of the country; nothing of one it does not know."""
    try:
        found = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return Days()
    working = frozenset(day for day in getattr(found, "weekend_workdays", ()) if day.year == year)
    return Days(frozenset(day for day in found if day.year == year), working)


def days_of(country: str, years: Iterable[int], own: Iterable[tuple[date, bool]]) -> Days:
    """Return the days of several years; `own` says of some, whatever else, whether one works."""
    known = [official(country, year) for year in years]
    said = dict(own)
    free = {day for one in known for day in one.holidays} - {day for day in said if said[day]}
    works = {day for one in known for day in one.working} - {day for day in said if not said[day]}
    return Days(
        frozenset(free | {day for day in said if not said[day]}),
        frozenset(works | {day for day in said if said[day]}),
    )


def is_known(country: str, year: int, own: Iterable[tuple[date, bool]] = ()) -> bool:
    """Say whether the days of the year are there; where none are ever shifted, always."""
    shifts = bool(official(country, year - 1).working)
    return not shifts or bool(official(country, year).working) or any(
        day.year == year for day, _ in own
    )  # fmt: skip
