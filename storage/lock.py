"""One program a folder of data: two that write to one SQLite file may damage it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.fault import DatabaseFault


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder; raises DatabaseFault while another program holds it.

    The system lets go of it when the program ends, however it ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "linli.lock").open("w")
    except OSError as error:
        raise DatabaseFault(f"DATA_DIR {folder} cannot be used: {error.strerror}.") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseFault(
                f"Another Linli works in DATA_DIR {folder}: stop it first, or name another folder."
            ) from None
        yield
