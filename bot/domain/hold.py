"""A pause that the resident sees: why, until when, and what any pause does to the clock.

Source: the rules of the neighbourhood, "Moves": a hold of at most three days for parts or access
needs no approval; "Statuses": on hold is "paused until a date that the resident sees", and the
clock is paused as well while the resident is asked something.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.case_record import Case

REASONS = ("parts", "access", "weather")
ALONE = frozenset({"parts", "access"})  # what a handler may wait for without asking
DAYS_ALONE = 3


def needs_approval(reason: str, today: date, until: date) -> bool:
    """Say whether a dispatcher has to agree; both dates are local."""
    return reason not in ALONE or (until - today).days > DAYS_ALONE


def resumed(case: Case, now: datetime) -> Case:
    """Return the case with its limits moved by the pause, to the second; `original_due` stays.

    The clock stood meanwhile: what was left then is left now. A promise whose time came during
    the pause is none any more, since it was chosen without it; a later one stands.
    """
    if case.held_at is None:
        return case
    pause = now - case.held_at
    lapsed = case.promise_at is not None and case.held_at < case.promise_at <= now
    return replace(
        case,
        contact_due=later(case.contact_due, pause),
        solution_due=later(case.solution_due, pause),
        clock_from=later(case.clock_from, pause),
        promise_at=None if lapsed else case.promise_at,
        held_at=None,
        hold_until=None,
    )


def later(limit: datetime | None, pause: timedelta) -> datetime | None:
    """Return the limit as it is after the pause."""
    return None if limit is None else limit + pause
