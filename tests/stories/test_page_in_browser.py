"""The page in a real Chromium: a case is pressed through by labels, from phone to phone."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",  # small in containers
)  # fmt: skip
PATIENCE = 20_000  # ms; machines are noisy
RESIDENT, DISPATCHER, VOLUNTEER, SUPERVISOR = "李阿姨", "张调度", "刘志愿", "赵督办"


@dataclass(frozen=True)
class Phone:
    """One phone of the page, used by what is written on it."""

    root: Locator

    def card(self, words: str) -> Locator:
        return self.root.locator("article.bubble", has_text=words).last

    async def press(self, label: str) -> None:
        await self.root.locator("button.inline").get_by_text(label, exact=True).last.click()

    async def send_sample(self, label: str, caption: str = "") -> None:
        await self.root.locator("textarea").fill(caption)
        await self.root.get_by_role("button", name="附件").click()
        await self.root.get_by_role("button", name=label).click()


@dataclass(frozen=True)
class Opened:
    """The open page, and everything that it complained about."""

    page: Page
    complaints: list[str]

    def phone(self, name: str) -> Phone:
        return Phone(self.page.locator(f'section.phone[aria-label="{name}"]'))

    async def stands_at(self, status: str) -> None:
        await expect(self.page.locator("#stages li.here")).to_have_attribute("data-status", status)


@pytest.fixture
def chromium() -> str:
    if CHROMIUM is None:
        if "chromium" in os.environ.get("LINLI_REQUIRE", ""):
            pytest.fail("LINLI_REQUIRE names chromium, and there is none on this machine")
        pytest.skip("there is no Chromium on this machine")
    return CHROMIUM


@pytest.fixture
async def opened(chromium: str, sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Opened]:
    sandbox.reset()
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as driver:
        context = await driver.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium,
            args=ARGUMENTS,
            locale="zh-CN",
            viewport={"width": 1600, "height": 1000},
        )
        page = context.pages[0]
        page.set_default_timeout(PATIENCE)
        complaints: list[str] = []
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(sandbox.address)
        yield Opened(page, complaints)
        await context.close()


async def report_a_light(opened: Opened) -> None:
    resident = opened.phone(RESIDENT)
    await resident.send_sample("💡 坏了的灯", "3楼灯不亮了")
    await resident.press("✅ 对,提交")
    await opened.stands_at("submitted")


async def do_it(opened: Opened) -> None:
    await opened.phone(DISPATCHER).press("🙋 放给志愿者")
    await opened.stands_at("offered")
    volunteer = opened.phone(VOLUNTEER)
    await volunteer.press("🙋 我去")
    await opened.stands_at("in_progress")
    await volunteer.press("📍 我到了")
    await expect(volunteer.card("发一张照片")).to_be_visible()
    await volunteer.send_sample("💡 坏了的灯")
    await volunteer.press("🔧 修好了")
    await volunteer.press("✅ 好了")
    await opened.stands_at("resolved")


async def test_four_phones_open_with_their_home_cards(opened: Opened) -> None:
    for name in (RESIDENT, DISPATCHER, VOLUNTEER, SUPERVISOR):
        phone = opened.phone(name)
        await expect(phone.card("您好,我是幸福里社区小助手")).to_be_visible()
        await expect(phone.root.locator(".keyboard .key")).to_have_count(4)
    await expect(opened.page.locator("#hint")).to_contain_text(RESIDENT)
    assert opened.complaints == []


async def test_a_case_is_pressed_through_to_its_end(opened: Opened, tmp_path: Path) -> None:
    await report_a_light(opened)
    await do_it(opened)
    resident = opened.phone(RESIDENT)
    await expect(resident.card("修好了吗")).to_be_in_viewport()
    picture = await opened.page.screenshot(path=tmp_path / "resolved.png")
    await resident.press("👍 好了")
    await opened.stands_at("closed_solved")
    assert picture.startswith(b"\x89PNG")
    assert opened.complaints == []


async def test_the_supervisor_lets_it_be_done_again(opened: Opened) -> None:
    await report_a_light(opened)
    await do_it(opened)
    await opened.phone(RESIDENT).press("👎 还没好")
    await opened.phone(RESIDENT).press("🔁 再办一次")
    await expect(opened.page.locator("#aside")).to_have_attribute("data-status", "reopen_requested")
    await opened.phone(SUPERVISOR).press("🔁 再办一次")
    await opened.phone(SUPERVISOR).press("🙋 放给志愿者")
    await opened.stands_at("offered")
    for name in (DISPATCHER, SUPERVISOR):  # the card under which was pressed, and no second one
        cards = opened.phone(name).root.locator("article.bubble", has_text="报的")
        await expect(cards).to_have_count(1)
        await expect(cards).to_contain_text("第 1 次再办")
    assert opened.complaints == []
