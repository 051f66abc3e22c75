"""The parts of the main line, for stories that begin in its middle."""

import re
from dataclasses import dataclass

from tests.support.town import Neighbour, Town

REPORTED = "3楼灯不亮了"


def number_in(text: str) -> str:
    """Return the number of the case that a text names first."""
    found = re.search(r"\b1\d{3}\b", text)
    assert found, text
    return found[0]


def report(who: Neighbour, words: str = REPORTED) -> str:
    """Let somebody whose place is known report something; return its number."""
    who.sends(words)
    who.presses("✅ 对,提交")
    return number_in(who.sees("收到了,编号")["text"])


@dataclass(frozen=True)
class Cast:
    """Who takes part in the main line."""

    li: Neighbour  # the resident
    desk: Neighbour  # the dispatcher
    liu: Neighbour  # the volunteer
    zhao: Neighbour  # the supervisor


def cast(town: Town) -> Cast:
    """Return who takes part."""
    return Cast(*town.people("李阿姨", "张调度", "刘志愿", "赵督办"))


def offered(who: Cast) -> str:
    """Bring a case to the pool; return its number."""
    number = report(who.li)
    who.desk.presses("🙋 放给志愿者")
    who.liu.sees(number, "您方便吗")
    return number


def taken(who: Cast) -> str:
    """Bring a case to the volunteer; return its number."""
    number = offered(who)
    who.liu.presses("🙋 我去")
    who.liu.sees("您接了", number)
    return number


def finish(worker: Neighbour) -> None:
    """Let whoever has the case say that it is done, with a picture."""
    worker.presses("✅ 弄好了")
    worker.sends(photo="light")
    worker.presses("🔧 修好了")
    worker.presses("✅ 好了")
    worker.sees("辛苦了")


def resolved(who: Cast) -> str:
    """Bring a case to its result; return its number."""
    number = taken(who)
    finish(who.liu)
    who.li.sees(number, "办完了", "修好了吗")
    return number


def contested(who: Cast) -> str:
    """Bring a case to the supervisor; return its number."""
    number = resolved(who)
    who.li.presses("👎 还没好")
    who.li.presses("🔁 再办一次")
    who.zhao.sees(number, "申请再办")
    return number
