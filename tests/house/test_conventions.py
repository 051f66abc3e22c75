"""What the code must not do, where neither the linter nor the import contracts can see it."""

import ast
import inspect
import re

from telegram import Bot, CallbackQuery, Chat, Message, User

from bot.domain.case import Status
from tests.house.source import ROOMS, files, nodes, place, text

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
NO_NETWORK = ("handlers", "bot/services", "bot/schedule", "bot/intake")
OTHERS_TOO = {"close", "initialize", "shutdown"}  # names that are not Telegram's alone
BOT_METHODS = {
    name
    for one in (Bot, CallbackQuery, Chat, Message, User)
    for name, _ in inspect.getmembers(one, inspect.iscoroutinefunction)
    if not name.startswith("_")
} - OTHERS_TOO


def test_no_status_is_named_outside_the_move_table() -> None:
    def names_one(node: ast.AST) -> bool:
        if isinstance(node, ast.Attribute):
            return node.attr in Status.__members__
        return isinstance(node, ast.Constant) and node.value in set(Status)

    found = [place(f, node) for f in files(*ROOMS) for node in nodes(f) if names_one(node)]
    assert {one.partition(":")[0] for one in found} == {"bot/domain/case.py"}, found


def test_chinese_stands_only_in_texts_and_demo_data() -> None:
    assert [place(file) for file in files(*ROOMS) if CHINESE.search(text(file))] == []


def test_only_delivery_calls_methods_of_the_bot() -> None:
    found = [
        f"{place(file, node)} {node.value.func.attr}"
        for file in files(*NO_NETWORK)
        for node in nodes(file)
        if isinstance(node, ast.Await)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr in BOT_METHODS
    ]
    assert {"send_message", "reply_text", "edit_text", "answer"} <= BOT_METHODS
    assert found == []


def test_nobody_reaches_for_the_bot_in_an_update() -> None:
    found = [
        place(file, node)
        for file in files(*NO_NETWORK)
        for node in nodes(file)
        if isinstance(node, ast.Attribute) and node.attr in {"bot", "get_bot", "application"}
    ]
    assert found == []


def test_no_handler_runs_beside_its_transaction() -> None:
    found = [
        place(file, node.value)
        for file in files(*ROOMS)
        for node in nodes(file)
        if isinstance(node, ast.keyword)
        and node.arg == "block"
        and ast.unparse(node.value) != "True"
    ]
    assert found == []


def test_one_file_knows_the_timer() -> None:
    found = {
        place(file)
        for file in files(*ROOMS)
        for node in nodes(file)
        if isinstance(node, ast.Import | ast.ImportFrom) and "apscheduler" in ast.unparse(node)
    }
    assert found == {"bot/schedule/runner.py"}


def test_rules_are_kept_in_frozen_slotted_dataclasses() -> None:
    found = [
        ast.unparse(one)
        for file in files("bot/domain")
        for node in nodes(file)
        if isinstance(node, ast.ClassDef)
        for one in node.decorator_list
    ]
    assert set(found) == {"dataclass(frozen=True, slots=True)"}


def test_one_file_commits() -> None:
    found = {
        place(file)
        for file in files("bot", "handlers", "storage")
        for node in nodes(file)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }
    assert found <= {
        "storage/unit_of_work.py",
        "storage/writer.py",
        "storage/migrate.py",
        "storage/migrations/env.py",
    }
