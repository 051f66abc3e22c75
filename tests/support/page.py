"""The page of the sandbox in a real Chromium: phones used by what is written on them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright, expect

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

    @property
    def presence(self) -> Locator:
        return self.root.locator(".presence")

    @property
    def toast(self) -> Locator:
        return self.root.locator(".toasts .toast")

    @property
    def alert(self) -> Locator:
        return self.root.locator(".alert")

    async def enter(self, room: str) -> None:
        await self.root.locator("select.rooms").select_option(label=room)

    async def press(self, label: str) -> None:
        await self.root.locator("button.inline").get_by_text(label, exact=True).last.click()

    def mine(self, words: str) -> Locator:
        return self.root.locator("article.mine", has_text=words)

    async def write(self, words: str) -> None:
        await self.root.locator("textarea").fill(words)
        await self.root.get_by_role("button", name="发送").click()

    async def act_on(self, bubble: Locator, action: str) -> None:
        await bubble.locator(".body").click(button="right")
        await bubble.get_by_role("button", name=action).click()

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

    async def switch(self, label: str) -> None:
        button = self.page.locator("header").get_by_text(label, exact=True)
        await button.click()
        await expect(self.page.locator("header [aria-busy]")).to_have_count(0)

    async def jumps(self, *labels: str) -> None:
        for label in labels:
            async with self.page.expect_response("**/sim/clock"):
                await self.page.get_by_role("button", name=label, exact=True).click()
            await expect(self.page.locator("#now")).not_to_have_class("moving")

    async def stands_at(self, status: str) -> None:
        await expect(self.page.locator("#stages li.here")).to_have_attribute("data-status", status)


@asynccontextmanager
async def open_page(chromium: str, address: str, profile: Path) -> AsyncIterator[Opened]:
    """Open the page as a browser does that has never seen it."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as driver:
        context = await driver.chromium.launch_persistent_context(
            profile,
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
        await page.goto(address)
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
    await volunteer.send_sample("✨ 修好的灯")
    await volunteer.press("🔧 修好了")
    await volunteer.press("✅ 好了")
    await opened.stands_at("resolved")
