"""A report that needs no more answers is filed by itself after ten minutes."""

from tests.support.plot import number_in
from tests.support.town import Town, labels


def test_a_report_left_alone_is_filed_after_ten_minutes_and_can_be_taken_back(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("3楼灯不亮了")
    li.sees("请您看一眼")
    town.wait("PT9M")
    desk.sees_nothing()
    town.wait("PT1M10S")
    told = li.sees("您没点提交,我先替您报上了", "公共照明 · 3号楼2单元")
    assert told["silent"]
    number = number_in(told["text"])
    desk.sees(number)
    li.sees("收到了,编号", number)
    assert labels(told) == ["↩️ 撤回"]
    li.presses("↩️ 撤回", told)
    li.presses("✖ 撤回")
    li.sees(f"{number} 已撤回")


def test_each_word_begins_the_ten_minutes_anew(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")
    town.wait("PT8M")
    li.sends("二楼的也不亮")
    town.wait("PT8M")
    assert not li.has("替您报上了")
    town.wait("PT3M")
    li.sees("替您报上了")


def test_without_a_category_it_is_filed_as_something_else(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(photo="light")
    li.sees("哪一类")
    town.wait("PT10M10S")
    li.sees("替您报上了", "其他 · 3号楼2单元")


def test_without_a_place_it_waits(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("灯不亮了")
    zhao.sees("在哪儿")
    town.wait("PT30M")
    assert not zhao.has("替您报上了")


def test_a_complaint_is_never_filed_without_a_yes(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("保安态度恶劣,投诉物业服务")
    li.sees("请您看一眼", "物业服务")
    town.wait("PT1H")
    assert not li.has("替您报上了")
    desk.sees_nothing()


def test_what_was_filed_or_dropped_is_not_filed_again(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")
    li.presses("✅ 对,提交")
    li.sends("2单元门口有垃圾")
    li.presses("❌ 不报了")
    town.wait("PT1H")
    assert not li.has("替您报上了")
    li.presses("↩️ 我点错了")
    town.wait("PT10M10S")
    li.sees("替您报上了")
    assert len(li.has("替您报上了")) == 1


def test_a_bot_that_was_down_meanwhile_files_it_once(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("3楼灯不亮了")
    town.kill_bot()
    town.sandbox.post("/sim/bot", action="start")
    town.sandbox.settle()
    town.wait("PT11M")
    assert len(li.has("替您报上了")) == 1
    assert len(desk.has("公共照明 · 3号楼2单元")) >= 1
