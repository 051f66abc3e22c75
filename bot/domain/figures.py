"""The figures of the neighbourhood: what one case adds to each, and the rates made of the sums.

Source: the rules of the neighbourhood, "The three rates". No official formula was found; these
are ours. A case counts in the period in which its original deadline falls, by the local date.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import add, attrgetter, sub

from bot.domain.area import ESTATE, codes_in
from bot.domain.callback import ANSWERED, HALF, NO, PHONE, YES, Callback
from bot.domain.case import DONE_BADLY, LEFT_OUT
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.role import READERS

LEAST = 5  # below that many no percentage is shown
AT_ONCE = timedelta(minutes=10)  # "at once" after an emergency: to be given, and to be taken
_HOUR = timedelta(hours=1)
_EXACT = 96  # hours that are told apart; beyond, steps of a quarter of a day, then of a day
_COARSE = 720


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases each figure counts; of one case, 0 or 1 of each."""

    cohort: int = 0
    responded: int = 0  # first contact within its limit
    valid: int = 0  # somebody affected said in the latest round whether it is solved
    solved: int = 0
    half: int = 0
    unsolved: int = 0  # closed as unsolved, and nobody was heard
    rated: int = 0  # the question about satisfaction was answered in the latest round
    satisfied: int = 0
    asked: int = 0  # in the latest round; also those who have not answered yet
    on_time: int = 0
    dispatched: int = 0
    given_back: int = 0  # by who had it, at least once
    finished: int = 0  # was ever said to be done
    reopened: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*map(add, _all(self), _all(other)))

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(*map(sub, _all(self), _all(other)))

    def __bool__(self) -> bool:
        return any(_all(self))


NAMES = tuple(field.name for field in fields(Counts))
_all: Callable[[Counts], tuple[int, ...]] = attrgetter(*NAMES)  # dataclasses.astuple copies deeply
NOTHING = Counts()
EVERY = "*"  # in the place of a building, of hours in that of a category: the sum of all


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a case counts: the local day of its original deadline, and what it is about."""

    day: str  # "2026-11-30"
    estate: str
    company: str
    category: str
    building: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one case adds, to which cell; `hours` it took, None when it is not resolved."""

    cell: Cell
    counts: Counts
    hours: int | None = None


def contribution(case: Case, asked: Collection[Callback] = ()) -> Contribution | None:
    """Return what the case adds as it stands; None for one without a deadline.

    `asked` is what was asked about its latest round. A case that was declined, withdrawn or
    merged adds nothing: its master does, once.
    """
    if case.due_on is None:
        return None
    codes = (case.estate, case.company, case.category, case.building)
    cell = Cell(case.due_on, *(code or "" for code in codes))
    if case.status in LEFT_OUT:
        return Contribution(cell, NOTHING)
    return Contribution(cell, _counts(case, asked), _hours(case))


def _counts(case: Case, asked: Collection[Callback]) -> Counts:
    solved = heard({one.person_id: one.solved for one in asked}, case.reporter_id)
    satisfied = heard({one.person_id: one.satisfied for one in asked}, case.reporter_id)
    valid, dispatched = solved is not None, case.dispatched_at is not None
    return Counts(
        cohort=1,
        responded=_responded(case),
        valid=valid,
        solved=solved == YES,
        half=solved == HALF,
        unsolved=case.status in DONE_BADLY and not valid,
        rated=satisfied is not None,
        satisfied=satisfied == YES,
        asked=valid or any(_was_asked(one) for one in asked),
        on_time=_no_later(case.done_at, case.original_due),
        dispatched=dispatched,
        given_back=dispatched and case.returns > 0,
        finished=case.resolved_at is not None or case.round > 0,
        reopened=case.round > 0,
    )


