"""The staff group as the sandbox has it: a forum that the bot is in and has not been told of."""

from tests.support.town import Town, refusal


def test_a_topic_is_read_and_written_by_its_name(town: Town) -> None:
    dispatcher, worker = town.people("张调度", "王师傅")
    waiting, doing = dispatcher.enters("工作群", "待派"), worker.enters("工作群", "办理")
    (said,) = waiting.sends("这件谁去?")
    doing.sends("我在三号楼")
    texts = [one["text"] for one in waiting.chat()["messages"] if not one["service"]]
    assert texts == ["这件谁去?"]
    assert [one["message_id"] for one in waiting.chat()["messages"]][-1] == said
    resident = town.person("李阿姨").enters("工作群")
    assert "not in the chat" in refusal(resident.sends, "我也来")
