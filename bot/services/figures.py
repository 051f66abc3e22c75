"""The figures of a period: the three rates, their companions, and what pictures are drawn from.

Source: the rules of the neighbourhood, "The three rates". All is read from the sums that are kept
as cases move; only the age of what is open now is looked up among the open cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain import figures as rules
from bot.domain.area import ESTATE
from bot.domain.case import Phase, Status
from bot.domain.figures import NOTHING, Counts, Rate
from bot.domain.period import LONGEST, MONTH, NAMED, Period, typed
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import READERS
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import figures as sums

TOP = 5  # categories
THREE = ("response", "solution", "satisfaction")
TREND = 6  # periods
AGES = (1, 3, 7, 15)  # days: below each, and beyond the last
_HEAT = 8  # buildings and categories
_RUNNING = sorted(status.value for status in Status if status.phase is Phase.OPEN)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: an estate's, a company's, or (number 0) those of the whole community."""

    number: int = 0
    kind: str = ""  # estate, company
    code: str = ""
    name: str = ""

    @property
    def choice(self) -> dict[str, str]:
        """Return what chooses its rows."""
        return {self.kind: self.code} if self.kind else {}


WHOLE = Scope()


def scopes(community: Community) -> list[Scope]:
    """Return whose figures can be chosen: one of several estates, or of several companies."""
    found = [WHOLE]
    for kind, held in (("estate", community.estates), ("company", community.companies)):
        if len(held) > 1:
            parts = [(kind, code, name) for code, name in held.items()]
            found += [Scope(at, *one) for at, one in enumerate(parts, start=len(found))]
    return found


def readable(community: Community, who: Person) -> list[Scope]:
    """Return whose figures the person reads, the widest first; nobody's where there is no role.

    Whoever serves in every estate reads the whole.
    """
    every, theirs = scopes(community), rules.estates_read(who)
    if who.holds(*READERS) or (theirs and set(theirs) >= set(community.estates)):
        return every
    return [one for one in every if one.kind == ESTATE and one.code in theirs]


def widest(community: Community, who: Person) -> list[Scope]:
    """Return what the person is sent unasked: the whole, or each of their estates."""
    theirs = readable(community, who)
    return [WHOLE] if WHOLE in theirs else theirs


def scope_for(community: Community, who: Person, number: int) -> Scope:
    """Return the scope with the number, for 0 the widest that the person reads; raises Refusal."""
    theirs = readable(community, who)
    asked = scope_of(community, number) if number else None
    if not theirs or (asked and asked not in (WHOLE, *theirs)):
        raise Refusal("refusal.not_yours", who=[role.value for role in READERS])
    return asked if asked in theirs else theirs[0]


def scope_of(community: Community, number: int) -> Scope:
    """Return the scope with the number; the whole community when there is none."""
    found = scopes(community)
    return found[number] if number < len(found) else found[0]


def period_of(community: Community, uow: UnitOfWork, choice: str) -> Period:
    """Return the period that a button names; raises Refusal for none: this month for ""."""
    today = community.calendar.local(uow.now).date()
    if choice in (*NAMED, ""):
        return Period.around(choice or MONTH, today)
    first, _, last = choice.partition("-")
    try:
        return _checked(Period(_day(first), _day(last)))
    except ValueError:
        raise Refusal("toast.stale") from None


def _day(text: str) -> date:
    return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _checked(period: Period) -> Period:
    if not 0 <= (period.last - period.first).days < LONGEST:
        raise Refusal("refusal.no_period")
    return period


def period_said(community: Community, uow: UnitOfWork, words: str) -> Period:
    """Return the period between two days that were typed; raises Refusal when there are none."""
    found = typed(words, community.calendar.local(uow.now).date())
    if found is None:
        raise Refusal("refusal.no_period")
    return _checked(found)


async def card(
    uow: UnitOfWork, community_id: int, period: Period, scope: Scope = WHOLE
) -> dict[str, Any]:
    """Return the facts of the figures of a period."""
    community = await community_of(uow, community_id)
    counts = await _counts(uow, community_id, period, scope)
    hours = await sums.hours_of_all(uow, community_id, period.keys, **scope.choice)
    top = await sums.largest(uow, community_id, period.keys, TOP, **scope.choice)
    return {
        **named(community, period, scope),
        "total": counts.cohort,
        "rates": _rates(counts, community),
        "composite": rules.composite(counts, community.weights),
        "half": counts.half,
        "hours": rules.median(hours),
        "top": [{**_kind(community, code), "n": n} for code, n in top],
        **await _now(uow, community_id, scope),
    }


