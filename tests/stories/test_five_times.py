"""Every button that changes something, sent five times at once: it takes effect once.

Source: dialogues, acceptance 2. What the others see and hear is counted, and the story of the
case, which has a row for each move.
"""

from collections.abc import Callable

import pytest

from tests.support import plot
from tests.support.plot import Cast
from tests.support.town import Neighbour, Town

Scene = Callable[[Town, Cast], tuple[Neighbour, str, str]]  # who presses, the button, the number


def confirm(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.resolved(who)
    return who.li, "👍 好了", number


def contest(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.resolved(who)
    who.li.presses("👎 还没好")
    return who.li, "🔁 再办一次", number


def reopen(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.contested(who)
    who.zhao.presses("🔁 再办一次")
    return who.zhao, "🙋 放给志愿者", number


def done(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.taken(who)
    who.liu.presses("✅ 弄好了")
    who.liu.sends(photo="light")
    who.liu.presses("🔧 修好了")
    return who.liu, "✅ 好了", number


def survey(town: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.resolved(who)
    town.wait("P1DT1H")
    return who.li, "✅ 解决了", number


def agree(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.taken(who)
    who.liu.presses("⏸ 先停一停")
    who.liu.presses("🔩 等配件")
    who.liu.presses("四26")  # longer than a pause that needs no answer
    return who.desk, "✅ 同意", number


def join(town: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.report(who.li)
    zhou = town.person("老周")
    zhou.sends(f"3号楼2单元{plot.REPORTED}")
    zhou.sees("可能有人报过了", number)
    return zhou, "🙋 我也遇到", number


def withdraw(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.report(who.li)
    who.li.presses("↩️ 撤回")
    return who.li, "✖ 撤回", number


def restore(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.report(who.li)
    who.li.presses("↩️ 撤回")
    who.li.presses("✖ 撤回")
    return who.li, "↩️ 恢复", number


def call_first(_: Town, who: Cast) -> tuple[Neighbour, str, str]:
    number = plot.taken(who)
    return who.li, "☎ 请他先打电话", number


# What the history says of it, and how many messages the resident and the volunteer get of it.
SCENES: list[tuple[Scene, str, int, int]] = [
    (confirm, "李阿姨 办结", 0, 0),
    (contest, "李阿姨 说没好", 0, 0),
    (reopen, "赵督办 再办一次", 1, 0),
    (done, "刘志愿 办完了", 2, 0),  # the picture, and the question
    (survey, "李阿姨 办结", 0, 0),
    (agree, "张调度 先停一停", 0, 1),
    (join, "老周 邻居也遇到", 0, 0),
    (withdraw, "李阿姨 撤回", 0, 0),
    (restore, "李阿姨 恢复", 0, 0),
    (call_first, "李阿姨 补充", 1, 1),
]


def moves(town: Town, number: str) -> list[str]:
    """Return the story of the case, a line a move, as the dispatcher reads it."""
    desk = town.person("张调度")
    desk.sends(number)
    desk.presses("📄 看全部")
    return [line for line in desk.news()[-1]["text"].split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("scene", "move", "to_li", "to_liu"), SCENES, ids=[one[0].__name__ for one in SCENES]
)
def test_sent_five_times_it_counts_once(
    town: Town, scene: Scene, move: str, to_li: int, to_liu: int
) -> None:
    who = plot.cast(town)
    presser, label, number = scene(town, who)
    before = moves(town, number)
    card = presser.with_button(label)
    answered = len(town.calls("answerCallbackQuery"))
    had = [len(one.has(number)) for one in (who.li, who.liu)]

    with town.all_at_once():
        for _ in range(5):
            presser.push(label, card)

    assert len(town.calls("answerCallbackQuery")) - answered == 5, "every press is answered"
    assert [len(one.has(number)) for one in (who.li, who.liu)] == [had[0] + to_li, had[1] + to_liu]
    new = [line for line in moves(town, number) if line not in before]
    assert len(new) == 1, new
    assert move in new[0]
