"""Backups while residents report; a damaged one, and the newest good one put back by command."""

import os
import subprocess
import sys
from pathlib import Path

from storage import backup
from tests.support import plot
from tests.support.sandbox import ROOT, bot_by_hand, running
from tests.support.town import Town


def linli(data: Path, *arguments: str) -> tuple[int, str]:
    """Run a command as the operator does; return its exit code and all that it says."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=data,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stdout + ended.stderr


def made(data: Path) -> list[Path]:
    return backup.all_in(data / "backups")


def test_the_newest_good_backup_is_put_back_and_the_story_goes_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(tmp_path, "--no-bot") as sandbox:
        town = Town(sandbox)
        with bot_by_hand(tmp_path, sandbox, HOURLY_BACKUPS="true"):
            sandbox.settle()
            who = plot.cast(town)
            first = plot.report(who.li)
            town.until(lambda: len(made(data)) == 1)
            town.wait("PT1H")
            town.until(lambda: len(made(data)) == 2)
            second = plot.report(who.li)
            code, said = linli(data, "backup")
            assert code == 0, said
            assert len(made(data)) == 3
            code, said = linli(data, "backup", "verify")
            assert (code, said.count("ok  ")) == (0, 3), said
            code, said = linli(data, "restore")
            assert code == 2
            assert "Another Linli works in DATA_DIR" in said

        (newest,) = [one for one in made(data) if one.name == newest_by_hand(data)]
        newest.write_bytes(newest.read_bytes()[:9000])
        code, said = linli(data, "backup", "verify")
        assert code == 1
        assert f"BAD   {newest.name} is damaged" in said
        (data / "linli.db").write_bytes(b"\xff" * 4096)  # and now the disk has died, too

        code, said = linli(data, "restore")
        assert code == 0, said
        assert f"BAD   {newest.name} is damaged" in said
        assert "The former database is kept" in said
        with bot_by_hand(tmp_path, sandbox, HOURLY_BACKUPS="true"):
            sandbox.settle()
            who.li.sends("/my")
            listed = who.li.sees(first)["text"]
            assert second not in listed, "what came after the backup is gone"
            assert plot.report(who.li) != first


def newest_by_hand(data: Path) -> str:
    """Return the one that the command made: the real clock stands behind the sandbox's."""
    return max(made(data), key=lambda one: one.stat().st_mtime_ns).name
