"""One program a folder of data."""

import subprocess
import sys
from pathlib import Path

import pytest

from storage.fault import DatabaseFault
from storage.lock import only_one

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from storage.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_program_is_refused_until_the_first_has_ended_however_it_ends(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with (
            pytest.raises(DatabaseFault, match=r"process \d+ .*Stop it .*DATA_DIR"),
            only_one(folder),
        ):
            pass
        first.kill()
    with only_one(folder):
        assert (folder / "linli.lock").exists()
    with only_one(folder):
        pass
