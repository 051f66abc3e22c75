"""An organizer composes a survey; neighbours answer it; what came of it is told."""

import re

from tests.support import plot
from tests.support.town import Neighbour, Town, labels

ORGANIZER = "钱组织"
MORNING = "PT17H"  # until people are asked after an evening


def composes(who: Neighbour, title: str = "楼道怎么样") -> None:
    who.sends("/survey")
    who.presses("➕ 新问卷")
    who.presses("📄 空白")
    who.sees("问卷叫什么")
    who.sends(title)


def adds(who: Neighbour, kind: str, words: str, options: str = "") -> None:
    who.presses("➕ 加一题")
    who.presses(kind)
    who.sends(words)
    if options:
        who.sends(options)


def sends(who: Neighbour, *, named: bool = False) -> None:
    if named:
        who.presses("✅ 不记名")
    who.presses("📤 发出去")
    assert who.toasts() == ["好的,到时间就发"]


def asked(town: Town, who: Neighbour) -> None:
    town.wait("PT1M")
    if not who.has("道题,点点就行"):
        town.wait(MORNING)
    assert who.has("道题,点点就行"), who.transcript()


def composes_four(qian: Neighbour) -> None:
    """Compose four questions in no straight order; who is satisfied skips one."""
    composes(qian)
    adds(qian, "🔘 单选", "保洁怎么样?", "满意\n一般\n不满意")
    qian.sees("1. 保洁怎么样?", "单选")
    adds(qian, "☑️ 多选", "哪里脏?", "楼道\n车棚\n垃圾房")
    adds(qian, "⭐ 打分", "给物业打几颗星?")
    adds(qian, "✍️ 写话", "还想说什么?")
    qian.presses("✏️ 改题目")
    qian.sees("1/4 保洁怎么样?", "满意 · 一般 · 不满意")
    qian.presses("↪️ 跳题")
    qian.presses("满意")
    qian.presses("第 3 题")
    qian.sees("选“满意” → 第 3 题")
    qian.presses("◀ 返回")
    qian.presses("🏷 改名字")
    qian.sends("楼道保洁")
    qian.sees("楼道保洁", "发给 全体")
    sends(qian, named=True)


