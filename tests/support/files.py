"""Files in a whole bot without Telegram: reported, looked into, seen by people."""

import io
from pathlib import Path
from typing import Any

from PIL import Image

from tests.support.offline import Offline

LI, DESK, LIU = 7000001, 7000006, 7000007
NUMBER = 1001
SECRET = b"in front of my door"


def photo() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = SECRET.decode()
    Image.new("RGB", (9, 9), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


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
