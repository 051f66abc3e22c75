"""What was decided, when the secretary acts for somebody, or it is done before the next meeting."""

import pytest

from tests.stories.test_minutes_corrected import TOPICS, to_be_written
from tests.support.meeting_town import SECRETARY, presses_first
from tests.support.town import Town


@pytest.fixture
def town(meeting_house: Town) -> Town:
    meeting_house.begin()
    return meeting_house


def decided(town: Town) -> None:
    """Let the talk of the 19th decide that one does something until Monday the 23rd."""
    wu = to_be_written(town, TOPICS[0])
    presses_first(wu, "👥 到会", "⬜ 赵督办", "◀ 返回", "✍️ 逐项填结论", "✅ 定了", "✍️ 别的人")
    wu.sends("王师傅")
    wu.sends("下周一")
    wu.sends("换两盏亮的灯")
    presses_first(wu, "📨 给大家看")
    town.wait("P1DT11H")  # Saturday, 08:10
    town.person("王师傅").sees("会上定了,请您办", "11月23日(周一)前", "换两盏亮的灯")


def test_who_does_it_hears_when_the_secretary_moves_its_day_or_ends_it(town: Town) -> None:
    decided(town)
    wang, wu = town.people("王师傅", SECRETARY)
    town.wait("P3DT2H")  # Tuesday: it is late, the secretary hears so
    asked = wu.sees("落实事项超 1 天", "王师傅")
    wu.presses("👀 看一看", asked)
    presses_first(wu, "⏳ 要延期", "12月8日")
    wu.sends("灯具缺货")
    wang.sees("换两盏亮的灯", "12月8日", "灯具缺货")
    presses_first(wu, "◀ 返回", "✅ 办完了")
    wu.sends("物业说已经换好了")
    wang.sees("办完了", "已经换好了")


def test_what_is_done_is_not_asked_about_at_the_next_meeting(town: Town) -> None:
    decided(town)
    wang, zhou = town.people("王师傅", "老周")
    town.wait("P7DT2H")  # Saturday the 28th: five days late, it waits for the next talk
    wang.sees("超 5 天了")
    presses_first(wang, "✅ 办完了")
    wang.sends("换好了")
    town.wait("P2DT2H")  # Monday the 30th, noon: the talk of December 3rd invites
    zhou.sends("/meetings")
    presses_first(zhou, "📋 3日")
    assert "换两盏亮的灯" not in zhou.sees("民情恳谈会", "周四(3日)19:00", "1.")["text"]


def test_what_somebody_cannot_do_any_more_is_given_to_another(town: Town) -> None:
    decided(town)
    wang, wu, zheng = town.people("王师傅", SECRETARY, "郑师傅")
    town.wait("P3DT2H")
    wu.presses("👀 看一看", wu.sees("落实事项超 1 天", "王师傅"))
    wu.presses("👤 换人办")
    wu.sends("郑师傅")
    wu.sees("换两盏亮的灯", "郑师傅")
    zheng.sees("会上定了,请您办", "换两盏亮的灯")
    wang.sees("这件不用您办了", "郑师傅")
    presses_first(wang, "✅ 办完了")
    assert "郑师傅" in wang.toasts()[0] or "由" in wang.toasts()[0]
    town.wait("P4D")
    assert zheng.has("超 5 天了")
    assert not wang.has("超 5 天了")
