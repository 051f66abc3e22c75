"""Files as parts of messages, and the ready samples that people can send without a camera.

It knows the store of files, but no chat.
"""

from pathlib import Path

from bot.sandbox.errors import Wire
from bot.sandbox.files import FileStore, StoredFile, image_size, mime_of

KINDS = ("photo", "voice", "video", "document")
SAMPLES = {
    "light": "light.jpg",
    "lit": "lit.jpg",
    "leak": "leak.jpg",
    "rubbish": "rubbish.jpg",
    "voice": "voice.ogg",
    "video": "video.mp4",
    "document": "document.pdf",
    "original": "original.jpg",  # as a camera makes it: where and with what it was taken
    "bomb": "bomb.png",  # 17.6 KB that unpack to 144 megapixels
}
_AS = {
    "photo": ("light", "lit", "leak", "rubbish"),
    "voice": ("voice",),
    "video": ("video",),
    "document": tuple(SAMPLES),
}
_FOLDER = Path(__file__).parent / "samples"
_SIZES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))
_FALLBACK = {"photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4"}
_OPUS_RATE = 48_000


def fitting(kind: str) -> tuple[str, ...]:
    """Return the names of the samples that a phone sends as this kind; as a paper, any."""
    return _AS[kind]


def sample(name: str) -> tuple[str, bytes]:
    """Return file name and bytes of a ready sample; raises KeyError."""
    file_name = SAMPLES[name]
    return file_name, (_FOLDER / file_name).read_bytes()


def keep(files: FileStore, kind: str, content: bytes, *, name: str, mime: str = "") -> StoredFile:
    """Store a file of this kind; what it is, is told from its bytes first."""
    mime = mime_of(content, _FALLBACK.get(kind) or mime or "application/octet-stream")
    size = image_size(content) if kind == "photo" else (0, 0)
    return files.add(kind, content, mime=mime, name=name, size=size, mark="")


def wire_of(files: FileStore, stored: StoredFile, given: Wire) -> Wire:
    """Return the part of a message that carries this file; `given` may name size and duration."""
    if stored.kind == "photo":
        return {"photo": _photo_sizes(files, stored)}
    wire = stored.wire() | {"mime_type": stored.mime}
    if stored.kind == "voice":
        wire["duration"] = given.get("duration") or ogg_seconds(stored.content)
    elif stored.kind == "video":
        wire["duration"] = given.get("duration") or 1
        wire["width"] = given.get("width") or 320
        wire["height"] = given.get("height") or 240
    if stored.kind in ("video", "document"):
        wire["file_name"] = stored.name
    return {stored.kind: wire}


def _photo_sizes(files: FileStore, stored: StoredFile) -> list[Wire]:
    # Telegram scales; here every size has the same bytes, its own ids and its own measures.
    if stored.file_id in files.sizes:
        return files.sizes[stored.file_id]
    longest = max(stored.width, stored.height, 1)
    sizes = []
    for mark, edge in _SIZES:
        if edge >= longest:
            break
        measures = (stored.width * edge // longest, stored.height * edge // longest)
        small = files.add(
            "photo", stored.content, mime=stored.mime, name=stored.name, size=measures, mark=mark
        )
        sizes.append(_photo_size(small))
    files.sizes[stored.file_id] = [*sizes, _photo_size(stored)]
    return files.sizes[stored.file_id]


def _photo_size(stored: StoredFile) -> Wire:
    return stored.wire() | {"width": max(1, stored.width), "height": max(1, stored.height)}


def ogg_seconds(content: bytes) -> int:
    """Return how long an Ogg Opus voice is, at least one second."""
    at = content.rfind(b"OggS")
    if at < 0 or len(content) < at + 14:
        return 1
    return max(1, int.from_bytes(content[at + 6 : at + 14], "little") // _OPUS_RATE)
