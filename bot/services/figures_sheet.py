"""What a workbook of the figures holds: each case without name, door or number, and the sums.

Nothing that people wrote but the place stands in it, and that comes through the sieve for doors.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain import figures as rules
from bot.domain.case_record import Case
from bot.domain.figures import NOTHING, Counts
from bot.domain.onbehalf import without_phone
from bot.domain.period import Period
from bot.services.community import Community, community_of
from bot.services.figures import WHOLE, Scope
from bot.services.unit_of_work import UnitOfWork
from storage import figures as sums

TOTAL, OUTSIDE = "total", "outside"  # rows that are named in the words of the workbook
LANGUAGE = "zh_CN"  # of the workbook: it goes to the street
_INSTANTS = ("reported_at", "responded_at", "done_at", "closed_at")
_FLAGS = ("responded", "on_time", "given_back", "reopened", "solved", "half", "satisfied")
Row = dict[str, Any]


async def tables(
    uow: UnitOfWork, community_id: int, period: Period, scope: Scope = WHOLE
) -> dict[str, list[Row]]:
    """Return the rows of each sheet."""
    community, keys = await community_of(uow, community_id), period.keys
    by_kind = await sums.sums(uow, community_id, keys, "category", **scope.choice)
    by_building = await sums.sums(uow, community_id, keys, "building", **scope.choice)
    hours = await sums.hours(uow, community_id, keys, **scope.choice)
    first, last = period.first.isoformat(), period.last.isoformat()
    found = await sums.details(uow, community_id, first, last, **scope.choice)
    kinds, buildings = _most_first(by_kind), _most_first(by_building)
    of_kinds = [_sums(_kind(community, code), one, community) for code, one in kinds]
    whole = _sums(TOTAL, sum(by_kind.values(), NOTHING), community)
    medians = [{"median": rules.median(hours.get(code, ()))} for code, _ in kinds]
    of_all = {"median": rules.median(pair for held in hours.values() for pair in held)}
    clocks = [row | one for row, one in zip([*of_kinds, whole], [*medians, of_all], strict=True)]
    return {
        "details": [_detail(community, case, added) for case, added in found],
        "kinds": [*of_kinds, whole],
        "buildings": [
            _sums(community.building_name(code) if code else OUTSIDE, one, community)
            for code, one in buildings
        ],
        "clocks": clocks,
        "callbacks": [*of_kinds, whole],
    }


def _most_first(held: Mapping[tuple[str, ...], Counts]) -> list[tuple[str, Counts]]:
    """Return what has any cases, the most of them first."""
    found = [(code, one) for (code,), one in held.items() if one.cohort]
    return sorted(found, key=lambda pair: (-pair[1].cohort, pair[0]))


def _kind(community: Community, code: str) -> str:
    return str(getattr(community.category_or_other(code).name, LANGUAGE))


def _detail(community: Community, case: Case, added: Counts) -> Row:
    zone = community.calendar
    place = community.without_door(without_phone(case.place), case.door)
    instants = {name: getattr(case, name) for name in (*_INSTANTS, "original_due")}
    local = {
        name: zone.local(at).strftime("%Y-%m-%d %H:%M") if at else None
        for name, at in instants.items()
    }
    return {
        "number": case.number,
        "category": _kind(community, case.category),
        "estate": community.estate_name(case.estate) if case.estate else "",
        "place": place,
        "status": case.status.value,
        "urgent": case.urgent,
        **local,
        **{name: bool(getattr(added, name)) for name in _FLAGS},
    }


def _sums(name: str, one: Counts, community: Community) -> Row:
    """Return a row of sums; a rate of too few is left empty."""
    counts: Mapping[str, int] = {field: getattr(one, field) for field in rules.NAMES}
    found = rules.rates(one, community.weights)
    rates = {f"{rate}_rate": held.percent for rate, held in found.items()}
    return {"name": name, **counts, **rates}
