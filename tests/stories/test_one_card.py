"""One live card of a case in a chat: a press under another message moves it there."""

from tests.support import plot
from tests.support.plot import Cast
from tests.support.town import Message, Neighbour, Town, labels


def declined(who: Cast) -> tuple[str, Message]:
    """Bring a case to somebody who is told that it is none of ours; return that message."""
    number = plot.report(who.li, "路口红绿灯不亮了")
    for label in ("🚫 不归我们", "市政", "红绿灯122", "✅ 发给居民"):
        who.desk.presses(label)
    return number, who.li.sees(f"{number} 不属于我们管")


def with_buttons(one: Neighbour, number: str) -> list[Message]:
    """Return what stands in the chat about the case and can be pressed."""
    return [message for message in one.has(number) if labels(message)]


def test_a_press_under_another_message_moves_the_card_there(town: Town) -> None:
    who = plot.cast(town)
    number, told = declined(who)
    (old,) = [one for one in who.li.has(number) if one["message_id"] != told["message_id"]]

    who.li.presses("🔍 再看看", told)

    (live,) = with_buttons(who.li, number)
    assert live["message_id"] == told["message_id"]
    left = who.li.sees(f"{number} 的卡片挪到别处了")
    assert left["message_id"] == old["message_id"]
    assert not labels(left)
    assert len(with_buttons(who.desk, number)) == 1, "the desk has one card too"

    who.desk.presses("🙋 放给志愿者")
    seen = who.li.sees(number, "正在找人")
    assert seen["message_id"] == told["message_id"], "from now on that one is kept up to date"


def test_an_old_message_that_was_deleted_is_not_sent_again(town: Town) -> None:
    who = plot.cast(town)
    number, told = declined(who)
    (old,) = [one for one in who.li.has(number) if one["message_id"] != told["message_id"]]
    who.li.deletes(old)

    who.li.presses("🔍 再看看", told)

    (live,) = who.li.has(number)
    assert live["message_id"] == told["message_id"]
    assert not town.sent_to(who.li, "挪到别处了")
