"""Photos that are sent as files: looked into before anybody sees them, and never as they came."""

import base64
import http.client
import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Neighbour, Town
from tests.unit.test_pictures import png

SECRET = b"in front of my door"
GPS = 0x8825


def as_file(data: bytes) -> str:
    return base64.b64encode(data).decode()


def with_metadata() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(GPS)[2] = (31.0, 13.0, 49.0)
    Image.new("RGB", (90, 60), "red").save(out, "JPEG", exif=exif)
    assert SECRET in out.getvalue()
    return out.getvalue()


def read(town: Town, media: dict[str, Any]) -> bytes:
    """Return the bytes behind what a phone shows."""
    line = http.client.HTTPConnection(urlsplit(town.sandbox.address).netloc)
    line.request("GET", media["url"])
    data = line.getresponse().read()
    line.close()
    return data


def report(who: Neighbour, data: bytes) -> str:
    """Let somebody whose place is known report with a file; return the number."""
    who.sends(document=as_file(data), caption=plot.REPORTED)
    who.presses("✅ 对,提交")
    return number_in(who.has("收到了,编号")[-1]["text"])


def kept(output: Path) -> list[Path]:
    """Return the files with clean pictures that the bot keeps."""
    return [one for folder in output.rglob("pictures") for one in folder.iterdir()]


def test_a_photo_sent_as_a_file_is_seen_without_what_it_gives_away(
    town: Town, output: Path
) -> None:
    who = plot.cast(town)

    number = report(who.li, with_metadata())
    (media,) = who.desk.sees(f"{number} 的照片")["media"]
    who.desk.sees(number, "照片1张", "待派单")

    assert media["type"] == "photo"
    shown = read(town, media)
    (file,) = kept(output)
    assert shown == file.read_bytes()
    for trace in (SECRET, b"Exif"):
        assert trace not in shown
    assert file.stat().st_mode & 0o777 == 0o600

    town.restart_bot()
    before = town.calls("sendPhoto")[-1]["seq"]
    who.desk.presses("🙋 放给志愿者")
    who.liu.sees(f"{number} 的照片")
    sent = {one["parameters"]["photo"] for one in town.calls("sendPhoto", before)}
    assert sent == {media["file_id"]}  # it went up once, and that is known after a restart


def test_a_picture_that_would_unpack_to_gigabytes_is_refused_and_nobody_waits(town: Town) -> None:
    who, zhou = plot.cast(town), town.person("老周")
    bomb = png(12000, 12000)
    assert len(bomb) < 20_000
    who.li.sends(document=as_file(bomb), caption=plot.REPORTED)

    with town.all_at_once():
        who.li.push("✅ 对,提交")
        zhou.hand_in(text="3号楼1单元的电梯坏了")

    zhou.sees("电梯")
    number = number_in(who.li.sees("收到了,编号")["text"])
    told = who.li.sees(number, "没能加上", "像素太多", "当“照片”发给我")
    assert told["reply_to"] is not None
    who.desk.sees(number, "1张照片打不开", "待派单")
    assert not who.desk.has(f"{number} 的照片")
    assert len(who.li.has("没能加上")) == 1


def test_killed_in_the_middle_it_is_looked_into_again(town: Town, output: Path) -> None:
    who = plot.cast(town)
    town.fault(method="getFile", times=-1, delay=5)
    who.li.sends(document=as_file(with_metadata()), caption=plot.REPORTED)
    who.li.push("✅ 对,提交")
    number = number_in(who.li.comes_to_have("收到了,编号")[-1]["text"])
    who.desk.comes_to_have(number, "1个文件正在检查")

    town.kill_bot()
    town.mend()
    town.start_bot()

    assert who.desk.comes_to_have(f"{number} 的照片")
    town.sandbox.settle()
    assert len(who.desk.has(f"{number} 的照片")) == 1
    assert who.desk.has(number, "照片1张", "待派单")
    assert not who.li.has("没能加上")
    assert [one.suffix for one in kept(output)] == [".jpg"]
