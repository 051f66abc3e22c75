"""Which backups stay: 24 hourly, 14 daily, 12 monthly."""

from datetime import UTC, datetime, timedelta

from bot.domain.backup import is_due, kept, made_at, stamp

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def made_every_hour(days: int) -> set[datetime]:
    """Live through the days, hour by hour, deleting as one goes; return what is left."""
    left: set[datetime] = set()
    for n in range(days * 24, -1, -1):
        left = kept({*left, NOW - n * HOUR})
    return left


def test_a_year_and_a_half_leaves_24_hours_14_days_and_12_months() -> None:
    left = sorted(made_every_hour(550), reverse=True)
    assert left[:24] == [NOW - n * HOUR for n in range(24)]
    days = {one.date() for one in left}
    assert days >= {(NOW - n * DAY).date() for n in range(14)}
    months = {(one.year, one.month) for one in left}
    assert len(months) == 12
    assert len(left) == 24 + 12 + 11  # two days and one month are among the hours
    assert min(left) == datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "the newest of its month"


def test_few_backups_all_stay_and_none_is_none() -> None:
    few = {NOW, NOW - 5 * HOUR, NOW - 40 * DAY}
    assert kept(few) == few
    assert kept([]) == set()


def test_after_a_gap_the_last_hours_with_a_backup_stay() -> None:
    before = {NOW - 90 * DAY - n * HOUR for n in range(36)}
    assert len(kept(before | {NOW})) == 24 + 1  # 24 hours with today's, and the day before


def test_one_an_hour_is_due() -> None:
    assert is_due([], NOW)
    assert is_due([NOW - HOUR], NOW)
    assert not is_due([NOW - timedelta(minutes=29), NOW - HOUR], NOW)
    assert is_due([NOW + HOUR], NOW), "the clock was set back"


def test_the_name_says_when_it_was_made() -> None:
    assert made_at(stamp(NOW)) == NOW
    assert stamp(NOW) == "20261117T093000Z"
    assert made_at("before-0031") is None
