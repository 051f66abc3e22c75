"""Meetings on which minds are changed: moved, called off or forgotten before anybody is invited."""

import pytest

from tests.stories.test_minutes_corrected import to_be_written
from tests.support.meeting_town import SECRETARY, presses_first
from tests.support.town import Neighbour, Town, labels


@pytest.fixture
def town(meeting_house: Town) -> Town:
    meeting_house.begin()
    return meeting_house


def opens(who: Neighbour, day: str) -> None:
    """Open the card of the meeting on a day of the month, from the list."""
    who.sends("/meetings")
    presses_first(who, f"📋 {day}日")


def proposes(who: Neighbour, words: str) -> None:
    """Propose something from the card of a meeting."""
    who.presses("💡 我也提一件")
    who.sends(words)
    who.sees("记下了")


def test_who_said_yes_early_hears_that_it_is_called_off(town: Town) -> None:
    """Nobody is invited yet to the talk of the 26th, but one has put it into their calendar."""
    li, qian = town.people("李阿姨", "钱组织")
    opens(li, "26")
    li.presses("✅ 参加")
    opens(qian, "26")
    presses_first(qian, "✖ 这次不开", "🌧 天气不好")
    letter = li.sees("民情恳谈会不开了", "天气不好")
    assert "📅 从日历里去掉" in labels(letter)


def test_who_said_yes_early_hears_that_it_is_moved(town: Town) -> None:
    li, qian = town.people("李阿姨", "钱组织")
    opens(li, "26")
    li.presses("✅ 参加")
    opens(qian, "26")
    presses_first(qian, "🕐 改时间", "五27", "19:00")
    li.sees("民情恳谈会改时间了", "原来是11月26日(周四)19:00", "11月27日(周五)19:00")


def test_who_said_yes_early_hears_when_the_series_has_that_day_no_more(town: Town) -> None:
    li, qian = town.people("李阿姨", "钱组织")
    opens(li, "26")
    li.presses("✅ 参加")
    qian.sends("/meetings")
    presses_first(qian, "🔁 会议系列", "📋 民情恳谈会", "🕐 改时间", "✍️")
    qian.sends("每周三晚上7点半")
    presses_first(qian, "1 小时", "往后顺延", "✅")
    li.sees("民情恳谈会不开了", "11月26日(周四)19:00", "时间另定了")


def test_a_topic_of_a_meeting_that_fell_away_comes_to_the_next(town: Town) -> None:
    zhou, qian = town.people("老周", "钱组织")
    opens(zhou, "27")
    proposes(zhou, "地库出口要装镜子")  # the coordination of Friday the 27th
    qian.sends("/meetings")
    presses_first(qian, "🔁 会议系列", "📋 问题协调会", "🕐 改时间", "✍️")
    qian.sends("每周一晚上7点")
    presses_first(qian, "1 小时", "往后顺延", "✅")
    town.wait("P5DT3H")  # Sunday, noon: the day before the first of them
    zhou.sees("上会了", "镜子")


def test_a_topic_is_answered_where_the_meeting_is_moved_to_an_earlier_day(town: Town) -> None:
    """The day before, at noon, was promised; that has gone by when the meeting is moved."""
    zhou, qian = town.people("老周", "钱组织")
    town.wait("P6DT1H")  # Monday the 23rd: they are invited
    opens(zhou, "26")
    proposes(zhou, "地库出口要装镜子")
    town.wait("PT5H")  # Monday, 15:10
    opens(qian, "26")
    presses_first(qian, "🕐 改时间", "二24", "19:00")
    zhou.sees("上会了", "镜子")


def test_the_secretary_may_still_decide_about_a_topic_of_a_meeting_that_is_off(town: Town) -> None:
    zhou, zhao, qian = town.people("老周", "赵督办", "钱组织")
    qian.sends("/meetings")
    presses_first(qian, "🔁 会议系列", "📋 民情恳谈会", "✍️ 换书记员")
    qian.sends("赵督办")
    town.wait("P6DT1H")
    opens(zhou, "26")
    proposes(zhou, "地库出口要装镜子")
    asked = zhao.has("有人提议题", "镜子")[-1]
    opens(qian, "26")
    presses_first(qian, "✖ 这次不开", "🌧 天气不好")
    zhao.presses("✅ 上会", asked)
    zhou.sees("上会", "镜子")


