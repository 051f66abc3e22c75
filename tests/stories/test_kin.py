"""A daughter helps her mother: asked on the mother's own phone, ended by either at any time."""

import re

from tests.support import plot
from tests.support.town import Neighbour, Town


def link(helper: Neighbour) -> str:
    """Let somebody ask for the link that they pass on; return what opens the bot with it."""
    helper.sends("/settings")
    helper.presses("👪 帮家里人")
    helper.sees("帮家里人报问题、收消息", "还没有")
    helper.presses("✉️ 请家里老人")
    text = helper.sees("想帮您报问题、收消息", "https://t.me/linli_sandbox_bot?start=k_")["text"]
    found = re.search(r"start=(k_[\w-]+)", text)
    assert found is not None
    return f"/start {found[1]}"


def agree(town: Town) -> tuple[Neighbour, Neighbour]:
    """Let 小李 help 李阿姨; return both."""
    helper, elder = town.people("小李", "李阿姨")
    elder.sends(link(helper))
    elder.sees("小李 想帮您报问题、收消息,可以吗?", "随时可以停")
    elder.presses("可以")
    elder.sees("小李 可以帮您了")
    helper.sees("李阿姨 同意了")
    return helper, elder


def test_the_daughter_reports_and_both_hear_of_it(town: Town) -> None:
    helper, elder = agree(town)
    helper.sends("厨房水管漏水")
    helper.sees("请您看一眼")
    helper.presses("👪 替李阿姨报")
    helper.sees("替李阿姨报,对就提交", "3号楼2单元")
    helper.presses("✅ 对,提交")
    number = plot.number_in(elder.sees("收到了,编号")["text"])
    helper.sees(number, "家里人的事")
    assert "邻居" not in helper.sees(number)["text"]

    desk, liu = town.people("张调度", "刘志愿")
    desk.presses("🙋 放给志愿者", desk.sees(number, "🆕"))
    liu.presses("🙋 我去")
    elder.sees(number, "刘志愿")
    helper.sees(number, "刘志愿")
    elder.sends("/my")
    elder.sees(number)


def test_what_the_mother_reports_the_daughter_hears_too(town: Town) -> None:
    helper, elder = agree(town)
    number = plot.report(elder)
    helper.sees(number, "家里人的事")


def test_the_link_works_once_for_a_day_and_not_for_oneself(town: Town) -> None:
    helper, elder, zhou = town.people("小李", "李阿姨", "老周")
    opened = link(helper)
    helper.sends(opened)
    helper.sees("这个链接用过了,或者过期了")
    elder.sends(opened)
    elder.sees("可以吗?")
    zhou.sends(opened)
    zhou.sees("这个链接用过了,或者过期了")
    again = link(helper)
    town.wait("PT25H")
    zhou.sends(again)
    zhou.sees("这个链接用过了,或者过期了")
    zhou.sends("/start k_guessed")
    zhou.sees("这个链接用过了,或者过期了")


def test_a_no_is_a_no(town: Town) -> None:
    helper, elder = town.people("小李", "李阿姨")
    elder.sends(link(helper))
    elder.presses("不用")
    helper.sees("李阿姨 说先不用")
    helper.sends("楼道灯不亮了")
    assert not [one for one in helper.shown() if "替李阿姨" in str(one["buttons"])]
    number = plot.report(elder)
    helper.sees_nothing()
    assert number


def test_either_may_end_it_and_then_nobody_reports_for_the_other(town: Town) -> None:
    helper, elder = agree(town)
    helper.sends("厨房水管漏水")
    helper.presses("👪 替李阿姨报")
    town.restart_bot()
    elder.sends("/settings")
    elder.presses("👪 帮家里人")
    elder.sees("小李 帮您")
    elder.presses("✖ 不再和小李")
    assert elder.toasts() == ["好的,和小李的停了"]
    helper.sees("李阿姨 停了帮家里人")
    helper.presses("✅ 对,提交")
    assert helper.toasts() == ["老人那边已经停了,不能替他报了。"]
    helper.presses("👤 是我自己的")
    helper.presses("✅ 对,提交")
    helper.sees("收到了,编号")
    assert not elder.has("收到了,编号")


def test_a_relative_is_no_fifth_neighbour(town: Town) -> None:
    _, elder = agree(town)
    desk = town.person("张调度")
    number = plot.report(elder, "2单元电梯停了不动")
    for at in range(5):
        assert not desk.has("位邻居"), f"{at} have joined"
        neighbour = town.newcomer(f"邻居{at}")
        neighbour.sends("3号楼2单元电梯坏了")
        neighbour.presses("🙋 我也遇到")
    desk.sees(f"{number} 已有 5 位邻居")
