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


def test_while_finishing_and_after_it_the_case_stands_in_one_message(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("📍 我到了")
    arrived = who.liu.sees(f"{number} 弄好后发一张照片")

    who.liu.sends(photo="light")
    asked = who.liu.sees(f"{number} 做了什么?")
    assert [one["message_id"] for one in with_buttons(who.liu, number)] == [asked["message_id"]]
    left = who.liu.sees(f"{number} 的卡片挪到别处了")
    assert left["message_id"] == arrived["message_id"]

    town.restart_bot()
    who.liu.sends("换了灯泡")
    check = who.liu.sees(f"{number} 弄好了吗?", "换了灯泡")
    assert [one["message_id"] for one in with_buttons(who.liu, number)] == [check["message_id"]]

    who.liu.presses("✅ 好了")
    done = who.liu.sees(f"{number} 辛苦了!等居民看看")
    assert done["message_id"] == check["message_id"], "it becomes the card of the case"
    assert not who.liu.has(number, "交上去了")
    assert [one["message_id"] for one in with_buttons(who.liu, number)] == [done["message_id"]]


def test_left_off_with_a_word_the_card_stands_where_it_was(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("📍 我到了")
    who.liu.sends("取消")
    (card,) = with_buttons(who.liu, number)
    assert "您接了" in card["text"]
    assert not who.liu.has("挪到别处了")


def test_the_resident_is_asked_in_one_message(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    judging = {"👍 好了", "👎 还没好"}
    (asked,) = [one for one in who.li.has(number) if judging & set(labels(one))]
    assert "修好了吗" in asked["text"]
    (card,) = who.li.has(number, "好没好,请在下面那条里点")

    who.li.sends("看一下还行", reply_to=card["message_id"])
    (still,) = [one for one in who.li.has(number) if judging & set(labels(one))]
    assert still["message_id"] == asked["message_id"], "what is redrawn meanwhile does not ask too"

    who.li.sends("/my")
    who.li.presses(f"📷 {number} 公共照明")
    (anew,) = [one for one in who.li.has(number) if judging & set(labels(one))]
    assert anew["message_id"] > asked["message_id"], "what was sent anew asks, and it alone"
    who.li.presses("👍 好了", anew)
    who.li.sees(number, "来得快不快、态度好不好?")
