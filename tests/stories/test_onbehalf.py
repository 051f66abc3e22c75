"""Who telephones is registered: how they came is kept, their number only callers read."""

import re
import sqlite3

from tests.stories.test_callback import at
from tests.stories.test_callback_calls import looks_whom_to_call
from tests.support import plot
from tests.support.town import Neighbour, Town, labels

CANARY = "13877776666"
SPOKEN = "138 7777 6666"  # the same, as somebody writes down what they hear


def registers(desk: Neighbour, *words: str, how: str = "☎ 打电话来的") -> str:
    """Register what somebody says on the telephone; return its number."""
    desk.sends("/onbehalf")
    desk.presses(how)
    for one in words:
        desk.sends(one)
    desk.presses("✅ 对,提交")
    return plot.number_in(desk.sees("登记好了,编号")["text"])


def given_to(who: plot.Cast, name: str) -> None:
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith(name)]
    who.desk.presses(label)


def looks(town: Town) -> list[tuple[str, str]]:
    """Return who has looked at a number, by name, and about which case."""
    query = (
        "SELECT people.name, audit.subject FROM audit JOIN people ON people.id = audit.person_id"
        " AND people.community_id = audit.community_id"
        " WHERE audit.what = 'phone_seen' ORDER BY audit.id"
    )
    with sqlite3.connect(town.sandbox.database) as database:
        return database.execute(query).fetchall()


def has_canary(text: str) -> bool:
    return CANARY in re.sub(r"[\s-]", "", text)


def test_one_message_is_enough_after_the_channel(town: Town) -> None:
    desk = town.person("张调度")
    number = registers(desk, f"5号楼1单元灯不亮,{SPOKEN}", how="🚶 来窗口的")
    card = desk.sees(number, "🚶 窗口")
    assert not has_canary(card["text"])
    desk.presses("🗂 全貌", card)
    desk.sees(number, "🚶 窗口")
