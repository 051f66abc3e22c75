"""Names, numbers and doors stand in the chat and in the database, and nowhere else."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.stories.conftest import TUESDAY
from tests.stories.test_broadcast import everybody, write
from tests.stories.test_onbehalf import CANARY as PHONE
from tests.stories.test_onbehalf import SPOKEN, given_to, registers
from tests.stories.test_roster_week import MEMBERS
from tests.stories.test_surveys import adds, composes, sends
from tests.support import plot
from tests.support.meeting_town import SECRETARY, meeting_town, presses_first
from tests.support.sandbox import EXAMPLE, ROOT, brought, files_with_token, lines_about_people
from tests.support.town import Town

DOOR, NAME, WORDS = "3-2-501", "欧阳金丝雀", "金丝雀飞进楼道了"
PUBLIC = "百灵鸟停在告示上"  # words to everybody, which stay as they are in a backup
CANARIES = (NAME, WORDS, PHONE, DOOR)
_COMMANDS = """
import sys

from bot.__main__ import cli

for one in sys.argv[1:]:
    try:
        cli(one.split())
    except SystemExit:
        pass
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def commands(data: Path, *lines: str) -> str:
    """Run commands as the operator does, in one process; return all that they say."""
    ended = subprocess.run(
        [sys.executable, "-c", _COMMANDS, *lines],
        cwd=data,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout + ended.stderr


def reports(town: Town) -> None:
    """Let names, a number, a door and words go through a case and what staff looks at."""
    who = plot.cast(town)
    sun, organizer = town.people("孙网格", "钱组织")
    somebody = town.newcomer(NAME)
    somebody.sends(f"3号楼2单元,{WORDS}")
    somebody.presses("知道了")
    registers(who.desk, f"5号楼1单元灯不亮,{NAME} {SPOKEN}")
    given_to(who, "孙网格")
    sun.presses("☎ 居民电话")
    organizer.sends(f"/word {DOOR}")
    for said in (f"/people {NAME}", "/audit", f"/find {PHONE[2:]}", "/report"):
        organizer.sends(said)


def is_said_to_many(town: Town) -> None:
    """Let there be a notice, a survey with names, a topic for a meeting."""
    qian, zhou, wu = town.people("钱组织", "老周", SECRETARY)
    town.wait("PT5M")  # nobody floods
    write(qian, PUBLIC)
    everybody(qian)
    qian.presses("✅ 现在发")
    composes(qian)
    adds(qian, "✍️ 写话", "还想说什么?")
    sends(qian, named=True)
    zhou.sends("/meetings")
    presses_first(zhou, "📋 民情恳谈会")
    zhou.presses("💡 我也提一件")
    zhou.sends(WORDS)
    wu.presses("✅ 上会")


def goes_on(town: Town) -> None:
    """Let an answer be given, a shift be swapped, and minutes be written and published."""
    somebody, wu = town.person(NAME), town.person(SECRETARY)
    town.wait("P5DT9H50M")  # Sunday, after seven
    assert somebody.has(PUBLIC), "the notice has gone out"
    somebody.presses("🗳 楼道怎么样")
    presses_first(somebody, "开始")
    somebody.sends(WORDS)
    somebody.sees("谢谢您")
    leaves, *_ = [one for one in town.people(*MEMBERS) if one.has("请您值一次班", "周五")]
    leaves.presses("🔄 换一下", leaves.has("请您值一次班", "周五")[0])
    leaves.presses("🧳 出门")
    assert wu.has("民情恳谈会纪要草稿好了", "议题 1 件")
    presses_first(wu, "👥 到会", "⬜ 赵督办", "◀ 返回", "✍️ 逐项填结论", "✅ 定了", "✍️ 别的人")
    for said in (NAME, "下周一", PUBLIC):
        wu.sends(said)
    presses_first(wu, "📨 给大家看")
    town.wait("P1DT14H")
    assert wu.has("议过了", PUBLIC) or town.person("老周").has("议过了", PUBLIC)


def second(folder: Path) -> Path:
    """Write the file of another community, which somebody can move into."""
    held = EXAMPLE.read_text("utf-8").split("[[people]]")[0]
    held = held.replace('"xingfuli"', '"harmony"').replace('"幸福里社区"', '"Harmony"')
    (folder / "second.toml").write_text(held, "utf-8")
    return folder / "second.toml"


def moves_and_takes_along(town: Town) -> None:
    """Let somebody take along what is kept of them, and move."""
    zhou = town.person("老周")
    zhou.sends("/privacy")
    zhou.presses("📥 导出给我")
    zhou.sends("/settings")
    presses_first(zhou, "我的家", "换社区", "Harmony", "搬过去")
    zhou.sees("您现在在Harmony")


def is_in_trouble(town: Town, webhook: str) -> None:
    """Let Telegram fail, and somebody who is not Telegram bring things."""
    li = town.person("李阿姨")
    for held in (json.dumps({"update_id": 1, "message": {"text": NAME}}), f"{{{WORDS}", NAME):
        with pytest.raises(HTTPError):
            urlopen(Request(f"{webhook}?{PHONE}", held.encode(), {"X-Door": DOOR}))
    town.fault(method="sendMessage", times=2, status=500)
    town.fault(method="sendMessage", times=1, status=400, description="Bad Request: odd")
    li.hand_in(text=f"3楼灯不亮了,{WORDS}")
    town.fault(method="*", times=-1, drop="before")
    town.sandbox.post("/sim/clock", advance="PT2H")
    town.mend()
    town.sandbox.settle()


def in_plain(files: list[Path]) -> list[str]:
    """Return the canaries that stand in the files, as words or as JSON writes them."""
    held = b"".join(one.read_bytes() for one in files)
    escaped = {one: json.dumps(one)[1:-1].encode() for one in CANARIES}
    return [one for one in CANARIES if one.encode() in held or escaped[one] in held]


def test_nothing_about_people_stands_in_logs_figures_backups_and_names_of_files(
    tmp_path: Path,
) -> None:
    port, settings, data = free_port(), brought(), tmp_path / "data" / "sandbox"
    told = {"LOG_LEVEL": "DEBUG", "HEALTH_PORT": str(port), "HOURLY_BACKUPS": "true", **settings}
    with meeting_town(tmp_path, TUESDAY, ("", ""), **told) as town:
        reports(town)
        is_said_to_many(town)
        goes_on(town)
        town.kill_bot()
        checks = ("backup", "backup verify", "audit verify", "doctor")
        said = [commands(data, f"import {second(tmp_path)}", *checks)]
        town.start_bot()
        moves_and_takes_along(town)
        is_in_trouble(town, settings["WEBHOOK_URL"])
        for page in ("healthz", "metrics"):
            with urlopen(f"http://127.0.0.1:{port}/{page}") as answer:
                said.append(answer.read().decode())
        said += [str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")]
        assert set(in_plain(sorted(data.glob("linli.db*")))) >= {WORDS}, "it can be found"
        before = set((data / "backups").glob("*.db"))
        town.wait("PT1H")
        town.until(lambda: bool(set((data / "backups").glob("*.db")) - before))
    assert in_plain(sorted((data / "backups").iterdir())) == []
    done = (
        "Imported.",
        " tables, ",
        " rows are as they were written",
        "Nobody else on this machine",
    )
    assert [one for one in done if one not in said[0]] == [], said[0]
    assert lines_about_people("\n".join(said).splitlines(), *CANARIES, PUBLIC) == []
    logged = (tmp_path / "output.txt").read_text("utf-8").splitlines()
    assert any("a backup was made" in one for one in logged), "something was logged"
    assert lines_about_people(logged, *CANARIES, PUBLIC) == []
    assert files_with_token(tmp_path) == []


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
