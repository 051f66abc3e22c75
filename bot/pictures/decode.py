"""Decode one picture within limits: bytes on stdin, a clean JPEG on stdout, the verdict as exit.

Runs as a process of its own, by its path and isolated, because a small file may unpack to
gigabytes and because decoders have holes. It therefore imports nothing of the house.
"""

import io
import resource
import sys
import warnings
from typing import Any

CLEAN, UNREADABLE, TOO_MANY_PIXELS, NO_DECODER = 0, 3, 4, 5  # 1 and 2 are Python's own
PIXELS_LIMIT = 40_000_000
LONG_SIDE = 2560  # pixels: enough to read a meter on a photo
QUALITY = 85
RATIO = 20  # of the longer side to the shorter at most; source: Bot API, sendPhoto
MEMORY_LIMIT = 640 * 1024 * 1024  # bytes of addresses; 40 megapixels of RGBA take 160 MB
CPU_LIMIT = 20  # seconds
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
DEEP_GREY = ("I", "I;16", "I;16B", "I;16L")  # sixteen bits, which conversion would clip


def limit() -> None:
    """Give up memory, time, files and core dumps beyond what one picture needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def decode(data: bytes) -> tuple[int, bytes]:
    """Return the verdict and, when it is `CLEAN`, the picture as a JPEG without metadata."""
    try:
        from PIL import Image  # noqa: PLC0415 -- only under the limits
    except ImportError:
        return NO_DECODER, b""
    Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT // 2  # Pillow warns beyond it and raises beyond twice it
    warnings.simplefilter("ignore")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS_LIMIT:
                return TOO_MANY_PIXELS, b""
            return CLEAN, _encoded(opened)
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS, b""
    except Exception:  # noqa: BLE001 -- decoders raise anything on forged bytes
        return UNREADABLE, b""


def _encoded(opened: Any) -> bytes:
    """Return the first frame upright, small and in plain colours, as JPEG."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    opened.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG decodes straight to a smaller size
    upright = ImageOps.exif_transpose(_shrunk(opened))
    if upright.mode in {"RGBA", "LA"}:
        full = upright.convert("RGBA")
        upright = Image.new("RGB", full.size, "white")
        upright.paste(full, mask=full.getchannel("A"))
    # A new one: nothing that was beside the pixels follows.
    plain = Image.new("RGB", _allowed(*upright.size), "white")
    plain.paste(upright.convert("RGB"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=False)
    return out.getvalue()


def _allowed(width: int, height: int) -> tuple[int, int]:
    """Return the size with white beside a picture that is longer than Telegram takes a photo."""
    return max(width, -(-height // RATIO)), max(height, -(-width // RATIO))


def _shrunk(opened: Any) -> Any:
    """Return the picture no longer than `LONG_SIDE`, in a mode that can be resized."""
    if opened.mode in DEEP_GREY:
        shrunk = opened.convert("I").point(lambda value: value / 256).convert("L")
    elif opened.mode == "P" or "transparency" in opened.info:
        shrunk = opened.convert("RGBA")
    else:
        shrunk = opened
    shrunk.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=2.0)
    return shrunk


def main() -> int:
    """Decode what stands on stdin; returns the exit code."""
    limit()
    verdict, jpeg = decode(sys.stdin.buffer.read())
    sys.stdout.buffer.write(jpeg)
    sys.stdout.buffer.flush()
    return verdict


if __name__ == "__main__":
    sys.exit(main())