def heard(answers: dict[int, str | None], reporter_id: int) -> str | None:
    """Return what counts as the answer, by person: the reporter's stands.

    Without it the majority of those who joined, and where none has one, no. None: nobody said.
    """
    own = answers.get(reporter_id)
    if own is not None:
        return own
    said = [one for one in answers.values() if one is not None]
    if not said:
        return None
    return next((one for one in sorted(set(said)) if 2 * said.count(one) > len(said)), NO)


def _responded(case: Case) -> bool:
    if case.contact_due is None:
        return False
    at_once = case.contact_due <= case.reported_at
    return _no_later(case.responded_at, case.contact_due + (AT_ONCE if at_once else timedelta()))


def _no_later(at: datetime | None, limit: datetime | None) -> bool:
    return at is not None and limit is not None and at <= limit


def _was_asked(one: Callback) -> bool:
    return one.asked_at is not None or one.status in {PHONE, ANSWERED}


def _hours(case: Case) -> int | None:
    """Return the hours from the report to the last resolution, the longer the coarser."""
    if case.resolved_at is None:
        return None
    whole = max(0, (case.resolved_at - case.reported_at) // _HOUR)
    step = 1 if whole < _EXACT else 6 if whole < _COARSE else 24
    return whole // step * step


def median(hours: Iterable[tuple[int, int]]) -> int | None:
    """Return the median of hours, each with how often it occurs: the lower one of two."""
    held = sorted(hours)
    left = (sum(n for _, n in held) + 1) // 2
    if left <= 0:
        return None
    for value, n in held:
        left -= n
        if left <= 0:
            return value
    return None


@dataclass(frozen=True, slots=True)
class Weights:
    """What the three rates count for in the one figure made of them, and what half counts for."""

    response: int = 30
    solution: int = 35
    satisfaction: int = 35
    half: float = 0.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of `n` cases."""

    part: float
    n: int

    @property
    def percent(self) -> int | None:
        """Return the percentage, rounded half up; None where there are too few to say one."""
        return None if self.n < LEAST else int(100 * self.part / self.n + 0.5)


def response(counts: Counts) -> Rate:
    """Return the rate of those contacted in time."""
    return Rate(counts.responded, counts.cohort)


def solution(counts: Counts, weights: Weights = WEIGHTS) -> Rate:
    """Return the rate of those solved, of those heard and those closed without being heard."""
    part = counts.solved + weights.half * counts.half
    return Rate(part, counts.valid + counts.unsolved)


def satisfaction(counts: Counts) -> Rate:
    """Return the rate of those satisfied."""
    return Rate(counts.satisfied, counts.rated)


def rates(counts: Counts, weights: Weights = WEIGHTS) -> dict[str, Rate]:
    """Return every rate by its name; the three come first, in their order."""
    return {
        "response": response(counts),
        "solution": solution(counts, weights),
        "satisfaction": satisfaction(counts),
        "on_time": Rate(counts.on_time, counts.cohort),
        "callback": Rate(counts.valid, counts.asked),
        "given_back": Rate(counts.given_back, counts.dispatched),
        "reopened": Rate(counts.reopened, counts.finished),
    }


def composite(counts: Counts, weights: Weights = WEIGHTS) -> int | None:
    """Return the three rates as one, in percent; None where one of them cannot be said."""
    three = (response(counts), solution(counts, weights), satisfaction(counts))
    shares = (weights.response, weights.solution, weights.satisfaction)
    if any(one.n < LEAST for one in three):
        return None
    whole = sum(share * one.part / one.n for share, one in zip(shares, three, strict=True))
    return int(100 * whole / sum(shares) + 0.5)


def estates_read(who: Person) -> list[str]:
    """Return the codes of the estates whose figures the person reads by a role that holds there.

    Figures are kept by estate: a role in a grid or a building reads none.
    """
    return codes_in(who.scopes_of(*READERS), ESTATE)


def reads_figures(who: Person) -> bool:
    """Say whether the person reads any figures: those of the whole community, or of estates."""
    return who.holds(*READERS) or bool(estates_read(who))
