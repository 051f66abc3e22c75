"""Whatever people send: nothing is lost, nothing breaks, everybody gets an answer."""

import pytest

from tests.support.plot import number_in, report
from tests.support.town import Town, labels, picture

RTL = "\u202e\u200f灯不亮了\u202c"


def test_angle_brackets_and_ampersands_arrive_as_they_were_typed(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")

    li.sends("<b>3楼</b> & 4楼灯不亮了 <script>")
    li.sees("对就提交", "“<b>3楼</b> & 4楼灯不亮了 <script>”")
    li.presses("✅ 对,提交")

    desk.sees("“<b>3楼</b> & 4楼灯不亮了 <script>”", "待派单")


def test_marks_that_turn_the_text_round_are_left_out(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends(RTL)

    card = li.sees("对就提交", "“灯不亮了”")
    assert not set("\u202e\u200f\u202c") & set(card["text"])


def test_a_name_with_markup_does_no_harm(town: Town) -> None:
    desk = town.person("张调度")
    guest = town.newcomer("<i>Bobby</i> & \u202eCo")

    guest.sends("/start")
    guest.sees("您好,我是幸福里社区小助手")
    guest.sends("3号楼2单元灯不亮了")
    guest.presses("✅ 对,提交")

    desk.sees("3号楼2单元灯不亮了", "待派单")


@pytest.mark.parametrize(
    "command", ["/start", "/start P7KQ2MX", "/start <b>&\u202e", "/start " + "x" * 500]
)
def test_start_with_whatever_behind_it_greets(town: Town, command: str) -> None:
    zhao = town.person("新来的小赵")

    zhao.sends(command)

    first = zhao.sees("您好,我是幸福里社区小助手")
    assert labels(first)[:4] == ["📝 报问题", "📋 我的事", "📢 社区动态", "☎ 找人帮忙"]
    (keys,) = [one["keyboard"] for one in zhao.news() if one["keyboard"]]
    assert keys == [["📝 报问题", "📋 我的事"], ["📢 社区动态", "☎ 找人帮忙"]]


def test_start_in_the_middle_of_a_report_does_not_lose_it(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    li.sends("/start")
    li.sees("您好,我是幸福里社区小助手")
    li.presses("✅ 对,提交")

    li.sees("收到了,编号")


def test_a_sticker_gets_a_friendly_answer(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends(sticker="👍")

    answer = li.sees("这个我看不懂", "打字、拍照,或按住说话")
    assert labels(answer) == ["📝 报问题", "☎ 找人帮忙"]


def test_a_sticker_in_the_middle_of_a_report_leaves_it_alone(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    li.sends(sticker="👍")
    li.presses("✅ 对,提交")

    li.sees("收到了,编号")


def test_five_thousand_characters_become_one_report(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    long = "灯不亮了" + "很久了" * 1664 + "。拜托啦"
    assert len(long) == 5000

    sent = li.sends(long)
    assert len(sent) == 2, "a phone cuts it"
    li.presses("✅ 对,提交")

    number = number_in(li.sees("收到了,编号")["text"])
    assert len(li.has("对就提交")) == 0, "one card only"
    desk.sees(number, "灯不亮了很久了")


def test_more_words_than_fit_are_refused_with_the_limit_and_lose_nothing(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    li.sends("啊" * 12_000)

    li.sees("这段话太长了", "8000 字以内")
    li.presses("✅ 对,提交")
    li.sees("收到了,编号")


def test_an_unknown_command_is_answered(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends("/nosuchthing")

    li.sees("这个我看不懂")


def test_an_edited_message_breaks_nothing(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    (message,) = li.sends("3楼灯不亮了")

    with town.acting():
        town.sandbox.post("/sim/edit", from_=li.id, message_id=message, text="4楼灯不亮了")
    li.presses("✅ 对,提交")

    number = number_in(li.sees("收到了,编号")["text"])
    assert len(desk.has(number, "待派单")) == 1


def test_a_location_and_a_contact_are_answered(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends(location={"latitude": 39.9, "longitude": 116.4})
    assert "文件" not in li.sees("📌 位置1个")["text"]
    li.sees("是哪一类")
    li.sends(contact={"phone_number": "+8613800000000"})
    li.sees("这个我看不懂")


CALLED = {
    "voice": ("语音", "🎤 听语音"),
    "video": ("视频", "📎 看发来的"),
    "document": ("文件", "📎 看发来的"),
}


@pytest.mark.parametrize(
    ("content", "shown"), [("voice", "语音1段"), ("video", "视频1段"), ("document", "文件1个")]
)
def test_voice_film_and_paper_reach_whoever_dispatches(
    town: Town, content: str, shown: str
) -> None:
    li, desk = town.people("李阿姨", "张调度")

    li.sends("3楼灯不亮了")
    li.sends(**{content: content})
    li.sees("对就提交", shown)
    li.presses("✅ 对,提交")

    number = number_in(li.sees("收到了,编号")["text"])
    called, button = CALLED[content]
    assert desk.sees(f"{number} 的{called}")["media"][0]["type"] == content
    assert button in labels(desk.sees(number, "🆕 待派单"))


def test_what_is_written_in_a_group_starts_no_report(town: Town) -> None:
    groups = {one["name"]: one["chats"] for one in town.sandbox.people()}
    li, desk = town.people("李阿姨", "张调度")
    group = next(chat for chat in groups["李阿姨"] if chat < 0)

    li.sends("3楼灯不亮了", chat=group)

    li.sees_nothing()
    desk.sees_nothing()
    said = town.sandbox.chat(group)["messages"]
    assert not [one for one in said if one["from"] == "bot" and "3号楼" in one["text"]]


def test_two_reports_one_after_the_other_have_two_numbers(town: Town) -> None:
    li = town.person("李阿姨")

    first = report(li)
    second = report(li, "5号楼1单元垃圾没人收")

    assert int(second) == int(first) + 1


def test_an_album_of_one_is_a_picture(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends(photos=[picture(1)], caption="3楼灯不亮了")

    li.sees("对就提交", "照片1张")


@pytest.mark.parametrize("said", ["在吗", "您好!", "你好呀", "Hello"])
def test_a_greeting_is_answered_and_is_no_report(town: Town, said: str) -> None:
    li = town.person("李阿姨")
    li.sends(said)
    assert "📝 报问题" in labels(li.sees("您好,我是幸福里社区小助手"))
    assert not li.has("是哪一类?")


@pytest.mark.parametrize("said", ["谢谢!", "谢谢师傅 🙏", "好的", "收到。"])
def test_thanks_are_no_report_and_no_addition(town: Town, said: str) -> None:
    li = town.person("李阿姨")
    report(li)
    li.sends(said)
    li.sees("不客气")
    assert not li.has("是哪一类?")
    li.sends("谢谢你们,可是灯一闪一闪的")
    li.sees("对就提交", "可是灯一闪一闪的")


@pytest.mark.parametrize("said", ["对", "嗯嗯", "行!", "是的", "没事了", "明白了"])
def test_a_yes_to_nothing_is_no_report(town: Town, said: str) -> None:
    li = town.person("李阿姨")
    li.sends(said)
    li.sees("不客气", "有事随时告诉我")
    assert not li.has("是哪一类?")


@pytest.mark.parametrize(
    ("said", "answer"),
    [("👍", "不客气"), ("🙏🙏", "不客气"), ("👌", "不客气"), ("???", "这个我看不懂")],
)
def test_signs_alone_are_no_report(town: Town, said: str, answer: str) -> None:
    li = town.person("李阿姨")
    li.sends(said)
    li.sees(answer)
    assert not li.has("是哪一类?")
    town.wait("PT15M")
    assert not li.has("先替您报上了")


@pytest.mark.parametrize("said", ["好的,谢谢", "好的好的,谢谢师傅", "嗯,知道了"])
def test_polite_words_in_a_row_are_no_report(town: Town, said: str) -> None:
    li = town.person("李阿姨")
    li.sends(said)
    li.sees("不客气")
    assert not li.has("是哪一类?")
