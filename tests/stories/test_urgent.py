"""An emergency: filed at once, with the numbers to call; those on duty are called one by one."""

from tests.support.plot import finish, number_in
from tests.support.town import Town, labels

GAS = "楼道有煤气味"


def test_gas_is_filed_at_once_and_the_first_on_duty_is_called(town: Town) -> None:
    li, desk, wang = town.people("李阿姨", "张调度", "王师傅")
    li.sends(GAS)
    told = li.sees(
        "🚨 先保证安全", "开窗、别开关电器、别用明火", "燃气抢修 010-5550 0777", "火警 119"
    )
    assert "我已经同时叫 王师傅" in told["text"]
    assert labels(told) == ["✅ 我已出来", "🙅 不是紧急"]
    number = number_in(told["text"].partition("编号")[2])
    li.sees(number, "3号楼2单元")
    desk.sees("🚨", number, GAS)
    called = wang.sees("🚨 紧急!请马上去", number, GAS)
    assert labels(called) == ["🙋 我去", "今天不方便"]
    wang.presses("🙋 我去")
    li.sees(number, "王师傅")


def test_the_next_is_called_after_five_minutes_and_at_last_the_desk_hears_it(town: Town) -> None:
    li, desk, wang, grid = town.people("李阿姨", "张调度", "王师傅", "孙网格")
    li.sends("着火了快来")
    number = number_in(desk.sees("🚨")["text"])
    wang.sees("🚨 紧急", number)
    grid.sees_nothing()
    town.wait("PT5M10S")
    called = grid.sees("🚨 紧急", number)
    li.sees(f"{number}:也在叫 孙网格了")
    wang.presses("🙋 我去", wang.with_button("🙋 我去"))
    wang.sees(number, "您接了")
    assert labels(grid.sees(number)) == []
    assert called["text"] != grid.has(number)[-1]["text"]


def test_when_nobody_on_duty_goes_the_case_comes_back_to_the_desk(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("电梯困人了")
    number = number_in(desk.sees("🚨")["text"])
    for _ in range(4):
        town.wait("PT5M10S")
    desk.sees(number, "没有志愿者可问")
    assert "🙋 放给志愿者" in labels(desk.with_button("🙋 放给志愿者"))


def test_an_emergency_passes_the_night(town: Town) -> None:
    li, desk, wang = town.people("李阿姨", "张调度", "王师傅")
    town.sandbox.post("/sim/clock", to="2026-11-17T23:50:00+08:00")
    li.sends("水管爆了,水喷出来了")
    li.sees("🚨 先保证安全")
    assert not wang.sees("🚨 紧急")["silent"]
    desk.sees("🚨")


def test_who_lives_nowhere_yet_is_asked_where_and_the_answer_joins(town: Town) -> None:
    zhao, wang = town.people("新来的小赵", "王师傅")
    zhao.sends("着火了")
    told = zhao.sees("🚨 先保证安全", "📍 在几号楼几单元")
    number = number_in(told["text"].partition("编号")[2])
    wang.sees("🚨 紧急", number, "还不知道在哪")
    zhao.sends("5号楼1单元")
    wang.sees(number, "5号楼1单元")
    zhao.sends("三楼冒烟,快来人")
    zhao.sends(photo="light")
    wang.sees(number, "冒烟", "照片1张")
    assert len(zhao.has("先保证安全")) == 1, "one emergency is one case"


def test_who_is_out_says_so_and_those_who_come_read_it(town: Town) -> None:
    li, wang = town.people("李阿姨", "王师傅")
    li.sends(GAS)
    before = li.sees("🚨 先保证安全")
    assert before["message_id"] < li.sees("正在找人")["message_id"], "safety comes first"
    with town.all_at_once():
        li.push("✅ 我已出来")
        li.push("✅ 我已出来")
    assert li.toasts() == ["好的,赶来的人看得到了"] * 2
    told = li.sees("赶来的人知道您已经出来了", "燃气抢修")
    assert labels(told) == ["🙅 不是紧急"]
    assert wang.sees("已经出来了")["text"].count("已经出来了") == 1


def test_what_is_no_emergency_goes_the_usual_way(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("楼下有人烧烤,火很大,呛死了")
    if not li.has("先保证安全"):
        li.sends("有烟,着火一样")
    number = number_in(desk.sees("🚨")["text"])
    li.presses("🙅 不是紧急")
    assert li.toasts() == [f"好的,{number} 按平常的事办"]
    shown = desk.sees(number)["text"]
    assert "🚨" not in shown
    assert "今天09:15 前" not in shown, "the five minutes of an emergency are over"


def test_an_emergency_in_the_middle_of_a_report_takes_what_was_said(town: Town) -> None:
    li, wang = town.people("李阿姨", "王师傅")
    li.sends(photo="light")
    li.sends("电线断了在冒火花")
    wang.sees("🚨 紧急", "冒火花", "照片1张")
    town.restart_bot()
    li.sends("又响了一声")
    wang.sees("又响了一声")


def test_in_english(town: Town) -> None:
    emma = town.person("Emma")
    emma.sends("I smell gas in the stairwell")
    told = emma.sees("🚨 Safety first.", "Open windows", "Gas repair")
    assert labels(told) == ["✅ I am out", "🙅 Not urgent"]


def test_done_anew_it_calls_everybody_else_once_and_then_the_desk_has_it(town: Town) -> None:
    li, desk, zhao, wang = town.people("李阿姨", "张调度", "赵督办", "王师傅")
    li.sends("水管爆了,水喷出来了")
    number = number_in(desk.sees("🚨")["text"])
    wang.presses("🙋 我去")
    finish(wang)
    li.presses("👎 还没好")
    li.presses("🔁 再办一次")
    zhao.presses("🔁 再办一次")
    zhao.presses(next(one for one in labels(zhao.shown()[-1]) if "志愿者" in one))
    told = 0
    for _ in range(12):
        town.wait("PT5M10S")
        told += len([one for one in li.news() if "也在叫" in one["text"]])
    assert not li.has(number, "也在叫 王师傅")  # somebody else is to do it
    assert told <= 4, li.transcript()
    assert "🙋 放给志愿者" in labels(desk.with_button("🙋 放给志愿者"))


def test_the_buttons_of_an_emergency_can_be_typed(town: Town) -> None:
    li, wang = town.people("李阿姨", "王师傅")
    li.sends(GAS)
    li.sends("我已出来")
    wang.sees("🚨 紧急", "人已经出来")
    li.sends("不是紧急")
    wang.sees("有件小事,您方便吗?", GAS)