def test_a_topic_has_the_place_that_it_was_told(town: Town) -> None:
    """Proposed first, decided last: it stands where it was proposed."""
    zhou, li, wu = town.people("老周", "李阿姨", SECRETARY)
    for who, words in ((zhou, "地库出口要装镜子"), (li, "西门快递柜挡路")):
        opens(who, "19")
        proposes(who, words)
    wu.presses("✅ 上会", wu.has("有人提议题", "快递柜")[-1])
    wu.presses("✅ 上会", wu.has("有人提议题", "镜子")[-1])
    zhou.sees("上会了", "第 1 项", "镜子")


def test_nobody_is_asked_again_for_the_minutes_of_nothing(town: Town) -> None:
    """No topic, and nobody came: the secretary hears so once."""
    wu = to_be_written(town)
    draft = wu.sees("民情恳谈会", "没有议题", "没有人签到")
    assert "✍️ 逐项填结论" not in labels(draft)
    town.wait("P4D")
    assert not wu.has("的纪要还没交")
    town.wait("P7D")
    assert not wu.has("十天没交")
    wu.presses("✖ 没开成", draft)
    assert wu.toasts() == ["纪要已经定了,不能再改"]


def test_who_came_is_ticked_on_the_page_on_which_one_is(town: Town) -> None:
    for at in range(8):
        guest = town.newcomer(f"新邻居{at}")
        guest.sends("/meetings")
        presses_first(guest, "📋 19日", "✅ 参加")
    wu = to_be_written(town)
    presses_first(wu, "👥 到会", "更多")
    (tile, *_) = [one for one in labels(wu.news()[-1]) if one.startswith("⬜")]
    wu.presses(tile)
    assert tile.replace("⬜", "✅") in labels(wu.news()[-1])


def is_away(town: Town, span: str) -> None:
    """Let time pass while the bot is down."""
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance=span)
    for one in town.people("李阿姨", "老周", SECRETARY, "赵督办", "钱组织"):
        one.mark = one.chat(one.mark)["seq"]
    town.start_bot()


def test_a_meeting_over_which_the_bot_was_away_has_taken_place(town: Town) -> None:
    """From Sunday to Friday: nobody was invited to Thursday, but people know when it is."""
    li, zhou, wu = town.people("李阿姨", "老周", SECRETARY)
    opens(li, "26")
    li.presses("✅ 参加")
    opens(zhou, "26")
    proposes(zhou, "地库出口要装镜子")
    town.wait("P5D")
    is_away(town, "P5DT2H")  # Friday the 27th, 11:10
    assert not li.has("民情恳谈会不开了")
    wu.sees("民情恳谈会纪要草稿好了", "没有议题")
    presses_first(wu, "👥 到会", "⬜ 李阿姨")
    wu.sees("到会 1 人")
    town.wait("P5DT2H")  # Wednesday the 2nd, after noon: of the next talk
    assert zhou.has("上会了", "镜子")


def test_a_topic_is_for_the_meeting_from_whose_card_it_was_proposed(town: Town) -> None:
    (zhou,) = town.people("老周")
    opens(zhou, "26")
    zhou.presses("💡 我也提一件")
    zhou.sends("地库出口要装镜子")
    zhou.sees("记下了", "11月25日(周三)12:00前")


def test_the_secretary_finds_the_minutes_again_among_the_meetings(town: Town) -> None:
    wu, li = to_be_written(town, "地库出口要装镜子"), town.person("李阿姨")
    li.sends("/meetings")
    assert "✍️ 填 19日纪要" not in labels(li.news()[-1])
    wu.sends("/meetings")
    wu.presses("✍️ 填 19日纪要")
    wu.sees("民情恳谈会纪要", "镜子", "待填 1 件")
