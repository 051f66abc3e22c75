"""Public holidays of a country, its shifted working days, and what a community says itself."""

import tomllib
from datetime import date
from typing import Any

import pytest

from bot.sandbox.guest import EXAMPLE as FILE
from bot.services import holiday
from bot.services.community import Community
from bot.services.organisation_file import check_organisation
from bot.texts import words

EXAMPLE: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
YEARS = (2025, 2026, 2027)


def community(**more: object) -> Community:
    document = {**EXAMPLE, **more}
    return Community(check_organisation(document, "mine.toml"), words()["place"], YEARS)


@pytest.mark.parametrize(
    ("day", "works"),
    [  # the notice of the State Council on the holidays of 2026
        ("2026-01-01", False),  # New Year's Day, a Thursday
        ("2026-01-02", False),  # a Friday, off for the Sunday after
        ("2026-01-04", True),  # that Sunday
        ("2026-02-13", True),  # the last Friday before the Spring Festival
        ("2026-02-14", True),  # a shifted Saturday
        ("2026-02-15", False),
        ("2026-02-16", False),  # New Year's Eve
        ("2026-02-23", False),  # a Monday, the last day of the Spring Festival
        ("2026-02-24", True),
        ("2026-02-28", True),  # a shifted Saturday
        ("2026-04-06", False),  # Tomb-Sweeping Day, observed on a Monday
        ("2026-04-07", True),
        ("2026-05-01", False),
        ("2026-05-05", False),
        ("2026-05-06", True),
        ("2026-05-09", True),  # a shifted Saturday
        ("2026-06-19", False),  # Dragon Boat Festival
        ("2026-09-20", True),  # a shifted Sunday
        ("2026-09-25", False),  # Mid-Autumn
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # a shifted Saturday
        ("2026-11-28", False),  # any Saturday
        ("2026-11-30", True),  # any Monday
    ],
)
def test_known_days_of_2026_in_china(day: str, works: bool) -> None:
    assert community().calendar.is_working_day(date.fromisoformat(day)) is works


def test_what_the_community_says_wins() -> None:
    days = [
        {"date": date(2026, 10, 10), "working": False, "name": "社区休息"},
        {"date": "2026-10-01", "working": True},
        {"date": date(2026, 11, 28), "working": True},
        {"date": date(2026, 11, 30), "working": False},
    ]
    calendar = community(days=days).calendar
    works = [calendar.is_working_day(date.fromisoformat(str(one["date"]))) for one in days]
    assert works == [False, True, True, False]


def test_the_country_is_that_of_the_time_zone_unless_it_is_said() -> None:
    held = {name: value for name, value in EXAMPLE["community"].items() if name != "country"}
    assert community(community=held).country == "CN"
    assert community(community={**held, "time_zone": "Europe/Berlin"}).country == "DE"
    assert community(community={**held, "country": "SG"}).country == "SG"
    assert holiday.country_of("UTC") == ""


def test_a_country_that_nobody_knows_stops_nothing() -> None:
    assert holiday.official("ZZ", 2026) == holiday.Days()
    assert holiday.official("", 2026) == holiday.Days()
    assert holiday.is_known("ZZ", 2027)


def test_shifted_days_that_were_not_announced_are_missing() -> None:
    announced = [year for year in range(2020, 2099) if holiday.official("CN", year).working]
    following = announced[-1] + 1
    assert holiday.is_known("CN", announced[-1])
    assert not holiday.is_known("CN", following)
    assert holiday.is_known("CN", following, [(date(following, 2, 7), True)])
    assert holiday.is_known("DE", following), "nobody shifts days there"
