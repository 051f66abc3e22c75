"""Instants as people say them: seen from now, in the neighbourhood's own time zone."""

from datetime import UTC, datetime

import pytest

from bot.texts import when

SHANGHAI, LISBON = "Asia/Shanghai", "Europe/Lisbon"
TUESDAY = datetime(2026, 11, 24, 1, 10, tzinfo=UTC)  # 09:10 in Shanghai


@pytest.mark.parametrize(
    ("instant", "chinese", "english"),
    [
        ("2026-11-24T07:00:00+00:00", "今天15:00", "today 15:00"),
        ("2026-11-23T16:00:00+00:00", "今天00:00", "today 00:00"),
        ("2026-11-24T15:59:59+00:00", "今天23:59", "today 23:59"),
        ("2026-11-24T16:00:00+00:00", "明天(周三)00:00", "tomorrow (Wed) 00:00"),
        ("2026-11-23T15:59:00+00:00", "昨天23:59", "yesterday 23:59"),
        ("2026-11-26T10:00:00+00:00", "周四(26日)18:00", "Thu 26 Nov, 18:00"),
        ("2026-11-30T10:00:00+00:00", "周一(30日)18:00", "Mon 30 Nov, 18:00"),
        ("2026-12-01T10:00:00+00:00", "12月1日(周二)18:00", "Tue 1 Dec, 18:00"),
        ("2026-11-22T10:00:00+00:00", "11月22日(周日)18:00", "Sun 22 Nov, 18:00"),
        ("2027-11-24T10:00:00+00:00", "2027年11月24日(周三)18:00", "Wed 24 Nov 2027, 18:00"),
    ],
)
def test_an_instant_is_named_as_seen_from_now(instant: str, chinese: str, english: str) -> None:
    assert when(instant, SHANGHAI, "zh_CN", TUESDAY) == chinese
    assert when(instant, SHANGHAI, "en", TUESDAY) == english


def test_the_year_turns_in_the_neighbourhood_and_not_in_utc() -> None:
    eve = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert when(new_year, SHANGHAI, "zh_CN", eve) == "明天(周五)00:00"
    assert when(eve, SHANGHAI, "zh_CN", new_year) == "昨天23:30"
    assert when(datetime(2027, 1, 8, 1, 0, tzinfo=UTC), SHANGHAI, "zh_CN", eve) == (
        "1月8日(周五)09:00"
    )


def test_the_same_weekday_of_next_week_is_named_by_its_date() -> None:
    next_week = datetime(2026, 12, 1, 1, 10, tzinfo=UTC)
    shown = when(next_week, SHANGHAI, "zh_CN", TUESDAY)
    assert shown == "12月1日(周二)09:10"
    assert shown != when(TUESDAY, SHANGHAI, "zh_CN", TUESDAY)


def test_the_zone_decides_which_day_it_is() -> None:
    instant = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    assert when(instant, LISBON, "en", TUESDAY) == "today 20:00"
    assert when(instant, SHANGHAI, "en", TUESDAY) == "tomorrow (Wed) 04:00"


def test_summer_time_is_kept() -> None:
    now = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    after_the_change = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    assert when(after_the_change, LISBON, "en", now) == "tomorrow (Sun) 13:00"


def test_iso_words_and_instants_say_the_same() -> None:
    instant = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert when(instant.isoformat(), SHANGHAI, "zh_CN", TUESDAY) == (
        when(instant, SHANGHAI, "zh_CN", TUESDAY)
    )


def test_every_weekday_has_its_name() -> None:
    said = [
        when(datetime(2026, 11, day, 4, 0, tzinfo=UTC), SHANGHAI, "zh_CN", TUESDAY)
        for day in range(9, 16)
    ]
    assert [one[one.index("(") + 1 : one.index(")")] for one in said] == [
        *("周一", "周二", "周三", "周四", "周五", "周六", "周日")
    ]
