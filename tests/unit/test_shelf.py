"""Clean pictures on the disk: whole or not there, and for the bot alone."""

import os
from pathlib import Path

import pytest

from bot.pictures.shelf import Shelf


def test_a_file_is_kept_for_the_bot_alone_and_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "pictures"
    shelf = Shelf(folder)
    shelf.save("one.jpg", b"first")
    shelf.save("one.jpg", b"second")
    assert shelf.read("one.jpg") == b"second"
    assert (folder / "one.jpg").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in folder.iterdir()] == ["one.jpg"]


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "none").read("one.jpg") is None
    assert Shelf(tmp_path / "none").sweep(()) == 0


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    shelf.save("one.jpg", b"first")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        shelf.save("one.jpg", b"second")
    assert shelf.read("one.jpg") == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["one.jpg"]


def test_what_a_kill_left_half_written_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "one.jpg.part").write_bytes(b"hal")
    shelf = Shelf(tmp_path)
    assert shelf.read("one.jpg") is None
    shelf.save("one.jpg", b"whole")
    assert shelf.read("one.jpg") == b"whole"


def test_sweeping_leaves_only_what_is_wanted(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for name in ("one.jpg", "two.jpg", "three.jpg.part"):
        shelf.save(name, b"x")
    assert shelf.sweep({"one.jpg", "five.jpg"}) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["one.jpg"]
