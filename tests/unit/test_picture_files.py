"""Photos sent as files: what is kept, who sees it and when, and who hears why not."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from telegram.error import BadRequest, NetworkError

from bot.domain.picture import GONE, Key, Verdict
from bot.pictures import clean
from tests.support.files import (
    DESK,
    LI,
    LIU,
    NUMBER,
    SECRET,
    card,
    kept,
    paper,
    photo,
    push,
    report,
    row,
    shown,
)
from tests.support.offline import Offline, offline
from tests.unit.test_pictures import without_pillow


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


async def test_a_picture_is_made_anew_and_only_that_is_kept_and_shown(bot: Offline) -> None:
    await report(bot, photo())
    found = await row(bot)
    assert (found["state"], found["check_at"], found["wanted"]) == ("clean", None, None)
    (file,) = kept(bot)
    data = file.read_bytes()
    assert SECRET not in data
    assert SECRET in photo()
    assert file.stat().st_mode & 0o777 == 0o600
    ((_, drawing),) = shown(bot, DESK, "case.file")
    assert drawing.file == ("picture", f"{NUMBER}:before:f")
    assert "照片1张" in card(bot, DESK)
    assert "检查" not in card(bot, DESK)


async def test_a_paper_goes_on_as_it_is_and_nothing_is_kept(bot: Offline) -> None:
    await report(bot, b"%PDF-1.7 words")
    assert (await row(bot))["state"] == "paper"
    ((_, drawing),) = shown(bot, DESK, "case.file")
    assert drawing.file == ("paper", "f-id")
    assert "文件1个" in card(bot, DESK)
    assert kept(bot) == []


@pytest.mark.parametrize(
    ("content", "reason", "said"),
    [
        (b"\xff\xd8\xff cut off", "unreadable", "打不开"),
        (b"\x00\x00\x00\x18ftypheic", "heic", "HEIC"),
        (BadRequest("file is too big"), "too_big", "太大了"),
        (BadRequest("wrong file_id"), GONE, "没取到"),
    ],
)
async def test_what_is_refused_is_told_once_and_shown_to_nobody(
    bot: Offline, content: bytes | Exception, reason: str, said: str
) -> None:
    await report(bot, content)
    found = await row(bot)
    assert (found["state"], found["reason"]) == ("refused", reason)
    ((letter, drawing),) = shown(bot, LI, "picture.refused")
    assert letter.reply_to == found["message_id"]
    assert said in drawing.text
    assert str(NUMBER) in drawing.text
    assert shown(bot, DESK, "case.file") == []
    assert "1张照片打不开" in card(bot, DESK)
    assert kept(bot) == []
    await bot.restart()
    await bot.settle()
    assert len(shown(bot, LI, "picture.refused")) == 1


async def test_without_a_decoder_the_sender_hears_it_in_plain_words(
    bot: Offline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clean, "_DECODER", without_pillow(tmp_path))
    await report(bot, photo())
    ((_, drawing),) = shown(bot, LI, "picture.refused")
    assert "没法检查" in drawing.text
    assert shown(bot, DESK, "case.file") == []


async def test_while_it_is_looked_into_the_card_says_so_and_a_press_too(bot: Offline) -> None:
    await report(bot, NetworkError("no line"))
    assert "1个文件正在检查" in card(bot, DESK)
    assert shown(bot, DESK, "case.file") == []
    await push(bot, DESK, "看发来的")
    assert "还在检查" in bot.phones.toasts[-1].text
    bot.files["f-id"] = photo()
    await bot.pass_(timedelta(minutes=1))
    assert len(shown(bot, DESK, "case.file")) == 1  # who asked twice is shown it once
    assert "照片1张" in card(bot, DESK)


async def test_whoever_finishes_with_a_file_is_asked_for_a_photo_and_both_are_shown(
    bot: Offline,
) -> None:
    await report(bot, photo())
    await bot.take_in(bot.message(LIU, "/start"))
    await push(bot, DESK, "放给志愿者")
    await push(bot, LIU, "我去")
    await push(bot, LIU, "弄好了")
    bot.files["g-id"] = photo()
    await bot.take_in(bot.message(LIU, **paper("g")))
    await bot.settle()
    assert "文件收到了,要先检查" in shown(bot, LIU, "finish.photo")[-1][1].text
    sized = {"file_id": "p-id", "file_unique_id": "p", "width": 9, "height": 9}
    await bot.take_in(bot.message(LIU, photo=[sized]))
    await bot.settle()
    await push(bot, LIU, "修好了")
    await push(bot, LIU, "✅ 好了")
    assert shown(bot, LI, "case.photos")[-1][1].photos == ("p-id",)
    assert shown(bot, LI, "case.file")[-1][1].file == ("picture", f"{NUMBER}:after:g")
    states = await bot.rows("SELECT state FROM attachments ORDER BY file_unique_id")
    assert [one["state"] for one in states] == ["clean", "clean", None]
    assert shown(bot, LIU, "draft.place") == []


async def test_what_is_added_later_reaches_whoever_has_the_case_once_it_is_clean(
    bot: Offline,
) -> None:
    await report(bot, b"%PDF-1.7")
    await bot.take_in(bot.message(LIU, "/start"))
    await push(bot, DESK, "放给志愿者")
    await push(bot, LIU, "我去")
    before = len(shown(bot, LIU, "case.file"))
    bot.files["g-id"] = NetworkError("no line")
    await push(bot, LI, "补充")
    await bot.take_in(bot.message(LI, **paper("g")))
    await bot.settle()
    assert len(shown(bot, LIU, "case.file")) == before
    assert "1个文件正在检查" in card(bot, LIU)
    bot.files["g-id"] = photo()
    await bot.pass_(timedelta(minutes=1))
    ((_, drawing),) = shown(bot, LIU, "case.file")[before:]
    assert drawing.file == ("picture", f"{NUMBER}:before:g")
    assert "照片1张" in card(bot, LIU)


async def test_taken_out_while_it_is_looked_into_it_goes_on_with_the_new_report(
    bot: Offline,
) -> None:
    await report(bot, b"%PDF-1.7")
    bot.files["g-id"] = NetworkError("no line")
    await push(bot, LI, "补充")
    await bot.take_in(bot.message(LI, caption="5号楼1单元有垃圾", **paper("g")))
    await bot.settle()
    await push(bot, LI, "不是这件")
    bot.files["g-id"] = photo()
    await bot.pass_(timedelta(minutes=1))
    assert [one["file_unique_id"] for one in await bot.rows("SELECT * FROM attachments")] == ["f"]
    assert kept(bot) == []
    await push(bot, LI, "提交")
    found = await bot.rows("SELECT case_number, state FROM attachments WHERE file_unique_id = 'g'")
    assert [(one["case_number"], one["state"]) for one in found] == [(NUMBER + 1, "clean")]


async def test_what_was_taken_out_meanwhile_is_no_matter(bot: Offline) -> None:
    await report(bot, NetworkError("no line"))
    async with bot.house.database.begin() as uow:
        await uow.write_now(text("DELETE FROM attachments"))
    key = Key(1, NUMBER, "before", "f")
    async with bot.house.database.begin() as uow:
        await bot.house.pictures._settle(uow, key, Verdict("clean"))
    assert shown(bot, DESK, "case.file") == []


async def test_who_no_longer_has_the_case_is_not_shown_it(bot: Offline) -> None:
    await report(bot, NetworkError("no line"))
    async with bot.house.database.begin() as uow:
        await uow.write_now(text("DELETE FROM roles"))
    bot.files["f-id"] = photo()
    await bot.pass_(timedelta(minutes=1))
    assert (await row(bot))["state"] == "clean"
    assert shown(bot, DESK, "case.file") == []
