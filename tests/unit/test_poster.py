"""Posters: one page each, the code readable from the picture of it, and without typst too."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from bot.domain.code import SPOT_KINDS
from bot.paper import poster
from bot.paper.poster import Sheet, render, write

SHEET = Sheet(
    bot="linli_bot",
    place="3号楼2单元",
    code="7KQ2MXAB",
    payload="p_7KQ2MXAB",
    phone="010-5550 1234",
    hours="8:00-20:00",
    community="幸福里社区",
)
LONG = Sheet(
    bot="a_bot_with_a_long_name_of_32_chars",
    place="幸福里东区地下车库B区人防通道入口",
    code="ABCDEFGH",
    payload="p_ABCDEFGH",
    phone="0571-8888 0001 转 8023",
    hours="08:30-17:30",
    community="一个名字特别特别长的街道社区居委会",
)


def read(picture: bytes | Path) -> list[str]:
    opened = Image.open(io.BytesIO(picture) if isinstance(picture, bytes) else picture)
    return sorted(found.text for found in zxingcpp.read_barcodes(opened))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("sheet", [SHEET, LONG])
def test_a_poster_is_one_page_whose_code_can_be_read(sheet: Sheet, language: str) -> None:
    (page,) = render([sheet], language)
    assert read(page) == [sheet.link]
    assert sheet.link == f"https://t.me/{sheet.bot}?start={sheet.payload}"


def test_the_labels_stand_behind_the_posters_and_can_all_be_read() -> None:
    sheets = [Sheet(*("linli_bot", f"{n}号楼", f"CODE{n}", f"p_CODE{n}", "1", "8", "x"))
              for n in range(7)]  # fmt: skip
    *posters, labels = render(sheets, "zh_CN", labels=True)
    assert len(posters) == 7
    assert read(labels) == sorted(one.link for one in sheets)


def test_with_typst_it_is_one_pdf(tmp_path: Path) -> None:
    where = write([SHEET, LONG], tmp_path, "hehe", "zh_CN")
    assert where == tmp_path / "hehe.pdf"
    assert where.read_bytes().startswith(b"%PDF")


def test_without_typst_there_is_a_picture_of_each_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poster, "can_print", lambda: False)
    where = write([SHEET, LONG], tmp_path, "hehe", "zh_CN")
    assert sorted(read(file) for file in where.iterdir()) == sorted([[SHEET.link], [LONG.link]])
    assert (where / "3号楼2单元.png").is_file()


def test_a_patrol_point_and_a_room_say_what_they_are_for() -> None:
    said = [poster._words(replace(SHEET, kind=kind), 0, "zh_CN") for kind in SPOT_KINDS]
    assert len({one["title"] for one in said}) == len({one["label"] for one in said}) == 3
    assert "巡查点" in said[1]["title"]
    assert "会议室" in said[2]["title"]
