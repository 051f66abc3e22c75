"""What somebody says instead of typing it: how long it is, and that people will listen."""

from tests.support.plot import number_in
from tests.support.town import Town


def test_a_voice_message_says_how_long_it_is(town: Town) -> None:
    zhao, desk = town.people("新来的小赵", "张调度")
    zhao.sends(voice="voice")
    zhao.sees("🎤 语音1段(4秒)", "工作人员会亲自听", "在哪儿?")

    zhao.presses("3号楼")
    zhao.presses("2单元")
    zhao.presses("💡 公共照明")

    number = number_in(zhao.sees("收到了,编号")["text"])
    desk.sees(number, "🎤 语音1段(4秒)")


def test_it_stands_beside_pictures_and_words(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(photo="light", caption="楼道灯不亮了")
    li.sends(voice="voice")
    seen = li.sees("对就提交", "🖼 照片1张 · 🎤 语音1段(4秒)", "楼道灯不亮了")
    assert "亲自听" not in seen["text"], "the words say it already"


def test_what_is_added_later_counts_as_well(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("楼道灯不亮了")
    li.presses("✅ 对,提交")
    number = number_in(li.sees("收到了,编号")["text"])
    li.presses("➕ 补充")
    li.sends(voice="voice")
    desk.sees(number, "🎤 语音1段(4秒)")
