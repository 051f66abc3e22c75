"""What lies in an outage, what a report means, when it may end."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.area import NOWHERE, Area
from bot.domain.calendar import Calendar
from bot.domain.outage import SUPPLY, Outage, chips, heard_in, may_be, meant, named
from bot.texts import words
from tests.support.database import START

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), time(8), time(20))
HERE, NEXT = Area("east", None, "3"), Area("east", None, "5")
KNOWN: dict[str, Any] = words()["outage"]
HOUR = timedelta(hours=1)


def an_outage(id_: int = 1, *scopes: str, **changes: Any) -> Outage:
    usual: dict[str, Any] = {
        "community_id": 1,
        "id": id_,
        "version": 1,
        "case_number": 1,
        "category": "utilities",
        "what": "water",
        "scopes": scopes or ("building:3",),
        "until": START + HOUR,
        "started_at": START,
        "started_by": 1,
    }
    return Outage(**usual | changes)


def find(*held: Outage, area: Area = HERE, **changes: Any) -> int | None:
    said: dict[str, Any] = {"category": "utilities", "heard": "water", "now": START} | changes
    found = meant(held, said["category"], area, said["heard"], said["now"])
    return found.id if found else None


def test_only_what_lies_there_and_while_it_lasts() -> None:
    assert find(an_outage()) == 1
    assert find(an_outage(), area=NEXT) is None
    assert find(an_outage(), area=NOWHERE) is None
    assert find(an_outage(), now=START + HOUR) is None
    assert find(an_outage(ended_at=START)) is None
    assert find() is None


def test_another_thing_that_is_off_is_not_meant() -> None:
    assert find(an_outage(), heard="power") is None
    assert find(an_outage(), heard=None) == 1
    assert find(an_outage(what=SUPPLY), heard="power") == 1
    assert find(an_outage(), category="lift") is None
    assert find(an_outage(), category=None) == 1
    assert find(an_outage(what=SUPPLY), category=None, heard=None) is None


def test_of_several_the_building_goes_before_the_estate_and_the_newest_first() -> None:
    estate = an_outage(3, "estate:east")
    assert find(estate, an_outage(1), an_outage(2, "building:5", "building:3")) == 2
    assert find(estate, an_outage(1), area=NEXT) == 3


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3号楼停水了", "water"),
        ("整栋没电", "power"),
        ("停水又停电", None),
        ("水管漏水", None),
        ("", None),
    ],
)
def test_what_words_say_is_off(said: str, expected: str | None) -> None:
    assert heard_in(said, KNOWN) == expected
    assert named(said, "utilities", KNOWN) == (expected or SUPPLY)
    assert named(said, "lift", KNOWN) == "lift"


def test_what_may_be_off() -> None:
    assert may_be("utilities", "utility")
    assert may_be("lift", "repair")
    assert not may_be("noise", "order")


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2026-11-17T09:10", ["17 18:00", "18 08:00"]),
        ("2026-11-17T17:45", ["18 08:00"]),
        ("2026-11-17T23:59", ["18 08:00"]),
        ("2026-11-17T00:10", ["17 08:00", "17 18:00"]),
        ("2026-11-17T07:45", ["17 18:00", "18 08:00"]),
        ("2026-11-30T19:00", ["01 08:00"]),
    ],
)
def test_the_ends_that_are_offered(now: str, offered: list[str]) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=CALENDAR.zone).astimezone(UTC)
    found = [one.astimezone(CALENDAR.zone) for one in chips(CALENDAR, at)]
    assert [f"{one:%d %H:%M}" for one in found] == offered
