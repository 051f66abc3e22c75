"""Lines of the log: structured, and without a token whatever it hides in."""

import logging

import pytest

from bot.logging import hide_token, log, set_up_logging

TOKEN = "987654321:CANARYcanaryCANARYcanaryCANARYcan"
URL = f"https://api.telegram.org/bot{TOKEN}/getUpdates"

pytestmark = pytest.mark.usefixtures("logging_restored")


def told(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert "CANARY" not in err
    return err


def fail() -> None:
    raise ConnectionError(f"cannot reach {URL}") from ValueError(TOKEN)


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_a_token_is_taken_out_wherever_it_hides(
    capsys: pytest.CaptureFixture[str], level: str
) -> None:
    set_up_logging(level)
    ours = log("room")
    for say in (ours.debug, ours.info, ours.warning, ours.error):
        say(f"reached {URL}", url=URL, nested={"url": [URL]}, raw=URL.encode())
    try:
        fail()
    except ConnectionError as error:
        ours.error("failed", exc_info=error)
        logging.getLogger("other").exception("failed at %s", URL)
    logging.getLogger("other").error("%s and %r", URL, {"url": URL})
    found = told(capsys)
    assert "<token>" in found
    assert "ConnectionError" in found


def test_libraries_that_log_addresses_and_updates_are_quiet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging("DEBUG")
    for name in ("httpx", "telegram.ext.Application", "aiohttp.client", "sqlalchemy.engine",
                 "apscheduler.scheduler", "aiosqlite", "asyncio", "tornado.access"):  # fmt: skip
        logging.getLogger(name).info("raw update: my secret")
        logging.getLogger(name).debug("raw update: my secret")
    assert told(capsys) == ""


def test_lines_below_the_level_are_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("WARNING")
    log("room").info("quiet")
    log("room").warning("said")
    lines = told(capsys).splitlines()
    assert len(lines) == 1
    assert "said" in lines[0]


def test_a_line_holds_its_facts_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    log("room").info("update failed", update_id=500, code="K7M4")
    found = told(capsys)
    for piece in ("level='info'", "event='update failed'", "update_id=500", "code='K7M4'"):
        assert piece in found


def test_setting_up_again_does_not_say_things_twice(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        set_up_logging("INFO")
    log("room").info("once")
    assert told(capsys).count("once") == 1


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (URL, "https://api.telegram.org/bot<token>/getUpdates"),
        (f"{TOKEN} {TOKEN}", "<token> <token>"),
        (f"file/bot{TOKEN}/photos/1.jpg", "file/bot<token>/photos/1.jpg"),
        ("at 09:10 in 2026-11-17", "at 09:10 in 2026-11-17"),
        ("update 123456789 in chat 7000001", "update 123456789 in chat 7000001"),
        ("", ""),
    ],
)
def test_only_tokens_are_hidden(text: str, hidden: str) -> None:
    assert hide_token(text) == hidden
