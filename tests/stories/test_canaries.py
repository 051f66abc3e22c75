"""Names, numbers and doors stand in the chat and in the database, and nowhere else."""

import re
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.stories.test_backups import linli
from tests.stories.test_onbehalf import CANARY as PHONE
from tests.stories.test_onbehalf import SPOKEN, given_to, registers
from tests.support import plot
from tests.support.sandbox import lines_about_people, running
from tests.support.town import Town

DOOR, NAME, WORDS = "3-2-501", "欧阳金丝雀", "金丝雀飞进楼道了"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def everything_personal(town: Town) -> None:
    """Let names, a number, a door and words go through every part of the bot, in trouble too."""
    who = plot.cast(town)
    sun, organizer = town.people("孙网格", "钱组织")
    somebody = town.newcomer(NAME)
    somebody.sends(f"3号楼2单元,{WORDS}")
    registers(who.desk, f"5号楼1单元灯不亮,{NAME} {SPOKEN}")
    given_to(who, "孙网格")
    sun.presses("☎ 居民电话")
    organizer.sends(f"/word {DOOR}")
    for said in (f"/people {NAME}", "/audit", f"/find {PHONE[2:]}", "/report"):
        organizer.sends(said)
    town.fault(method="sendMessage", times=2, status=500)
    town.fault(method="sendMessage", times=1, status=400, description="Bad Request: odd")
    who.li.hand_in(text=f"3楼灯不亮了,{WORDS}")
    town.fault(method="*", times=-1, drop="before")
    town.sandbox.post("/sim/clock", advance="PT2H")
    town.mend()
    town.restart_bot()


def test_nothing_about_people_stands_in_logs_figures_and_names_of_files(tmp_path: Path) -> None:
    port = free_port()
    with running(
        tmp_path, LOG_LEVEL="DEBUG", HEALTH_PORT=str(port), HOURLY_BACKUPS="true"
    ) as sandbox:
        town, data = Town(sandbox), tmp_path / "data" / "sandbox"
        everything_personal(town)
        town.until(lambda: any((data / "backups").glob("*.db")))
        said = [linli(data, *one.split())[1] for one in ("backup", "backup verify", "audit verify")]
        for page in ("healthz", "metrics"):
            with urlopen(f"http://127.0.0.1:{port}/{page}") as answer:
                said.append(answer.read().decode())
        said += [str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")]
    assert lines_about_people(said, NAME, WORDS, PHONE, DOOR) == []
    logged = (tmp_path / "output.txt").read_text("utf-8").splitlines()
    assert any("a backup was made" in one for one in logged), "something was logged"
    assert lines_about_people(logged, NAME, WORDS, PHONE, DOOR) == []


@pytest.mark.parametrize(
    "line",
    ["due failed subject=3-2-501", f"to {NAME}", "phone 138 7777 6666", "tel=13877776666", "灯"],
)
def test_a_line_about_somebody_is_seen(line: str) -> None:
    assert lines_about_people(["all is well 2026-11-17 1795000000", line]) == [line]


def test_the_stories_themselves_leave_nobody_behind(town: Town, output: Path) -> None:
    plot.report(town.person("李阿姨"))
    text = (output / "output.txt").read_text("utf-8")
    assert re.search(r"\w", text)
    assert lines_about_people(text.splitlines()) == []
