"""Many pictures at once, in whatever order and however slowly they come: one report."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.plot import number_in
from tests.support.proxy import Update, passing
from tests.support.sandbox import bot_by_hand, running
from tests.support.town import Neighbour, Town, picture

ALBUM = [picture(number) for number in range(10)]


class Shaken:
    """A Telegram that mixes up what arrives together, and makes one album of all pictures."""

    def __init__(self) -> None:
        self._chance = random.Random(10)
        self._known: dict[int, Update] = {}
        self.mixed = 0

    def __call__(self, updates: list[Update]) -> list[Update]:
        fresh = [one for one in updates if one["update_id"] not in self._known]
        bodies = [self._body(one) for one in fresh]
        self._chance.shuffle(bodies)
        for one, body in zip(fresh, bodies, strict=True):
            self._known[one["update_id"]] = {"update_id": one["update_id"], **body}
        ids = [one["message"]["message_id"] for one in bodies if "message" in one]
        self.mixed += ids != sorted(ids)
        return [self._known[one["update_id"]] for one in updates]

    @staticmethod
    def _body(update: Update) -> dict[str, Any]:
        body = {key: value for key, value in update.items() if key != "update_id"}
        if "photo" in body.get("message", {}):
            body["message"] = body["message"] | {"media_group_id": "one-album"}
        return body


@pytest.fixture
def shaken() -> Shaken:
    return Shaken()


@pytest.fixture
def shaken_town(tmp_path: Path, shaken: Shaken) -> Iterator[Town]:
    with (
        running(tmp_path, "--no-bot") as sandbox,
        passing(sandbox.address, shaken) as telegram,
        bot_by_hand(tmp_path, sandbox, telegram),
    ):
        sandbox.settle(30)
        yield Town(sandbox)


def filed_pictures(town: Town, who: Neighbour) -> int:
    """Let the report be filed; return how many pictures the dispatcher gets with it."""
    desk = town.person("张调度")
    who.presses("✅ 对,提交")
    number = number_in(who.sees("收到了,编号")["text"])
    desk.sees(number, "待派单", f"照片{len(ALBUM)}张")
    return sum(len(one["media"]) for one in desk.news())


def test_an_album_of_ten_is_one_card_and_one_case(town: Town) -> None:
    li = town.person("李阿姨")

    sent = li.sends(photos=ALBUM, caption="地下车库积水")

    assert len(sent) == 10
    assert len(li.shown()) == 1, "one card for all of them"
    li.sees("对就提交", "照片10张", "地下车库积水")
    assert filed_pictures(town, li) == 10


def test_an_album_out_of_order_and_slow_is_one_case_with_every_picture(
    shaken_town: Town, shaken: Shaken
) -> None:
    town, li = shaken_town, shaken_town.person("李阿姨")

    with town.all_at_once():
        li.hand_in(photo=ALBUM[0], caption="地下车库积水")
        for one in ALBUM[1:5]:
            li.hand_in(photo=one)
    town.wait("PT1S")
    with town.all_at_once():
        for one in ALBUM[5:8]:
            li.hand_in(photo=one)
    town.wait("PT2S")
    with town.all_at_once():
        for one in ALBUM[8:]:
            li.hand_in(photo=one)

    assert shaken.mixed, "Telegram did mix them up"
    assert len(li.shown()) == 1, li.transcript()
    li.sees("对就提交", "照片10张", "地下车库积水")
    assert filed_pictures(town, li) == 10


def test_a_text_in_the_middle_of_an_album_is_still_one_case(
    shaken_town: Town, shaken: Shaken
) -> None:
    town, li = shaken_town, shaken_town.person("李阿姨")

    with town.all_at_once():
        for one in ALBUM[:6]:
            li.hand_in(photo=one)
        li.hand_in(text="地下车库积水")
        for one in ALBUM[6:]:
            li.hand_in(photo=one)

    assert shaken.mixed
    assert len(li.shown()) == 1, li.transcript()
    li.sees("对就提交", "照片10张", "地下车库积水")
    assert filed_pictures(town, li) == 10


def test_a_text_right_after_an_album_joins_it(town: Town) -> None:
    li = town.person("李阿姨")

    with town.acting():
        li.hand_in(photos=ALBUM[:5])
        li.hand_in(text="地下车库积水")
        li.hand_in(photos=ALBUM[5:])

    assert len(li.shown()) == 1
    assert filed_pictures(town, li) == 10


def test_the_same_picture_twice_counts_once(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends(photo="light", caption="3楼灯不亮了")
    li.sends(photo="light")

    assert len(li.shown()) == 1
    assert li.has("对就提交", "照片1张")


def test_an_album_goes_on_though_the_bot_is_killed_in_its_middle(town: Town) -> None:
    li = town.person("李阿姨")

    with town.acting():
        li.hand_in(photos=ALBUM[:5], caption="地下车库积水")
        town.kill_bot()
        li.hand_in(photos=ALBUM[5:])
        town.start_bot()

    assert len(li.shown()) == 1
    assert filed_pictures(town, li) == 10


def test_more_pictures_than_one_report_takes_are_refused_and_the_others_kept(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends(photos=ALBUM, caption="地下车库积水")
    li.sends(photos=[picture(number) for number in range(10, 20)])

    li.sends(photo=picture(20))

    li.sees("照片太多了", "最多 20 张")
    li.presses("✅ 对,提交")
    number = number_in(li.sees("收到了,编号")["text"])
    desk.sees(number, "照片20张")
