"""Before a locked door: who took a case reads whose it is and whom to call; nobody else does."""

from tests.support import plot
from tests.support.town import Neighbour, Town

AT_HOME = "3号楼2单元502家里的灯不亮了"
PHONE = "010-5550 1240"  # the grid worker's


def all_said(town: Town, who: Neighbour) -> str:
    """Return every text that was ever sent into the chat or drawn over there."""
    return "\n".join(
        str(call["parameters"].get("text", ""))
        for method in ("sendMessage", "editMessageText")
        for call in town.calls(method)
        if str(call["parameters"]["chat_id"]) == str(who.room)
    )


def test_whoever_takes_it_reads_whose_door_it_is_and_whom_to_call(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, AT_HOME)
    who.desk.presses("🙋 放给志愿者")
    asked = who.liu.sees(number, "您方便吗")
    for secret in ("502", "李阿姨", PHONE):
        assert secret not in asked["text"], "not before it is taken"

    who.liu.presses("🙋 我去")
    who.liu.sees(f"您接了 {number}", "502", "李阿姨家", f"孙网格 {PHONE}")
    who.liu.presses("📍 我到了")
    who.liu.sees("弄好后发一张照片", f"孙网格 {PHONE}")

    who.liu.presses("❗ 我弄不了")
    assert not [one for one in who.liu.shown() if PHONE in one["text"]], "it is no longer theirs"
    assert "李阿姨" not in all_said(town, town.person("陈志愿"))


def test_a_group_reads_neither_name_nor_number(town: Town) -> None:
    room = town.person("张调度").enters("工作群", "待派")
    room.sends("/bind")
    room.presses("📥 待派")
    who = plot.cast(town)
    number = plot.report(who.li, AT_HOME)
    room.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    who.liu.sees(f"您接了 {number}", "李阿姨家")
    room.sees(number, "刘志愿")
    assert "李阿姨" not in all_said(town, room)
    assert PHONE not in all_said(town, room)


def test_a_lamp_in_the_stairwell_belongs_to_nobody(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    card = who.liu.sees(f"您接了 {number}", f"孙网格 {PHONE}")
    assert "李阿姨" not in card["text"]


def test_the_grid_worker_calls_the_community(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, AT_HOME)
    grid = town.person("孙网格")
    who.desk.presses("👤 派给…")
    who.desk.presses("孙网格 0件")
    grid.sees(number, "李阿姨家", "社区 010-5550 1234")
