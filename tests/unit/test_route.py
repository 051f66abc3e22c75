"""Who answers for a case: the order of the routes, each condition, and what they fit by."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.area import NOWHERE, Area
from bot.domain.calendar import Calendar
from bot.domain.level import LEVELS, acts, has_risen, is_above, lead_of, takers
from bot.domain.person import Person
from bot.domain.role import WORKERS, Role
from bot.domain.route import Ground, Matter, Route, first
from tests.unit.move_rules import HANDLER, a_case

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE = Area("east", "g1", "3")
LAMP = Matter("lighting", HERE, frozenset(), urgent=False, in_service=True)
PLACES = (
    (Route("grid", estates=("east",)), ("estate", "east")),
    (Route("grid", grids=("g1",)), ("grid", "g1")),
    (Route("grid", buildings=("3",)), ("building", "3")),
    (Route("grid", estates=("east",), buildings=("3", "5")), ("building", "3")),
    (Route("grid", buildings=("11",), estates=("east",)), ("estate", "east")),
)


def why(route: Route, matter: Matter) -> list[tuple[str, str]] | None:
    found = route.grounds(matter)
    return None if found is None else [(one.kind, one.code) for one in found]


def test_the_first_that_fits_counts() -> None:
    rows = [Route("street", ("lift",)), Route("team:a", ("lighting",)), Route("community")]
    found = first(rows, LAMP)
    assert found is not None
    assert (found.route.team, found.grounds) == ("a", (Ground("category", "lighting"),))
    assert first(reversed(rows), LAMP) is not None
    last = first(rows, replace(LAMP, category="noise"))
    assert last is not None
    assert (last.route.to, last.route.team, last.grounds) == ("community", None, ())
    assert first(rows[:2], replace(LAMP, category="noise")) is None
    assert first([], LAMP) is None


@pytest.mark.parametrize(("route", "ground"), PLACES)
def test_a_place_fits_by_the_narrowest_part_named(route: Route, ground: tuple[str, str]) -> None:
    assert why(route, LAMP) == [ground]
    assert why(route, replace(LAMP, area=NOWHERE)) is None, "an unknown place fits none"
    assert why(route, replace(LAMP, area=Area("west", "g2", "12"))) is None


def test_a_spot_counts_before_the_building() -> None:
    route = Route("grid", spots=("gate", "garage"), buildings=("3",))
    assert why(route, replace(LAMP, spots=frozenset({"garage"}))) == [("spot", "garage")]
    assert why(route, LAMP) == [("building", "3")]
    alone = Route("grid", spots=("gate",))
    assert why(alone, LAMP) is None
    assert why(alone, replace(LAMP, area=NOWHERE, spots=frozenset({"gate"}))) == [("spot", "gate")]


def test_an_unknown_place_fits_a_route_without_a_place() -> None:
    assert why(Route("grid", ("lighting",)), replace(LAMP, area=NOWHERE)) is not None


@pytest.mark.parametrize("in_service", [True, False])
def test_hours(*, in_service: bool) -> None:
    matter = replace(LAMP, in_service=in_service)
    assert (why(Route("grid", hours="service"), matter) is not None) is in_service
    assert (why(Route("grid", hours="closed"), matter) is None) is in_service


@pytest.mark.parametrize("urgent", [True, False])
def test_haste(*, urgent: bool) -> None:
    matter = replace(LAMP, urgent=urgent)
    assert why(Route("grid", urgent=urgent), matter) == [("haste", "urgent" if urgent else "calm")]
    assert why(Route("grid", urgent=not urgent), matter) is None


def test_every_condition_has_to_be_fulfilled() -> None:
    route = Route("team:a", ("lighting",), ("east",), hours="closed", urgent=False)
    night = replace(LAMP, in_service=False)
    kinds = ["category", "estate", "hours", "haste"]
    assert [kind for kind, _ in why(route, night) or ()] == kinds
    for other in (
        LAMP,
        replace(night, category="lift"),
        replace(night, area=NOWHERE),
        replace(night, urgent=True),
    ):
        assert why(route, other) is None


@pytest.mark.parametrize(
    ("at", "serves"),
    [
        ("2026-11-17T07:59", False),
        ("2026-11-17T08:00", True),
        ("2026-11-17T19:59", True),
        ("2026-11-17T20:00", False),
        ("2026-11-17T23:59", False),
        ("2026-11-18T00:00", False),
        ("2026-11-30T23:59", False),
        ("2026-12-01T09:00", True),
        ("2026-10-01T09:00", True),  # a holiday has its hours like any day
        ("2026-10-01T21:00", False),
    ],
)
def test_the_hours_are_those_of_the_calendar(at: str, *, serves: bool) -> None:
    calendar = Calendar(SHANGHAI, time(8), time(20), frozenset({date(2026, 10, 1)}))
    instant = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI).astimezone(UTC)
    assert calendar.is_service_time(instant) is serves


def _person(role: Role, *buildings: str) -> Person:
    now = datetime(2026, 11, 17, tzinfo=UTC)
    held = {"serves": {"buildings": list(buildings)}}
    return Person(9, 1, 9, "n", "zh_CN", None, now, None, frozenset({role}), held)


def test_who_acts_at_a_level() -> None:
    case = replace(a_case("submitted"), building="3")
    at = {level: replace(case, level=level) for level in LEVELS}
    grid = _person(Role.GRID_WORKER)
    assert [level for level in LEVELS if acts(at[level], grid)] == ["grid"]
    assert acts(at["grid"], _person(Role.GRID_WORKER, "3", "5"))
    assert not acts(at["grid"], _person(Role.GRID_WORKER, "5"))
    assert acts(replace(at["grid"], building=None), _person(Role.GRID_WORKER, "5"))
    organizer = _person(Role.ORGANIZER)
    assert [level for level in LEVELS if acts(at[level], organizer)] == ["community", "street"]
    assert not any(acts(one, _person(Role.RESIDENT)) for one in at.values())
    assert takers(at["property"]) == takers(case) == WORKERS
    assert takers(at["community"]) == WORKERS | {Role.ORGANIZER}


def test_above_and_risen() -> None:
    case = a_case("submitted")
    assert is_above("community", None)
    assert not is_above("property", None)
    assert not is_above("grid", "property")
    assert has_risen(case, replace(case, level="community"))
    assert not has_risen(case, replace(case, level="property"))
    assert has_risen(replace(case, level="grid"), replace(case, level="property"))
    assert not has_risen(replace(case, level="street"), replace(case, level="street"))


def test_the_lead_is_who_had_it_first() -> None:
    case = a_case("in_progress")
    assert lead_of(case) == HANDLER
    assert lead_of(replace(case, lead_id=8)) == 8
    assert lead_of(replace(case, round=1, former_handler_id=7)) == 7
    assert lead_of(replace(case, former_handler_id=7)) == HANDLER, "only of a round before"
    assert lead_of(replace(case, handler_id=None)) is None
