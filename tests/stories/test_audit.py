"""Who saw what: those who give roles read it, and a row that was changed is named."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.stories.test_onbehalf import SPOKEN, given_to, registers
from tests.support import plot
from tests.support.sandbox import ROOT
from tests.support.town import Town


def verify(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "audit", "verify", *arguments],
        cwd=database.parent,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_organizer_reads_who_has_looked_at_a_number_and_it_can_be_proved(
    town: Town, output: Path
) -> None:
    who = plot.cast(town)
    sun, organizer = town.people("孙网格", "钱组织")
    organizer.sends("/audit")
    organizer.sees("还什么都没记下")
    registers(who.desk, f"5号楼1单元灯不亮,{SPOKEN}")
    given_to(who, "孙网格")
    sun.presses("☎ 居民电话")
    who.li.sends("/audit")
    who.li.sees("组织者")

    organizer.sends("/audit")
    page = organizer.sees("共记下 2 条", "孙网格 看电话", "李阿姨 被拒绝")
    assert page["text"].index("李阿姨") < page["text"].index("孙网格"), "the newest first"
    for _ in range(3):
        who.li.sends("/audit")
    organizer.sends("/audit")
    organizer.presses("下一页 ▶")
    organizer.sees("共记下 5 条", "孙网格 看电话")

    (database,) = output.rglob("linli.db")
    found = verify(database)
    assert found.returncode == 0, found.stderr
    assert "5 rows are as they were written" in found.stdout
    kept = found.stdout.split()[-1]

    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE audit SET person_id = 1 WHERE what = 'phone_seen'")
    found = verify(database)
    assert (found.returncode, found.stdout) == (1, "BAD   xingfuli: row 1 was changed.\n")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM audit")
        connection.execute("DELETE FROM audit_heads")
    assert verify(database).returncode == 0, "nothing is left that could be missed"
    found = verify(database, "--head", kept)
    assert found.stdout == "BAD   xingfuli: row 1 is missing at the end.\n"
    assert verify(database, "--head", "nonsense").returncode == 2
