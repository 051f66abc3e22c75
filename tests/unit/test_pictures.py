"""Pictures from anybody: what is refused, what comes out, and what it may cost."""

import asyncio
import io
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.picture import PIXELS_LIMIT, SIZE_LIMIT
from bot.pictures import clean, decode
from bot.pictures.clean import BadPicture

RED = (250, 10, 10)
GPS, ORIENTATION = 0x8825, 0x0112


def png(width: int, height: int) -> bytes:
    """Return a black PNG of one bit a pixel, made without unpacking it."""

    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def made(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image


async def refused(data: bytes) -> str:
    with pytest.raises(BadPicture) as caught:
        await clean.clean(data)
    return caught.value.reason


async def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = png(12000, 12000)
    assert len(bomb) < 20_000
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert await refused(bomb) == "too_many_pixels"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - ours < 8 * 1024  # kilobytes


def test_the_child_stays_small_while_it_refuses_a_bomb() -> None:
    measure = (
        "import resource, subprocess, sys;"
        "done = subprocess.run([sys.executable, '-I', '-B', sys.argv[1]],"
        " stdin=sys.stdin, stdout=subprocess.DEVNULL, check=False);"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measure, str(clean._DECODER)],
        input=png(12000, 12000), capture_output=True, check=True,
    )  # fmt: skip
    verdict, kilobytes = map(int, done.stdout.split())
    assert verdict == decode.TOO_MANY_PIXELS
    assert kilobytes < 64 * 1024


async def test_what_is_just_within_the_limit_is_decoded_within_memory() -> None:
    image = opened(await clean.clean(png(8000, PIXELS_LIMIT // 8000)))
    assert max(image.size) == decode.LONG_SIDE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_a_picture"),
        (b"only words, called picture.jpg", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (b"%PDF-1.7", "not_a_picture"),
        (b"\xff\xd8\xff", "unreadable"),
        (b"\x00\x00\x00\x18ftypheic", "heic"),
        (b"\x00\x00\x00\x18ftypmif1", "heic"),
        (b"\x00\x00\x00\x20ftypavif", "heic"),
        (b"\x00\x00\x00\x20ftypisom", "not_a_picture"),
        (b"II*\x00" + bytes(9), "unreadable"),
        (b"MM\x00*" + bytes(9), "unreadable"),
        (b"BM" + bytes(9), "unreadable"),
        (b"BMW in front of the gate", "not_a_picture"),
        (b"\xff\xd8\xff" + bytes(SIZE_LIMIT), "too_big"),
    ],
)
async def test_what_is_no_picture_is_refused(data: bytes, reason: str) -> None:
    assert await refused(data) == reason


@pytest.mark.parametrize(
    ("size", "made_of"),
    [((2000, 10), (2000, 100)), ((1, 90), (5, 90)), ((8000, 50), (2560, 128)), ((40, 2), (40, 2))],
)
async def test_a_strip_gets_the_shape_of_a_photo_that_telegram_takes(
    size: tuple[int, int], made_of: tuple[int, int]
) -> None:
    image = opened(await clean.clean(made(Image.new("RGB", size, RED), "PNG")))
    assert image.size == made_of
    assert max(image.size) <= 20 * min(image.size)
    red = image.getpixel((0, 0))
    assert isinstance(red, tuple)
    assert red[0] > 2 * red[2]


async def test_a_cut_off_jpeg_is_refused() -> None:
    whole = made(Image.effect_noise((400, 300), 80), "JPEG")
    assert await refused(whole[: len(whole) // 2]) == "unreadable"


async def test_metadata_is_gone_and_the_picture_is_upright() -> None:
    image = Image.new("RGB", (40, 20), RED)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = "in front of my door"
    exif.get_ifd(GPS)[2] = (31.0, 13.0, 49.0)
    sent = made(image, "JPEG", exif=exif, icc_profile=b"profile" * 9, comment=b"my comment")
    assert b"in front of my door" in sent
    result = await clean.clean(sent)
    for trace in (b"in front of my door", b"Exif", b"ICC_PROFILE", b"my comment", b"http://ns"):
        assert trace not in result
    upright = opened(result)
    assert upright.size == (20, 40)
    assert not upright.getexif()


@pytest.mark.parametrize(
    ("mode", "kind", "colour"),
    [("CMYK", "JPEG", (0, 250, 250, 0)), ("RGBA", "PNG", (*RED, 255)),
     ("RGBA", "WEBP", (*RED, 255)), ("P", "GIF", 0), ("L", "PNG", 200),
     ("LA", "PNG", (200, 255)), ("1", "PNG", 1)],
)  # fmt: skip
async def test_every_kind_of_colours_becomes_plain(mode: str, kind: str, colour: object) -> None:
    image = opened(await clean.clean(made(Image.new(mode, (32, 16), colour), kind)))  # type: ignore[arg-type]
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (32, 16))


async def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    deep = Image.new("I;16", (16, 16), 0x8000)
    grey = opened(await clean.clean(made(deep, "PNG"))).getpixel((8, 8))
    assert isinstance(grey, tuple)
    assert abs(grey[0] - 128) <= 2


async def test_what_is_transparent_becomes_white() -> None:
    clear = opened(await clean.clean(made(Image.new("RGBA", (16, 16), (0, 0, 0, 0)), "PNG")))
    assert clear.getpixel((8, 8)) == (255, 255, 255)


async def test_of_a_moving_picture_the_first_frame_stays() -> None:
    first, second = Image.new("RGB", (16, 16), RED), Image.new("RGB", (16, 16), "blue")
    moving = made(first, "GIF", save_all=True, append_images=[second], duration=100)
    red = opened(await clean.clean(moving)).getpixel((8, 8))
    assert isinstance(red, tuple)
    assert red[0] > 200 > red[2]


def without_pillow(folder: Path) -> Path:
    """Return the decoder as it is where Pillow is not installed."""
    own = Path(decode.__file__).read_text("utf-8").split('"""', 2)[2]
    lacking = folder / "decode.py"
    lacking.write_text("import sys\nsys.modules['PIL'] = None\n" + own, "utf-8")
    return lacking


async def test_without_a_decoder_the_reason_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clean, "_DECODER", without_pillow(tmp_path))
    assert await refused(png(8, 8)) == "no_decoder"


async def test_a_decoder_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean, "PATIENCE", 0.0)
    assert await refused(png(8000, 5000)) == "unreadable"


async def test_several_at_once_do_not_mix() -> None:
    sent = [made(Image.new("RGB", (10 + n, 10), RED), "PNG") for n in range(4)]
    results = await asyncio.gather(*map(clean.clean, sent))
    assert [opened(one).width for one in results] == [10, 11, 12, 13]
