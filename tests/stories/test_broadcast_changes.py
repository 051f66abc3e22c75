"""What happens to a notice on its way: put right, taken back, agreed on, held, stopped, resumed."""

import pytest

from tests.stories.test_broadcast import WORDS, everybody, go, write
from tests.support.town import Neighbour, Town, labels, picture

NIGHT = "PT13H"  # from ten past nine in the morning


@pytest.fixture
def qian(town: Town) -> Neighbour:
    return town.person("钱组织")


def send(town: Town, who: Neighbour, words: str = WORDS) -> None:
    write(who, words)
    everybody(who)
    who.presses("✅ 现在发")
    go(town)


def test_a_correction_changes_what_everybody_got_and_does_not_ring(
    town: Town, qian: Neighbour
) -> None:
    li = town.person("李阿姨")
    send(town, qian)
    (before,) = li.has("9点到11点")
    qian.presses("✏️ 更正")
    qian.sees("更正后的文字")
    qian.sends("改到后天上午9点停水,请提前接水。")
    qian.sees("就改成这样吗")
    qian.presses("✅ 就这样改")
    go(town)
    (after,) = li.has("改到后天上午9点", "已更正 今天09:10")
    assert after["message_id"] == before["message_id"]
    assert not li.has("9点到11点")
    assert len(town.sent_to(li, "停水")) == 1
    late = town.newcomer("后来的", language="zh")
    late.sends("📢 社区动态")
    late.presses(next(one for one in labels(late.shown()[-1]) if "改到后天" in one))
    late.sees("改到后天上午9点", "已更正")


