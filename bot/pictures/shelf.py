"""Clean pictures on the disk: whole or not there, readable by the bot alone. Knows no case."""

import os
from collections.abc import Collection
from pathlib import Path

_PART = ".part"


class Shelf:
    """One folder of files whose names the house has chosen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, name: str, data: bytes) -> None:
        """Keep the bytes under the name, instead of what was there; raises OSError.

        After a kill at any moment the file is the old one or the new one.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._folder / (name + _PART)
        part.unlink(missing_ok=True)
        try:
            self._write(part, data)
            part.replace(self._folder / name)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        self._sync_folder()

    def read(self, name: str) -> bytes | None:
        """Return the bytes, None when there are none; raises OSError."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def drop(self, names: Collection[str]) -> None:
        """Remove these files, where they are there; raises OSError."""
        for name in names:
            (self._folder / name).unlink(missing_ok=True)

    def sweep(self, wanted: Collection[str]) -> int:
        """Remove every file but the wanted ones, while nothing is saved; return how many."""
        if not self._folder.is_dir():
            return 0
        idle = [one for one in self._folder.iterdir() if one.name not in wanted and one.is_file()]
        for one in idle:
            one.unlink(missing_ok=True)
        return len(idle)

    @staticmethod
    def _write(part: Path, data: bytes) -> None:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _sync_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
