"""A door stays between the resident, whoever does the work, and staff in private."""

from tests.stories.test_callback import at
from tests.support import plot
from tests.support.plot import Cast
from tests.support.town import Neighbour, Town, labels

AT_HOME = "3号楼2单元502门口的灯不亮了"


def _worded(worker: Neighbour, words: str) -> None:
    """Let whoever has the case say in their own words what was done."""
    worker.presses("✅ 弄好了")
    worker.sends(photo="light")
    worker.sends(words)
    worker.presses("✅ 好了")


def _everything(town: Town, room: int) -> list[str]:
    """Return every text that was ever shown in a chat, those drawn over later included."""
    called = [*town.calls("sendMessage"), *town.calls("editMessageText")]
    said = [one["parameters"] for one in called]
    return [one["text"] for one in said if str(one["chat_id"]) == str(room)]


def _contests(town: Town, who: Cast, words: str) -> None:
    """Let the reporter ask, next day, to have it done again, in their own words."""
    at(town, "2026-11-18T10:00:05")
    who.li.presses("❌ 没解决")
    who.li.presses("😐 一般")
    who.li.presses("✍️ 我写一句")
    who.li.sends(words)
    who.li.presses("🔁 再办一次")


def test_a_group_shows_no_door_whatever_is_said(town: Town) -> None:
    room = town.person("张调度").enters("工作群", "待派")
    room.sends("/bind")
    room.presses("📥 待派")
    who = plot.cast(town)
    number = plot.report(who.li, AT_HOME)
    room.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    who.liu.presses("⏸ 先停一停")
    who.liu.presses("✏️ 其他")
    who.liu.sends("502没人在家")
    (day,) = [one for one in labels(who.liu.news()[-1]) if one.startswith("五")][:1]
    who.liu.presses(day)
    room.sees(number, "没人在家")
    _worded(who.liu, "换了502门口的灯")
    room.sees(number, "换了", "门口的灯")
    _contests(town, who, "五零二门口还是不亮")
    room.sees(number, "🔁 申请再办", "门口还是不亮", "刘志愿")

    shown = _everything(town, room.room)
    assert len(shown) > 5
    assert [one for one in shown if "502" in one or "五零二" in one] == []
    who.zhao.sees(number, "五零二门口还是不亮")


def test_a_neighbour_reads_no_door_of_another_home(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, AT_HOME)
    zhou, wang = town.people("老周", "王师傅")
    zhou.sends("楼道灯不亮了")
    zhou.presses("🙋 我也遇到")
    who.desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    wang.presses("🕐 说个时间")
    wang.presses("今天11:00")
    wang.presses("🕐 要晚点")
    wang.presses("✏️ 其他")
    wang.sends("502没人在家")
    wang.presses("今天14:00")
    zhou.sees(f"{number} 改到", "原因:没人在家")
    who.li.sees(f"{number} 改到", "原因:502没人在家")

    _worded(wang, "李阿姨家502门口修好了")
    zhou.sees(number, "李阿姨家门口修好了")
    who.li.sees(number, "李阿姨家502门口修好了")
    who.li.presses("👎 还没好")
    who.li.presses("🔁 再办一次")
    who.zhao.presses("❌ 这次不办")
    who.zhao.sends("要等502室的人回来")
    who.zhao.presses("✅ 发给居民")
    zhou.sees(number, "要等的人回来")
    who.li.sees(number, "要等502室的人回来")
    assert [one for one in _everything(town, zhou.id) if "502" in one] == []