async def _counts(uow: UnitOfWork, community_id: int, period: Period, scope: Scope) -> Counts:
    """Return the sums of the whole period."""
    return (await sums.sums(uow, community_id, period.keys, **scope.choice)).get((), NOTHING)


async def three(uow: UnitOfWork, community_id: int, period: Period) -> dict[str, Any]:
    """Return the three rates of a period by name, of the whole community."""
    community = await community_of(uow, community_id)
    found = _rates(await _counts(uow, community_id, period, WHOLE), community)
    return {name: found[name] for name in THREE}


def named(community: Community, period: Period, scope: Scope) -> dict[str, Any]:
    """Return the period and the scope, as facts."""
    return {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "scope": scope.number,
        "scope_name": scope.name or community.name,
        "scopes": len(scopes(community)) > 1,
    }


def _rates(counts: Counts, community: Community) -> dict[str, dict[str, Any]]:
    found = rules.rates(counts, community.weights)
    return {name: _rate(one) for name, one in found.items()}


def _rate(one: Rate) -> dict[str, Any]:
    return {"part": f"{one.part:g}", "n": one.n, "percent": one.percent}


def _kind(community: Community, code: str) -> dict[str, Any]:
    found = community.category_or_other(code)
    return {"icon": found.icon, "name": found.name.model_dump()}


async def _now(uow: UnitOfWork, community_id: int, scope: Scope) -> dict[str, int]:
    """Return how many cases are open now, and how many of them are late."""
    n, late = await sums.open_now(uow, community_id, _RUNNING, **scope.choice)
    return {"open": n, "late": late}


async def trend(
    uow: UnitOfWork, community_id: int, period: Period, scope: Scope = WHOLE
) -> dict[str, Any]:
    """Return the three rates of this period and of those before it, the oldest first."""
    community = await community_of(uow, community_id)
    points = []
    for one in period.before(TREND):
        counts = await _counts(uow, community_id, one, scope)
        ends = {"first": one.first.isoformat(), "last": one.last.isoformat()}
        points.append({**ends, "rates": _rates(counts, community), "total": counts.cohort})
    return {**named(community, period, scope), "points": points}


async def picture(
    uow: UnitOfWork, community_id: int, period: Period, scope: Scope = WHOLE
) -> dict[str, Any]:
    """Return what the pictures of a period are drawn from."""
    community, keys = await community_of(uow, community_id), period.keys
    by_kind = await sums.sums(uow, community_id, keys, "category", **scope.choice)
    kinds = sorted(by_kind.items(), key=lambda one: (-one[1].cohort, one[0]))
    by_both = await sums.sums(uow, community_id, keys, "building", "category", **scope.choice)
    since = await sums.open_since(uow, community_id, **scope.choice)
    ages = [(uow.now - reported).days for reported in since]
    return {
        **await trend(uow, community_id, period, scope),
        "kinds": [
            {
                **_kind(community, code),
                "n": one.cohort,
                "on_time": _rate(Rate(one.on_time, one.cohort)),
            }
            for (code,), one in kinds
            if one.cohort
        ],
        "heat": _heat(community, by_both),
        "ages": [
            sum(low <= age < high for age in ages)
            for low, high in zip((0, *AGES), (*AGES, 10**6), strict=True)
        ],
    }


def _heat(community: Community, by_both: Mapping[tuple[str, ...], Counts]) -> dict[str, Any]:
    """Return how many cases each building had of each category, the most in both first."""
    of_building: dict[str, int] = {}
    of_kind: dict[str, int] = {}
    for (building, kind), one in by_both.items():
        if one.cohort and building:
            of_building[building] = of_building.get(building, 0) + one.cohort
            of_kind[kind] = of_kind.get(kind, 0) + one.cohort
    buildings, kinds = _most(of_building), _most(of_kind)
    return {
        "buildings": [community.building_name(code) for code in buildings],
        "kinds": [_kind(community, code) for code in kinds],
        "rows": [
            [by_both.get((building, kind), NOTHING).cohort for kind in kinds]
            for building in buildings
        ],
    }


def _most(held: Mapping[str, int]) -> list[str]:
    return sorted(held, key=lambda one: (-held[one], one))[:_HEAT]
