"""Finding a case again: staff by words or number, residents what is theirs."""

from tests.support import plot
from tests.support.town import Town, labels


def test_staff_finds_by_two_characters_and_opens_what_was_found(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    number = plot.report(li, "3号楼2单元水景池的水发臭")

    desk.sends("/find 水景")

    shown = desk.sees("找“水景”", "共 1 件", number)
    (open_it,) = [one for one in labels(shown) if number in one]
    desk.presses(open_it, shown)
    desk.sees(number, "水景池的水发臭")

    desk.sends("找 水景池")
    desk.sees("找“水景池”", number)
    desk.sends("/find 水景 热气球")
    desk.sees("没有找到“水景 热气球”")
    desk.sends("/find")
    desk.sees("找哪一件", "/find")


def test_a_number_alone_shows_the_case_to_those_who_may_see_it(town: Town) -> None:
    li, zhou, desk = town.people("李阿姨", "老周", "张调度")
    number = plot.report(li, "3号楼2单元水景池的水发臭")

    for said in (number, f"#{number}", f"编号{number}", f"/find {number}"):
        desk.sends(said)
        desk.sees(number, "水景池的水发臭")
    li.sends(number)
    li.sees(number, "收到了")

    zhou.sends(f"#{number}")
    zhou.sees(f"没有找到编号 {number}")
    desk.sends("#99999")
    desk.sees("没有找到编号 99999")


def test_residents_find_what_is_theirs_alone(town: Town) -> None:
    li, zhou = town.people("李阿姨", "老周")
    number = plot.report(li, "3号楼2单元水景池的水发臭")

    li.sends("/find 水景")
    li.sees("找“水景”", number)
    zhou.sends("/find 水景")
    zhou.sees("没有找到“水景”")
    zhou.sends(f"/find {number}")
    zhou.sees("没有找到")
    zhou.sends("/find")
    zhou.sees("找您报过的事")


def test_what_a_resident_says_is_a_report_even_when_it_begins_with_find(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("找 电工来看看3号楼2单元的灯")
    li.sees("对就提交")


def test_no_door_can_be_found_out(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    number = plot.report(li, "3号楼2单元502室水景池的水发臭")

    desk.sends("/find 502")
    desk.sees("没有找到“502”")
    desk.sends("/find 3号楼2单元502室")
    assert "502" not in desk.sees("找“3号楼2单元”", number)["text"]


def test_a_case_is_found_by_what_it_says_now(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.desk.sends("/find 修好了")
    who.desk.sees("找“修好了”", number)


def test_many_are_turned_page_by_page(town: Town) -> None:
    desk = town.person("张调度")
    desk.sends("/find 楼")
    shown = desk.sees("找“楼”")
    first = labels(shown)
    desk.presses("下一页 ▶", shown)
    again = desk.sees("找“楼”")
    assert "◀ 上一页" in labels(again)
    assert not {*first} & {*labels(again)} - {"下一页 ▶"}


def test_in_english(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    number = plot.report(li, "3号楼2单元 垃圾 beside the fountain")
    desk.sends("/settings")
    desk.presses("🌐 English")
    desk.sends("find Fountain")
    desk.sees("Looking for “fountain”", number)
    desk.sends("find balloon")
    desk.sees("Nothing found for “balloon”")
