"""A place that was said in words is never silently that of the home, or of the last report."""

import pytest

from tests.support.plot import number_in
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


def test_an_emergency_between_two_buildings_sends_nobody_to_a_home(town: Town) -> None:
    li, wang = town.people("李阿姨", "王师傅")
    li.sends("5号楼和6号楼中间着火了")
    number = number_in(li.sees("先保证安全", "在几号楼几单元?")["text"].partition("编号")[2])
    wang.sees(number, "还不知道在哪", "请马上去")


@pytest.mark.parametrize("who", ["李阿姨", "新来的小赵"])
def test_an_emergency_in_another_building_is_there(town: Town, who: str) -> None:
    caller, wang = town.people(who, "王师傅")
    caller.sends("5号楼着火了")
    number = number_in(caller.sees("先保证安全")["text"].partition("编号")[2])
    assert "3号楼" not in wang.sees(number, "📌 其他 · 5号楼", "请马上去")["text"]
    caller.sees(number, "📌 其他 · 5号楼")


def test_a_building_said_behind_an_emergency_is_where_it_is(town: Town) -> None:
    li, zhao, wang = town.people("李阿姨", "新来的小赵", "王师傅")
    for caller in (li, zhao):
        caller.sends("着火了快来")
        number = number_in(caller.sees("先保证安全")["text"].partition("编号")[2])
        caller.sends("在5号楼")
        wang.sees(number, "📌 其他 · 5号楼", "请马上去")


def test_a_second_place_said_behind_an_emergency_does_not_move_it(town: Town) -> None:
    li, wang = town.people("李阿姨", "王师傅")
    li.sends("5号楼1单元着火了")
    number = number_in(li.sees("先保证安全")["text"].partition("编号")[2])
    li.sends("我跑到6号楼2单元门口了")
    wang.sees(number, "📌 其他 · 5号楼1单元", "6号楼2单元")
