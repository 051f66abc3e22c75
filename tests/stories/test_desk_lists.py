"""What the desk has to do, narrowed down; and what staff registers for somebody else."""

from tests.support import plot
from tests.support.town import Town, labels


def test_the_list_is_narrowed_down_with_counts(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.sends("/todo")
    who.desk.presses("🔎 筛选")
    tiles = labels(who.desk.sees("想看哪一些?"))
    assert [one.split()[1] for one in tiles[:3]] == ["全部", "待派", "超时"]
    (waiting,) = [one for one in tiles if one.startswith("🆕 待派")]
    assert int(waiting.split()[-1]) >= 1
    who.desk.presses(waiting)
    who.desk.sees("待办", "🆕 待派单")

    who.desk.presses("🔎 筛选")
    (mine,) = [one for one in labels(who.desk.news()[-1]) if "我经办" in one]
    assert mine.endswith(" 0")
    who.desk.presses(mine)
    who.desk.sees("这一类眼下没有,挺好")

    town.wait("P2D")
    who.desk.presses("🔎 筛选")
    (late,) = [one for one in labels(who.desk.news()[-1]) if "超时" in one]
    assert int(late.split()[-1]) >= 1
    who.desk.presses(late)
    who.desk.sees("过期")
    assert number


def test_a_call_is_registered_and_its_number_read_out(town: Town) -> None:
    who = plot.cast(town)
    who.desk.sends("/onbehalf")
    who.desk.presses("☎ 打电话来的")
    who.desk.sees("把情况发给我", "几号楼?")
    who.desk.sends("5号楼1单元的灯不亮,王奶奶 13800138000")
    who.desk.presses("✅ 对,提交")
    read = who.desk.sees("登记好了,编号", "请念给居民听")
    number = plot.number_in(read["text"])
    card = who.desk.sees(number, "5号楼1单元", "🆕 待派单")
    assert "13800138000" not in card["text"]
    assert "🙋 放给志愿者" in labels(card)

    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    who.desk.sees(number, "📷 待回访")
    assert all(int(call["parameters"]["chat_id"]) < 1 << 60 for call in town.calls("sendMessage"))


def test_nobody_else_registers_for_others(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("/onbehalf")
    assert not li.has("居民怎么来的?")


def test_registering_survives_a_restart_and_can_be_dropped(town: Town) -> None:
    desk = town.person("孙网格")
    desk.sends("/onbehalf")
    desk.presses("🚶 来窗口的")
    town.restart_bot()
    desk.sends("3号楼2单元灯不亮")
    desk.presses("❌ 不报了")
    desk.sends("/onbehalf")
    desk.presses("🚶 来窗口的")
    desk.sees("把情况发给我")


def test_the_team_that_did_most_of_the_kind_is_suggested(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li, "有人乱停车,堵住车位了")  # nobody answers for it by a route
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    number = plot.report(who.li, "5号楼1单元有人乱停车,堵住车位了")
    who.desk.presses("👤 派给…")
    who.desk.sees(f"{number} 派给谁?", "建议:", "同类", "小时")
