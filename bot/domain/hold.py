"""A pause that the resident sees: why, until when, and what it does to the clock.

Source: the rules of the neighbourhood, "Moves": a hold of at most three days for parts or access
needs no approval; "Statuses": on hold is "paused until a date that the resident sees".
"""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.case_record import Case

REASONS = ("parts", "access", "weather")
ALONE = frozenset({"parts", "access"})  # what a handler may wait for without asking
DAYS_ALONE = 3


def needs_approval(reason: str, today: date, until: date) -> bool:
    """Say whether a dispatcher has to agree; both dates are local."""
    return reason not in ALONE or (until - today).days > DAYS_ALONE


def resumed(case: Case, now: datetime) -> Case:
    """Return the case with its deadline moved by the pause, to the second; `original_due` stays.

    The clock stood while the case was on hold: what was left then is left now. A promise does not
    outlive a hold, since its time was chosen without it.
    """
    if case.held_at is None:
        return case
    due = case.solution_due
    moved = due + (now - case.held_at) if due is not None else None
    return replace(case, solution_due=moved, held_at=None, hold_until=None)
