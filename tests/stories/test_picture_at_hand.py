"""A picture from whoever has a task, sent without pressing anything first: that it is done?"""

from tests.support import plot
from tests.support.town import Town, labels

ASKED = "是哪一件办好了?"


def test_a_picture_without_arriving_first_finishes_the_task(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.sends(photo="lit")
    asked = who.liu.sees("照片1张", ASKED)
    assert labels(asked) == [f"🔧 {number} 公共照明", "🆕 是新的事", "❌ 不报了"]
    who.liu.presses(f"🔧 {number} 公共照明")
    who.liu.sees("照片1张", number, "做了什么?")
    who.liu.sends("换了灯泡")
    who.liu.sees(number, "弄好了吗?", "换了灯泡", "照片1张")
    who.liu.presses("✅ 好了")
    who.li.sees(f"{number} 办完了", "刘志愿:换了灯泡", "办完后的照片1张")
    town.wait("PT15M")
    assert not who.liu.has("收到了,编号"), "nothing was reported by itself"


def test_a_new_thing_is_one_tap_more(town: Town) -> None:
    who = plot.cast(town)
    plot.taken(who)
    who.liu.sends(photo="rubbish")
    who.liu.presses("🆕 是新的事")
    who.liu.sees("照片1张", "是哪一类?")


def test_what_was_done_is_said_with_the_picture_and_waits_for_a_tap(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.sends(photo="lit", caption="灯泡换好了")
    who.liu.sees("灯泡换好了", ASKED)
    town.wait("PT15M")
    assert not who.liu.has("收到了,编号"), "nobody said that it is new"
    who.liu.presses(f"🔧 {number} 公共照明")
    who.liu.sees(number, "弄好了吗?", "灯泡换好了", "照片1张")


def test_another_category_or_place_is_a_report_at_once(town: Town) -> None:
    who = plot.cast(town)
    plot.taken(who)
    who.liu.sends(photo="rubbish", caption="垃圾桶满了")
    who.liu.sees("对就提交", "环境卫生")


def test_the_typed_word_finishes_as_the_button_does(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.sends("修好了")
    who.liu.sees(number, "弄好后发一张照片")


def test_who_has_no_task_is_asked_nothing_new(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(photo="light")
    li.sees("照片1张", "是哪一类?")
