"""What no column takes comes in: half a character, a zero, a number too large. The bot goes on."""

from pathlib import Path

import pytest

from tests.support.offline import offline

LI, STRANGER = 5551, 5552
SAID = (
    "灯\x00不亮了",
    "灯\ud83d不亮了 😀",
    "/start",
    "3号楼2单元",
    "99999999999999999999",
    "9999999999",
    "/find 99999999999",
    "/find \x00a",
)
PRESSED = (
    "v1:case:claim:99999999999:1",
    "v1:case:claim:1001:99999999999",
    "v1:case:claim:999999999999999999999:1",
    "v1:draft:send:9999999999:1",
    "v1:case:claim:1001:1:\x00",
)


@pytest.mark.parametrize("first", ["灯\x00不亮了", "灯\ud83d不亮了"])
async def test_what_cannot_be_kept_of_a_report_is_left_out_and_the_rest_is_filed(
    empty_url: str, tmp_path: Path, first: str
) -> None:
    async with offline(tmp_path, empty_url) as bot:
        await bot.take_in(bot.message(LI, "3号楼2单元" + first))
        await bot.settle()
        (draft,) = [text for _, drawing in bot.phones.sent if "不亮了" in (text := drawing.text)]
        assert "灯不亮了" in draft
        assert bot.defects == []


async def test_numbers_and_words_that_no_column_takes_stop_nothing(
    empty_url: str, tmp_path: Path
) -> None:
    async with offline(tmp_path, empty_url) as bot:
        for person in (LI, STRANGER):
            for text in SAID:
                await bot.take_in(bot.message(person, text))
                await bot.settle()
            for data in PRESSED:
                await bot.take_in(bot.press(person, 5, data))
                await bot.settle()
        assert bot.defects == []
        rows = await bot.rows("SELECT status, count(*) AS n FROM inbox GROUP BY status")
        assert [dict(row) for row in rows] == [
            {"status": "done", "n": 2 * (len(SAID) + len(PRESSED))}
        ]
