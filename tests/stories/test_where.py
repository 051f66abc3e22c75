"""While it is asked where something is: only a place is taken for it, and nothing is lost."""

import pytest

from tests.support.plot import number_in
from tests.support.town import Neighbour, Town, labels

LAMP, LIFT = "楼道灯不亮了", "电梯停了不动"


def asked_where(town: Town) -> Neighbour:
    """Let somebody whose place nobody knows report a lamp."""
    zhao = town.person("新来的小赵")
    zhao.sends(LAMP)
    zhao.sees(LAMP, "在哪儿?")
    return zhao


def test_another_thing_is_not_taken_for_the_place(town: Town) -> None:
    zhao, desk = asked_where(town), town.person("张调度")

    zhao.sends(LIFT)

    question = zhao.sees("同一件,还是另一件", LAMP, LIFT)
    assert labels(question) == ["➕ 同一件", "🆕 另外一件"]
    zhao.presses("🆕 另外一件")
    assert zhao.toasts() == ["另一件记下了,这件好了就办它"]
    zhao.sees(LAMP, "在哪儿?")
    zhao.sends("3号楼2单元")
    zhao.sees("对就提交", "公共照明", "📍 3号楼2单元")
    zhao.presses("✅ 对,提交")
    first = number_in(zhao.sees("收到了,编号", "公共照明")["text"])
    assert LIFT not in desk.sees(first)["text"]
    zhao.sees(LIFT, "在哪儿?")


def test_another_thing_leaves_the_building_that_was_said(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("12号楼电梯停了不动")
    zhao.sees("12号楼,几单元?")

    zhao.sends("路灯不亮了")
    zhao.presses("🆕 另外一件")

    zhao.sees("12号楼,几单元?")
    zhao.presses("3单元")
    zhao.sees("对就提交", "电梯", "📍 12号楼3单元")


def test_more_about_the_same_thing_joins_it(town: Town) -> None:
    zhao = asked_where(town)
    zhao.sends("路灯也一闪一闪的")
    assert not zhao.has("同一件,还是另一件")
    zhao.sees(LAMP, "在哪儿?")
    zhao.sends("3号楼2单元")
    zhao.sees("对就提交", "📍 3号楼2单元", LAMP, "路灯也一闪一闪的")


def test_the_same_thing_after_all_is_kept_and_the_place_is_asked_again(town: Town) -> None:
    zhao = asked_where(town)
    zhao.sends(LIFT)
    zhao.presses("➕ 同一件")
    zhao.sees(LAMP, LIFT, "在哪儿?")
    zhao.sends("东门")
    zhao.sees("对就提交", "📍 东门", LAMP, LIFT)


@pytest.mark.parametrize("place", ["电梯口", "在垃圾房旁边", "大树下面", "快递柜那儿"])
def test_a_place_in_own_words_stays_a_place(town: Town, place: str) -> None:
    zhao = asked_where(town)
    zhao.sends(place)
    zhao.sees("对就提交", f"📍 {place}", LAMP)


def test_what_is_said_beside_the_place_is_kept(town: Town) -> None:
    zhao = asked_where(town)
    zhao.sends("3号楼2单元,昨天晚上开始的")
    zhao.sees("对就提交", "📍 3号楼2单元", LAMP, "昨天晚上开始的")


def test_words_after_a_photo_say_what_it_shows(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends(photo="light")
    zhao.sees("照片1张", "在哪儿?")
    zhao.sends("灯坏了")
    zhao.sees("照片1张", "灯坏了", "在哪儿?")
    zhao.sends("东门")
    zhao.sees("对就提交", "公共照明", "📍 东门")


@pytest.mark.parametrize(
    ("said", "place"),
    [("三单元", "12号楼3单元"), ("3单元18楼", "12号楼3单元 18楼"), ("一楼大厅", "12号楼 一楼大厅")],
)
def test_words_for_the_unit_keep_the_building(town: Town, said: str, place: str) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("12号楼电梯停了不动")
    zhao.sends(said)
    zhao.sees("对就提交", "电梯", f"📍 {place}")


def test_a_photo_while_the_place_is_asked_again_brings_no_place(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("灯不亮了")
    li.presses("📍 改地方")
    li.sees("在哪儿?")
    li.sends(photo="light")
    li.sees("照片1张", "在哪儿?")
