"""Looking into files beside the letters: at most two at once, and whatever breaks."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from telegram.error import NetworkError

from bot.delivery import picture_job
from bot.delivery.clean_picture import CleanPictures
from bot.delivery.transport import NotSentError, SlowDownError
from bot.domain.picture import GONE, PATIENCE, Key, again_at
from bot.pictures.shelf import Shelf
from tests.support.database import START
from tests.support.files import (
    DESK,
    LI,
    NUMBER,
    card,
    kept,
    paper,
    photo,
    report,
    row,
    shown,
)
from tests.support.offline import Offline, offline


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


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


async def test_a_fault_of_ours_is_logged_and_holds_up_nothing_else(
    bot: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: bytes) -> bytes:
        raise KeyError("ours")

    monkeypatch.setattr(bot.house.pictures, "_judge", broken)
    await report(bot, photo())
    assert (await row(bot))["checks"] == 1
    assert "KeyError" in bot.defects[0]
    bot.defects.clear()
    monkeypatch.undo()
    await bot.restart()
    await bot.pass_(timedelta(minutes=1))
    assert (await row(bot))["state"] == "clean"


async def test_what_cannot_be_settled_is_looked_into_again_in_a_while(
    bot: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise KeyError("ours")

    job = bot.house.pictures
    settle = job._settle
    monkeypatch.setattr(job, "_settle", broken)
    await report(bot, photo())
    assert (await row(bot))["state"] == "waiting"
    assert await job.idle()  # it is held: the loop does not spin
    assert await job.next_due() == START + timedelta(minutes=1)
    bot.defects.clear()
    monkeypatch.setattr(job, "_settle", settle)
    await bot.pass_(timedelta(minutes=2))
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


class TestCleanPictures:
    """What a letter is handed."""

    KEY = Key(1, NUMBER, "before", "f")

    async def made(self, bot: Offline) -> CleanPictures:
        await report(bot, photo())
        return CleanPictures(bot.house.database, Shelf(bot.folder / "pictures"))

    async def test_the_bytes_first_and_then_the_id(self, bot: Offline) -> None:
        pictures = await self.made(bot)
        assert (await pictures.find(self.KEY)) == kept(bot)[0].read_bytes()
        message: Any = type("M", (), {"photo": [type("P", (), {"file_id": "new"})]})
        await pictures.sent(self.KEY, message)
        await bot.restart()
        pictures = CleanPictures(bot.house.database, Shelf(bot.folder / "pictures"))
        assert await pictures.find(self.KEY) == "new"
        await pictures.forget(self.KEY)
        assert (await pictures.find(self.KEY)) == kept(bot)[0].read_bytes()

    async def test_a_lost_file_is_made_anew(self, bot: Offline) -> None:
        pictures = await self.made(bot)
        kept(bot)[0].unlink()
        with pytest.raises(NotSentError):
            await pictures.find(self.KEY)
        assert (await row(bot))["state"] == "waiting"
        with pytest.raises(NotSentError):
            await pictures.find(self.KEY)
        await bot.settle()
        assert (await pictures.find(self.KEY)) == kept(bot)[0].read_bytes()
        assert len(shown(bot, DESK, "case.file")) == 1

    async def test_what_is_not_there_is_not_shown(self, bot: Offline) -> None:
        pictures = await self.made(bot)
        assert await pictures.find(Key(2, NUMBER, "before", "f")) is None


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
