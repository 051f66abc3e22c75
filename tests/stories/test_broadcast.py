"""A notice to many: from the first word to the report, and everything that changes on the way."""

import pytest

from tests.support.town import Neighbour, Town, labels

WORDS = "明天上午9点到11点停水检修,请提前接水。"


def write(who: Neighbour, words: str = WORDS) -> None:
    """Let an organizer begin a notice."""
    who.sends("/notice")
    who.sees("要通知什么")
    who.sends(words)
    who.sees("发给谁?")


def everybody(who: Neighbour) -> None:
    """Choose everybody."""
    asking = who.has("发给谁?")[-1]
    (label,) = [one for one in labels(asking) if one.startswith("👥 全体")]
    who.presses(label)


def go(town: Town) -> None:
    """Let the clock come by until it is sent."""
    town.wait("PT10S")


@pytest.fixture
def qian(town: Town) -> Neighbour:
    return town.person("钱组织")


def test_from_the_first_word_to_the_report(town: Town, qian: Neighbour) -> None:
    li, new = town.person("李阿姨"), town.newcomer("阿明")
    new.sends("/start")
    write(qian, "<b>停水</b> & 请接水")
    everybody(qian)
    qian.sees("幸福里社区", "<b>停水</b> & 请接水")  # exactly as it will be seen
    asked = qian.sees("全体:", "人能收到", "什么时候发")
    assert labels(asked)[0] == "✅ 现在发"
    assert not li.has("请接水")
    qian.presses("✅ 现在发")
    go(town)
    for one in (li, new):
        (notice,) = one.has("幸福里社区", "请接水")
        assert labels(notice) == ["🔕 少发这类"]
    report = qian.has("发完了", "送达")[-1]
    assert "✏️ 更正" in labels(report)
    assert len(li.has("请接水")) == 1


def test_only_one_building_gets_it_and_the_rest_sees_nothing(town: Town, qian: Neighbour) -> None:
    li, emma = town.people("李阿姨", "Emma")
    write(qian)
    qian.presses("🏢 按楼栋")
    qian.presses("⬜ 3号楼")
    qian.sees("已选 1")
    qian.presses("✅ 选好了")
    qian.sees("3号楼:", "人能收到")
    qian.presses("✅ 现在发")
    go(town)
    assert li.has("请提前接水")
    assert not emma.has("请提前接水")
    late = town.newcomer("后来搬来的", language="zh")
    late.sends("📢 社区动态")
    assert not any("明天上午9" in one for one in labels(late.shown()[-1]))


def test_minds_are_changed_at_each_step(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    write(qian, "写错了")
    qian.presses("🗑 重新写")
    qian.sees("要通知什么")
    qian.sends("明天上午检修,请提前接水。")
    qian.presses("🙋 按身份")
    qian.presses("◀ 返回")
    qian.presses("🏢 按楼栋")
    with_tiles = qian.sees("发给哪几栋")
    qian.presses(labels(with_tiles)[-1])
    qian.presses("👀 只发给我看看")
    assert qian.toasts() == ["发给您了,只有您看得到"]
    everybody(qian)
    qian.sends("另外,电梯也停。")  # joins it, and it is asked again
    everybody(qian)
    qian.sees("请提前接水", "另外,电梯也停")
    qian.presses("🔕 静音⬜")
    qian.sees("什么时候发")
    qian.presses("🕐 选时间、定期")
    qian.sends("不知道")
    qian.sees("什么时候发", "打字告诉我")
    qian.sends("明天上午10点")
    qian.sees("明天", "10:00发")
    assert not li.has("请提前接水")
    qian.presses("✖️ 不发了")
    qian.sees("取消了")
    town.wait("P2D")
    assert not li.has("请提前接水")


def test_who_goes_to_report_in_the_middle_reports_and_the_notice_waits(qian: Neighbour) -> None:
    write(qian)
    qian.sends("📝 报问题")
    qian.sends("3号楼2单元楼道灯不亮了")
    qian.presses("✅ 对,提交")
    qian.sees("收到了,编号")
    qian.sends("/notice")
    everybody(qian)
    (seen,) = qian.has("幸福里社区", "请提前接水")
    assert "楼道灯" not in seen["text"]


def test_of_words_that_come_in_two_pieces_the_second_alone_is_no_notice(
    town: Town, qian: Neighbour
) -> None:
    qian.sends("/notice")
    with town.all_at_once():  # as a phone sends what is longer than a message may be
        qian.hand_in(text="长" * 4096)
        qian.hand_in(text="尾巴" * 100)
    qian.sees("3500 字以内")
    assert not qian.has("发给谁?")
    town.wait("PT10S")
    qian.sends("短一点")
    qian.sees("短一点", "发给谁?")


def test_what_is_edited_and_added_is_seen_before_an_old_button_sends_it(
    town: Town, qian: Neighbour
) -> None:
    li = town.person("李阿姨")
    qian.sends("/notice")
    (written,) = qian.sends("明天停水到5点")
    everybody(qian)
    old = qian.with_button("✅ 现在发")
    with town.acting():
        town.sandbox.post("/sim/edit", from_=qian.id, message_id=written, text="明天停水到6点")
    qian.sees("明天停水到6点", "发给谁?")
    qian.presses("✅ 现在发", old)
    assert qian.toasts() == ["这条更新过了,给您看最新的"]
    go(town)
    assert not li.has("停水到")
    everybody(qian)
    qian.sees("幸福里社区", "明天停水到6点")
    qian.presses("✅ 现在发")
    go(town)
    assert li.has("明天停水到6点")


def test_nothing_is_sent_when_it_is_left_off(qian: Neighbour) -> None:
    write(qian)
    qian.presses("✖ 先不弄了")
    qian.sees("好的,没有发")
    qian.sends("楼道灯坏了")
    assert not qian.has("发给谁?", "楼道灯坏了")


def test_who_is_no_organizer_sends_nothing(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("/notice")
    li.sees("发通知是组织者的事")
