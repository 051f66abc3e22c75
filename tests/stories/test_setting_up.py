"""A new community, from the template to its first report, by what the documentation says."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from openpyxl import load_workbook

from tests.support.sandbox import CANARY, UNPACED, Sandbox, running

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; machines are noisy
LI, DISPATCHER = 7000001, 7000006


def commands() -> list[list[str]]:
    """Return the commands of the documentation, in their order."""
    told = (ROOT / "docs" / "organisation.md").read_text("utf-8").partition("## Changing")[0]
    return [one.split() for one in re.findall(r"```sh\n\s*(linli .+)\n", told)]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    own = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "DATA_DIR": str(folder / "data")}
    return {"PATH": os.environ["PATH"], **own, **settings}


def linli(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def bot(folder: Path, town: Sandbox, *arguments: str) -> Iterator[None]:
    """Run the bot of the new community, as in earnest: the sandbox is only its Telegram."""
    settings = {"BOT_TOKEN": CANARY, "BOT_API_URL": f"{town.address.rstrip('/')}/bot", **UNPACED}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments], cwd=folder, env=environment(folder, **settings)
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(PATIENCE) == 0


def fill_in(file: Path, sheet: str, **cells: object) -> None:
    """Change the first row below the titles, as somebody of the community does."""
    book = load_workbook(file)
    titles = [cell.value for cell in book[sheet][1]]
    for title, value in cells.items():
        book[sheet].cell(2, titles.index(title) + 1).value = value
    book.save(file)


def until(met: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not met():
        assert monotonic() < deadline, "it did not come to pass"


def texts(town: Sandbox, chat: int) -> list[str]:
    return [one["text"] for one in town.get(f"/sim/chats/{chat}")["messages"]]


@pytest.fixture
def told() -> list[list[str]]:
    found = commands()
    assert [one[1] for one in found] == ["template", "import", "import", "run"]
    return found


def test_from_the_template_to_the_first_report(tmp_path: Path, told: list[list[str]]) -> None:
    template, dry, real, run = told
    assert linli(tmp_path, *template[1:]).returncode == 0
    file = tmp_path / template[2]
    fill_in(file, "社区", 代码="hehe", 名称="和合社区", 电话="0571-8888 0001")
    fill_in(file, "楼栋", 单元数="很多")

    wrong = linli(tmp_path, *dry[1:])
    assert wrong.returncode == 2
    assert "sheet 楼栋 row 2, 单元数: Input should be a valid integer" in wrong.stderr

    fill_in(file, "楼栋", 单元数=3)
    looked = linli(tmp_path, *dry[1:])
    assert "和合社区 (hehe): new" in looked.stdout
    assert looked.stdout.endswith("Nothing was changed.\n")
    assert linli(tmp_path, *real[1:]).stdout.endswith("Imported.\n")
    assert "nothing changes" in linli(tmp_path, *dry[1:]).stdout

    with (
        running(tmp_path / "telegram", "--no-bot") as town,
        bot(tmp_path, town, *run[1:]),
    ):
        town.post("/sim/message", **{"from": LI, "text": "1号楼2单元3楼灯不亮了"})
        until(lambda: any("请您看一眼" in one for one in texts(town, LI)))
        draft = next(m for m in town.get(f"/sim/chats/{LI}")["messages"] if "请您" in m["text"])
        press = {"from": LI, "message_id": draft["message_id"], "label": "✅ 对,提交"}
        town.post("/sim/press", **press)
        until(lambda: any("收到了,编号 1001" in one for one in texts(town, LI)))
        # At night nothing rings for who serves; what they ask for is answered all the same.
        town.post("/sim/message", **{"from": DISPATCHER, "text": "/todo"})
        until(lambda: any("1001" in one for one in texts(town, DISPATCHER)))
        busy = linli(tmp_path, *real[1:])
        assert (busy.returncode, "stop" in busy.stderr.lower()) == (2, True)
