"""The house as architecture says: what stands where, and how large it may grow."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.case import Status

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage")
TOP = {
    "bot", "handlers", "storage", "tests", "docs", "deploy", "pyproject.toml", "README.md",
    "Makefile", "requirements.lock", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
MADE = {"data", "build", "linli.egg-info", "__pycache__"}
FILE_LINES, FUNCTION_LINES = 300, 40
CHINESE = re.compile(r"[\u3400-\u9fff]")
BOT_METHODS = {
    "reply_text", "reply_photo", "send_message", "send_photo", "edit_message_text", "edit_text",
    "answer", "answer_callback_query", "delete_message", "set_message_reaction", "get_file",
}  # fmt: skip


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def test_only_known_names_stand_at_the_top() -> None:
    found = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    assert found - MADE <= TOP


def test_no_file_is_longer_than_300_lines() -> None:
    long = {str(f.relative_to(ROOT)): n for f in sources(*ROOMS)
            if (n := len(f.read_text("utf-8").splitlines())) > FILE_LINES}  # fmt: skip
    assert long == {}


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{one.name}"
        for file in sources(*ROOMS)
        for one in functions(file)
        if (one.end_lineno or 0) - one.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_no_status_is_named_outside_the_move_table() -> None:
    names = {status.value for status in Status} - {"offered", "returned", "withdrawn", "declined"}
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sources(*ROOMS)
        if file.name != "case.py" or file.parent.name != "domain"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Constant) and node.value in names)
        or (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "Status"
            and node.attr in Status.__members__
        )
    ]
    assert found == []


def test_chinese_stands_only_in_texts_and_demo_data() -> None:
    found = [
        str(file.relative_to(ROOT))
        for file in sources(*ROOMS)
        if CHINESE.search(file.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["handlers", "bot/services", "bot/intake", "bot/schedule"])
def test_only_delivery_calls_methods_of_the_bot(folder: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.func.attr}"
        for file in sources(folder)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in BOT_METHODS
    ]
    assert found == []


def test_no_handler_runs_beside_the_transaction() -> None:
    assert not [f for f in sources("handlers") if "block=False" in f.read_text("utf-8")]


def test_the_lock_file_is_hashed_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^[a-zA-Z0-9_.\[\]-]+==", lock, re.MULTILINE)
    assert len(pinned) > 40
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "index-url" not in lock
    assert "://" not in lock
