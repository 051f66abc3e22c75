"""One question to the resident: asked at the desk or by whoever does it, answered or not."""

import pytest

from tests.support import plot
from tests.support.town import Neighbour, Town, labels


def _asked(who: plot.Cast) -> str:
    """Let the desk ask with a ready question; return the number."""
    number = plot.report(who.li)
    who.desk.presses("❓ 问居民")
    who.desk.sees(f"{number} 问一句什么?")
    who.desk.presses("什么灯")
    who.desk.sees("这样问居民,行吗?", "是声控灯还是常亮灯?", "选项:声控 / 常亮 / 说不清")
    who.li.sees_nothing()
    who.desk.presses("✅ 发给居民")
    return number


def test_a_question_rings_and_is_answered_with_one_tap(town: Town) -> None:
    who = plot.cast(town)
    number = _asked(who)

    assert who.desk.toasts() == ["问出去了"]
    who.desk.sees(number, "❓ 待补充", "问的是:是声控灯还是常亮灯?")
    (rung,) = [one for one in who.li.news() if not one["edited"]]
    assert f"{number} 想请您补一句" in rung["text"]
    assert labels(rung)[:3] == ["声控", "常亮", "说不清"]

    who.li.presses("常亮", rung)
    assert who.li.toasts() == ["记下了,谢谢您!"]
    noted = who.li.sees(f"{number} 记下了", "等人接手")
    assert noted["message_id"] == rung["message_id"]
    assert labels(noted) == [], "the case has one card with buttons"
    who.li.sees(f"收到了,编号 {number}")
    who.desk.sees(f"{number} 居民回话了", "问:是声控灯还是常亮灯?", "答:常亮")
    who.desk.sees(number, "🆕 待派单")


def test_an_answer_may_be_a_number_words_a_picture_or_a_voice(town: Town) -> None:
    who = plot.cast(town)
    first = _asked(who)
    who.li.sends("2")
    who.desk.sees(f"{first} 居民回话了", "答:常亮")

    who.desk.presses("❓ 问居民")
    who.desk.sends("灯在几楼?")
    who.desk.presses("✅ 发给居民")
    who.li.sends("三楼半,拐角那个")
    who.li.sees(f"{first} 记下了", "等人接手")
    who.desk.sees("问:灯在几楼?", "答:三楼半,拐角那个")

    for content, shown in (({"photo": "light"}, "照片1张"), ({"voice": "voice"}, "语音1段")):
        who.desk.presses("❓ 问居民")
        who.desk.sends("拍一张给我看看?")
        who.desk.presses("✅ 发给居民")
        who.li.sends(**content)
        who.desk.sees(f"{first} 居民回话了", shown)
    assert not who.li.has("请您看一眼"), "no answer became a report"

    who.li.sends("还有,楼下的门也坏了")
    who.li.sees("楼下的门也坏了")


@pytest.mark.parametrize("said", ["好的", "可以", "对", "👍", "没事了"])
def test_a_polite_word_answers_the_question(town: Town, said: str) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("❓ 问居民")
    who.desk.sends("周六上午上门,行吗?")
    who.desk.presses("✅ 发给居民")
    who.li.sends("谢谢")
    who.desk.sees_nothing()
    who.li.sends(said)
    who.desk.sees(f"{number} 居民回话了", f"答:{said}")
    who.li.sends(said)
    who.desk.sees_nothing()


def test_typed_answers_stand_behind_slashes(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li)
    who.desk.presses("❓ 问居民")
    who.desk.sends("整层都不亮吗?/是/不是/没注意")
    who.desk.sees("整层都不亮吗?", "选项:是 / 不是 / 没注意")
    who.desk.presses("✅ 发给居民")
    assert labels(who.li.sees("整层都不亮吗?"))[:3] == ["是", "不是", "没注意"]


def test_too_long_a_question_is_not_taken_and_may_be_worded_again(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li)
    who.desk.presses("❓ 问居民")
    who.desk.sends("啊" * 4000)
    who.desk.sees("120 字以内")
    who.desk.sends(sticker="sticker")
    who.desk.sends("是哪盏?")
    who.desk.presses("✏️ 改一改")
    who.desk.sends("是哪盏灯?")
    who.li.sees_nothing()
    who.desk.presses("✅ 发给居民")
    who.li.sees("是哪盏灯?")


def test_a_question_without_an_answer_lapses_after_five_days(town: Town) -> None:
    who = plot.cast(town)
    number = _asked(who)
    town.wait("P4DT23H")
    assert not who.desk.has("居民一直没回话")
    town.wait("PT2H")
    who.desk.sees(f"{number} 居民一直没回话", "是声控灯还是常亮灯?")
    who.li.sees(f"收到了,编号 {number}")

    who.li.sends("8楼窗户漏风")
    who.li.sees("8楼窗户漏风")
    assert not who.desk.has("居民回话了"), "the answer came too late and is a report"


