"""What happens as the time for a solution runs out: five stages, each once in a round.

Source: the rules of the neighbourhood, "Clocks": half and four fifths of the time, the end of it,
one working day and five working days after.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.case import IN_HAND, TO_DISPATCH, TO_TAKE
from bot.domain.case_record import Case
from bot.domain.limits import Clock


class Stage(StrEnum):
    """How far the time has run."""

    HALF = "half"  # whoever has the case hears of it
    MOST = "most"
    OVER = "over"  # the dispatchers as well
    NOTICE = "notice"  # a written notice to the secretary of the property branch
    AGENDA = "agenda"  # onto the weekly agenda, and into the ledger of the company


STAGES = tuple(Stage)
RUNS = TO_DISPATCH | TO_TAKE | IN_HAND  # the statuses in which the time for the solution runs
SHARES: Mapping[Stage, float] = MappingProxyType({Stage.HALF: 0.5, Stage.MOST: 0.8})
_DAYS_LATE: Mapping[Stage, int] = MappingProxyType({Stage.NOTICE: 1, Stage.AGENDA: 5})
_DAY = timedelta(days=1)


def is_watched(case: Case) -> bool:
    """Say whether the time for the solution runs."""
    return case.status in RUNS and case.solution_due is not None


def falls_due(clock: Clock, case: Case, stage: Stage) -> datetime:
    """Return when (UTC) a watched case comes to the stage, as its dates are now."""
    assert case.solution_due is not None
    if stage in SHARES:
        begun = case.clock_from or case.reported_at
        return clock.part(begun, case.solution_due, SHARES[stage])
    if stage in _DAYS_LATE:
        return clock.late_by(case.solution_due, _DAYS_LATE[stage])
    return case.solution_due


def reached(case: Case, stage: Stage) -> int:
    """Return what the case keeps of having come to the stage."""
    return max(case.nudged, STAGES.index(stage) + 1)


def ahead(clock: Clock, case: Case, since: datetime) -> Stage | None:
    """Return the next stage of dates that were set at `since`; None after the last.

    Nobody is reminded of a share of the time that was over when the dates were set.
    """
    for stage in STAGES[case.nudged :]:
        if stage not in SHARES or falls_due(clock, case, stage) > since:
            return stage
    return None


def late_for(due: datetime, now: datetime) -> tuple[str, int]:
    """Return for how long something is late: "days" or "hours" and how many, or "just"."""
    passed = now - due
    if passed >= _DAY:
        return "days", passed // _DAY
    hours = passed // timedelta(hours=1)
    return ("hours", hours) if hours else ("just", 0)
