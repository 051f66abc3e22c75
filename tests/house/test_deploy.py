"""What stands in deploy/ and docs/operate.md fits the program that it is about."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import FAULT, cli
from bot.pulse import STUCK
from bot.settings import setting_names
from tests.house.source import ROOT
from tests.house.test_documents import commands_of

UNIT = ROOT / "deploy" / "linli.service"
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
GUIDE = (ROOT / "docs" / "operate.md").read_text("utf-8")


def unit() -> dict[str, str]:
    lines = UNIT.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_systemd_hears_of_us_and_does_not_try_a_wrong_setting_again() -> None:
    found = unit()
    assert found["Type"] == "notify"
    assert found["RestartPreventExitStatus"] == str(FAULT)
    assert 0 < int(found["WatchdogSec"]) <= STUCK, "a stuck loop is not waited for twice"
    assert int(found["TimeoutStopSec"]) > 15, "letters in flight get 15 s"


def test_it_can_write_into_its_own_folder_only() -> None:
    found = unit()
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"):
        assert found[name] == "yes"
    assert found["ProtectSystem"] == "strict"
    assert found["ReadWritePaths"] == found["WorkingDirectory"]
    assert found["CapabilityBoundingSet"] == ""
    assert found["UMask"] == "0077"


def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd on this machine")
    copy = tmp_path / "linli.service"
    text = UNIT.read_text("utf-8").replace("/opt/linli/.venv/bin/linli", "/bin/true")
    copy.write_text(text, "utf-8")
    ended = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )
    assert "linli.service:" not in ended.stderr, ended.stderr


def test_the_dockerfile_copies_what_is_there_and_runs_as_nobody_important() -> None:
    copied = [
        one for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for one in line.split()
    ]
    assert copied
    assert [one for one in copied if not (ROOT / one).exists()] == []
    assert "USER linli" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE


def commands_named(text: str) -> Iterator[str]:
    pattern = r"(?:\bL|bin/linli|`linli|linli linli) (?!linli\b)([a-z][a-z-]+)(?: (verify)\b)?"
    for found in re.finditer(pattern, text):
        yield " ".join(filter(None, found.groups()))


def test_the_guide_names_only_commands_and_settings_that_there_are() -> None:
    known = {*commands_of(cli), "backup", "audit verify", "run"}
    named = set(commands_named(GUIDE))
    assert {"backup verify", "restore", "audit verify", "copy-database", "doctor"} <= named
    assert named <= known
    shown = set(re.findall(r"\b([A-Z]+_[A-Z_]+)\b", GUIDE + DOCKERFILE))
    assert shown - {"PYTHONUNBUFFERED"} <= set(setting_names())
