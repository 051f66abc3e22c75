"""Instants and spans as the person side writes them: ISO-8601, in the community's zone.

It reads no clock.
"""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.errors import SimError

_SPAN = re.compile(
    r"P(?=\w)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)
_FURTHEST = timedelta(days=366)
_TUESDAY = 1
_MORNING = time(9, 10)


def last_tuesday(now: datetime, zone: ZoneInfo) -> datetime:
    """Return 09:10 on the last Tuesday before the day of `now`, in `zone`."""
    today = now.astimezone(zone).date()
    back = (today.weekday() - _TUESDAY - 1) % 7 + 1
    return datetime.combine(today - timedelta(days=back), _MORNING, zone)


def read_span(text: str) -> timedelta:
    """Return an ISO-8601 duration such as PT1H or P1DT30M; raises SimError 400."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise SimError(400, f"{text!r} is not a duration such as PT1H or P1D.")
    parts = {unit: float(number) for unit, number in found.groupdict("0").items()}
    try:
        span = timedelta(**parts)
    except OverflowError:
        span = timedelta.max
    return check_span(span)


def check_span(span: timedelta) -> timedelta:
    """Return a span by which the clock may move at once; raises SimError 400."""
    if span > _FURTHEST:
        raise SimError(400, f"The clock moves by {_FURTHEST.days} days at most.")
    return span


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return an ISO-8601 instant in UTC; without an offset it is local. Raises SimError 400."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise SimError(400, f"{text!r} is not a time such as 2026-11-17T09:10.") from None
    try:
        return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise SimError(400, f"{text!r} is too far away.") from None
