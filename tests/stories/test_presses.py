"""Buttons pressed twice, too late, by two at once, or by somebody whose turn it is not."""

import pytest

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Town, labels, refusal


def test_a_press_sent_five_times_files_one_case(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("3楼灯不亮了")

    with town.all_at_once():
        for _ in range(5):
            li.push("✅ 对,提交")

    number = number_in(li.sees("收到了,编号")["text"])
    assert sorted(li.toasts()) == sorted(
        [f"提交了,编号 {number}"] + [f"已经提交过了,编号 {number}"] * 4
    )
    assert len(desk.has("待派单", "3楼灯不亮了")) == 1
    assert len(town.calls("answerCallbackQuery")) == 5, "every press is answered"


def test_a_claim_pressed_five_times_counts_once(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)

    with town.all_at_once():
        for _ in range(5):
            who.liu.push("🙋 我去")

    assert who.liu.toasts().count("交给您了,谢谢!") == 1
    who.liu.sees(f"您接了 {number}")
    assert len(town.sent_to(who.li, f"{number} 有人接了")) == 1


@pytest.mark.parametrize("first", ["刘志愿", "陈志愿"])
def test_of_two_volunteers_at_once_exactly_one_gets_it(town: Town, first: str) -> None:
    who = plot.cast(town)
    winner = town.person(first)
    loser = town.person("陈志愿" if first == "刘志愿" else "刘志愿")
    number = plot.offered(who)

    with town.all_at_once():
        winner.push("🙋 我去")
        loser.push("🙋 我去")

    assert winner.toasts() == ["交给您了,谢谢!"]
    winner.sees(f"您接了 {number}")
    assert loser.toasts() == ["刚被别的邻居接走了,谢谢您!"]
    loser.sees(number, "刚被别的邻居接走了")
    assert [one for one in loser.shown() if "🙋 我去" in labels(one)] == []
    who.li.sees(f"{number} 有人接了", winner.name)
    assert len(town.sent_to(who.li, f"{number} 有人接了")) == 1
    who.desk.sees(number, f"🔧 处理中 · {winner.name}")


def test_a_loser_whose_card_was_not_redrawn_yet_hears_that_it_is_taken(town: Town) -> None:
    who = plot.cast(town)
    chen = town.person("陈志愿")
    number = plot.offered(who)
    town.fault(method="editMessageText", status=502, times=-1)

    with town.acting():
        who.liu.push("🙋 我去")
        chen.push("🙋 我去")
        town.mend()

    assert chen.toasts() == ["刚被别的邻居接走了,谢谢您!"]
    chen.sees(number, "刚被别的邻居接走了")


def test_a_button_of_an_older_version_is_redrawn_and_says_so(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)
    who.desk.presses("👤 改派")

    with town.all_at_once():  # it is given to somebody while the resident wants it back
        who.desk.push("陈志愿 0件")
        who.li.push("↩️ 撤回")

    assert "这条更新过了,给您看最新的" in who.li.toasts()
    who.li.sees(f"{number} 有人接了", "陈志愿")


def test_a_dispatcher_who_comes_second_gets_the_newest_card(town: Town) -> None:
    who = plot.cast(town)
    other = town.newcomer("第二位调度", roles=["dispatcher"])
    other.sends("/start")
    number = plot.report(who.li)
    other.sees(number, "待派单")

    with town.all_at_once():
        who.desk.push("🙋 放给志愿者")
        other.push("🙋 放给志愿者")

    assert who.desk.toasts() == ["放给志愿者了"]
    assert other.toasts() == ["这条更新过了,给您看最新的"]
    card = other.sees(number, "🙋 待接单")
    assert "🙋 放给志愿者" not in labels(card)
    assert len(town.sent_to(who.liu, number)) == 1, "the pool is asked once"


def test_a_button_that_is_not_on_the_card_any_more_cannot_be_pressed(town: Town) -> None:
    who = plot.cast(town)
    plot.offered(who)
    (card,) = who.desk.has("待接单")

    assert "buttons there" in refusal(who.desk.push, "🙋 放给志愿者", card)


def test_somebody_without_a_part_in_a_case_gets_no_button_for_it(town: Town) -> None:
    who = plot.cast(town)
    zhou, sun = town.people("老周", "孙网格")
    number = plot.offered(who)

    assert [one for one in zhou.shown() if number in one["text"]] == []
    sun.sends("/todo")
    assert not any("🙋 放给志愿者" in labels(one) for one in sun.shown())


def test_nobody_works_on_what_they_have_reported(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.liu)
    who.desk.presses("🙋 放给志愿者")

    assert not [one for one in who.liu.has(number) if "🙋 我去" in labels(one)]
    assert town.person("陈志愿").has(number, "您方便吗")
    who.desk.presses("👤 改派")
    names = " ".join(label for one in who.desk.news() for label in labels(one))
    assert "陈志愿" in names
    assert "刘志愿" not in names


def test_a_card_pressed_after_its_person_lost_the_case_is_refused(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)

    who.li.presses("↩️ 撤回")

    with town.all_at_once():  # the resident takes it back while the volunteer says "done"
        who.li.push("✖ 告诉他并撤回")
        who.liu.push("✅ 弄好了")

    assert "已撤回" in who.li.toasts()
    assert who.liu.toasts() == ["这条更新过了,给您看最新的"]
    who.liu.sees(f"{number} 不用去了")
