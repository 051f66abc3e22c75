"""How often, by taps and in words; and a date and a time by two taps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import picker
from bot.domain.calendar import Calendar
from bot.domain.recurrence import OnHoliday, check
from bot.domain.rhythm import DAYS, EVERY, MINUTES, NTH, TIMES, Rhythm, chosen, parse, rhythm_of
from handlers.recurrence import WORDS

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), time(8), time(20))
NOW = datetime(2026, 11, 17, 11, 30, tzinfo=UTC)  # 19:30 of a Tuesday


def test_every_way_through_the_buttons_ends_in_a_rule_that_can_be_read_back() -> None:
    patterns = [f"w{day}" for day in DAYS]
    patterns += [f"{every}{nth}{day}" for every in EVERY[1:] for nth in NTH for day in DAYS]
    for pattern in patterns:
        for tail in (f"{TIMES[0]}.{MINUTES[0]}", f"{TIMES[-1]}.{MINUTES[-1]}"):
            for policy in OnHoliday:
                found = chosen(f"{pattern}.{tail}.{policy.value}")
                assert found is not None
                rule = found.rule(date(2026, 11, 17))
                check(rule)
                assert rhythm_of(rule.text) == found.rhythm


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("", "every"),
        ("w", "weekday"),
        ("m", "which"),
        ("q-1", "weekday"),
        ("q2SA", "at"),
        ("d-1", "at"),
        ("w2TH.1930", "lasts"),
        ("w2TH.1930.60", "policy"),
        ("w2TH.1930.60.skip", "check"),
    ],
)
def test_what_is_missing_is_asked_next(said: str, step: str) -> None:
    found = chosen(said)
    assert found is not None
    assert found.step == step
    assert found.said == said
    if step != "check":
        with pytest.raises(ValueError, match="not all is said"):
            found.rule(date(2026, 11, 17))


@pytest.mark.parametrize(
    "forged",
    [
        *(
            "x",
            "w1TH",
            "wTHTH",
            "m5SA",
            "mSA",
            "m1SAMO",
            "d32",
            "d-2",
            "wTH.2500",
            "wTH.19",
            "w99TH",
        ),
        *("wTH.1900.9999", "wTH.1900.60.never", "wTH.1900.60.skip.more", "wTH.1900.-5", "字" * 20),
    ],
)
def test_what_no_button_carries_is_nothing(forged: str) -> None:
    assert chosen(forged) is None


@given(st.text(max_size=40))
def test_any_text_is_a_choice_or_nothing(text: str) -> None:
    found = chosen(text)
    assert found is None or found.said == text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("每周四", "wTH"),
        ("每周四19:30", "wTH.1930"),
        ("每周四晚上七点", "wTH.1900"),
        ("每周二、周四 下午3点半", "wTUTH.1530"),
        ("每两周周三晚上7点半", "w2WE.1930"),
        ("隔周星期天", "w2SU"),
        ("每月最后一个周五", "m-1FR"),
        ("每个月第二个星期六上午9点", "m2SA.0900"),
        ("每月15号", "d15"),
        ("每月三十一日晚上8点", "d31.2000"),
        ("每月最后一天", "d-1"),
        ("每季度最后一个月第二个周六", "q2SA"),
        ("每季度末月的最后一个周五19:00", "q-1FR.1900"),
        ("every other week Wednesday 19:30", "w2WE.1930"),
        ("every month on the last Friday", "m-1FR"),
        ("every month on the 15th", "d15"),
    ],
)
def test_words(words: str, said: str) -> None:
    found = parse(words, WORDS)
    assert found is not None
    assert found.said == said


@pytest.mark.parametrize(
    "words", ["", "周四", "每周", "每月", "每月周五", "每季度15号", "每月32号", "字" * 5000, "😀"]
)
def test_what_is_not_sure_is_not_understood(words: str) -> None:
    assert parse(words, WORDS) is None


def test_an_rrule_that_no_button_makes_has_no_words() -> None:
    assert rhythm_of("FREQ=DAILY") is None
    assert rhythm_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE") == Rhythm("w", 2, ("WE",))


def test_two_taps_choose_a_date_and_a_time() -> None:
    grid = picker.days(CALENDAR, NOW)
    assert len(grid) == 14
    assert grid[0] == date(2026, 11, 17)
    assert picker.chosen(CALENDAR, "261119") == date(2026, 11, 19)
    (left,) = picker.times(CALENDAR, grid[0], NOW)
    assert left - NOW == timedelta(minutes=30)
    assert len(picker.times(CALENDAR, grid[1], NOW)) == len(picker.TIMES)
    assert picker.chosen(CALENDAR, "2611191900") == datetime(2026, 11, 19, 11, tzinfo=UTC)


@pytest.mark.parametrize("forged", ["2", "999999", "26111925", "2611192500", "字" * 6])
def test_no_other_date_can_be_pressed(forged: str) -> None:
    assert picker.chosen(CALENDAR, forged) is None