def test_a_recall_takes_it_away_and_later_says_so(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    send(town, qian)
    qian.presses("↩️ 撤回")
    qian.presses("◀ 返回")
    qian.presses("↩️ 撤回")
    qian.presses("↩️ 撤回这条")
    go(town)
    assert not li.has("停水检修")
    assert not li.shown(), li.transcript()
    li.sends("📢 社区动态")
    assert not any("明天上午9" in one for one in labels(li.sees("这一周")))
    assert qian.has("撤回了", "送达")


def test_too_late_to_be_deleted_it_says_that_it_was_taken_back(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    send(town, qian)
    town.wait("P3D")
    qian.presses("↩️ 撤回")
    qian.presses("↩️ 撤回这条")
    go(town)
    assert li.has("这条通知已经撤回了")
    assert not li.has("停水检修")


def test_at_ten_past_ten_at_night_it_waits_or_a_second_person_agrees(
    town: Town, qian: Neighbour
) -> None:
    li, wu = town.people("李阿姨", "周管理")
    town.wait(NIGHT)
    write(qian, "燃气泄漏,请马上开窗。")
    everybody(qian)
    asked = qian.sees("现在 今天22:10,大家在休息")
    assert "✅ 现在发" not in labels(asked)
    qian.presses("🚨 紧急,马上发")
    qian.sees("等另一位组织者点头")
    assert not li.has("燃气泄漏")
    wu.sees("燃气泄漏")
    request = wu.has("想把上面的通知发给", "休息时间也会响")[-1]
    wu.presses("✅ 同意发送", request)
    go(town)
    assert li.has("燃气泄漏")
    again = next(one for one in wu.shown() if one["message_id"] == request["message_id"])
    assert "🚫 不同意" not in labels(again), "it is too late"


def test_at_night_a_usual_notice_goes_in_the_morning(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    town.wait(NIGHT)
    write(qian)
    everybody(qian)
    qian.presses("🌅 早上08:00")
    qian.sees("明天", "08:00发")
    town.wait("PT9H45M")
    assert not li.has("停水检修")
    town.wait("PT10M")
    assert li.has("停水检修")


def test_who_wrote_it_cannot_agree_and_a_refusal_ends_it(town: Town, qian: Neighbour) -> None:
    li, wu = town.people("李阿姨", "周管理")
    town.wait(NIGHT)
    write(qian)
    everybody(qian)
    qian.presses("🚨 紧急,马上发")
    wu.presses("🚫 不同意")
    qian.sees("没有同意,没有发")
    town.wait("PT12H")
    assert not li.has("停水检修")


def test_the_report_tells_who_did_not_get_it(town: Town, qian: Neighbour) -> None:
    li, zhou, emma = town.people("李阿姨", "老周", "Emma")
    for one in (li, zhou, emma):
        one.sends("/start")
    town.block(li)
    send(town, qian)
    report = qian.has("发完了")[-1]
    (missed,) = [one for one in labels(report) if one.startswith("📞")]
    qian.presses(missed, report)
    qian.sees("没收到的", "李阿姨", "3号楼2单元", "早就停用")
    assert zhou.has("停水检修")


def test_pictures_and_receipts(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    qian.sends("/notice")
    qian.sends(photos=[picture(1), picture(2)], caption="百家宴,周六见!")
    town.wait("PT2S")
    assert len(qian.has("发给谁?")) == 1, "an album is asked about once"
    qian.sends(sticker="👍")
    qian.sees("通知可以是文字、照片")
    everybody(qian)
    assert not [one for one in qian.has("百家宴") if "✅ 收到" in labels(one)]
    qian.presses("📬 要“收到”⬜")
    assert [one for one in qian.news() if "✅ 收到" in labels(one)], "it is seen before it is sent"
    qian.presses("✅ 现在发")
    go(town)
    notice = li.has("百家宴")[-1]
    li.presses("✅ 收到", notice)
    assert li.toasts() == ["谢谢,知道您看到了"]
    li.presses("✅ 收到", notice)
    assert li.toasts() == ["您已经点过了,谢谢"]
    qian.presses("📊 几人收到")
    qian.sees("发完了", "1 人点了“收到”")


def test_a_long_text_is_refused_and_what_was_there_stays(qian: Neighbour) -> None:
    qian.sends("/notice")
    qian.sends("长" * 3000)
    qian.sees("发给谁?")
    qian.sends("长" * 3000)
    assert qian.has("太长")
    everybody(qian)
    assert qian.has("什么时候发")


def test_killed_in_the_middle_nobody_gets_it_twice(town: Town, qian: Neighbour) -> None:
    several = [town.newcomer(f"邻居{n}") for n in range(6)]
    for one in several:
        one.sends("/start")
    write(qian)
    everybody(qian)
    qian.push("✅ 现在发")
    town.kill_bot()
    town.start_bot()
    go(town)
    for one in several:
        assert len(town.sent_to(one, "停水检修")) == 1
    assert qian.has("发完了")


def test_twice_pressed_it_is_sent_once(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    write(qian)
    everybody(qian)
    asked = qian.with_button("✅ 现在发")
    with town.all_at_once():
        qian.push("✅ 现在发", asked)
        qian.push("✅ 现在发", asked)
    go(town)
    assert len(town.sent_to(li, "停水检修")) == 1


def test_the_third_of_a_week_comes_in_the_digest_and_can_be_read(
    town: Town, qian: Neighbour
) -> None:
    li = town.person("李阿姨")
    send(town, qian, "第一条:停水")
    town.wait("P1D")
    send(town, qian, "第二条:停电")
    town.wait("P1D")
    send(town, qian, "第三条:修路")
    assert li.has("第一条")
    assert li.has("第二条")
    assert not li.has("第三条:修路")
    assert qian.has("在每日汇总里")
    town.wait("PT9H")
    digest = li.has("社区通知 1 条")[-1]
    li.presses(labels(digest)[0], digest)
    li.sees("第三条:修路")
    town.wait("P1D")
    assert len(li.has("社区通知 1 条")) == 1


def test_who_wants_less_gets_it_once_a_day(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    send(town, qian, "第一条:停水")
    li.presses("🔕 少发这类", li.has("第一条")[-1])
    assert "合成每天一次" in li.toasts()[0]
    town.wait("P8D")
    send(town, qian, "第二条:停电")
    assert not li.has("第二条:停电")
    town.wait("PT10H")
    assert li.has("社区通知 1 条")


def test_a_page_to_hang_up(town: Town, qian: Neighbour) -> None:
    send(town, qian)
    qian.presses("🖨 张贴版")
    qian.sees("张贴版,打印出来")
