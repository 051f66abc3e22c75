"""Somebody scans the code in their stairwell."""

from tests.support.town import Town, labels

CODE = "/start p_7KQ2MXAB"  # of 3号楼2单元, in the demo


def test_a_newcomer_scans_sends_a_photo_and_taps_once(town: Town) -> None:
    zhao = town.newcomer("楼道里的人")
    zhao.sends(CODE)
    asked = zhao.sees("您在 3号楼2单元,对吗?", "拍一张发给我")
    assert labels(asked) == ["📍 不是这里", "☎ 找人帮忙", "知道了"]
    zhao.sends(photo="light")
    zhao.sees("照片1张", "3号楼2单元", "是哪一类")
    zhao.presses("💡 公共照明")
    zhao.sees("收到了,编号", "3号楼2单元")
    assert len(zhao.shown()) <= 2  # new messages of the bot, from scanning to the number


def test_who_is_known_reads_one_line_and_the_place_is_that_of_the_code(town: Town) -> None:
    zhou = town.person("老周")
    zhou.sends(CODE)
    zhou.sees("记住了:3号楼2单元")
    zhou.sends("楼道灯不亮了")
    zhou.sees("对就提交", "3号楼2单元")
    zhou.presses("✅ 对,提交")
    zhou.sees("收到了,编号")


def test_it_is_not_here(town: Town) -> None:
    zhao = town.newcomer("走错的人")
    zhao.sends(CODE)
    zhao.presses("📍 不是这里")
    zhao.sees("是哪儿我再问您")
    zhao.sends("楼道灯不亮了")
    zhao.sees("在哪儿?")


def test_a_code_that_was_renewed_or_never_was_is_no_matter(town: Town) -> None:
    zhao, li = town.newcomer("看旧码的人"), town.person("李阿姨")
    for who, payload in ((zhao, "p_OLD0OLD0"), (li, "p_"), (li, "p_" + "A" * 60)):
        who.sends(f"/start {payload}")
        who.sees("这张码换新了", "直接告诉我哪栋楼")
    li.sends("3楼灯不亮了")
    li.sees("请您看一眼,对就提交")


def test_a_restart_after_the_scan_forgets_nothing(town: Town) -> None:
    zhao = town.newcomer("等着的人")
    zhao.sends(CODE)
    town.restart_bot()
    zhao.sends(photo="leak")
    zhao.sees("照片1张", "3号楼2单元")
