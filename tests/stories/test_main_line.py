"""From a broken light to a thank-you: what each person sees on the way."""

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Town, labels


def test_a_broken_light_is_reported_and_dispatched(town: Town) -> None:
    li, desk, zhou = town.people("李阿姨", "张调度", "老周")
    pool = town.people("刘志愿", "陈志愿", "王师傅")

    (sent,) = li.sends(photo="light", caption="3楼灯不亮了")
    draft = li.sees("请您看一眼,对就提交", "💡 公共照明", "📍 3号楼2单元", "照片1张", "3楼灯不亮了")
    assert labels(draft) == ["✅ 对,提交", "✏️ 改类别", "📍 改地方", "➕ 再加照片", "❌ 不报了"]
    (mine,) = [one for one in li.chat()["messages"] if one["message_id"] == sent]
    assert mine["reactions"] == ["👀"]
    desk.sees_nothing()

    li.presses("✅ 对,提交")
    filed = li.sees("收到了,编号", "公共照明 · 3号楼2单元", "今天11:10 前有人接手")
    number = number_in(filed["text"])
    assert filed["message_id"] == draft["message_id"], "the draft became the case's card"
    assert li.toasts() == [f"提交了,编号 {number}"]
    desk.sees(number, "公共照明 · 3号楼2单元", "今天09:10报的", "🆕 待派单", "今天11:10 前要有人接")
    assert desk.sees(f"{number} 的照片")["media"][0]["type"] == "photo"
    pool[0].sees_nothing()

    desk.presses("🙋 放给志愿者")
    assert desk.toasts() == ["放给志愿者了"]
    desk.sees(number, "🙋 待接单", "今天09:40 前要有人接")
    for volunteer in pool:
        offer = volunteer.sees("有件小事,您方便吗?", number, "公共照明 · 3号楼2单元", "今天09:40")
        assert labels(offer) == ["🙋 我去", "今天不方便"]
    zhou.sees_nothing()
    li.sees(f"{number} 正在找人", "今天09:40 前有人接手")


def test_what_was_offered_is_taken_done_and_confirmed(town: Town) -> None:
    chen = town.person("陈志愿")
    who = plot.cast(town)
    li, desk, liu = who.li, who.desk, who.liu
    number = plot.offered(who)

    liu.presses("🙋 我去")
    assert liu.toasts() == ["交给您了,谢谢!"]
    liu.sees(f"您接了 {number}", "明天(周三)09:10 前要办好")
    chen.sees(number, "刚被别的邻居接走了,谢谢您!")
    assert [one for one in chen.news() if labels(one)] == []
    rings = [one for one in li.news() if not one["edited"]]
    assert len(rings) == 1, li.transcript()
    li.sees(f"🔧 {number} 有人接了", "刘志愿,大约 明天(周三)09:10 前办好")

    liu.presses("📍 我到了")
    assert liu.toasts() == ["到场了,记下了"]
    liu.sees(number, "弄好后发一张照片")
    liu.sends(photo="light")
    liu.sees("照片1张", number, "做了什么?")
    liu.presses("🔧 修好了")
    liu.sees(f"{number} 弄好了吗?", "修好了", "照片1张")
    li.sees_nothing()
    liu.presses("✅ 好了")
    liu.sees(number, "辛苦了!等居民看看")

    result = li.sees(f"{number} 办完了", "刘志愿:修好了", "办完后的照片1张", "修好了吗?")
    assert labels(result) == ["👍 好了", "👎 还没好"]
    assert li.sees(f"{number} 办完后的照片")["media"]
    desk.sees(number, "📷 待回访 · 刘志愿")

    li.presses("👍 好了")
    assert li.toasts() == ["谢谢您!"]
    li.sees(f"谢谢您!{number} 办好了", "刘志愿经办")
    liu.sees(f"{number} 居民说好了,辛苦了!")
    desk.sees(number, "✅ 办结 · 刘志愿")
    li.sends("📋 我的事")
    li.sees(number, "✅ 办好了")


def test_the_main_line_speaks_english_to_emma(town: Town) -> None:
    emma, desk, liu = town.people("Emma", "张调度", "刘志愿")

    emma.sends(photo="leak", caption="There is water on the stairs")
    asked = emma.sees("11号楼1单元", "What kind is it?")
    assert "💧 Water and power" in labels(asked)
    emma.presses("💧 Water and power")
    number = number_in(emma.sees("Got it. Number", "Water and power · 11号楼1单元")["text"])
    emma.sees(f"Number {number}", "Someone will take it by today 11:10")

    desk.presses("🙋 放给志愿者")
    emma.sees(f"{number}: looking for someone")
    liu.presses("🙋 我去")
    emma.sees(f"Somebody has {number}", "刘志愿, by about")
    plot.finish(liu)
    emma.sees(f"{number} is finished", "Photos after the work: 1", "Is it fixed?")
    emma.presses("👍 All good")
    assert emma.toasts() == ["Thank you!"]
    emma.sees(f"{number}", "Thank you")
    desk.sees(number, "✅ 办结 · 刘志愿")


def test_whoever_is_known_reports_with_one_message_and_one_press(town: Town) -> None:
    li = town.person("李阿姨")
    before = len(li.shown())

    li.sends("3楼灯不亮了")
    li.presses("✅ 对,提交")

    li.sees("收到了,编号")
    assert len(li.shown()) - before <= 2


def test_without_a_picture_and_without_typing_four_taps_report_something(town: Town) -> None:
    zhao, desk = town.people("新来的小赵", "张调度")

    zhao.sends("/start")
    zhao.presses("📝 报问题")
    tiles = labels(zhao.sees("请把事情发给我", "点一类"))
    assert tiles[:2] == ["💡 公共照明", "💧 水电气暖"]
    assert len(tiles) == 8, "six categories, the others, and whom to call"
    zhao.presses("💡 公共照明")
    zhao.sees("公共照明", "在哪儿?")
    zhao.presses("3号楼")
    zhao.sees("3号楼,几单元?")
    zhao.presses("2单元")

    number = number_in(zhao.sees("收到了,编号", "公共照明 · 3号楼2单元")["text"])
    desk.sees(number, "公共照明 · 3号楼2单元", "待派单")


def test_what_is_spoken_needs_four_taps(town: Town) -> None:
    zhao = town.person("新来的小赵")

    zhao.sends("📝 报问题")
    zhao.sends(voice="voice")
    zhao.sees("语音1段", "在哪儿?")
    zhao.presses("3号楼")
    zhao.sees("3号楼,几单元?")
    zhao.presses("2单元")
    zhao.sees("3号楼2单元", "是哪一类?")
    zhao.presses("💡 公共照明")

    zhao.sees("收到了,编号", "公共照明 · 3号楼2单元")


def test_each_card_of_a_case_names_its_number_and_who_or_how_or_when(town: Town) -> None:
    who = plot.cast(town)
    number = plot.contested(who)
    who.zhao.presses("🔁 再办一次")
    who.zhao.presses("🙋 放给志愿者")

    about = [one["text"] for one in who.li.shown() if "公共照明" in one["text"]]
    assert len(about) >= 3
    for text in about:
        named = ("刘志愿" in text, " 前" in text, any(icon in text for icon in "🔧🙋📷🔁✅✍"))
        assert number in text, text
        assert sum(named) >= 2, text
