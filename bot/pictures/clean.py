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
_VERDICTS = {
    decode.TOO_MANY_PIXELS: "too_many_pixels",
    decode.NO_DECODER: "no_decoder",
}


class BadPicture(Exception):
    """These bytes are not shown to anybody; `reason` is a word for why.

    One of too_big, not_a_picture, too_many_pixels, unreadable, no_decoder.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def format_of(data: bytes) -> str | None:
    """Return the format that the bytes begin like (JPEG, PNG, GIF, WEBP, HEIC), or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"}:
        return "HEIC"
    return None


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
        raise BadPicture("unreadable")
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
