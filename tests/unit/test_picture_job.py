"""Files that may be pictures: fetched, judged and made anew beside the letters, whatever breaks."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text
from telegram.error import BadRequest, NetworkError

from bot.delivery import picture_job
from bot.delivery.clean_picture import CleanPictures, Shown
from bot.delivery.transport import NotSentError, SlowDownError
from bot.domain.picture import GONE, PATIENCE, Key, Verdict, again_at
from bot.pictures import clean
from bot.pictures.shelf import Shelf
from tests.support.database import START
from tests.support.offline import Offline, offline
from tests.unit.test_pictures import without_pillow

LI, DESK, LIU = 7000001, 7000006, 7000007
NUMBER = 1001
SECRET = b"in front of my door"


def photo() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = SECRET.decode()
    Image.new("RGB", (9, 9), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made


def paper(name: str = "f") -> dict[str, Any]:
    return {"document": {"file_id": f"{name}-id", "file_unique_id": name}}


async def push(bot: Offline, who: int, label: str) -> None:
    """Let somebody press the newest button with these words."""
    found = [one for one in bot.phones.buttons(who) if label in one[1].label]
    assert found, label
    await bot.take_in(bot.press(who, found[-1][0], found[-1][1].data))
    await bot.settle()


async def report(bot: Offline, content: bytes | Exception) -> None:
    """Let Li report with a file; the dispatchers get their cards."""
    bot.files["f-id"] = content
    await bot.take_in(bot.message(LI, caption="3楼灯不亮了", **paper()))
    await bot.settle()
    await push(bot, LI, "提交")


async def row(bot: Offline) -> Any:
    (found,) = await bot.rows("SELECT * FROM attachments")
    return found


def kept(bot: Offline) -> list[Path]:
    folder = bot.folder / "pictures"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def shown(bot: Offline, who: int, kind: str) -> list[Any]:
    return [
        (letter, drawing)
        for letter, drawing in bot.phones.sent
        if letter.chat_id == who and letter.kind == kind
    ]


def card(bot: Offline, who: int) -> str:
    return str(shown(bot, who, "case.card")[-1][1].text)


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
    await push(bot, DESK, "看照片")
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


async def test_after_a_day_without_a_line_it_is_given_up(bot: Offline) -> None:
    await report(bot, NetworkError("no line"))
    await bot.pass_(timedelta(hours=23))
    assert (await row(bot))["state"] == "waiting"
    assert shown(bot, LI, "picture.refused") == []
    await bot.pass_(timedelta(hours=2))
    found = await row(bot)
    assert (found["state"], found["reason"]) == ("refused", GONE)
    assert len(shown(bot, LI, "picture.refused")) == 1


async def test_to_be_asked_to_wait_is_no_failure(bot: Offline) -> None:
    await report(bot, SlowDownError(timedelta(seconds=40)))
    assert (await row(bot))["checks"] == 0
    bot.files["f-id"] = photo()
    await bot.pass_(timedelta(seconds=39))
    assert (await row(bot))["state"] == "waiting"
    await bot.pass_(timedelta(seconds=2))
    assert (await row(bot))["state"] == "clean"


def test_the_pauses_grow_and_end_after_a_day() -> None:
    pauses = [again_at(tries, START, START) for tries in (1, 2, 3, 4, 5, 6, 60)]
    assert pauses == sorted(pauses)  # type: ignore[type-var]
    assert pauses[-1] == pauses[4] == START + timedelta(minutes=30)
    assert again_at(5, START, START + PATIENCE) is not None
    assert again_at(6, START, START + PATIENCE) is None


async def test_of_a_file_of_long_ago_nobody_hears(bot: Offline) -> None:
    await report(bot, NetworkError("no line"))
    async with bot.house.database.begin() as uow:
        await uow.write_now(text("UPDATE attachments SET at = at - 864000000000"))
    bot.files["f-id"] = b"\xff\xd8\xff"
    await bot.pass_(timedelta(minutes=1))
    assert (await row(bot))["state"] == "refused"
    assert shown(bot, LI, "picture.refused") == []
    assert "1张照片打不开" in card(bot, DESK)


async def test_a_full_disk_is_tried_again_and_leaves_no_half_file(
    bot: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "_write", full)
        await report(bot, photo())
    assert (await row(bot))["checks"] == 1
    assert kept(bot) == []
    await bot.pass_(timedelta(minutes=1))
    assert (await row(bot))["state"] == "clean"


async def test_a_kill_before_the_commit_makes_the_same_file_once_more(
    bot: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    async def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(bot.house.pictures, "_record", killed)
    with pytest.raises(Killed):
        await report(bot, photo())
    (first,) = kept(bot)  # whole, but no row says so
    assert (await row(bot))["state"] == "waiting"
    (first.parent / "left.jpg.part").write_bytes(b"hal")
    await bot.restart()
    await bot.house.pictures._sweep()
    await bot.settle()
    assert (await row(bot))["state"] == "clean"
    assert kept(bot) == [first]
    assert len(shown(bot, DESK, "case.file")) == 1


async def test_a_file_that_no_case_has_any_more_is_swept(bot: Offline) -> None:
    await report(bot, photo())
    async with bot.house.database.begin() as uow:
        await uow.write_now(text("DELETE FROM attachments"))
    await bot.house.pictures._sweep()
    assert kept(bot) == []
    await bot.house.pictures._sweep()  # within the day: not looked at again


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


class TestCleanPictures:
    """What a letter is handed."""

    KEY = Key(1, NUMBER, "before", "f")

    async def made(self, bot: Offline) -> CleanPictures:
        await report(bot, photo())
        return CleanPictures(bot.house.database, Shelf(bot.folder / "pictures"))

    async def test_the_bytes_first_and_then_the_id(self, bot: Offline) -> None:
        pictures = await self.made(bot)
        assert (await pictures.find(self.KEY)).photo == kept(bot)[0].read_bytes()
        message: Any = type("M", (), {"photo": [type("P", (), {"file_id": "new"})]})
        await pictures.sent(self.KEY, message)
        await bot.restart()
        pictures = CleanPictures(bot.house.database, Shelf(bot.folder / "pictures"))
        assert await pictures.find(self.KEY) == Shown("new")
        await pictures.forget(self.KEY)
        assert (await pictures.find(self.KEY)).photo == kept(bot)[0].read_bytes()

    async def test_a_lost_file_is_made_anew(self, bot: Offline) -> None:
        pictures = await self.made(bot)
        kept(bot)[0].unlink()
        with pytest.raises(NotSentError):
            await pictures.find(self.KEY)
        assert (await row(bot))["state"] == "waiting"
        with pytest.raises(NotSentError):
            await pictures.find(self.KEY)
        await bot.settle()
        assert (await pictures.find(self.KEY)).photo == kept(bot)[0].read_bytes()
        assert len(shown(bot, DESK, "case.file")) == 1

    async def test_what_is_not_there_is_refused(self, bot: Offline) -> None:
        pictures = await self.made(bot)
        assert await pictures.find(Key(2, NUMBER, "before", "f")) == Shown(refused="gone")


async def test_at_most_two_are_looked_into_at_once_and_the_loop_takes_the_rest(
    bot: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = most = 0
    begun = asyncio.Event()
    gate = asyncio.Event()

    async def slow(data: bytes) -> bytes:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        if at_once == picture_job.AT_ONCE:
            begun.set()
        await gate.wait()
        at_once -= 1
        return data

    for n in range(5):
        bot.files[f"f{n}-id"] = photo()
    await bot.take_in(bot.message(LI, "3楼灯不亮了"))
    await bot.take_in(*(bot.message(LI, **paper(f"f{n}")) for n in range(5)))
    await bot.settle()
    submit = next(one for one in bot.phones.buttons(LI) if "提交" in one[1].label)
    job = bot.house.pictures
    monkeypatch.setattr(job, "_judge", slow)
    await bot.take_in(bot.press(LI, submit[0], submit[1].data))
    await bot._handle()
    loop = asyncio.create_task(job.run())
    await asyncio.wait_for(begun.wait(), 5)
    assert not await job.idle()
    await bot._send()  # letters do not wait
    assert "5个文件正在检查" in card(bot, DESK)
    gate.set()
    async with asyncio.timeout(5):
        while not await job.idle():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert most == picture_job.AT_ONCE
    await bot.settle()
    assert "照片5张" in card(bot, DESK)
    loop.cancel()
