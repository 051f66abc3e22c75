"""Words for homes: how many tries a stranger has, how long a word is good, what is a number."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.residence import (
    DIGITS,
    FAMILY,
    GOOD_FOR,
    MOST_WRONG_ABOUT_HOME,
    WITHIN,
    HomeWord,
    hashed,
    home_code,
    home_of,
    may_try,
)
from handlers.waiting import looks_like_number

MADE = datetime(2026, 11, 16, 1, tzinfo=UTC)
WORD = HomeWord(1, 1, "3", 2, "502", "hash", 1, MADE)
MOST_CHANCE = 1 / 10_000


def tries_of_a_stranger() -> int:
    """Return how often somebody who tries whenever they may can try while a word is good."""
    tries: list[datetime] = []
    now = MADE
    while WORD.is_good(now):
        while may_try(sum(one > now - WITHIN for one in tries)):
            tries.append(now)
        now += timedelta(minutes=30)
    return len(tries)


def test_a_stranger_has_35_tries_in_a_week_and_hits_less_often_than_once_in_ten_thousand() -> None:
    assert tries_of_a_stranger() == 35
    assert tries_of_a_stranger() / 10**DIGITS < MOST_CHANCE


def test_many_strangers_together_have_no_better_chance() -> None:
    assert replace(WORD, wrong=MOST_WRONG_ABOUT_HOME - 1).is_good(MADE)
    assert not replace(WORD, wrong=MOST_WRONG_ABOUT_HOME).is_good(MADE)
    assert MOST_WRONG_ABOUT_HOME / 10**DIGITS < MOST_CHANCE


def test_a_word_is_good_for_a_week_for_the_family_until_the_next_one() -> None:
    assert WORD.is_good(MADE + GOOD_FOR - timedelta(microseconds=1))
    assert not WORD.is_good(MADE + GOOD_FOR)
    assert replace(WORD, used=FAMILY - 1).is_good(MADE)
    assert not replace(WORD, used=FAMILY).is_good(MADE)
    assert not replace(WORD, ended_at=MADE).is_good(MADE)


def test_a_word_is_one_for_its_home_in_its_community() -> None:
    here = hashed(1, ("3", 2, "502"), "482913")
    assert here == hashed(1, ("3", 2, "502"), "482913")
    others = [hashed(2, ("3", 2, "502"), "482913"), hashed(1, ("3", 2, "302"), "482913")]
    assert here not in others
    assert "482913" not in here


@pytest.mark.parametrize("code", ["", "3", "3-2", "3-x-502", "-2-502", "3-2-", "3-²-502"])
def test_what_is_no_code_of_a_home_is_none(code: str) -> None:
    assert home_of(code) is None


def test_the_code_of_a_home_is_read_back() -> None:
    for key in (("3", 2, "502"), ("e13", 0, "B-2")):
        assert home_of(home_code(key)) == key


@pytest.mark.parametrize("said", ["502", "502室", "五零二", "2单元502", "482 913", "482913", "B-2"])
def test_a_door_or_a_word_is_taken(said: str) -> None:
    assert looks_like_number(said)


@pytest.mark.parametrize(
    "said", ["楼道灯不亮了", "502漏水了", "你好", "谢谢", "室", "5" * 5000, "a-b"]
)
def test_what_may_be_a_report_is_not(said: str) -> None:
    assert not looks_like_number(said)
