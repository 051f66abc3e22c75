"""Times as people write them, on a Tuesday at ten past nine in Shanghai."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.moment import parse
from handlers.dates import MOMENT

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 17, 9, 10, tzinfo=ZONE)


def understood(said: str, now: datetime = NOW) -> str | None:
    found = parse(said, MOMENT, now)
    return None if found is None else found.astimezone(ZONE).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("明天下午3点", "11-18 15:00"),
        ("明天下午三点半", "11-18 15:30"),
        ("明天", "11-18 18:00"),
        ("后天上午", "11-19 12:00"),
        ("大后天", "11-20 18:00"),
        ("今晚", "11-17 20:00"),
        ("晚上8点", "11-17 20:00"),
        ("明天早上八点", "11-18 08:00"),
        ("中午12点", "11-17 12:00"),
        ("15:30", "11-17 15:30"),
        ("十五点", "11-17 15:00"),
        ("3点", "11-17 15:00"),
        ("9点", "11-18 09:00"),
        ("11点30", "11-17 11:30"),
        ("周三", "11-18 18:00"),
        ("星期天下午", "11-22 18:00"),
        ("下周三", "11-25 18:00"),
        ("下周一上午十点", "11-23 10:00"),
        ("25号", "11-25 18:00"),
        ("11月30日下午两点", "11-30 14:00"),
        ("12月1日10点", "12-01 10:00"),
        ("2026年12月1日 10点", "12-01 10:00"),
        ("2026-12-01 10:00", "12-01 10:00"),
        ("12/1 10:00", "12-01 10:00"),
        ("11-25下午3点", "11-25 15:00"),
        ("三小时后", "11-17 12:10"),
        ("3天后", "11-20 18:00"),
        ("我明天下午三点过来", "11-18 15:00"),
        ("tomorrow 3 pm", "11-18 15:00"),
        ("Wednesday", "11-18 18:00"),
    ],
)
def test_what_is_meant_is_understood(said: str, meant: str) -> None:
    assert understood(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        *("3楼灯不亮了", "等我忙完", "", "下个月", "2月30日", "25点", "晚上12点", "过几天", "😀"),
        *(
            "11月31日10点",
            "45号10点",
            "2026-02-30 10:00",
            "13/40 9点",
            "昨天9点",
            "2026年2月30日10点",
        ),
    ],
)
def test_what_is_not_sure_is_not_understood(said: str) -> None:
    assert understood(said) is None


def test_months_and_years_end() -> None:
    month_ends = datetime(2026, 11, 30, 9, 10, tzinfo=ZONE)
    assert understood("明天下午", month_ends) == "12-01 18:00"
    assert understood("3号", month_ends) == "12-03 18:00"
    assert understood("31号", month_ends) == "12-31 18:00"
    new_year = datetime(2026, 12, 31, 23, 50, tzinfo=ZONE)
    found = parse("明天上午", MOMENT, new_year)
    assert found is not None
    assert found.astimezone(ZONE).isoformat() == "2027-01-01T12:00:00+08:00"


def test_a_year_that_is_said_counts() -> None:
    found = parse("2028年1月5日10点", MOMENT, NOW)
    assert found is not None
    assert found.astimezone(ZONE).isoformat() == "2028-01-05T10:00:00+08:00"


def test_a_weekday_that_is_today_is_today() -> None:
    sunday = datetime(2026, 11, 22, 9, 10, tzinfo=ZONE)
    assert understood("周日", sunday) == "11-22 18:00"
    assert understood("周一", sunday) == "11-23 18:00"
    assert understood("下周一", sunday) == "11-23 18:00"
