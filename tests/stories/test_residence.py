"""A resident binds their home with the word that the grid worker said on the doorstep."""

import re

import pytest

from tests.support.town import Neighbour, Town, labels

CODE = "/start p_7KQ2MXAB"  # of 3号楼2单元, in the demo
GRID, ORGANIZER = "孙网格", "钱组织"
HOME = "3号楼2单元 502"


def word(maker: Neighbour, home: str = "3-2-502") -> str:
    """Let somebody make the word for a home; return it."""
    maker.sends(f"/word {home}")
    found = re.search(r"\d{3} \d{3}", maker.sees("7 天有效", "最多 4 位家人")["text"])
    assert found is not None
    return found[0]


def scans(who: Neighbour, door: str = "502") -> None:
    who.sends(CODE)
    who.presses("🔑 绑定我家")
    who.sees("您家几号门")
    who.sends(door)


def binds(who: Neighbour, said: str) -> None:
    scans(who)
    who.sees(HOME, "6 位口令")
    who.sends(said)
    who.sees(f"绑定好了:{HOME}")


def wrong(said: str) -> str:
    """Return another word."""
    return said[:-1] + str((int(said[-1]) + 1) % 10)


def test_from_the_stairwell_to_the_home_through_a_restart(town: Town) -> None:
    sun, zhou = town.people(GRID, "老周")
    said = word(sun)
    sun.sees("已绑定 0 人")
    scans(zhou, "五零二室")
    zhou.sees(HOME, "6 位口令", GRID, "010-5550 1240")
    town.restart_bot()
    zhou.sends(said.replace(" ", ""))
    zhou.sees(f"绑定好了:{HOME}")
    zhou.sends("/settings")
    zhou.presses("🔑 我的家")
    zhou.sees("您的家", HOME)
    sun.sends("/word 3-2-502")
    shown = sun.sees("已绑定 1 人")["text"]
    assert "老周" not in shown


def test_a_report_in_between_is_a_report_and_the_word_still_works(town: Town) -> None:
    sun, zhou = town.people(GRID, "老周")
    said = word(sun)
    scans(zhou)
    zhou.sends("3号楼2单元楼道灯不亮了")
    zhou.sees("请您看一眼,对就提交")
    zhou.sends(said)
    zhou.sees("绑定好了")


def test_whatever_is_wrong_the_answer_is_the_same(town: Town) -> None:
    sun, zhou, li = town.people(GRID, "老周", "小李")
    other, old = word(sun, "3-2-302"), word(sun)
    good = word(sun)  # which ends the one before
    scans(zhou)
    answers = []
    for said in (wrong(good), other, old, "123"):
        zhou.sends(said)
        answers.append(zhou.sees("这个口令用不了", "要一个新的")["text"])
    assert len({*answers}) == 1
    zhou.sends(good)
    zhou.sees("绑定好了")
    town.wait("P8D")
    scans(li)
    li.sends(good)  # too old by now
    assert li.sees("这个口令用不了")["text"] == answers[0]


def test_after_five_wrong_ones_even_the_right_one_waits_for_tomorrow(town: Town) -> None:
    sun, zhou = town.people(GRID, "老周")
    good = word(sun)
    scans(zhou)
    for _ in range(5):
        zhou.sends(wrong(good))
        zhou.sees("这个口令用不了")
    zhou.sends(good)
    zhou.sees("今天试得太多了,请明天再试")
    town.restart_bot()
    zhou.sends(CODE)
    zhou.presses("🔑 绑定我家")
    assert any("今天试得太多了" in one for one in zhou.toasts())
    town.wait("PT25H")
    binds(zhou, good)


def test_a_word_is_for_four_of_the_family_each_once(town: Town) -> None:
    sun = town.person(GRID)
    good = word(sun)
    family = [town.newcomer(f"家人{at}") for at in range(5)]
    for at, one in enumerate(family):
        one.sends("/start")
        scans(one)
        one.sends(good)
        one.sees("绑定好了" if at < 4 else "这个口令用不了")
    family[0].sends("/settings")
    family[0].presses("🔑 我的家")
    family[0].presses("🔑 绑定我家")
    family[0].sends("502")
    family[0].sees("这户已经是您的了")


def test_by_tiles_without_a_code_and_the_word_by_taps(town: Town) -> None:
    sun, li = town.people(GRID, "小李")
    sun.sends("/word")
    sun.presses("5号楼")
    sun.presses("1单元")
    sun.sees("几号门")
    sun.sends("999")
    sun.sees("没有 999 这户")
    sun.sends("102")
    found = re.search(r"\d{3} \d{3}", sun.sees("5号楼1单元 102 的口令")["text"])
    assert found is not None
    li.sends("/settings")
    li.presses("🔑 我的家")
    li.presses("🔑 绑定我家")
    li.presses("📍 不是这里")
    li.presses("5号楼")
    li.presses("1单元")
    li.sends("102")
    li.sends(found[0])
    li.sees("绑定好了:5号楼1单元 102")


def test_moving_out_is_asked_once_more(town: Town) -> None:
    sun, zhou = town.people(GRID, "老周")
    binds(zhou, word(sun))
    zhou.sends("/settings")
    zhou.presses("🔑 我的家")
    zhou.presses("🚪 1搬走了")
    zhou.sees(f"从 {HOME} 搬走了?")
    zhou.presses("✖ 搬走了")
    zhou.sees("还没有绑定")
    assert "记下了" in zhou.toasts()


def test_an_organizer_sees_who_is_bound_and_ends_it_with_a_reason(town: Town) -> None:
    sun, boss, zhou = town.people(GRID, ORGANIZER, "老周")
    binds(zhou, word(sun))
    boss.sends("/people 老周")
    boss.presses("👤 老周")
    boss.sees("老周", f"{HOME} ✓")
    boss.presses("🏠 1不住了")
    boss.presses("绑错了")
    zhou.sees(HOME, "解除绑定", "绑错了")
    assert "✓" not in boss.sees("老周", "自填")["text"]


def test_who_may_make_a_word_and_not_use_it(town: Town) -> None:
    sun, li = town.people(GRID, "小李")
    li.sends("/word 3-2-502")
    li.sees("网格员")
    for said in ("3-2-999", "9-9-999", "随便"):
        sun.sends(f"/word {said}")
        assert "天有效" not in sun.news()[-1]["text"]
    good = word(sun)
    scans(sun)
    sun.sends(good)
    sun.sees("自己给的口令不能自己用")


@pytest.mark.parametrize("other", ["取消", "0"])
def test_leaving_it_off(town: Town, other: str) -> None:
    zhou = town.person("老周")
    scans(zhou)
    zhou.sends(other)
    zhou.sees("好的,先不绑")
    zhou.sends("楼道灯不亮了")
    assert "🔑 我的家" not in labels(zhou.sees("请您看一眼"))
