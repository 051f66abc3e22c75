"""Words about something else come into a report: the same thing, or another?"""

from tests.support.plot import number_in
from tests.support.town import Neighbour, Town, labels

LAMP, LIFT = "3楼灯不亮了", "电梯停了不动"


def asked(who: Neighbour) -> None:
    """Let somebody write of two things before the first is submitted."""
    who.sends(LAMP)
    who.sees("对就提交", "公共照明")
    who.sends(LIFT)
    assert labels(who.sees("同一件,还是另一件", LAMP, LIFT)) == ["➕ 同一件", "🆕 另外一件"]


def test_another_thing_becomes_a_report_of_its_own(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    asked(li)

    li.presses("🆕 另外一件")

    first = number_in(li.sees("收到了,编号", "公共照明")["text"])
    assert LIFT in li.sees("对就提交", "电梯")["text"]
    assert desk.has(first)
    assert not desk.has("电梯 · 3号楼2单元")
    li.presses("✅ 对,提交")
    second = number_in(li.sees("收到了,编号", "电梯")["text"])
    assert first != second
    assert LAMP not in desk.sees(second)["text"]


def test_the_same_thing_joins_the_report(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)

    li.presses("➕ 同一件")

    assert li.toasts() == ["已加进这一件"]
    li.sees("对就提交", "公共照明", LAMP, LIFT)
    li.presses("✅ 对,提交")
    assert len(li.has("收到了,编号")) == 1
    town.wait("PT11M")
    assert not li.has("先替您报上了"), "nothing else was begun"


def test_it_is_typed_and_survives_a_restart(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    town.restart_bot()
    li.sends("2")
    li.sees("收到了,编号", "公共照明")
    li.sees("对就提交", "电梯")


def test_its_words_can_be_typed(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    li.sends("同一件")
    li.sees("对就提交", LAMP, LIFT)


def test_a_third_thing_while_it_is_asked_is_not_mixed_with_the_second(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    li.sends("垃圾桶满了没人收")
    question = li.sees("同一件,还是另一件", LAMP, "垃圾桶满了没人收")
    assert LIFT not in question["text"]
    li.presses("🆕 另外一件")
    li.sees("收到了,编号", "公共照明")
    second = li.sees("对就提交", "🛗 电梯", LIFT)
    assert "垃圾" not in second["text"]
    li.presses("✅ 对,提交")
    third = li.sees("对就提交", "环境卫生", "垃圾桶满了没人收")
    assert LIFT not in third["text"]


def test_more_about_the_first_while_it_is_asked_stays_with_the_question(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    li.sends("灯一闪一闪的")
    li.sees("同一件,还是另一件", LIFT, "灯一闪一闪的")


def test_what_is_left_while_it_is_asked_is_named(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    li.sends("取消")
    assert LIFT not in li.sees("没有提交", LAMP)["text"]
    li.sees("对就提交", LIFT)


def test_what_comes_while_it_is_asked_belongs_to_it(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    li.sends(photo="leak")
    li.sends("里面有老人")
    li.sees("同一件,还是另一件", "照片", "里面有老人")

    li.presses("🆕 另外一件")

    assert "照片" not in li.sees("收到了,编号", "公共照明")["text"]
    li.sees("对就提交", "电梯", "照片", "里面有老人")


def test_another_place_is_asked_about(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3号楼2单元灯不亮了")
    li.sends("5号楼1单元也这样")
    li.sees("同一件,还是另一件")
    li.presses("🆕 另外一件")
    li.sees("收到了,编号", "3号楼2单元")
    li.sees("5号楼1单元", "哪一类")


def test_the_place_of_the_same_thing_replaces_the_home(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("灯不亮了")
    li.sees("对就提交", "3号楼2单元")
    li.sends("是5号楼1单元的")
    li.presses("➕ 同一件")
    li.sees("对就提交", "5号楼1单元")


def test_mere_hints_are_not_asked_about(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(LAMP)
    for more in ("希望早点修好", "老人走路看不清", "3号楼2单元", "灯泡碎了"):
        li.sends(more)
        assert not li.has("同一件,还是另一件"), more
    li.sees("对就提交", "希望早点修好")


def test_a_complaint_is_not_filed_without_a_yes(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("保安态度恶劣,投诉物业服务")
    li.sends(LIFT)

    li.presses("🆕 另外一件")

    assert li.toasts() == ["另一件记下了,这件好了就办它"]
    li.sees("对就提交", "保安态度恶劣")
    assert not li.has("收到了,编号")
    li.presses("✅ 对,提交")
    li.sees("收到了,编号", "物业服务")
    li.sees("对就提交", "电梯")


def test_three_at_once_and_no_more(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("保安态度恶劣,投诉物业服务")
    for other in (LIFT, "地下车库积水"):
        li.sends(other)
        li.presses("🆕 另外一件")
    li.sends("垃圾没人打扫")
    assert not li.has("同一件,还是另一件"), "it joins what is being written"
    li.sees("对就提交", "垃圾没人打扫")
    li.presses("✅ 对,提交")
    li.sees("对就提交", "电梯")
    li.presses("✅ 对,提交")
    li.sees("地下车库积水")


def test_dropping_the_first_keeps_the_other(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    li.sends("不报了")
    li.sees("对就提交", "电梯")
    assert not li.has("收到了,编号")
    li.sends("不报了")
    li.sees("没有提交")
    li.sends("在吗")
    assert not li.has("收到了,编号")


def test_left_alone_both_are_kept(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    town.wait("PT11M")
    li.sees("先替您报上了", "公共照明")
    li.sees("对就提交", "电梯")
    town.wait("PT11M")
    assert len(li.has("先替您报上了")) == 2


def test_what_is_known_already_is_still_asked(town: Town) -> None:
    zhou, li = town.people("老周", "李阿姨")
    zhou.sends(LIFT)
    zhou.presses("✅ 对,提交")
    number = number_in(zhou.sees("收到了,编号")["text"])
    asked(li)
    li.presses("🆕 另外一件")
    li.sees("收到了,编号", "公共照明")
    li.sees("可能有人报过了", number)
    li.presses("🙋 我也遇到")
    li.sees(number, "加上您")


def test_pressed_twice_at_once_it_begins_one_report(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    question = li.sees("同一件,还是另一件")
    with town.all_at_once():
        li.push("🆕 另外一件", question)
        li.push("🆕 另外一件", question)
    assert len(li.has("收到了,编号")) == 1
    assert len(li.has("对就提交", "电梯")) == 1


def test_a_sticker_in_the_middle_leaves_the_question(town: Town) -> None:
    li = town.person("李阿姨")
    asked(li)
    li.sends(sticker="😀")
    li.presses("➕ 同一件")
    li.sees("对就提交", LAMP, LIFT)


def test_the_first_submitted_by_its_older_card_begins_the_other(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(LAMP)
    older = li.sees("对就提交")
    li.sends(LIFT)
    li.presses("✅ 对,提交", older)
    li.sees("收到了,编号", "公共照明")
    li.sees("对就提交", "电梯")


def test_an_album_about_another_thing_asks_once(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(LAMP)
    li.sends(photos=["leak", "light", "rubbish"], caption=LIFT)
    town.wait("PT2S")
    assert len(li.has("同一件,还是另一件")) == 1
    li.presses("🆕 另外一件")
    li.sees("对就提交", "电梯", "照片")


def test_in_english(town: Town) -> None:
    tom = town.newcomer("Tom", language="en")
    tom.sends(f"3号楼2单元{LAMP}")
    tom.sends(LIFT)
    tom.sees("same thing, or another")
    tom.presses("🆕 Another thing")
    tom.sees(LIFT)
    assert not tom.has("same thing, or another")
