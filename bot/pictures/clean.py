"""A picture from anybody becomes a small JPEG without metadata, or is refused with a reason.

The bytes are judged by what they begin with, never by their name, and decoded by a child
process that has a limit for memory and time, and no environment: it cannot see the token.
"""

import asyncio
import sys
from pathlib import Path

from bot.domain.picture import SIZE_LIMIT
from bot.pictures import decode

PATIENCE = 30.0  # seconds; the child's own limit counts only the time it computes
_DECODER = Path(decode.__file__)
# What gives away where it was made as well as a JPEG does, but has no safe decoder here.
_HEIF = {b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC",
         b"avif": "AVIF", b"avis": "AVIF"}  # fmt: skip
_FOREIGN = {"HEIC": "heic", "AVIF": "heic"}
_BEGINNINGS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),  # and the raw pictures of most cameras
    (b"MM\x00*", "TIFF"),
    (b"\x00\x00\x00\x0cJXL ", "JXL"),
    (b"\xff\x0a", "JXL"),
    (b"\x00\x00\x00\x0cjP  ", "JP2"),
)
_VERDICTS = {
    decode.TOO_MANY_PIXELS: "too_many_pixels",
    decode.NO_DECODER: "no_decoder",
}


class BadPicture(Exception):
    """These bytes are not shown to anybody; `reason` is a word for why.

    One of too_big, not_a_picture, too_many_pixels, heic, unreadable, no_decoder.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def format_of(data: bytes) -> str | None:
    """Return which format of pictures the bytes begin like, or None."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:2] == b"BM" and data[6:10] == bytes(4):  # two letters alone may begin a text
        return "BMP"
    if data[4:8] == b"ftyp":
        return _HEIF.get(data[8:12])
    return next((name for begin, name in _BEGINNINGS if data.startswith(begin)), None)


async def clean(data: bytes) -> bytes:
    """Return the picture as a JPEG of at most 2560 pixels a side, upright, without metadata.

    Raises BadPicture when it is too big, no picture, has too many pixels or cannot be read,
    and when the decoder is not installed.
    """
    if len(data) > SIZE_LIMIT:
        raise BadPicture("too_big")
    found = format_of(data)
    if found is None:
        raise BadPicture("not_a_picture")
    if found not in decode.FORMATS:
        raise BadPicture(_FOREIGN.get(found, "unreadable"))
    verdict, jpeg = await _decoded(data)
    if verdict != decode.CLEAN or format_of(jpeg) != "JPEG":
        raise BadPicture(_VERDICTS.get(verdict, "unreadable"))
    return jpeg


async def _decoded(data: bytes) -> tuple[int, bytes]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-B",
        str(_DECODER),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    try:
        jpeg, _ = await asyncio.wait_for(child.communicate(data), PATIENCE)
    except TimeoutError:
        return decode.UNREADABLE, b""
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return child.returncode or decode.CLEAN, jpeg
