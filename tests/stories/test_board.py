"""The screen in the lobby: what is read there, and what never is."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import ViewportSize, async_playwright, expect

from tests.support.page import ARGUMENTS, PATIENCE
from tests.support.sandbox import running
from tests.support.town import Town

SCREEN = ViewportSize(width=1920, height=1080)
PHONE = ViewportSize(width=390, height=844)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, str]]:
    """A town with the screen at an address of its own."""
    address = f"127.0.0.1:{free_port()}"
    folder = tmp_path_factory.mktemp("lobby")
    when = "2026-11-17T09:10+08:00"
    with running(folder, SANDBOX_NOW=when, BOARD_ADDRESS=address) as sandbox:
        yield Town(sandbox), f"http://{address}"


def free_port() -> int:
    import socket  # noqa: PLC0415 - nothing else here needs it

    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def read(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return json.loads(answer.read())


def test_it_says_what_and_where_and_by_when(board: tuple[Town, str]) -> None:
    town, address = board
    facts = read(f"{address}/board/xingfuli")
    assert facts["community"] == "幸福里社区"
    assert facts["words"]["doing"] == "正在办"
    assert set(facts["rates"]) == {"response", "solution", "satisfaction"}
    assert all(rate["n"] >= 0 for rate in facts["rates"].values())
    for name in ("waiting", "doing", "finished"):
        column = facts["columns"][name]
        assert column["total"] >= len(column["rows"])
    doing = facts["columns"]["doing"]["rows"]
    assert doing
    assert all(row["at"] and row["place"] and row["name"] for row in doing)
    assert read(f"{address}/board/xingfuli?lang=en")["words"]["doing"] == "Under way"
    assert read(f"{address}/board/") == [{"code": "xingfuli", "name": "幸福里社区"}]
    del town


def test_names_doors_and_words_are_never_on_it(board: tuple[Town, str]) -> None:
    town, address = board
    said = "3号楼2单元502老王家门口的灯坏了,电话13800001111"
    town.sandbox.post("/sim/message", from_=7000001, text=said)
    town.sandbox.settle()
    town.sandbox.post("/sim/clock", advance="PT20M")  # it files itself
    town.sandbox.settle()
    waited = read(f"{address}/board/xingfuli?lang=xx&fresh=1")  # any language, any query
    text = json.dumps(waited, ensure_ascii=False)
    names = [one["name"] for one in town.sandbox.people()]
    for hidden in ("502", "老王", "13800001111", *names):
        assert hidden not in text, hidden


@pytest.mark.parametrize("path", ["/board/nowhere", "/.env", "/../server.py", "/board/a/b"])
def test_what_is_not_there_is_not_there(board: tuple[Town, str], path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        read(board[1] + path)
    with caught.value as answer:
        assert answer.code in {403, 404}


def test_it_can_only_be_read(board: tuple[Town, str]) -> None:
    asked = urllib.request.Request(f"{board[1]}/board/xingfuli", data=b"{}", method="POST")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(asked, timeout=10)
    with caught.value as answer:
        assert answer.code == 405


@pytest.mark.browser
async def test_of_a_busy_day_the_screen_shows_what_fits_and_counts_the_rest(
    board: tuple[Town, str], chromium: str
) -> None:
    facts = read(f"{board[1]}/board/xingfuli")
    for column in facts["columns"].values():
        row = {**column["rows"][0], "place": "13号楼东侧地下车库二层的北出口"}
        column |= {"rows": [row] * 8, "total": 23}

    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium, args=[*ARGUMENTS])
        for size in (SCREEN, PHONE):
            page = await browser.new_page(viewport=size)
            page.set_default_timeout(PATIENCE)
            await page.route("**/board/xingfuli*", lambda one: one.fulfill(json=facts))
            await page.goto(board[1])
            rows = page.locator("#doing li")
            await expect(rows.first).to_contain_text("13号楼")
            n = await rows.count()
            await expect(page.locator("#doing .more")).to_have_text(f"还有 {23 - n} 件")
            below = await page.evaluate("document.documentElement.scrollHeight - innerHeight")
            last = await rows.last.evaluate("one => one.getBoundingClientRect().bottom")
            list_ = await page.locator("#doing ol").evaluate(
                "o => o.getBoundingClientRect().bottom"
            )
            assert last <= list_ + 1
            if size is SCREEN:
                assert 4 <= n <= 7
                assert below <= 0
            else:
                assert n == 8
        await browser.close()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "size"), [("screen", SCREEN), ("phone", PHONE)])
async def test_it_is_read_from_three_metres_and_on_a_phone(
    board: tuple[Town, str], chromium: str, name: str, size: ViewportSize, tmp_path: Path
) -> None:
    complaints: list[str] = []
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium, args=[*ARGUMENTS])
        page = await browser.new_page(viewport=size)
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: complaints.append(str(one)))
        await page.goto(board[1])
        await expect(page.locator("#doing h2")).to_contain_text("正在办")
        row = page.locator("#doing li").first
        await expect(row).to_contain_text("#")
        await expect(page.locator(".rate")).to_have_count(3)
        letters = await row.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        assert letters >= (24 if name == "screen" else 16)  # px
        across = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert across <= 0
        await page.screenshot(path=tmp_path / f"{name}.png")
        await page.get_by_text("English").click()
        await expect(page.locator("#doing h2")).to_contain_text("Under way")
        await browser.close()
    assert complaints == []
