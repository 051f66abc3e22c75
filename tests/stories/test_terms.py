"""Roles at the edge of their time: the stroke of the local midnight, and an admin who is none.

In this community one dispatcher's last day is today and another one's first day is tomorrow;
there are two admins, since one admin is made by two.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.guest import EXAMPLE
from tests.stories.conftest import TUESDAY
from tests.stories.test_people import ADMIN, chooses
from tests.support import plot
from tests.support.sandbox import running
from tests.support.town import Town, labels

OTHER_ADMIN = "吴书记"
TODAY, TOMORROW = "2026-11-17", "2026-11-18"
OFFER = "🙋 放给志愿者"


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("edge")
    written = EXAMPLE.read_text("utf-8")
    resident = 'name = "{}"\nroles = ["resident"]'
    for before, after in (
        (resident.format("小李"), f'name = "小李"\nroles = ["dispatcher"]\nuntil = {TODAY}'),
        (resident.format("老周"), f'name = "老周"\nroles = ["dispatcher"]\nsince = {TOMORROW}'),
        ('roles = ["supervisor", "organizer"]', 'roles = ["admin"]'),
    ):
        assert written.count(before) == 1
        written = written.replace(before, after)
    mine = folder / "mine.toml"
    mine.write_text(written, "utf-8")
    with running(folder, ORGANISATION=str(mine), SANDBOX_NOW=TUESDAY) as sandbox:
        yield Town(sandbox)


@pytest.fixture
def town(edge: Town) -> Town:
    edge.begin()
    return edge


def test_a_role_ends_at_the_stroke_of_midnight(town: Town) -> None:
    who = plot.cast(town)
    li = town.person("小李")
    first, second = plot.report(who.li), plot.report(who.li, "5号楼1单元垃圾没人收")
    old = li.has(first, "🆕")[-1], li.has(second, "🆕")[-1]
    town.wait("PT14H49M")  # it was ten past nine: 23:59
    li.presses(OFFER, old[0])
    assert li.toasts() == ["放给志愿者了"], "on the last day it holds to the last minute"
    town.wait("PT1M")
    li.presses(OFFER, old[1])
    assert any("调度" in one for one in li.toasts()), "at midnight the old button is refused"
    li.sends("/todo")
    assert not li.has("待办", second)
    who.li.sends("/my")
    assert "待接单" not in who.li.sees(second)["text"]


def test_a_role_begins_at_the_stroke_of_midnight(town: Town) -> None:
    who = plot.cast(town)
    zhou = town.person("老周")
    number = plot.report(who.li)
    zhou.sees_nothing()
    town.wait("PT14H49M")
    zhou.sends("/todo")
    assert not zhou.has(number), "the day before it is nothing"
    town.wait("PT1M")
    zhou.sends("/todo")
    zhou.presses(next(one for one in labels(zhou.sees("待办", number)) if number in one))
    zhou.presses(OFFER, zhou.sees(number, "🆕"))
    assert zhou.toasts() == ["放给志愿者了"]


def test_an_admin_is_made_by_two_serves_and_is_refused_once_they_are_none(town: Town) -> None:
    giver, second, li, zhou = town.people(ADMIN, OTHER_ADMIN, "李阿姨", "老周")
    giver.sends("/people 李阿姨")
    chooses(giver, "👤 李阿姨", "➕ 给身份", "管理员", "全社区", "不限")
    li.sees_nothing()
    second.presses("✅ 同意", second.sees("想请 李阿姨 做管理员"))
    li.sees("您现在是管理员了")

    li.sends("/people 老周")
    chooses(li, "👤 老周", "➕ 给身份", "志愿者", "全社区", "三个月")
    zhou.sees("您现在是志愿者了")
    card = li.with_button("➕ 给身份")

    giver.sends("/people 李阿姨")
    chooses(giver, "👤 李阿姨", "➖ 收身份", "管理员")
    li.sees("您不再是管理员了")
    for old in ("➕ 给身份", "➖ 收身份", "🚫 停用"):
        li.presses(old, card)
        assert any("组织者、管理员" in one for one in li.toasts()), old
        zhou.sees_nothing()
    li.sends("/people")
    li.sees("组织者、管理员")
