"""One program a folder of data: two that write to one SQLite file may damage it."""

import fcntl
import os
import sys
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
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (folder / "linli.lock").open("a+")
    except OSError as error:
        raise DatabaseFault(f"DATA_DIR {folder} cannot be used: {error.strerror}.") from None
    with file:
        file.seek(0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseFault(_sentence(folder, file.read().strip())) from None
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()} ({Path(sys.argv[0]).name} {' '.join(sys.argv[1:2])})")
        file.flush()
        yield


def _sentence(folder: Path, who: str) -> str:
    """Say which program holds the folder, as it wrote into the lock, and what to do."""
    which = f"process {who}" if who else "it did not say which process"
    return (
        f"Another Linli works in DATA_DIR {folder}: {which}. Stop it (Ctrl+C where it runs, or "
        "the service that runs it), do this again, and start it after that; or set DATA_DIR to "
        "another folder."
    )
