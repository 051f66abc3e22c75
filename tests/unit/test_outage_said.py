"""What a notice says will be off, and from when to when."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.outage_said import Announced, outage_in
from handlers.broadcast_outage import SAID

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 17, 9, 10, tzinfo=SHANGHAI)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "what", "since", "until"),
    [
        ("明天上午9点到下午5点3号楼停水检修", "water", "18 09:00", "18 17:00"),
        ("明天9:00-17:00,3、5号楼停水,请提前存水", "water", "18 09:00", "18 17:00"),
        ("11月19日8:30至11:30停电", "power", "19 08:30", "19 11:30"),
        ("各位邻居:因管道抢修,3号楼停水,预计今天18:00恢复。", "water", "17 09:10", "17 18:00"),
        ("三号楼停水了,今晚八点前来水", "water", "17 09:10", "17 20:00"),
        ("今晚22:00至明天6:00停气", "gas", "17 22:00", "18 06:00"),
        ("今晚22:00至次日6:00停水", "water", "17 22:00", "18 06:00"),
        ("明天9:00至13:30停电", "power", "18 09:00", "18 13:30"),
        ("明天早上8点至中午12点停电", "power", "18 08:00", "18 12:00"),
        ("今天晚上8点到10点停电", "power", "17 20:00", "17 22:00"),
        ("周四下午2点到5点电梯停运", "lift", "19 14:00", "19 17:00"),
        ("明天上午9点30分到11点停暖", "heat", "18 09:30", "18 11:00"),
        ("The water will be off tomorrow 9:00 to 17:00", "water", "18 09:00", "18 17:00"),
    ],
)
def test_what_is_off_and_when(text: str, what: str, since: str, until: str) -> None:
    found = outage_in(text, SAID, NOW)
    assert found is not None
    assert found.what == what
    assert found.since is not None
    assert found.until is not None
    assert found.since.tzinfo is found.until.tzinfo is UTC
    local = [at.astimezone(SHANGHAI).strftime("%d %H:%M") for at in (found.since, found.until)]
    assert local == [since, until]
    assert Announced.read(found.stored()) == found


@pytest.mark.parametrize(
    "text",
    [
        "明天停水",
        "3号楼停水,什么时候恢复另行通知",
        "停水时间:见楼道",
        "昨天9:00到17:00停水",
        "12月20日9:00到17:00停水",  # too far ahead to be sure
        "3号楼停水,请到5号楼打水",
    ],
)
def test_without_clear_times_only_what_is_known(text: str) -> None:
    assert outage_in(text, SAID, NOW) == Announced("water")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "明天上午9点到11点开居民会",
        "明天不停水了,原通知作废",
        "水已恢复,停水结束",
        "取消停电:明天9:00到17:00照常供电",
        "明天9:00到17:00停水停电",  # two things at once
        "请交电梯维保费,9:00-17:00在物业前台",
        "供暖费9:00-17:00收取",
    ],
)
def test_what_is_no_outage_is_none(text: str) -> None:
    assert outage_in(text, SAID, NOW) is None
