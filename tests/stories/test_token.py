"""The token of the bot is nowhere to be found: not in its output, its logs, nor its database."""

from pathlib import Path

from tests.support import plot
from tests.support.sandbox import CANARY, files_with_token, running
from tests.support.town import Town

DATABASE = {"linli.db", "linli.db-wal"}


def test_the_token_is_in_no_output_log_or_database_at_debug(tmp_path: Path) -> None:
    with running(tmp_path, LOG_LEVEL="DEBUG") as sandbox:
        town = Town(sandbox)
        who = plot.cast(town)
        plot.resolved(who)
        who.li.presses("👍 好了")
        # Troubles are where addresses, and the token in them, get into messages.
        town.fault(method="sendMessage", times=1, drop="before")
        town.fault(method="sendMessage", times=1, status=500)
        town.fault(method="editMessageText", times=1, status=400, description="Bad Request: odd")
        town.fault(method="getUpdates", times=2, status=502)
        with town.acting():
            who.li.hand_in(photo="light", caption="3楼灯不亮了")
            who.li.hand_in(text="/help")
            sandbox.post("/sim/clock", advance="PT10M")
        town.fault(method="*", times=-1, drop="before")
        sandbox.post("/sim/clock", advance="PT1M")
        town.mend()
        town.restart_bot()
        held = {one.name for one in tmp_path.rglob("linli.db*")}
        assert held >= DATABASE, "the log of the database is looked at, too"
        assert files_with_token(tmp_path) == []
        assert CANARY.partition(":")[2] not in str(sandbox.get("/sim/calls"))

    assert (tmp_path / "output.txt").stat().st_size > 0, "something was logged"
    assert files_with_token(tmp_path) == []


def test_the_stories_themselves_leave_no_token_behind(town: Town, output: Path) -> None:
    plot.report(town.person("李阿姨"))

    assert files_with_token(output) == []


def test_a_token_in_the_log_of_a_database_is_seen_before_a_reset(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "linli.db-wal"
    kept.parent.mkdir()
    kept.write_bytes(b"\x00" + CANARY.encode() + b"\x00")
    (tmp_path / "output.txt").write_text(CANARY)

    assert files_with_token(tmp_path, "linli.db*") == [str(kept)]


def test_every_reset_of_a_story_looks_first(town: Town) -> None:
    looked: list[bool] = []
    usual, town.sandbox.before_reset = town.sandbox.before_reset, lambda: looked.append(True)
    try:
        town.begin()
    finally:
        town.sandbox.before_reset = usual

    assert looked == [True]
    usual()