def test_whoever_does_it_may_ask_too_and_goes_on_with_it(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("❓ 问居民")
    who.liu.presses("什么灯")
    who.liu.presses("✅ 发给居民")
    who.li.presses("声控")
    who.liu.sees(f"{number} 居民回话了", "答:声控")
    who.liu.sees(f"您接了 {number}")
    assert not who.desk.has("居民回话了"), "the asker is told"


def _asks(worker: Neighbour) -> None:
    """Let whoever has the case put the ready question to the resident."""
    worker.presses("❓ 问居民")
    worker.presses("什么灯")
    worker.presses("✅ 发给居民")


def test_the_clock_stands_until_the_resident_has_answered(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("🕐 说个时间")
    who.liu.sees("什么时候")
    who.liu.presses("今天11:00")
    _asks(who.liu)
    town.wait("P3D")
    who.li.presses("声控")

    card = who.liu.sees(f"您接了 {number}", "⏱ 明天(周六)09:10 前要办好")
    assert "说好" not in card["text"], "that time passed while the resident was asked"
    who.li.sees(number, "刘志愿", "明天(周六)09:10 前")
    for one in (who.li, who.liu, who.desk):
        assert not [shown for shown in one.shown() if "没按时" in shown["text"]]
        assert not [shown for shown in one.shown() if "对不起" in shown["text"]]
        cards = [shown for shown in one.shown() if "早上好" not in shown["text"]]
        assert not [shown for shown in cards if "过期" in shown["text"]]

    town.wait("P1DT1H")
    who.liu.presses("🔍 看看")
    who.liu.sees(number, "过期"), "from then on it runs as ever"


def test_a_promise_is_kept_when_the_answer_comes_in_time(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("🕐 说个时间")
    who.liu.presses("今天14:00")
    _asks(who.liu)
    town.wait("PT1H")
    who.li.presses("声控")
    who.liu.sees(f"您接了 {number}", "说好 今天14:00 前")
    town.wait("PT4H")
    assert len(town.sent_to(who.li, "没按时办好")) == 1


def test_what_the_answer_puts_right_is_reckoned_without_the_question(town: Town) -> None:
    who = plot.cast(town)
    number = _asked(who)
    town.wait("P1D")
    who.li.presses("常亮")
    who.desk.presses("📄 看全部")
    who.desk.presses("✏️ 改类别地方")
    who.desk.presses("✏️ 改类别")
    who.desk.presses("💧 水电气暖")
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith("王师傅")]
    who.desk.presses(label)
    town.person("王师傅").sees(f"您接了 {number}", "⏱ 明天(周四)09:10 前要办好")


def test_a_question_survives_a_restart_and_an_old_button_answers_nothing(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("❓ 问居民")
    town.restart_bot()
    who.desk.presses("什么灯")
    town.restart_bot()
    who.desk.presses("✅ 发给居民")
    rung = who.li.sees(f"{number} 想请您补一句")
    town.restart_bot()
    who.li.sends("常亮的")
    who.desk.sees("答:常亮的")
    who.li.presses("声控", rung)
    assert who.li.toasts() == ["这条更新过了,给您看最新的"]
    assert not who.desk.has("答:声控")


def test_an_album_as_the_answer_is_one_answer(town: Town) -> None:
    who = plot.cast(town)
    number = _asked(who)
    who.li.sends(photos=["light", "leak"])
    who.desk.sees(number, "照片2张")
    assert len(who.desk.has("居民回话了")) == 1
    assert not who.li.has("请您看一眼")


def test_an_answer_at_once_is_a_result_like_any_other(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "前台几点上班,灯能不能领")
    who.desk.presses("💬 直接答复")
    who.desk.presses("办公时间")
    who.desk.sees("这样答复居民,行吗?", "8:00 到 20:00")
    who.li.sees_nothing()
    who.desk.presses("✅ 发给居民")
    who.li.sees(number, "8:00 到 20:00")
    who.desk.sees(number, "📷", "等居民看看")
    who.li.presses("👍 好了")
    who.li.sees(number, "谢谢您")


def test_declined_is_looked_at_once_more_and_not_twice(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "路口红绿灯不亮了")
    for again in (False, True):
        who.desk.presses("🚫 不归我们")
        who.desk.presses("市政")
        who.desk.presses("红绿灯122")
        who.desk.sees("这样发给居民,行吗?", "可以打 122")
        who.desk.presses("✅ 发给居民")
        rung = who.li.sees(f"{number} 不属于我们管", "可以打 122", "原因:这归市政部门管")
        assert ("🔍 再看看" in labels(rung)) is not again
        if not again:
            who.li.presses("🔍 再看看", rung)
            assert who.li.toasts() == ["好的,请人再看一次"]
            who.desk.sees(number, "🆕 待派单")

    who.li.presses("🤝 请社区帮我转")
    who.desk.sees(f"{number} 居民请社区帮忙转", "可以打 122")
    who.li.presses("🤝 请社区帮我转")
    assert who.li.toasts() == ["已经请社区帮您转了"]
    who.desk.sees_nothing()


def test_the_question_speaks_english_to_emma(town: Town) -> None:
    who = plot.cast(town)
    emma = town.person("Emma")
    emma.sends("The light does not work")
    emma.presses("💡 Lighting")
    number = plot.number_in(emma.sees("Got it. Number")["text"])
    who.desk.presses("❓ 问居民")
    who.desk.presses("什么灯")
    who.desk.presses("✅ 发给居民")
    rung = emma.sees(number, "Does it react to sound")
    assert labels(rung)[:3] == ["To sound", "Always on", "Not sure"]
    emma.presses("Always on", rung)
    assert emma.toasts() == ["Noted, thank you!"]
    who.desk.sees("答:Always on")