def test_a_survey_is_composed_in_any_order_and_answered_question_by_question(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes_four(qian)
    asked(town, li)

    li.presses("开始")
    first = li.sees("楼道保洁 · 1/4", "保洁怎么样?")
    li.presses("不满意")
    assert li.sees("2/4", "哪里脏?")["message_id"] == first["message_id"]
    li.presses("⬜ 楼道")
    li.presses("⬜ 车棚")
    li.presses("✅ 车棚")
    li.presses("◀ 上一题")
    assert "✅ 不满意" in labels(li.sees("1/4"))
    li.presses("满意")
    li.sees("3/4", "给物业打几颗星?")  # branched over what is dirty
    town.restart_bot()
    li.sends("4")  # typed
    li.sees("4/4", "还想说什么?")
    li.sends("电梯老是坏,请修一修")
    li.sees("谢谢您", "还可以改")

    li.presses("✏️ 改答案")
    assert "✅ 满意" in labels(li.sees("1/4"))
    li.presses("一般")
    assert "✅ 楼道" in labels(li.sees("2/4"))
    li.presses("下一题 ▶")
    li.presses("⭐ 5")
    li.sees("4/4", "记下了")
    li.presses("下一题 ▶")
    li.sees("谢谢您")

    qian.sends("/survey")
    qian.presses("🗳 楼道保洁")
    qian.sees("进行中", "1 人答了")
    qian.presses("💬 看结果")
    text = qian.sees("楼道保洁")["text"]
    assert "1 人 一般" in text
    assert "1 人 楼道" in text
    assert "电梯老是坏" in text
    assert "%" not in text


def answers_first(town: Town, who: Neighbour, option: str) -> None:
    asked(town, who)
    who.presses("开始")
    who.presses(option)
    who.sees("谢谢您")


def one_question(qian: Neighbour, *, named: bool = False) -> None:
    composes(qian, "一道题")
    adds(qian, "👍 是/一半/不是", "灯亮吗?")
    sends(qian, named=named)


def ends(qian: Neighbour) -> None:
    qian.sends("/survey")
    qian.presses("🗳 一道题")
    qian.presses("⏹ 提前结束")
    qian.sees("现在就结束")
    qian.presses("⏹ 现在结束")
    assert qian.toasts() == ["结束了"]


def residents(town: Town, n: int) -> list[Neighbour]:
    names = ("李阿姨", "小李", "张调度", "陈志愿", "赵督办")
    return list(town.people(*names[:n]))


def test_results_of_nobody_of_four_and_of_five(town: Town) -> None:
    (qian,) = town.people(ORGANIZER)
    for n in (0, 4, 5):
        town.begin()
        (qian,) = town.people(ORGANIZER)
        people = residents(town, n)
        one_question(qian)
        for at, one in enumerate(people):
            answers_first(town, one, "👍 是" if at else "👎 不是")
        qian.sends("/survey")
        qian.presses("🗳 一道题")
        qian.presses("💬 看结果")
        qian.sees("结束以后才看得到")
        ends(qian)
        qian.presses("💬 看结果")
        if n < 5:
            qian.sees(f"还差 {5 - n} 份")
            qian.presses("📋 看进度")
            qian.presses("📊 图")
            qian.sees(f"还差 {5 - n} 份")
            continue
        qian.sees("80% 👍 是", "20% 👎 不是")
        qian.presses("📋 看进度")
        qian.presses("📢 告诉大家")
        town.wait("P1DT10H")  # on the day of the invitation nothing else rings
        digest = people[0].has("社区通知 1 条")[-1]
        people[0].presses("📊 一道题", digest)
        assert people[0].has("一道题:结果出来了", "5 人答了", "80% 👍 是")


def test_it_ends_while_somebody_is_answering(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    one_question(qian)
    asked(town, li)
    li.presses("开始")
    question = li.sees("灯亮吗?")
    qian.sends("/survey")
    qian.presses("🗳 一道题")
    qian.presses("⏹ 提前结束")
    with town.all_at_once():
        qian.push("⏹ 现在结束")
        li.push("👍 是", question)
    assert li.toasts() == ["这份问卷已经结束了"]
    li.sees("已经结束了")
    assert not li.has("灯亮吗?")


def test_the_silent_alone_are_reminded_and_once_a_day(town: Town) -> None:
    qian, li, zhou, liu = town.people(ORGANIZER, "李阿姨", "张调度", "刘志愿")
    one_question(qian)
    answers_first(town, li, "👍 是")
    zhou.presses("不参加")
    zhou.sees("不再问您")
    town.block(liu)
    town.wait("PT49H")
    town.wait("PT17H")
    (xiaoli,) = town.people("小李")
    assert len(town.sent_to(xiaoli, "还没听到您的想法")) == 1
    for one in (li, zhou, liu):
        assert not town.sent_to(one, "还没听到您的想法")
    zhou.presses("还是答一答")
    zhou.presses("👍 是")
    zhou.sees("谢谢您")


def test_what_is_no_answer_is_asked_again_and_a_long_one_is_kept(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "写一写")
    adds(qian, "🔢 数字", "家里几口人?")
    adds(qian, "✍️ 写话", "还想说什么?")
    sends(qian)
    asked(town, li)
    li.presses("开始")
    li.sends("好多人")
    li.sees("请打一个数字")
    li.sends(sticker="👍")
    assert li.has("家里几口人?")
    li.sends("9" * 12)
    li.sees("请打一个数字")
    li.sends("三口人")
    li.sees("2/2", "还想说什么?")
    li.sends("说" * 4096)  # all that one message holds
    li.sees("谢谢您")


def test_after_a_restart_nameless_words_are_kept_and_the_card_goes_on(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "写一写")
    adds(qian, "✍️ 写话", "还想说什么?")
    adds(qian, "👍 是/一半/不是", "灯亮吗?")
    sends(qian)
    asked(town, li)
    li.presses("开始")
    town.restart_bot()
    li.sends("多种点花")
    li.sees("记下了", "请点上面")
    li.presses("跳过 ▶")
    li.sees("灯亮吗?")
    li.sends("1")
    li.sees("谢谢您")


def test_who_is_not_satisfied_with_a_case_may_have_it_done_again(town: Town) -> None:
    who = plot.cast(town)
    (qian,) = town.people(ORGANIZER)
    town.wait("P11D")
    number = plot.resolved(who)
    who.li.presses("👍 好了")
    town.wait("P4D")
    qian.sends("/survey")
    qian.presses("➕ 新问卷")
    qian.presses("🔁 上月回访")
    qian.sees("上个月的事办得好吗", "上月有事办完的人")
    sends(qian)
    town.wait("PT20H")
    assert re.search("上个月的事办得好吗", who.li.transcript()), who.li.transcript()
    who.li.presses("开始")
    who.li.presses("👎 不是")
    who.li.presses("🙁 不满意")
    who.li.presses("跳过 ▶")
    who.li.sees(f"对不起,{number}")
    qian.sends("/survey")
    for label in ("🗳 上个月的事办得…", "⏹ 提前结束", "⏹ 现在结束"):
        qian.presses(label)
    who.li.sees("已经结束", f"对不起,{number}")  # and still it can be done again
    who.li.presses(f"🔁 {number} 再办")
    town.wait("PT12H")
    assert who.zhao.has(number, "申请再办")
