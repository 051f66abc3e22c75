"""Files as Telegram keeps them: bytes once, a `file_unique_id` that equal bytes share.

It knows nothing of chats; everything is in memory and gone with the process.
"""

import hashlib
import struct
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from bot.sandbox.errors import Wire, bad_request

SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "audio/ogg": "oga",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
    "image/webp": "webp",
}
_LETTERS = {"photo": "AgAD", "voice": "AwAD", "video": "BAAD", "document": "BQAD"}
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file under one `file_id`."""

    file_id: str
    unique_id: str
    kind: str
    content: bytes
    mime: str
    name: str
    path: str
    width: int = 0
    height: int = 0

    def wire(self) -> Wire:
        """Return the three fields that every Telegram file object has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


class FileStore:
    """All files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}
        self.sizes: dict[str, list[Wire]] = {}
        self._count = 0

    def add(
        self, kind: str, content: bytes, *, mime: str, name: str, size: tuple[int, int], mark: str
    ) -> StoredFile:
        """Keep `content` and return it under a new id; equal bytes are kept once.

        `size` is width and height in pixels, `mark` tells the sizes of one photo apart.
        """
        digest = hashlib.sha256(content).digest()
        unique = _LETTERS.get(kind, "BQAD") + urlsafe_b64encode(digest[:9]).decode() + mark
        self._count += 1
        stored = StoredFile(
            file_id=f"{unique}-{self._count:06d}",
            unique_id=unique,
            kind=kind,
            content=self._contents.setdefault(unique, content),
            mime=mime,
            name=name,
            path=f"{kind}s/file_{self._count}.{SUFFIXES.get(mime, 'bin')}",
            width=size[0],
            height=size[1],
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile:
        """Return the file under this id; raises ApiError as Telegram words it."""
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request("wrong file_id or the file is temporarily unavailable") from None

    def by_id(self, file_id: str) -> StoredFile | None:
        """Return the file under this id, if there is one."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Return the file that `getFile` gave this path, if there is one."""
        return self._by_path.get(path)


def mime_of(content: bytes, fallback: str = "application/octet-stream") -> str:
    """Tell the type of a file from its first bytes."""
    marks = (
        (b"\xff\xd8", "image/jpeg"),
        (b"\x89PNG", "image/png"),
        (b"OggS", "audio/ogg"),
        (b"%PDF", "application/pdf"),
    )
    found = next((mime for mark, mime in marks if content.startswith(mark)), None)
    if found is None and content[4:8] == b"ftyp":
        return "video/mp4"
    return found or fallback


def image_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a JPEG or PNG; 640 x 480 when it cannot be told."""
    try:
        if content.startswith(b"\x89PNG"):
            width, height = struct.unpack(">II", content[16:24])
            return width, height
        return _jpeg_size(content)
    except (struct.error, IndexError):
        return 640, 480


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:  # noqa: PLR2004 - every JPEG segment begins with this byte
        marker = content[at + 1]
        length, _, height, width = struct.unpack(">HBHH", content[at + 2 : at + 9])
        if marker in _JPEG_FRAMES:
            return width, height
        at += 2 + length
    return 640, 480
