"""A place that was said in words is never silently that of the home, or of the last report."""

import pytest

from tests.support.town import Town

HOME = "📍 3号楼2单元"


@pytest.mark.parametrize(
    "said",
    [
        "99号楼2单元门禁坏了",  # there is none
        "3号楼9单元的灯不亮了",  # no such unit
        "3号楼和5号楼的路灯都不亮",
        "5、6号楼的路灯都不亮",
        "5号楼1单元电梯坏了,还有6号楼门口垃圾没人收",
    ],
)
def test_which_place_is_asked_when_it_is_unknown_or_one_of_several(town: Town, said: str) -> None:
    li = town.person("李阿姨")
    li.sends(said)
    assert "📍" not in li.sees(said, "在哪儿?")["text"]


def test_a_photo_first_and_the_place_in_words_behind_it(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(photo="light")
    li.sees("照片1张", HOME)
    li.sends("5号楼1单元的灯坏了")
    li.sees("对就提交", "照片1张", "📍 5号楼1单元")


def test_a_photo_first_and_two_places_in_words_behind_it(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(photo="light")
    li.sends("5号楼和6号楼的灯坏了")
    li.sees("照片1张", "在哪儿?")


def test_a_photo_first_and_words_without_a_place_stay_at_home(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(photo="light")
    li.sends("两个灯坏了")
    li.sees("对就提交", HOME)


def test_a_place_that_was_tapped_stays_when_the_words_name_two(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3号楼和5号楼的路灯都不亮")
    li.presses("3号楼")
    li.presses("整栋/不清楚")
    li.sees("对就提交", "📍 3号楼", "3号楼和5号楼的路灯都不亮")


def test_the_floor_above_does_not_make_the_home_doubtful(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3号楼灯不亮了,5楼也不亮")
    li.sees("几单元?")
    li.presses("2单元")
    li.sees("对就提交", HOME)
