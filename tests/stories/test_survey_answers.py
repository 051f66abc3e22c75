"""What neighbours send while a survey asks them, and what of it is an answer."""

from tests.stories.test_surveys import ORGANIZER, adds, asked, composes, sends
from tests.support.town import Neighbour, Town


def asks_for_a_picture(town: Town) -> tuple[Neighbour, Neighbour]:
    """Ask for a picture first, and for stars then; return who asked and who is asked."""
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "拍一拍")
    adds(qian, "📷 照片", "拍最脏的地方")
    adds(qian, "⭐ 打分", "几颗星?")
    sends(qian, named=True)
    asked(town, li)
    li.presses("开始")
    return qian, li


def asks_for_words(town: Town) -> Neighbour:
    """Ask for words first, and for stars then; return who is asked."""
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "写一写")
    adds(qian, "✍️ 写话", "还想说什么?")
    adds(qian, "⭐ 打分", "几颗星?")
    sends(qian)
    asked(town, li)
    li.presses("开始")
    return li


def test_of_an_album_the_first_picture_is_the_answer_and_none_becomes_a_report(town: Town) -> None:
    _, li = asks_for_a_picture(town)
    li.sends(photos=["light", "lit", "leak"])
    li.sees("2/2", "几颗星?")
    assert len(li.has("只收一张")) == 1
    assert not li.has("是哪一类")
    li.presses("⭐ 4")
    li.sees("谢谢您")
    li.sends(photo="leak")
    li.sees("是哪一类")  # a picture of its own is a report, as ever


def test_a_voice_a_film_or_a_file_is_no_answer_and_becomes_no_report(town: Town) -> None:
    _, li = asks_for_a_picture(town)
    for kind, sample in (("voice", "voice"), ("video", "video"), ("document", "light")):
        li.sends(**{kind: sample})
        li.sees("请拍一张照片", "取消")
    assert not li.has("是哪一类")
    li.sends("取消")
    li.sees("好的,先不写")
    li.sends(voice="voice")
    li.sees("是哪一类")


def test_words_are_wanted_and_a_voice_says_so(town: Town) -> None:
    li = asks_for_words(town)
    li.sends(voice="voice")
    li.sees("请打一句话", "取消")
    li.sends("多种点花")
    li.sees("2/2")


def test_who_goes_to_report_reports_and_answers_nothing(town: Town) -> None:
    li = asks_for_words(town)
    li.sends("📝 报问题")
    li.sends("3号楼2单元楼道灯不亮了")
    li.sees("3号楼2单元楼道灯不亮了", "📍 3号楼2单元")
    assert not li.has("2/2")
