"""What people do with a case, by where it stands: who presses what, and how often they do.

A step is the beginning of a label; `photo` sends one, `="words"` writes them, and `day:n` picks
the n-th day of a calendar. The first step of a row stands below something about that very case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.case import Status

DESK, REPORTER, HANDLER, TAKER, BOSS = "desk", "reporter", "handler", "taker", "supervisor"


@dataclass(frozen=True, slots=True)
class Habit:
    """One thing that somebody may do; `often` weighs it against the others of its row."""

    often: int
    who: str
    steps: tuple[str, ...]


def _done(often: int) -> Habit:
    return Habit(often, HANDLER, ("✅ 弄好了", "photo", "🔧 修好了", "✅ 好了"))


NOTHING = Habit(6, DESK, ())  # nobody finds the time
HABITS: Mapping[Status, tuple[Habit, ...]] = MappingProxyType(
    {
        Status.SUBMITTED: (
            Habit(40, DESK, ("🙋 放给志愿者",)),
            Habit(24, DESK, ("👤 派给…", "somebody")),
            Habit(4, DESK, ("❓ 问居民", "在几楼", "✅ 发给居民")),
            Habit(4, DESK, ("🚫 不归我们", "市政", "市政12345", "✅ 发给居民")),
            Habit(3, DESK, ("💬 直接答复", "办公时间", "✅ 发给居民")),
            Habit(3, DESK, ("🔗 并到", "🔗 并到")),
            Habit(3, REPORTER, ("↩️ 撤回", "✖ 撤回")),
            Habit(4, REPORTER, ("➕ 补充", "=还是那个地方,麻烦了", "不补充了")),
            NOTHING,
        ),
        Status.NEEDS_INFO: (
            Habit(60, REPORTER, ("➕ 补充", "=在二楼楼梯口")),
            Habit(30, DESK, ()),
        ),
        Status.OFFERED: (
            Habit(55, TAKER, ("🙋 我去",)),
            Habit(12, DESK, ("👤 改派", "somebody")),
            NOTHING,
        ),
        Status.IN_PROGRESS: (
            Habit(10, HANDLER, ("🕐 说个时间", "📅 别的日子", "day:1", "下午")),
            Habit(10, HANDLER, ("🕐 说个时间", "明天下午")),
            Habit(8, HANDLER, ("🕐 说个时间", "今天")),
            Habit(8, HANDLER, ("🕐 要晚点", "🚶 路上耽搁", "明天下午")),
            Habit(6, HANDLER, ("📞 联系过了",)),
            Habit(4, HANDLER, ("📍 我到了",)),
            Habit(6, HANDLER, ("⏸ 先停一停", "🔩 等配件", "day:1")),
            Habit(5, HANDLER, ("⏸ 先停一停", "🌧 等天气", "day:4")),
            Habit(6, HANDLER, ("🕐 说个时间", "⏳ 请调度宽限", "🧱 活比想的多", "day:5", "下午")),
            Habit(4, HANDLER, ("↩️", "🧰 工具不够")),
            Habit(4, REPORTER, ("➕ 补充", "=又坏得厉害了一点", "不补充了")),
            _done(46),
            NOTHING,
        ),
        Status.ON_HOLD: (Habit(25, HANDLER, ("▶️ 接着办",)), Habit(75, DESK, ())),
        Status.RETURNED: (
            Habit(50, DESK, ("🙋 放给志愿者",)),
            Habit(30, DESK, ("👤 派给…", "somebody")),
            Habit(12, DESK, ("👀 请先去看看", "=先去看看再说", "✅")),
            NOTHING,
        ),
        Status.RESOLVED: (
            Habit(30, REPORTER, ("👍 好了",)),
            Habit(6, REPORTER, ("👎 还没好", "🔁 再办一次")),
            Habit(3, REPORTER, ("👎 还没好", "先放着")),
            Habit(3, REPORTER, ("👎 还没好",)),
            Habit(3, BOSS, ("✅ 办结",)),
            Habit(55, DESK, ()),
        ),
        Status.REOPEN_REQUESTED: (
            Habit(60, BOSS, ("🔁 再办一次", "🙋 放给志愿者")),
            Habit(16, BOSS, ("❌ 这次不办", "=统一更换时一起办", "✅ 发给居民")),
            NOTHING,
        ),
    }
)
ASKED_FOR = (  # what a dispatcher answers to a handler who asks
    Habit(70, DESK, ("✅ 同意",)),
    Habit(30, DESK, ("❌ 不同意",)),
)
SURVEYED = (  # what a resident answers the day after
    Habit(45, REPORTER, ("✅ 解决了", "😊 满意", "没有了")),
    Habit(10, REPORTER, ("✅ 解决了", "😐 一般", "🧹 现场没收拾")),
    Habit(5, REPORTER, ("✅ 解决了",)),
    Habit(5, REPORTER, ("🌓 好了一半", "😐 一般", "先放着")),
    Habit(8, REPORTER, ("❌ 没解决", "🙁 不满意", "🔁 再办一次")),
    Habit(27, REPORTER, ()),
)
WEEKS_AFTER = (Habit(60, REPORTER, ("👍 好",)), Habit(40, REPORTER, ()))

_UNITS = {1: 3, 2: 3, 3: 3, 5: 2, 6: 2, 11: 4, 12: 4}  # by building
PLACES = tuple(f"{one}号楼{unit + 1}单元" for one, n in _UNITS.items() for unit in range(n))
WORDS = (
    *("灯不亮了", "楼道灯坏了", "水管漏水", "停水了", "垃圾没人收", "楼道很脏要打扫"),
    *("电梯停了不动", "电梯按钮坏了", "半夜装修太吵", "广场舞噪音", "乱停车挡路", "车位被占"),
    *("门禁坏了", "墙皮掉了", "建议装路灯", "物业费收费不清楚投诉", "路灯不亮", "邻居纠纷要调解"),
)
URGENT = ("煤气味很大", "电梯困了人")
