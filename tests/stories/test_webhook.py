"""The main line over a webhook: nothing is lost or doubled, whenever the bot ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.test_main_line import (  # noqa: F401 - told once more, in this town
    test_a_broken_light_is_reported_and_dispatched,
    test_the_main_line_speaks_english_to_emma,
    test_what_is_spoken_needs_four_taps,
    test_what_was_offered_is_taken_done_and_confirmed,
)
from tests.support import plot
from tests.support.sandbox import Sandbox, bot_by_hand, brought, running
from tests.support.town import Town

DIES_ONCE = """
import os
import pathlib
import signal

import bot.__main__
from bot.intake import webhook

keep = webhook.Keeper.keep
died = pathlib.Path(os.environ["HOME"]) / "died"


async def keep_and_die(self, raw):
    kept = await keep(self, raw)
    if not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return kept


webhook.Keeper.keep = keep_and_die
bot.__main__.main()
"""


@pytest.fixture(scope="module")
def by_webhook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running(tmp_path_factory.mktemp("webhook"), LOG_LEVEL="DEBUG", **brought()) as serving:
        yield serving


@pytest.fixture
def town(by_webhook: Sandbox) -> Town:
    found = Town(by_webhook)
    found.begin()
    return found


def test_nothing_is_fetched_and_lost_answers_change_nothing(town: Town) -> None:
    who = plot.cast(town)
    town.fault(method="webhook", drop="after", times=10)
    number = plot.resolved(who)
    who.li.presses("👍 好了")
    who.li.sees(number)
    assert len(town.sent_to(who.li, "办完了")) <= 1
    assert not [one for one in town.calls("getUpdates") if one["status"] == 200]


def test_killed_and_started_again_the_same_button_works(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends(photo="light", caption="3楼灯不亮了")
    town.kill_bot()
    li.push("✅ 对,提交")
    town.start_bot()
    li.sees("收到了,编号")
    li.sends("/my")
    assert li.sees("我的事(共 5 件)")["text"].count("等人接手") == 1


def test_killed_between_keeping_and_answering_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with running(tmp_path, "--no-bot") as sandbox:
        town, settings = Town(sandbox), brought()
        li = town.person("李阿姨")
        with bot_by_hand(tmp_path, sandbox, program=("-c", DIES_ONCE), **settings):
            li.hand_in(photo="light", caption="3楼灯不亮了")
            town.until(lambda: sandbox.get("/sim/bot")["bot"] == "down")
        assert (tmp_path / "died").exists()
        with bot_by_hand(tmp_path, sandbox, program=("-c", DIES_ONCE), **settings):
            sandbox.settle()
            drafts = li.has("对就提交")
            assert len(drafts) == 1, "it was brought twice and handled once"
            li.presses("✅ 对,提交")
            li.sees("收到了,编号")


def test_back_to_polling_and_to_the_webhook_again(tmp_path: Path) -> None:
    with running(tmp_path, "--no-bot") as sandbox:
        town, settings = Town(sandbox), brought()
        li = town.person("李阿姨")
        for by_webhook in (settings, {}, settings):
            li.hand_in(text="3楼灯不亮了")  # while no bot runs
            with bot_by_hand(tmp_path, sandbox, **by_webhook):  # type: ignore[arg-type]
                sandbox.settle()
                li.presses("✅ 对,提交")
                li.sees("收到了,编号")
